//! `renshe policy`: retirement age, pension, contributions and parameters, without a server and from any folder.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use base_kernel::{Fault, FaultKind, Fen, Month, RegionCode};
use centre_benefit::calculators::{PensionRequest, RetirementRequest, pension_estimate, retirement};
use centre_contribution::calculator::{ContributionRequest, contribution_estimate};
use centre_policy::{Catalogue, CatalogueError};
use chrono::NaiveDate;
use clap::{Args, Subcommand};
use engine_decision::{ParameterSet, Status};
use serde::de::DeserializeOwned;
use serde_json::json;

use super::refusal::{Answer, finish};

/// Input files are small; more is a mistake or an attack.
const LARGEST_INPUT: u64 = 1 << 20;

/// 政策计算与参数查询，按程序内置的政策目录.
#[derive(Debug, Args)]
pub(crate) struct PolicyArgs {
    /// 用此目录代替程序内置的政策目录（catalogue 或其下的 policy 目录）
    #[arg(long, global = true, value_name = "DIR")]
    catalogue: Option<PathBuf>,
    #[command(subcommand)]
    command: PolicyCommand,
}

#[derive(Debug, Subcommand)]
enum PolicyCommand {
    /// 法定退休年龄、延迟月数和最低缴费月数
    Retirement {
        /// 出生年月，例如 1970-05
        #[arg(long, allow_hyphen_values = true)]
        birth: String,
        /// 人员类别：M60 男；F55 女，原 55 周岁；F50 女，原 50 周岁
        #[arg(long, allow_hyphen_values = true)]
        category: String,
    },
    /// 月基本养老金及计算过程
    #[command(after_long_help = PENSION_HELP)]
    Pension {
        /// JSON 文件，- 表示标准输入
        #[arg(long, value_name = "FILE")]
        input: PathBuf,
    },
    /// 当月应缴社会保险费及计算过程
    #[command(after_long_help = CONTRIBUTION_HELP)]
    Contribution {
        /// JSON 文件，- 表示标准输入
        #[arg(long, value_name = "FILE")]
        input: PathBuf,
    },
    /// 某日有效的参数值；未确认的值会标明
    Param {
        /// 参数名，例如 pension.base
        key: String,
        /// 行政区划代码
        #[arg(long, default_value = "310000")]
        region: String,
        /// 业务日期，例如 2026-07-01
        #[arg(long)]
        on: String,
    },
}

const PENSION_HELP: &str = r#"输入（金额单位为分，指数和年限用文本）：
  {"region":"310000","retire_month":"2025-12","age_months":723,"average_index":"1.20",
   "service_months":424,"account_balance_fen":32000000,
   "transitional":{"deemed_years_to_1992":"5.25","virtual_account_total_fen":2400000}}
  transitional 可为 null；加 "provisional":true 按上一年计发基数预核定。
输出（--json）：
  {"basic_fen":…,"account_fen":…,"transitional_fen":…,"total_fen":…,"derivation":[…]}"#;

const CONTRIBUTION_HELP: &str = r#"输入（金额单位为分）：
  {"month":"2026-07","wage_fen":1200000,"region":"310000","injury_class":"I","kind":"employee"}
  kind：employee 职工，flexible 灵活就业（wage_fen 为所选基数，不需要 injury_class），
        retiree_injury 退休人员单独参加工伤保险；
  injury_class：I 至 VIII；injury_float：down_2、down_1、base（默认）、up_1、up_2。
输出（--json）：
  {"base_fen":…,"lines":[{"insurance":"pension","name":"养老保险","employer_fen":…,"employee_fen":…}…],
   "employer_total_fen":…,"employee_total_fen":…,"account_fen":…,"unconfirmed":[…],"derivation":[…]}
  unconfirmed 列出所用参数中尚未确认的，非空时结果仅供参考。"#;

/// Runs the command. Exit code 2 for wrong input and for questions that the parameters leave open.
pub(crate) fn run(args: &PolicyArgs, json: bool, out: &mut impl Write) -> anyhow::Result<ExitCode> {
    let set = match &args.catalogue {
        Some(folder) => Catalogue::from_folder(folder).map_err(unusable),
        None => Ok(Catalogue::shipped()?),
    };
    finish(set.and_then(|catalogue| answer(&args.command, &catalogue.parameters)), json, out)
}

/// A folder that the caller named and that holds no usable catalogue is wrong input.
fn unusable(error: CatalogueError) -> Fault {
    let cause = std::error::Error::source(&error).map(|cause| format!("（{cause}）")).unwrap_or_default();
    Fault::new(FaultKind::Malformed, "policy.catalogue", format!("{error}{cause}"))
}

fn answer(command: &PolicyCommand, set: &ParameterSet) -> Result<Answer, Fault> {
    match command {
        PolicyCommand::Retirement { birth, category } => retire(birth, category, set),
        PolicyCommand::Pension { input } => pension(read(input)?, set),
        PolicyCommand::Contribution { input } => contribution(&read(input)?, set),
        PolicyCommand::Param { key, region, on } => param(key, region, on, set),
    }
}

fn retire(birth: &str, category: &str, set: &ParameterSet) -> Result<Answer, Fault> {
    let birth: Month = birth.parse().map_err(|error: base_kernel::MonthError| {
        Fault::invalid_field("rule.input", "birth", error.to_string())
    })?;
    let request = RetirementRequest { birth, category: category.parse()? };
    let (it, derivation) = retirement(&request, set)?;
    let text = format!(
        "法定退休年月 {}，{} 岁 {} 个月，延迟 {} 个月，最低缴费 {} 个月\n\n{}",
        it.statutory_month,
        it.age.years,
        it.age.months,
        it.delay_months,
        it.min_contribution_months,
        derivation.render()
    );
    Answer::new(&it, text)
}

