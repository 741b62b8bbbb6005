//! `benefit.calculate_pension`: the figure with its derivation, frozen on the case for the second review.

use base_db::Tx;
use base_kernel::{Fault, Fen};
use base_slice::{CaseInput, Computed};
use engine_decision::{Derivation, ParameterError, ParameterSet, RuleError, Step};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use crate::error::Error;
use crate::facts::{self, Facts, REGION, number, text};
use crate::model::{Calculation, object};
use crate::rules::RetireKind;
use crate::rules::{IndexFacts, MonthBase, average_index};
use crate::rules::{Pension, PensionFacts, Transitional, pension};

pub(crate) async fn calculate(tx: &mut Tx, set: ParameterSet, input: &CaseInput) -> Result<Computed, Fault> {
    let facts = facts::gather(tx, set.clone(), input).await?;
    let (eligibility, mut derivation) = facts.eligibility()?;
    let (index, steps) = index(tx, &facts, input).await?;
    derivation.steps.extend(steps.steps);
    let balance = centre_fund::account_balance(tx, &facts.person.no).await?;
    let pension_facts = PensionFacts {
        region: REGION,
        retire_month: eligibility.retire_month,
        age_months: u32::try_from(eligibility.age_months).unwrap_or(0),
        average_index: index.round_dp(4),
        service_months: facts.total_months(),
        account_balance: balance,
        transitional: transitional(input),
        provisional: false,
    };
    let (figure, provisional, steps) = figure(pension_facts, &set)?;
    derivation.steps.extend(steps.steps);
    let calculation = Calculation {
        retire_kind: word(facts.kind).to_owned(),
        retire_month: eligibility.retire_month,
        start_month: eligibility.payment_from,
        age_months: eligibility.age_months,
        basic_fen: figure.basic,
        account_fen: figure.account,
        transitional_fen: figure.transitional,
        total_fen: figure.total,
        provisional,
        balance_fen: balance,
        paid_months: facts.paid_months,
        deemed_months: facts.deemed_months,
        average_index: index.round_dp(4).to_string(),
    };
    let derivation = steps_json(&derivation);
    let mut values = object(&calculation);
    values.insert("amount".into(), json!(figure.total.to_string()));
    values.insert(
        "document".into(),
        Value::Object(document(tx, &facts, input, &calculation, &derivation).await?),
    );
    values.insert(
        "facts".into(),
        json!([
            { "label": "退休年月", "value": calculation.retire_month },
            { "label": "起发年月", "value": calculation.start_month },
        ]),
    );
    Ok(Computed { values, derivation })
}

/// The pension on the base of the retirement year or, while that is not published, provisionally on the year before
/// (预核定, `policy.md` §2.4): recomputed later with back-pay.
fn figure(facts: PensionFacts, set: &ParameterSet) -> Result<(Pension, bool, Derivation), Error> {
    match pension(&facts, set) {
        Ok((figure, derivation)) => Ok((figure, false, derivation)),
        Err(RuleError::Parameter(ParameterError::Missing { .. })) => {
            let (figure, derivation) = pension(&PensionFacts { provisional: true, ..facts }, set)?;
            Ok((figure, true, derivation))
        }
        Err(other) => Err(other.into()),
    }
}

/// The index the system computes, or the one established by hand where the rows it would need are not confirmed.
async fn index(tx: &mut Tx, facts: &Facts, input: &CaseInput) -> Result<(Decimal, Derivation), Fault> {
    if let Some(index) = text(input, "index_by_hand") {
        let index: Decimal = index.parse().map_err(|_| Error::Form("index_by_hand"))?;
        if !(Decimal::ZERO..=Decimal::from(4)).contains(&index) {
            return Err(Error::Form("index_by_hand").into());
        }
        let step = Step::new("平均缴费工资指数", "人工核定，见指数核定表")
            .input("指数核定表编号", text(input, "index_doc_no").unwrap_or_default(), "")
            .gives(index, "");
        return Ok((index, Derivation { steps: vec![step] }));
    }
    let asked = IndexFacts {
        region: REGION,
        months: paid_bases(tx, facts).await?,
        deemed_months: facts.deemed_months,
    };
    Ok(average_index(&asked, &facts.set).map_err(Error::from)?)
}

async fn paid_bases(tx: &mut Tx, facts: &Facts) -> Result<Vec<MonthBase>, Fault> {
    let paid = centre_contribution::paid_bases(tx, &facts.person.no).await?;
    Ok(paid.into_iter().map(|(month, base)| MonthBase { month, base }).collect())
}

fn transitional(input: &CaseInput) -> Option<Transitional> {
    let months = number(input, "deemed_months_to_1992");
    let virtual_account = input.form.get("virtual_account").and_then(Value::as_i64).unwrap_or(0);
    if months == 0 && virtual_account == 0 {
        return None;
    }
    // Years with two decimals: 1 年 5 个月 → 1.42 (policy.md §2.1).
    let years = (Decimal::from(months) / Decimal::from(12))
        .round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    Some(Transitional { deemed_years_to_1992: years, virtual_account_total: Fen(virtual_account) })
}

