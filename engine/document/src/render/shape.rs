//! The data a template needs, declared in the comment at its top and checked before a document is issued.
//!
//! ```text
//! // 数据：
//! //   name          text     姓名
//! //   note?         text     备注
//! //   items[]       object   待遇项目
//! //   items[].fen   fen      金额
//! ```
//!
//! A path is made of keys joined by dots, `[]` after a key means a list, `?` at the end that the field may be absent
//! or null. Whatever the template does not declare is left out of the record: a paper keeps no more than it shows.

use serde_json::{Map, Value};

use crate::Error;

/// Line that opens the declaration.
const OPENING: &str = "// 数据";

/// What a template declares.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    fields: Vec<Field>,
}

#[derive(Debug)]
struct Field {
    path: Vec<Step>,
    kind: Kind,
    optional: bool,
    label: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    key: String,
    list: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Integer,
    Decimal,
    Fen,
    Month,
    Date,
    Time,
    Bool,
    Object,
}

impl Shape {
    /// Reads the declaration of template `name`.
    pub(crate) fn read(name: &str, source: &str) -> Result<Self, Error> {
        let broken = |line: &str| Error::Template {
            name: name.to_owned(),
            detail: format!("unreadable data declaration: {line}"),
        };
        let lines = source.lines().skip_while(|line| !line.starts_with(OPENING)).skip(1);
        let mut fields = Vec::new();
        for line in lines {
            let Some(text) = line.strip_prefix("//").map(str::trim).filter(|text| !text.is_empty()) else {
                break;
            };
            fields.push(Field::read(text).ok_or_else(|| broken(line))?);
        }
        if fields.is_empty() {
            return Err(broken("none found"));
        }
        Ok(Self { fields })
    }

    /// Takes the declared part of `data`, or says in Chinese what is missing or of the wrong kind.
    pub(crate) fn take(&self, data: &Value) -> Result<Value, String> {
        let Value::Object(data) = data else { return Err("数据不是对象".into()) };
        let fields: Vec<(&[Step], &Field)> =
            self.fields.iter().map(|field| (field.path.as_slice(), field)).collect();
        take_object(data, &fields).map(Value::Object)
    }
}

impl Field {
    fn read(text: &str) -> Option<Self> {
        let mut words = text.split_whitespace();
        let (path, kind) = (words.next()?, words.next()?);
        let label = words.collect::<Vec<_>>().join(" ");
        let optional = path.ends_with('?');
        let path = path.trim_end_matches('?').split('.').map(Step::read).collect::<Option<_>>()?;
        Some(Self { path, kind: Kind::read(kind)?, optional, label })
    }
}

impl Step {
    fn read(text: &str) -> Option<Self> {
        let key = text.trim_end_matches("[]");
        let plain = key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        (plain && !key.is_empty()).then(|| Self { key: key.to_owned(), list: text.ends_with("[]") })
    }
}

/// Takes from one object the fields whose remaining path starts here.
fn take_object(
    data: &Map<String, Value>,
    fields: &[(&[Step], &Field)],
) -> Result<Map<String, Value>, String> {
    let mut taken = Map::new();
    for (path, field) in fields.iter().filter(|(path, _)| path.len() == 1) {
        let step = &path[0];
        match data.get(&step.key) {
            None | Some(Value::Null) if field.optional => {}
            None | Some(Value::Null) => return Err(format!("缺少“{}”（{}）", field.label, step.key)),
            Some(value) => {
                let below: Vec<(&[Step], &Field)> = fields
                    .iter()
                    .filter(|(other, _)| other.len() > 1 && other[0] == *step)
                    .map(|(other, field)| (&other[1..], *field))
                    .collect();
                taken.insert(step.key.clone(), take_field(value, step.list, field, &below)?);
            }
        }
    }
    Ok(taken)
}

fn take_field(
    value: &Value,
    list: bool,
    field: &Field,
    below: &[(&[Step], &Field)],
) -> Result<Value, String> {
    if !list {
        return take_one(value, field, below);
    }
    let Value::Array(rows) = value else { return Err(format!("“{}”应为列表", field.label)) };
    rows.iter().map(|row| take_one(row, field, below)).collect::<Result<_, _>>().map(Value::Array)
}

fn take_one(value: &Value, field: &Field, below: &[(&[Step], &Field)]) -> Result<Value, String> {
    match (field.kind, value) {
        (Kind::Object, Value::Object(object)) => take_object(object, below).map(Value::Object),
        (kind, value) if kind.accepts(value) => Ok(value.clone()),
        (kind, _) => Err(format!("“{}”应为{}", field.label, kind.name())),
    }
}

impl Kind {
    fn read(word: &str) -> Option<Self> {
        Some(match word {
            "text" => Self::Text,
            "integer" => Self::Integer,
            "decimal" => Self::Decimal,
            "fen" => Self::Fen,
            "month" => Self::Month,
            "date" => Self::Date,
            "time" => Self::Time,
            "bool" => Self::Bool,
            "object" => Self::Object,
            _ => return None,
        })
    }

    fn name(self) -> &'static str {
        match self {
            Self::Text => "文字",
            Self::Integer => "整数",
            Self::Decimal => "数字",
            Self::Fen => "以分为单位的整数金额",
            Self::Month => "年月（2026-07）",
            Self::Date => "日期（2026-07-01）",
            Self::Time => "时间（2026-07-01T09:00:00+08:00）",
            Self::Bool => "是或否",
            Self::Object => "一组字段",
        }
    }

    fn accepts(self, value: &Value) -> bool {
        match self {
            Self::Text => value.is_string(),
            // Money and counts stay whole numbers; the typesetter would show a binary fraction's noise.
            Self::Integer | Self::Fen => value.is_i64(),
            Self::Decimal => {
                value.as_str().map_or(value.is_i64(), |text| text.parse::<f64>().is_ok_and(f64::is_finite))
            }
            Self::Month => value.as_str().is_some_and(|text| text.parse::<base_kernel::Month>().is_ok()),
            Self::Date => value
                .as_str()
                .is_some_and(|text| text.len() == 10 && text.parse::<chrono::NaiveDate>().is_ok()),
            Self::Time => {
                value.as_str().is_some_and(|text| chrono::DateTime::parse_from_rfc3339(text).is_ok())
            }
            Self::Bool => value.is_boolean(),
            Self::Object => value.is_object(),
        }
    }
}
