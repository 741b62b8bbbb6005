//! A process as data: nodes joined by sequence flows, as BPMN has them.

use std::collections::{BTreeMap, HashMap};

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::expr::Type;
use crate::{Action, Expression, TimerSpan};

/// A checked definition. Only [`Definition::parse`] and [`Definition::from_content`] make one, so that every
/// definition that exists is sound.
#[derive(Debug, Clone)]
pub struct Definition {
    pub(crate) id: String,
    pub(crate) version: u32,
    pub(crate) name: String,
    pub(crate) variables: BTreeMap<String, Variable>,
    pub(crate) nodes: IndexMap<String, Node>,
    pub(crate) flows: Vec<Flow>,
    /// Indices into `flows`, in file order.
    pub(crate) outgoing: HashMap<String, Vec<usize>>,
    pub(crate) incoming: HashMap<String, Vec<usize>>,
    pub(crate) start: String,
    /// The join that closes each fork.
    pub(crate) joins: HashMap<String, String>,
    pub(crate) content: Value,
    pub(crate) digest: String,
}

/// A declared variable. Every variable has a value from the start, so that a condition always has an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variable {
    /// Type.
    #[serde(rename = "type")]
    pub kind: VariableType,
    /// Value at the start.
    pub default: Value,
    /// What it means, in Chinese.
    #[serde(default)]
    pub note: String,
}

/// Type of a variable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VariableType {
    /// Yes or no.
    Bool,
    /// Whole or decimal number.
    Number,
    /// Text.
    Text,
    /// List of texts.
    Texts,
}

impl VariableType {
    /// Whether a value is of this type.
    #[must_use]
    pub fn fits(self, value: &Value) -> bool {
        match self {
            Self::Bool => value.is_boolean(),
            Self::Number => value.is_number(),
            Self::Text => value.is_string(),
            Self::Texts => value.as_array().is_some_and(|items| items.iter().all(Value::is_string)),
        }
    }

    /// Name for messages.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.of().name()
    }

    pub(crate) fn of(self) -> Type {
        match self {
            Self::Bool => Type::Bool,
            Self::Number => Type::Number,
            Self::Text => Type::Text,
            Self::Texts => Type::Texts,
        }
    }
}

/// A node.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Id within the definition.
    pub id: String,
    /// Chinese name.
    pub name: String,
    /// Whether the decision is taken once the token leaves this node; from then on the applicant can't withdraw.
    pub decides: bool,
    /// What it is.
    pub kind: NodeKind,
}

/// Kinds of nodes.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    /// Where it begins.
    Start,
    /// Where it ends.
    End {
        /// Word for how it ended, for example `approved`.
        outcome: String,
        /// Ends the whole instance at once, even from inside a parallel block.
        terminate: bool,
    },
    /// Work for a person.
    Task(TaskNode),
    /// Work for the system.
    Service {
        /// Name that an item binds to an effect.
        slot: String,
        /// Whether an item may leave it unbound.
        optional: bool,
        /// Variables taken from its results.
        outputs: Vec<String>,
    },
    /// Exclusive gateway: the first flow whose condition holds, else the one marked `otherwise`; merges freely.
    Exclusive,
    /// Parallel gateway: splits into all flows, or waits for all.
    Parallel,
    /// Waits for a time.
    Timer(TimerSpan),
}

/// Work for a person.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskNode {
    /// Role that may do it.
    pub role: String,
    /// Level of organisation, as written.
    pub org_level: String,
    /// Per cent of the whole limit.
    pub share: u8,
    /// Other shares under a condition; the first that holds counts.
    pub share_if: Vec<(Expression, u8)>,
    /// What may be done.
    pub actions: Vec<Action>,
    /// Nodes whose handlers may not do this one.
    pub four_eyes_with: Vec<String>,
}

impl TaskNode {
    /// The share that counts under these variables.
    #[must_use]
    pub fn share(&self, variables: &Map<String, Value>) -> u8 {
        self.share_if
            .iter()
            .find(|(condition, _)| condition.holds(variables))
            .map_or(self.share, |(_, share)| *share)
    }
}

