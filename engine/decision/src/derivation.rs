//! How a figure came about, for notice, appeal and audit alike.

use std::fmt::{Display, Write as _};

use base_kernel::RegionCode;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{Parameter, Rounding, Status};

/// A named value with its unit, as text: no figure is recomputed from a derivation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    /// Chinese name; empty for a result.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Value.
    pub value: String,
    /// Unit in Chinese; empty for a bare number.
    pub unit: String,
}

/// A parameter row as it was used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParameterUse {
    /// Key.
    pub key: String,
    /// Chinese name.
    pub name: String,
    /// Region of the row.
    pub region: RegionCode,
    /// Value used; for a table the row used.
    pub value: String,
    /// Unit.
    pub unit: String,
    /// First day of its window.
    pub from: NaiveDate,
    /// Document number.
    pub doc_no: Option<String>,
    /// Basis tag.
    pub basis: String,
    /// Confirmed or not.
    pub status: Status,
}

impl From<&Parameter> for ParameterUse {
    fn from(row: &Parameter) -> Self {
        Self {
            key: row.key.clone(),
            name: row.name.clone(),
            region: row.region,
            value: row.value.to_string(),
            unit: row.unit.clone(),
            from: row.effective_from,
            doc_no: row.doc_no.clone(),
            basis: row.basis.clone(),
            status: row.status,
        }
    }
}

/// One step from inputs to a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What is computed, in Chinese.
    pub label: String,
    /// Formula in Chinese or mathematical text.
    pub formula: String,
    /// Facts that went in.
    pub inputs: Vec<Quantity>,
    /// Parameters that went in.
    pub parameters: Vec<ParameterUse>,
    /// Rounding rule, when the result was rounded.
    pub rounding: Option<Rounding>,
    /// Result.
    pub result: Quantity,
    /// Law and article the step rests on.
    pub law: Option<String>,
}

impl Step {
    /// Begins a step.
    pub fn new(label: impl Into<String>, formula: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            formula: formula.into(),
            inputs: Vec::new(),
            parameters: Vec::new(),
            rounding: None,
            result: Quantity { name: String::new(), value: String::new(), unit: String::new() },
            law: None,
        }
    }

    /// Adds a fact.
    #[must_use]
    pub fn input(mut self, name: &str, value: impl Display, unit: &str) -> Self {
        self.inputs.push(Quantity { name: name.into(), value: value.to_string(), unit: unit.into() });
        self
    }

    /// Adds a parameter row.
    #[must_use]
    pub fn parameter(mut self, row: &Parameter) -> Self {
        self.parameters.push(row.into());
        self
    }

    /// Adds one cell of a table parameter.
    #[must_use]
    pub fn cell(mut self, row: &Parameter, cell: &str, value: impl Display) -> Self {
        self.parameters.push(ParameterUse { value: format!("{cell}：{value}"), ..row.into() });
        self
    }

    /// Names the rounding rule.
    #[must_use]
    pub fn rounded(mut self, rule: Rounding) -> Self {
        self.rounding = Some(rule);
        self
    }

    /// Names law and article.
    #[must_use]
    pub fn law(mut self, law: &str) -> Self {
        self.law = Some(law.into());
        self
    }

    /// Ends the step with its result.
    #[must_use]
    pub fn gives(mut self, value: impl Display, unit: &str) -> Self {
        self.result = Quantity { name: String::new(), value: value.to_string(), unit: unit.into() };
        self
    }
}

/// The steps in order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Derivation {
    /// Steps.
    pub steps: Vec<Step>,
}

impl Derivation {
    /// No step yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a step.
    pub fn push(&mut self, step: Step) {
        self.steps.push(step);
    }

    /// Adds the steps of another figure that this one rests on.
    pub fn append(&mut self, other: Self) {
        self.steps.extend(other.steps);
    }

    /// Unconfirmed parameters that went in, each once: a figure with any is an estimate.
    #[must_use]
    pub fn unconfirmed(&self) -> Vec<&ParameterUse> {
        let mut found: Vec<&ParameterUse> = Vec::new();
        for used in self.steps.iter().flat_map(|step| &step.parameters) {
            if used.status == Status::Unconfirmed && !found.contains(&used) {
                found.push(used);
            }
        }
        found
    }

    /// The steps as JSON values, the form that cases store.
    #[must_use]
    pub fn to_values(&self) -> Vec<serde_json::Value> {
        // Texts and lists always serialise.
        self.steps.iter().map(|step| serde_json::to_value(step).unwrap_or_default()).collect()
    }

    /// The whole derivation as Chinese text, one paragraph a step.
    #[must_use]
    pub fn render(&self) -> String {
        let mut text = String::new();
        for (place, step) in self.steps.iter().enumerate() {
            // Writing to a String does not fail.
            let _ = render_step(&mut text, place + 1, step);
        }
        text
    }
}

fn render_step(text: &mut String, number: usize, step: &Step) -> std::fmt::Result {
    writeln!(text, "{number}. {}：{}{}", step.label, step.result.value, step.result.unit)?;
    writeln!(text, "   计算方法：{}", step.formula)?;
    if !step.inputs.is_empty() {
        let inputs: Vec<_> =
            step.inputs.iter().map(|q| format!("{} {}{}", q.name, q.value, q.unit)).collect();
        writeln!(text, "   已知：{}", inputs.join("；"))?;
    }
    for used in &step.parameters {
        write!(text, "   参数：{} {}{}（自 {} 起", used.name, used.value, used.unit, used.from)?;
        if let Some(doc_no) = &used.doc_no {
            write!(text, "，{doc_no}")?;
        }
        let flag = if used.status == Status::Unconfirmed { "，未确认，仅供参考" } else { "" };
        writeln!(text, "{flag}）")?;
    }
    if let Some(rule) = step.rounding {
        writeln!(text, "   舍入：{}", rule.name())?;
    }
    if let Some(law) = &step.law {
        writeln!(text, "   依据：{law}")?;
    }
    Ok(())
}
