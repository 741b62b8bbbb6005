//! The record itself: `items.md` §1.6 rules 1 to 8, 10 and 11. (Rule 9 is in `flow`, rule 12 in `publish`.)

use base_kernel::LimitUnit;

use super::Findings;
use crate::form::is_shown;
use crate::model::{Item, ItemKind, LimitSpec, Material, MaterialSource, ResultKind};

/// 事项类型 of `items.md` §2.1.
const TYPES: &[&str] = &["XK", "CF", "JF", "JC", "QR", "JL", "CJ", "QT", "GF", "NB"];
/// Types whose decisions can be appealed.
const APPEALABLE: &[&str] = &["XK", "CF", "QR", "CJ"];
const CHANNELS: &[&str] = &["window", "web", "mobile", "express", "kiosk"];
const RETENTIONS: &[&str] = &["Y", "D100", "D50", "D30", "D10"];

pub(super) fn check(item: &Item, findings: &mut Findings) {
    identity(item, findings);
    limits(item, findings);
    visits(item, findings);
    result(item, findings);
    for material in &item.materials {
        check_material(item, material, findings);
    }
    let mut codes: Vec<&str> = item.materials.iter().map(|material| material.code.as_str()).collect();
    codes.sort_unstable();
    if let Some(pair) = codes.windows(2).find(|pair| pair[0] == pair[1]) {
        findings.add("8", format!("材料代码“{}”重复，请改用不同的代码", pair[0]));
    }
    let appealable = APPEALABLE.contains(&item.kind_code.as_str());
    findings.unless(
        !appealable || item.remedies.is_some(),
        "10",
        "该类型的事项应填写 remedies（行政复议、行政诉讼途径）",
    );
    let public_service = item.kind_code == "GF";
    findings.unless(
        !public_service || item.power_source.is_none(),
        "10",
        "公共服务事项不填权力来源，请删除 power_source",
    );
    for fee in &item.fees {
        let whole = fee.amount_fen > 0 && !fee.basis.trim().is_empty();
        findings.unless(whole, "11", format!("收费“{}”应有金额和依据；不收费的请删除该行", fee.name));
    }
    if let Some(archive) = &item.archive {
        let known = RETENTIONS.contains(&archive.retention.as_str());
        findings.unless(known, "N", "archive.retention 应为 Y、D100、D50、D30 或 D10");
    }
}

fn identity(item: &Item, findings: &mut Findings) {
    let filled = |text: &str| !text.trim().is_empty();
    let texts = [&item.name, &item.short_name, &item.domain, &item.module, &item.summary];
    findings.unless(texts.iter().all(|text| filled(text)), "6", "名称、简称、领域、模块和说明都应填写");
    let parts: Vec<&str> = item.code.as_str().split('-').collect();
    let upper =
        |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let code = parts.len() == 3 && parts.iter().all(upper);
    findings.unless(
        code && item.version > 0,
        "6",
        "code 应为“领域-模块-序号”（如 SI-YL-001），version 从 1 开始",
    );
    findings.unless(
        TYPES.contains(&item.kind_code.as_str()),
        "6",
        format!("type“{}”不是事项类型代码", item.kind_code),
    );
    let channels = item.channels.iter().all(|channel| CHANNELS.contains(&channel.as_str()));
    findings.unless(
        channels && !item.channels.is_empty(),
        "6",
        "channels 应从 window、web、mobile、express、kiosk 中选择",
    );
    let whole = !item.audience.is_empty() && !item.conditions.is_empty() && !item.basis.is_empty();
    findings.unless(whole, "6", "服务对象、受理条件和设定依据都应填写");
}