/// A sequence flow.
#[derive(Debug, Clone, PartialEq)]
pub struct Flow {
    /// Id within the definition.
    pub id: String,
    /// Node it leaves.
    pub from: String,
    /// Node it enters.
    pub to: String,
    /// Condition, out of an exclusive gateway.
    pub when: Option<Expression>,
    /// Taken when no condition holds, out of an exclusive gateway.
    pub otherwise: bool,
    /// Action it is taken for, out of a task; none means 通过.
    pub on: Option<Action>,
}

/// A place where an item binds an effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot<'a> {
    /// Name.
    pub name: &'a str,
    /// Whether it may stay unbound.
    pub optional: bool,
    /// Node.
    pub node: &'a str,
}

impl Definition {
    /// Id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Version.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Chinese name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Declared variables.
    #[must_use]
    pub fn variables(&self) -> &BTreeMap<String, Variable> {
        &self.variables
    }

    /// A node.
    #[must_use]
    pub fn node(&self, id: &str) -> Option<&Node> {
        self.nodes.get(id)
    }

    /// All nodes in file order, which is the order in which progress is shown.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.nodes.values()
    }

    /// All sequence flows in file order.
    #[must_use]
    pub fn flows(&self) -> &[Flow] {
        &self.flows
    }

    /// Task nodes in file order.
    pub fn tasks(&self) -> impl Iterator<Item = (&Node, &TaskNode)> {
        self.nodes.values().filter_map(|node| match &node.kind {
            NodeKind::Task(task) => Some((node, task)),
            _ => None,
        })
    }

    /// Service slots in file order.
    pub fn slots(&self) -> impl Iterator<Item = Slot<'_>> {
        self.nodes.values().filter_map(|node| match &node.kind {
            NodeKind::Service { slot, optional, .. } => {
                Some(Slot { name: slot, optional: *optional, node: &node.id })
            }
            _ => None,
        })
    }

    /// The definition as JSON, as stored.
    #[must_use]
    pub fn content(&self) -> &Value {
        &self.content
    }

    /// SM3 digest of the content in hexadecimal, independent of the order of keys.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// The nodes of the straight way from the start to an end under these variables, every task done with 通过: what
    /// a progress bar shows and what node limits are added up along. Branches of a parallel block follow one another.
    #[must_use]
    pub fn path(&self, variables: &Map<String, Value>) -> Vec<&Node> {
        let mut path = Vec::new();
        self.walk(&self.start, None, variables, &mut path);
        path
    }

    fn walk<'a>(
        &'a self,
        from: &'a str,
        until: Option<&str>,
        variables: &Map<String, Value>,
        path: &mut Vec<&'a Node>,
    ) {
        let mut next = Some(from);
        while let Some(node) = next.filter(|id| Some(*id) != until).and_then(|id| self.nodes.get(id)) {
            if path.iter().any(|known| known.id == node.id) {
                return;
            }
            path.push(node);
            next = match (&node.kind, self.joins.get(&node.id)) {
                (_, Some(join)) => {
                    for flow in self.leaving(&node.id) {
                        self.walk(&flow.to, Some(join), variables, path);
                    }
                    Some(join.as_str())
                }
                (NodeKind::Exclusive, None) => self.choose(&node.id, variables).map(|flow| flow.to.as_str()),
                _ => self.leaving(&node.id).find(|flow| flow.on.is_none()).map(|flow| flow.to.as_str()),
            };
        }
    }

    /// The flow an exclusive gateway takes.
    pub(crate) fn choose(&self, gateway: &str, variables: &Map<String, Value>) -> Option<&Flow> {
        let met =
            self.leaving(gateway).find(|flow| flow.when.as_ref().is_some_and(|when| when.holds(variables)));
        met.or_else(|| self.leaving(gateway).find(|flow| flow.when.is_none()))
    }

    pub(crate) fn leaving(&self, node: &str) -> impl Iterator<Item = &Flow> {
        self.outgoing.get(node).into_iter().flatten().map(|index| &self.flows[*index])
    }

    pub(crate) fn entering(&self, node: &str) -> impl Iterator<Item = &Flow> {
        self.incoming.get(node).into_iter().flatten().map(|index| &self.flows[*index])
    }
}
