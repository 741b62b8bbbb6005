//! Reads definition files.

use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::definition::{Definition, Flow, Node, NodeKind, TaskNode, Variable};
use crate::{Action, DefinitionError, DefinitionFault, Expression, TimerSpan, digest, validate};

/// A definition as written. Flat, so that the reader reports line and column of what does not fit.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    id: String,
    version: u32,
    name: String,
    #[serde(default)]
    variables: BTreeMap<String, Variable>,
    nodes: Vec<RawNode>,
    flows: Vec<RawFlow>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Start,
    End,
    Task,
    Service,
    Exclusive,
    Parallel,
    Timer,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawNode {
    id: String,
    kind: Kind,
    #[serde(default)]
    name: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    decides: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    outcome: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    terminate: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    role: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    org_level: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    share: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    share_if: Option<Vec<RawShare>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    actions: Option<Vec<Action>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    four_eyes_with: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    slot: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    optional: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    outputs: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<TimerSpan>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawShare {
    when: String,
    share: u8,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFlow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    from: String,
    to: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    when: Option<String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    otherwise: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    on: Option<Action>,
}

impl RawFlow {
    fn id(&self) -> String {
        self.id.clone().unwrap_or_else(|| match self.on {
            Some(action) => format!("{}--{}--{}", self.from, action.as_str(), self.to),
            None => format!("{}--{}", self.from, self.to),
        })
    }
}

impl Definition {
    /// Reads and checks a YAML file.
    ///
    /// # Errors
    /// [`DefinitionError`] with everything that is wrong, each with file, line and what to do.
    pub fn parse(file: &str, yaml: &str) -> Result<Self, DefinitionError> {
        let raw: Raw = serde_yaml_ng::from_str(yaml).map_err(|error| {
            let line = error.location().map_or(0, |at| at.line());
            let message = format!("文件格式不正确，请按说明修改（{error}）");
            DefinitionError(vec![DefinitionFault { file: file.to_owned(), line, message }])
        })?;
        build(&raw, &mut Faults { file, source: yaml, faults: Vec::new() })
    }

    /// Reads and checks stored content.
    ///
    /// # Errors
    /// [`DefinitionError`], which means that the stored content was damaged or written by a newer program.
    pub fn from_content(content: &Value) -> Result<Self, DefinitionError> {
        let raw: Raw = serde_json::from_value(content.clone()).map_err(|error| {
            let message = format!("存储的流程定义无法读取（{error}）");
            DefinitionError(vec![DefinitionFault { file: "process.definition".into(), line: 0, message }])
        })?;
        let file = format!("process.definition {} v{}", raw.id, raw.version);
        build(&raw, &mut Faults { file: &file, source: "", faults: Vec::new() })
    }
}

/// Collects faults and finds their lines.
pub(crate) struct Faults<'a> {
    pub(crate) file: &'a str,
    pub(crate) source: &'a str,
    pub(crate) faults: Vec<DefinitionFault>,
}

impl Faults<'_> {
    /// A fault of the node or flow called `id`.
    pub(crate) fn at(&mut self, id: &str, message: String) {
        let line = self.line_of(id);
        self.faults.push(DefinitionFault { file: self.file.to_owned(), line, message });
    }

    /// The line where `id` is given as id; a flow without id is found by its ends.
    fn line_of(&self, id: &str) -> usize {
        let ends: Vec<&str> = id.split("--").collect();
        let names = |line: &str, key: &str, value: &str| {
            line.split([',', '{', '}', '-']).chain([line]).any(|part| {
                let part = part.trim().trim_start_matches("- ");
                part.strip_prefix(key)
                    .and_then(|rest| rest.trim_start().strip_prefix(':'))
                    .is_some_and(|rest| rest.trim().trim_matches(['"', '\'']) == value)
            })
        };
        let found = self.source.lines().position(|line| {
            // Ids may hold a dash, which is also a separator here; the whole-word search covers them.
            let whole =
                line.contains(&format!("id: {id},")) || line.trim_end().ends_with(&format!("id: {id}"));
            let by_ends = ends.len() >= 2
                && line.contains(&format!("from: {},", ends[0]))
                && line.contains(&format!("to: {}", ends[ends.len() - 1]));
            whole || names(line, "id", id) || by_ends
        });
        found.map_or(0, |index| index + 1)
    }
}