fn word(kind: RetireKind) -> &'static str {
    match kind {
        RetireKind::Normal => "normal",
        RetireKind::Early => "early",
        RetireKind::Late => "late",
    }
}

fn kind_name(word: &str) -> &'static str {
    match word {
        "early" => "弹性提前退休",
        "late" => "弹性延迟退休",
        _ => "正常退休",
    }
}

pub(crate) fn steps_json(derivation: &Derivation) -> Vec<Value> {
    derivation.steps.iter().filter_map(|step| serde_json::to_value(step).ok()).collect()
}

/// Data of the award form (`catalogue/templates/pension-award.typ`).
async fn document(
    tx: &mut Tx,
    facts: &Facts,
    input: &CaseInput,
    calculation: &Calculation,
    derivation: &[Value],
) -> Result<Map<String, Value>, Fault> {
    let person = &facts.person;
    let set = &facts.set;
    let base_month =
        if calculation.provisional { calculation.retire_month.plus(-12) } else { calculation.retire_month };
    let base = set.get("pension.base", REGION, base_month.first_day()).and_then(|row| row.fen())?;
    let (divisor, _) = crate::rules::divisor_months(
        u32::try_from(calculation.age_months).unwrap_or(0),
        calculation.retire_month,
        REGION,
        set,
    )
    .map_err(Error::from)?;
    let employer = centre_party::staff_of(tx, &person.no).await?.into_iter().next();
    let mut data = Map::new();
    let mut put = |key: &str, value: Value| data.insert(key.to_owned(), value);
    put("name", json!(person.name));
    put("id_no", json!(person.id_no));
    put("person_no", json!(person.no));
    put("gender", json!(if person.sex == base_kernel::Sex::Male { "男" } else { "女" }));
    put("birth", json!(person.archive_birth.unwrap_or(person.birth)));
    put("retire_kind", json!(kind_name(&calculation.retire_kind)));
    match text(input, "post_kind") {
        Some("worker") => {
            put("post_kind", json!("工人岗位"));
        }
        Some("manager") => {
            put("post_kind", json!("管理或专业技术岗位"));
        }
        _ => {}
    }
    if let Some(day) = text(input, "first_work_date") {
        put("first_work_month", json!(day.get(..7)));
    }
    put("statutory_month", json!(facts.statutory()?.month));
    put("retire_month", json!(calculation.retire_month));
    put("total_months", json!(facts.total_months()));
    put("paid_months", json!(calculation.paid_months));
    put("deemed_months", json!(calculation.deemed_months));
    put("average_index", json!(calculation.average_index));
    put("base_fen", json!(base));
    put("account_fen", json!(calculation.balance_fen));
    put("divisor", json!(divisor.to_string()));
    put("components", components(calculation, derivation));
    put("total_fen", json!(calculation.total_fen));
    put("start_month", json!(calculation.start_month));
    put("pay_method", json!("委托银行发放"));
    if let Some(bank) = text(input, "payee_bank") {
        put("bank_name", json!(bank));
    }
    if let Some(account) = text(input, "payee_account") {
        put("bank_account", json!(account));
    }
    put("derivation", derivation.iter().map(printed).collect());
    if let Some(employer) = employer {
        let scope = centre_party::Scope::System("printed on the award");
        let employer = centre_party::employer_by_no(tx, &scope, &employer).await?;
        data.insert("employer_name".into(), json!(employer.name));
    }
    Ok(data)
}

fn components(calculation: &Calculation, derivation: &[Value]) -> Value {
    let formula = |name: &str| {
        derivation
            .iter()
            .rev()
            .find(|step| step["label"].as_str().is_some_and(|label| label.starts_with(name)))
            .map_or(Value::Null, |step| step["formula"].clone())
    };
    let component = |name: &str, amount: Fen| {
        let mut component = json!({ "name": name, "amount_fen": amount });
        if let Value::String(formula) = formula(name) {
            component["formula"] = json!(formula);
        }
        component
    };
    json!([
        component("基础养老金", calculation.basic_fen),
        component("个人账户养老金", calculation.account_fen),
        component("过渡性养老金", calculation.transitional_fen),
    ])
}

fn printed(step: &Value) -> Value {
    let result = &step["result"];
    let value = format!(
        "{}{}",
        result["value"].as_str().unwrap_or_default(),
        result["unit"].as_str().unwrap_or_default()
    );
    let mut printed = json!({ "name": step["label"], "formula": step["formula"], "value": value });
    if let Some(law) = step["law"].as_str() {
        printed["basis"] = json!(law);
    }
    printed
}
