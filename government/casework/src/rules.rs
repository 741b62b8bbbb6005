//! Answering an item's rules (`items.md` §1.8).

use base_db::Tx;
use base_kernel::FieldFault;
use base_slice::CaseInput;
use government_item::{Item, RuleMoment, Severity};

use crate::desk::Desk;
use crate::error::Error;
use crate::model::RuleResult;

/// The rules of one moment as answered.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    /// Every rule asked.
    pub results: Vec<RuleResult>,
    /// Fields concerned by rules that block.
    pub fields: Vec<FieldFault>,
}

impl Answers {
    /// The first rule that blocks.
    #[must_use]
    pub fn blocking(&self) -> Option<&RuleResult> {
        self.results.iter().find(|rule| rule.severity == Severity::Block.word() && !rule.passed)
    }

    /// Whether a rule asks for one level more.
    #[must_use]
    pub fn escalates(&self) -> bool {
        self.failed(Severity::Escalate)
    }

    /// Whether a rule asks for a spot check.
    #[must_use]
    pub fn spot_check(&self) -> bool {
        self.failed(Severity::Spot)
    }

    fn failed(&self, severity: Severity) -> bool {
        self.results.iter().any(|rule| rule.severity == severity.word() && !rule.passed)
    }
}

impl Desk {
    /// Asks every rule of `moment`.
    ///
    /// # Errors
    /// [`Error::Catalogue`] when a check is missing, or what a check reports.
    pub async fn answer_rules(
        &self,
        tx: &mut Tx,
        item: &Item,
        moment: RuleMoment,
        input: &CaseInput,
    ) -> Result<Answers, Error> {
        let mut answers = Answers::default();
        for rule in item.rules.iter().filter(|rule| rule.when.contains(&moment)) {
            let check = self
                .registry()?
                .find_check(&rule.check, item.code.as_str())
                .map_err(|missing| Error::Catalogue(missing.to_string()))?;
            let input = CaseInput { args: rule.args.clone(), ..input.clone() };
            let outcome = check(tx, &input).await?;
            if !outcome.passed && rule.severity == Severity::Block {
                answers.fields.extend(outcome.fields);
            }
            answers.results.push(RuleResult {
                code: rule.code.clone(),
                name: rule.name.clone(),
                severity: rule.severity.word().to_owned(),
                passed: outcome.passed,
                detail: outcome.detail,
                advice: if outcome.passed { None } else { rule.advice.clone() },
            });
        }
        Ok(answers)
    }
}