fn build(raw: &Raw, faults: &mut Faults<'_>) -> Result<Definition, DefinitionError> {
    let mut nodes = IndexMap::new();
    for node in &raw.nodes {
        let built = build_node(node, faults);
        if nodes.insert(node.id.clone(), built).is_some() {
            faults.at(&node.id, format!("节点编号“{}”重复，请改用不同的编号", node.id));
        }
    }
    let flows: Vec<Flow> = raw.flows.iter().map(|flow| build_flow(flow, faults)).collect();
    let mut outgoing: HashMap<String, Vec<usize>> = HashMap::new();
    let mut incoming: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, flow) in flows.iter().enumerate() {
        outgoing.entry(flow.from.clone()).or_default().push(index);
        incoming.entry(flow.to.clone()).or_default().push(index);
    }
    let start = raw.nodes.iter().find(|node| node.kind == Kind::Start).map(|node| node.id.clone());
    let content = serde_json::to_value(raw).unwrap_or_default();
    let digest = digest::hex(&content.to_string());
    let mut definition = Definition {
        id: raw.id.clone(),
        version: raw.version,
        name: raw.name.clone(),
        variables: raw.variables.clone(),
        nodes,
        flows,
        outgoing,
        incoming,
        start: start.unwrap_or_default(),
        joins: HashMap::new(),
        content,
        digest,
    };
    validate::check(&mut definition, faults);
    if faults.faults.is_empty() {
        Ok(definition)
    } else {
        Err(DefinitionError(std::mem::take(&mut faults.faults)))
    }
}

fn build_node(raw: &RawNode, faults: &mut Faults<'_>) -> Node {
    refuse_foreign(raw, faults);
    let mut need = |present: &Option<String>, what: &str| {
        if present.as_deref().is_none_or(str::is_empty) {
            faults.at(&raw.id, format!("节点“{}”缺少 {what}，请补充", raw.id));
        }
        present.clone().unwrap_or_default()
    };
    let kind = match raw.kind {
        Kind::Start => NodeKind::Start,
        Kind::End => NodeKind::End {
            outcome: need(&raw.outcome, "outcome（办结结果）"),
            terminate: raw.terminate.unwrap_or(false),
        },
        Kind::Service => NodeKind::Service {
            slot: need(&raw.slot, "slot（服务名）"),
            optional: raw.optional.unwrap_or(false),
            outputs: raw.outputs.clone().unwrap_or_default(),
        },
        Kind::Exclusive => NodeKind::Exclusive,
        Kind::Parallel => NodeKind::Parallel,
        Kind::Timer => NodeKind::Timer(raw.after.clone().unwrap_or_else(|| {
            faults.at(&raw.id, format!("节点“{}”缺少 after（等待时长），请补充", raw.id));
            TimerSpan::Minutes { minutes: 0 }
        })),
        Kind::Task => NodeKind::Task(TaskNode {
            role: need(&raw.role, "role（岗位角色）"),
            org_level: need(&raw.org_level, "org_level（机构层级）"),
            share: raw.share.unwrap_or(0),
            share_if: Vec::new(),
            actions: raw.actions.clone().unwrap_or_default(),
            four_eyes_with: raw.four_eyes_with.clone().unwrap_or_default(),
        }),
    };
    let mut node = Node { id: raw.id.clone(), name: raw.name.clone(), decides: raw.decides, kind };
    if let NodeKind::Task(task) = &mut node.kind {
        for share in raw.share_if.iter().flatten() {
            if let Some(when) = expression(&raw.id, &share.when, faults) {
                task.share_if.push((when, share.share));
            }
        }
    }
    node
}

/// A field that the kind of node has no use for is a mistake of the author.
fn refuse_foreign(raw: &RawNode, faults: &mut Faults<'_>) {
    let task = raw.kind == Kind::Task;
    let service = raw.kind == Kind::Service;
    let end = raw.kind == Kind::End;
    let foreign = [
        ("outcome", raw.outcome.is_some() && !end),
        ("terminate", raw.terminate.is_some() && !end),
        ("role", raw.role.is_some() && !task),
        ("org_level", raw.org_level.is_some() && !task),
        ("share", raw.share.is_some() && !task),
        ("share_if", raw.share_if.is_some() && !task),
        ("actions", raw.actions.is_some() && !task),
        ("four_eyes_with", raw.four_eyes_with.is_some() && !task),
        ("slot", raw.slot.is_some() && !service),
        ("optional", raw.optional.is_some() && !service),
        ("outputs", raw.outputs.is_some() && !service),
        ("after", raw.after.is_some() && raw.kind != Kind::Timer),
        ("decides", raw.decides && !task && !service),
    ];
    for (field, _) in foreign.iter().filter(|(_, wrong)| *wrong) {
        faults.at(&raw.id, format!("节点“{}”的类型不支持 {field}，请删除", raw.id));
    }
}

fn build_flow(raw: &RawFlow, faults: &mut Faults<'_>) -> Flow {
    let id = raw.id();
    let when = raw.when.as_deref().and_then(|text| expression(&id, text, faults));
    Flow { id, from: raw.from.clone(), to: raw.to.clone(), when, otherwise: raw.otherwise, on: raw.on }
}

fn expression(id: &str, text: &str, faults: &mut Faults<'_>) -> Option<Expression> {
    match Expression::parse(text) {
        Ok(expression) => Some(expression),
        Err(error) => {
            faults.at(id, format!("“{id}”的条件“{text}”有误：{error}"));
            None
        }
    }
}
