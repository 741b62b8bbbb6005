//! `renshe check`: identity numbers, unified social credit codes, bank cards.

use std::io::Write;
use std::process::ExitCode;

use base_kernel::{BankCard, Clock, Fault, IdentityNumber, RegionCode, SystemClock, Uscc, shanghai_today};
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use serde_json::json;

use super::refusal::{Answer, finish};

/// 校验公民身份号码、统一社会信用代码、银行卡号.
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(subcommand)]
    command: CheckCommand,
}

#[derive(Debug, Subcommand)]
enum CheckCommand {
    /// 公民身份号码（18 位或 15 位）、港澳台居民居住证、外国人永久居留身份证号码
    Id {
        /// 号码
        #[arg(allow_hyphen_values = true)]
        value: String,
    },
    /// 统一社会信用代码
    Uscc {
        /// 代码
        #[arg(allow_hyphen_values = true)]
        value: String,
    },
    /// 银行卡号；校验位不符只提醒，不算错误
    Bankcard {
        /// 卡号
        #[arg(allow_hyphen_values = true)]
        value: String,
    },
}

/// Runs the command. Exit code 2 when the value is not valid.
pub(crate) fn run(args: &CheckArgs, json: bool, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let today = shanghai_today(SystemClock.now());
    finish(answer(args, today), json, out)
}

fn answer(args: &CheckArgs, today: NaiveDate) -> Result<Answer, Fault> {
    match &args.command {
        CheckCommand::Id { value } => identity(value, today),
        CheckCommand::Uscc { value } => uscc(value),
        CheckCommand::Bankcard { value } => bank_card(value),
    }
}

fn identity(value: &str, today: NaiveDate) -> Result<Answer, Fault> {
    let number = IdentityNumber::parse_legacy(value, today)
        .map_err(|error| Fault::invalid("check.id", error.to_string()))?;
    let area_name = number.area().parse::<RegionCode>().ok().and_then(|area| area.name());
    let json = json!({
        "valid": true,
        "number": number.as_str(),
        "kind": number.kind().name(),
        "birth_date": number.birth_date(),
        "sex": number.sex().name(),
        "age": number.age_on(today),
        "area": number.area(),
        "area_name": area_name,
    });
    let text = format!(
        "有效：{}，{}，{} 出生，行政区划 {}{}\n",
        number.kind().name(),
        number.sex().name(),
        number.birth_date(),
        number.area(),
        area_name.map(|name| format!("（{name}）")).unwrap_or_default(),
    );
    Answer::new(&json, text)
}

fn uscc(value: &str) -> Result<Answer, Fault> {
    let code = Uscc::parse(value).map_err(|error| Fault::invalid("check.uscc", error.to_string()))?;
    let department = code.department_name().unwrap_or_default();
    let json = json!({
        "valid": true,
        "code": code.as_str(),
        "department": department,
        "kind": code.kind_name(),
        "area": code.area(),
        "organisation_code": code.organisation_code(),
    });
    let text = format!(
        "有效：登记管理部门 {department}，机构类别 {}，行政区划 {}，组织机构代码 {}\n",
        code.kind_name().unwrap_or("其他"),
        code.area(),
        code.organisation_code()
    );
    Answer::new(&json, text)
}

fn bank_card(value: &str) -> Result<Answer, Fault> {
    let card = BankCard::parse(value).map_err(|error| Fault::invalid("check.bankcard", error.to_string()))?;
    let warning = card.advice().message();
    let json = json!({ "valid": true, "luhn": warning.is_none(), "union_pay": card.is_union_pay(), "warning": warning });
    let text = match warning {
        Some(warning) => format!("提醒：{warning}\n"),
        None => "有效：校验位相符\n".into(),
    };
    Answer::new(&json, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(command: CheckCommand) -> Result<Answer, Fault> {
        answer(&CheckArgs { command }, NaiveDate::from_ymd_opt(2026, 11, 24).unwrap_or_default())
    }

    #[test]
    fn identity_numbers() {
        let it = check(CheckCommand::Id { value: "310104650312004".into() }).ok().map(|it| it.json);
        let wanted = r#"{"valid":true,"number":"310104196503120049","kind":"居民身份证","birth_date":"1965-03-12","sex":"女","age":61,"area":"310104","area_name":"徐汇区"}"#;
        assert_eq!(it.as_deref(), Some(wanted));
        for value in ["", "310101199003072531", "31010419850229111X", "'; DROP TABLE--"] {
            let refused = check(CheckCommand::Id { value: value.into() }).err();
            assert_eq!(refused.map(|fault| fault.code), Some("check.id"), "{value}");
        }
    }

    #[test]
    fn codes_and_cards() {
        let it = check(CheckCommand::Uscc { value: "91310115MA1K3ABC99".into() }).ok().map(|it| it.text);
        assert!(it.is_some_and(|text| text.contains("市场监督管理") && text.contains("MA1K3ABC9")));
        assert!(check(CheckCommand::Uscc { value: "91310115MA1K3ABC98".into() }).is_err());
        let warned = check(CheckCommand::Bankcard { value: "6217001210000123454".into() }).ok();
        assert!(warned.is_some_and(|it| it.json.contains(r#""luhn":false"#) && it.text.starts_with("提醒")));
        assert!(check(CheckCommand::Bankcard { value: "62".into() }).is_err());
    }
}
