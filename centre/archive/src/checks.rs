//! The four checks on a record (四性检测): authentic, complete, usable, safe. Pure.

use crate::model::{Check, Component, ComponentKind};

/// Formats that stay readable (DA/T 47 for documents, the raster formats accepted at upload, tables).
const READABLE: [&str; 7] = ["pdf", "jpg", "jpeg", "png", "xlsx", "csv", "json"];

/// Looks at the components of a record.
#[must_use]
pub(crate) fn four(components: &[Component]) -> Vec<Check> {
    vec![authentic(components), complete(components), usable(components), safe(components)]
}

/// Every component has its digest, so that any later change shows.
fn authentic(components: &[Component]) -> Check {
    let lacking = names(components, |component| component.sm3.is_none());
    let detail = if lacking.is_empty() {
        format!("{}件均有SM3摘要；归档电子签名与时间戳待签章服务启用后补加", components.len())
    } else {
        format!("缺少SM3摘要：{}", lacking.join("、"))
    };
    check("authentic", "真实性", lacking.is_empty(), detail)
}

/// Form and log are always there.
fn complete(components: &[Component]) -> Check {
    let has = |kind| components.iter().any(|component| component.kind == kind);
    let wanted = [(ComponentKind::Form, "申请表"), (ComponentKind::Log, "办理记录")];
    let missing: Vec<&str> =
        wanted.into_iter().filter(|(kind, _)| !has(*kind)).map(|(_, name)| name).collect();
    let detail = if missing.is_empty() {
        format!("申请表、材料、意见、结果文书、办理记录共{}件", components.len())
    } else {
        format!("缺少：{}", missing.join("、"))
    };
    check("complete", "完整性", missing.is_empty(), detail)
}

/// Files are of kinds that stay readable.
fn usable(components: &[Component]) -> Check {
    let unreadable = names(components, |component| {
        let extension = component.name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
        component.kind == ComponentKind::Material
            && !extension.is_some_and(|extension| READABLE.contains(&extension.as_str()))
    });
    let detail = if unreadable.is_empty() {
        "均为可长期读取的格式".to_owned()
    } else {
        format!("格式不宜长期保存：{}", unreadable.join("、"))
    };
    check("usable", "可用性", unreadable.is_empty(), detail)
}

/// Files came through the upload check, which admits no macros, scripts or passwords.
fn safe(components: &[Component]) -> Check {
    let files = components.iter().filter(|component| component.kind == ComponentKind::Material).count();
    check(
        "safe",
        "安全性",
        true,
        format!("{files}件上传文件已通过入库时的内容检测（无宏、无加密、类型与内容一致）"),
    )
}

fn names(components: &[Component], pick: impl Fn(&Component) -> bool) -> Vec<String> {
    components.iter().filter(|component| pick(component)).map(|component| component.name.clone()).collect()
}

fn check(check: &str, name: &str, passed: bool, detail: String) -> Check {
    Check { check: check.into(), name: name.into(), passed, detail }
}