fn limits(item: &Item, findings: &mut Findings) {
    let Some(promised) = &item.limits.promised else {
        return findings.add("1", "应填写承诺办结时限；即办件填 0");
    };
    let instant = item.kind == ItemKind::Instant;
    findings.unless(
        instant == (promised.days == 0),
        "1",
        "即办件的承诺时限为 0，承诺件和批量件的承诺时限大于 0",
    );
    let Some(statutory) = &item.limits.statutory else { return };
    let sourced = statutory.mark.starts_with('S') || statutory.mark == "K";
    findings.unless(
        sourced,
        "7",
        format!("法定时限只能取自有出处的值（标记 S… 或 K），现为“{}”，没有出处请填 null", statutory.mark),
    );
    findings.unless(statutory.basis.is_some(), "7", "法定时限应写明依据（basis）");
    findings.unless(
        hours(promised, true) <= hours(statutory, false),
        "7",
        "承诺时限不能长于法定时限，请缩短承诺时限",
    );
}

/// A limit in hours on one calendar: working days become calendar days, rounded so that a doubtful case is found.
fn hours(limit: &LimitSpec, up: bool) -> u32 {
    let days = limit.days;
    match limit.unit {
        LimitUnit::Working if up => (days * 7).div_ceil(5) * 24,
        LimitUnit::Working => days * 7 / 5 * 24,
        LimitUnit::Calendar => days * 24,
        LimitUnit::Month => days * 30 * 24,
        LimitUnit::Hour => days,
    }
}

fn visits(item: &Item, findings: &mut Findings) {
    let reason = item.visits_reason.as_deref().is_some_and(|reason| !reason.trim().is_empty());
    findings.unless((item.visits > 0) == reason, "3", "到现场次数大于 0 时应填写 visits_reason；为 0 时不填");
    let express = item.channels.iter().any(|channel| channel == "express");
    findings.unless(
        item.visits > 0 || item.online() || express,
        "4",
        "不用到现场又不能网上办理的事项，channels 应包含 express（快递申请）",
    );
    let depth = item.online_depth;
    findings.unless(depth.is_none_or(|depth| (1..=4).contains(&depth)), "5", "online_depth 应为 1 至 4");
    findings.unless(depth != Some(4) || item.visits == 0, "5", "全程网办（4 级）的事项到现场次数应为 0");
}

fn result(item: &Item, findings: &mut Findings) {
    let Some(result) = &item.result else { return };
    // 证明 is no 证: the name ends in the character itself.
    let due = [("批复", ResultKind::Approval), ("证", ResultKind::Certificate), ("文", ResultKind::Document)];
    if let Some((ending, kind)) = due.into_iter().find(|(ending, _)| result.name.ends_with(ending)) {
        findings.unless(
            result.kind == Some(kind),
            "2",
            format!("结果名称以“{ending}”结尾，result.kind 应与之相符"),
        );
    }
    let prefix = (2..=8).contains(&result.number_prefix.len())
        && result.number_prefix.bytes().all(|b| b.is_ascii_uppercase());
    findings.unless(prefix, "6", "result.number_prefix 应为 2 至 8 个大写字母");
}

fn check_material(item: &Item, material: &Material, findings: &mut Findings) {
    let code = &material.code;
    match material.source {
        MaterialSource::Upload => {
            let accept =
                !material.accept.is_empty() && material.max_mb.is_some_and(|mb| (1..=100).contains(&mb));
            findings.unless(
                accept,
                "8",
                format!("材料“{code}”由申请人上传，应写明 accept 和 max_mb（1 至 100）"),
            );
        }
        MaterialSource::Licence => {
            findings.unless(
                material.licence.is_some(),
                "8",
                format!("材料“{code}”免提交，应写明证照名称 licence"),
            );
        }
        // What the system makes needs nothing from the applicant.
        MaterialSource::Generated => {}
        MaterialSource::Kept => {
            findings.unless(!material.required, "8", format!("材料“{code}”留存备查，required 应为 false"));
        }
    }
    let Some(condition) = &material.show_when else { return };
    let reachable = item.field(&condition.field).is_some_and(|field| {
        condition.values.iter().any(|value| {
            let form = serde_json::Map::from_iter([(field.key.clone(), value.clone())]);
            let offered =
                field.options.is_empty() || field.options.iter().any(|option| *value == option.code);
            offered && is_shown(Some(condition), &form)
        })
    });
    findings.unless(reachable, "8", format!("材料“{code}”的条件在表单中不可能满足，请修改 show_when"));
}