fn pension(request: PensionRequest, set: &ParameterSet) -> Result<Answer, Fault> {
    let it = pension_estimate(request, set)?;
    let yuan = |fen| Fen(fen);
    let text = format!(
        "月基本养老金 {} 元（基础 {} + 个人账户 {} + 过渡性 {}）\n\n{}",
        yuan(it.total_fen),
        yuan(it.basic_fen),
        yuan(it.account_fen),
        yuan(it.transitional_fen),
        it.derivation.render()
    );
    Answer::new(&it, text)
}

fn contribution(request: &ContributionRequest, set: &ParameterSet) -> Result<Answer, Fault> {
    let it = contribution_estimate(request, set)?;
    let mut text = format!("缴费基数 {} 元\n", Fen(it.base_fen));
    for line in &it.lines {
        let (employer, employee) = (Fen(line.employer_fen), Fen(line.employee_fen));
        text.push_str(&format!("{}：单位 {employer} 元，个人 {employee} 元\n", line.name));
    }
    let (employer, employee) = (Fen(it.employer_total_fen), Fen(it.employee_total_fen));
    text.push_str(&format!("合计：单位 {employer} 元，个人 {employee} 元\n"));
    for used in &it.unconfirmed {
        text.push_str(&format!("注意：{}（{}）尚未确认，结果仅供参考\n", used.name, used.key));
    }
    text.push_str(&format!("\n{}", it.derivation.render()));
    Answer::new(&it, text)
}

fn param(key: &str, region: &str, on: &str, set: &ParameterSet) -> Result<Answer, Fault> {
    let region: RegionCode = region.parse().map_err(|error: base_kernel::RegionError| {
        Fault::invalid_field("rule.input", "region", error.to_string())
    })?;
    let on: NaiveDate = on.parse().map_err(|_| {
        let on: String = on.chars().filter(|c| !c.is_control()).take(20).collect();
        Fault::invalid_field("rule.input", "on", format!("“{on}”不是有效日期，请按 2026-07-01 的格式填写"))
    })?;
    // Shown, not computed with: an unconfirmed row is answered with its mark.
    let row = set.display(key, region, on)?;
    let json = json!({
        "key": row.key,
        "name": row.name,
        "region": row.region,
        "value": row.value.to_json(),
        "unit": row.unit,
        "from": row.effective_from,
        "to": row.effective_to,
        "doc_no": row.doc_no,
        "doc_expiry": row.doc_expiry,
        "basis": row.basis,
        "status": row.status,
        "note": row.note,
    });
    let mut text = format!("{}（{}）：{} {}\n", row.name, row.key, row.value, row.unit);
    let until = row.effective_to.map_or_else(|| "今".to_owned(), |to| to.to_string());
    text.push_str(&format!(
        "{} 至 {until}，地区 {}，{}\n",
        row.effective_from,
        row.region,
        row.status.name()
    ));
    for (label, value) in [("文号", &row.doc_no), ("说明", &row.note)] {
        if let Some(value) = value {
            text.push_str(&format!("{label}：{value}\n"));
        }
    }
    if row.status == Status::Unconfirmed {
        text.push_str("该值尚未确认，不用于自动办理\n");
    }
    Answer::new(&json, text)
}

fn read<T: DeserializeOwned>(input: &Path) -> Result<T, Fault> {
    let bytes = if input.as_os_str() == "-" {
        bounded(io::stdin().lock())
    } else {
        File::open(input).and_then(bounded)
    };
    let bytes = bytes.map_err(|error| {
        let detail = match error.kind() {
            io::ErrorKind::NotFound => "文件不存在",
            io::ErrorKind::PermissionDenied => "没有读取权限",
            _ => "读取失败",
        };
        Fault::new(
            FaultKind::Malformed,
            "input.unreadable",
            format!("无法读取输入 {}：{detail}", input.display()),
        )
    })?;
    if bytes.len() as u64 > LARGEST_INPUT {
        return Err(Fault::new(FaultKind::TooLarge, "input.too_large", "输入超过 1 MB，请检查文件是否选错"));
    }
    // A list would be read field by field in their order; nobody means that.
    if bytes.trim_ascii_start().first() == Some(&b'[') {
        return Err(Fault::invalid("input.shape", "输入应为一个 JSON 对象（以 { 开头），不是数组"));
    }
    serde_json::from_slice(&bytes).map_err(|error| shape(&error))
}

fn bounded(source: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(LARGEST_INPUT + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What is wrong with the JSON, in Chinese, with the place.
fn shape(error: &serde_json::Error) -> Fault {
    let place = format!("第 {} 行第 {} 列", error.line(), error.column());
    if !error.is_data() {
        let message = format!("输入不是有效的 JSON（{place}），请检查括号、引号和逗号");
        return Fault::new(FaultKind::Malformed, "input.json", message);
    }
    let text = error.to_string();
    let quoted = text.split('`').nth(1).unwrap_or_default();
    let what = if text.starts_with("missing field") {
        format!("缺少字段 {quoted}")
    } else if text.starts_with("unknown field") {
        format!("字段 {quoted} 不在可填写的范围内")
    } else if text.starts_with("duplicate field") {
        format!("字段 {quoted} 重复")
    } else {
        // The rest of the text may quote the input; it is cut and cleaned before it reaches a terminal.
        let cause: String = text.chars().filter(|c| !c.is_control()).take(160).collect();
        format!("有字段的类型或取值不正确：{cause}")
    };
    let what: String = what.chars().filter(|c| !c.is_control()).take(240).collect();
    Fault::invalid("input.shape", format!("输入的数据有误（{place}）：{what}"))
}

#[cfg(test)]
mod tests;
