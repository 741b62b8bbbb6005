//! Columns of the roster, in the order of the template.

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "named by the table below")]
pub enum Column {
    Seq,
    Name,
    IdType,
    IdNo,
    Hukou,
    Education,
    StartMonth,
    HireDate,
    ContractType,
    ContractEnd,
    Wage,
    AddReason,
    InsTypes,
}

/// All columns.
pub const COLUMNS: [Column; 13] = [
    Column::Seq,
    Column::Name,
    Column::IdType,
    Column::IdNo,
    Column::Hukou,
    Column::Education,
    Column::StartMonth,
    Column::HireDate,
    Column::ContractType,
    Column::ContractEnd,
    Column::Wage,
    Column::AddReason,
    Column::InsTypes,
];

impl Column {
    /// Key, the same as the field of the single enrolment's form.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Seq => "seq",
            Self::Name => "name",
            Self::IdType => "id_type",
            Self::IdNo => "id_no",
            Self::Hukou => "hukou",
            Self::Education => "education",
            Self::StartMonth => "start_month",
            Self::HireDate => "hire_date",
            Self::ContractType => "contract_type",
            Self::ContractEnd => "contract_end",
            Self::Wage => "wage",
            Self::AddReason => "add_reason",
            Self::InsTypes => "ins_types",
        }
    }

    /// Heading.
    #[must_use]
    pub fn heading(self) -> &'static str {
        match self {
            Self::Seq => "序号",
            Self::Name => "姓名",
            Self::IdType => "证件类型",
            Self::IdNo => "证件号码",
            Self::Hukou => "户籍性质",
            Self::Education => "文化程度",
            Self::StartMonth => "参保起始月",
            Self::HireDate => "用工起始日",
            Self::ContractType => "合同类型",
            Self::ContractEnd => "合同终止日",
            Self::Wage => "月缴费工资",
            Self::AddReason => "增员原因",
            Self::InsTypes => "险种",
        }
    }

    /// Letter as the sheet shows it.
    #[must_use]
    pub fn letter(self) -> char {
        char::from(b'A' + self as u8)
    }

    /// Whether the row may leave it empty.
    #[must_use]
    pub fn optional(self) -> bool {
        matches!(self, Self::Education | Self::ContractEnd)
    }

    /// What of a value may be shown and kept with an error.
    #[must_use]
    pub fn masked(self, value: &str) -> String {
        let value = value.trim();
        let count = value.chars().count();
        match self {
            Self::Name if count > 0 => {
                let first: String = value.chars().take(1).collect();
                format!("{first}{}", "*".repeat(count.saturating_sub(1).min(4)))
            }
            // A document number in the wrong column is one all the same.
            _ if value.chars().filter(char::is_ascii_digit).count() >= 15 => Self::middle_hidden(value),
            Self::IdNo if count > 8 => Self::middle_hidden(value),
            Self::IdNo if count > 0 => "****".to_owned(),
            _ => value.chars().take(40).collect(),
        }
    }

    fn middle_hidden(value: &str) -> String {
        let head: String = value.chars().take(3).collect();
        let tail: String = value.chars().skip(value.chars().count() - 4).collect();
        format!("{head}***********{tail}")
    }
}
