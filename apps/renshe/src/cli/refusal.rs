//! Refusals on the command line: a Chinese sentence for a person, a problem document for a program, exit code 2.

use std::io::{self, Write};
use std::process::ExitCode;

use base_kernel::{Fault, FaultKind};
use serde_json::{Value, json};

/// Wrong input or no answer. Exit code 1 stays for failures of the program itself.
const REFUSED: u8 = 2;

/// Writes `answer` to `out`: one line of JSON, or lines of text.
pub(crate) fn finish(
    answer: Result<Answer, Fault>,
    json: bool,
    out: &mut impl Write,
) -> anyhow::Result<ExitCode> {
    match answer {
        Ok(answer) if json => writeln!(out, "{}", answer.json)?,
        Ok(answer) => write!(out, "{}", answer.text)?,
        Err(fault) if fault.kind == FaultKind::Internal => return Err(fault.into()),
        Err(fault) => {
            refuse(&fault, json, &mut io::stderr().lock())?;
            return Ok(ExitCode::from(REFUSED));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// An answer in both shapes.
pub(crate) struct Answer {
    /// For programs.
    pub(crate) json: String,
    /// For people; ends with a line break.
    pub(crate) text: String,
}

impl Answer {
    /// Joins both shapes.
    pub(crate) fn new(json: &impl serde::Serialize, text: String) -> Result<Self, Fault> {
        let json = serde_json::to_string(json).map_err(Fault::internal)?;
        Ok(Self { json, text })
    }
}

/// Writes a refusal.
pub(crate) fn refuse(fault: &Fault, json: bool, err: &mut impl Write) -> io::Result<()> {
    if json {
        return writeln!(err, "{}", problem(fault));
    }
    if fault.fields.is_empty() {
        return writeln!(err, "{}", fault.message);
    }
    fault.fields.iter().try_for_each(|field| writeln!(err, "{}：{}", field.field, field.message))
}

/// The problem document (RFC 9457) of a refusal, as over HTTP.
pub(crate) fn problem(fault: &Fault) -> Value {
    let (status, title) = match fault.kind {
        FaultKind::NotFound => (404, "未找到"),
        FaultKind::Conflict => (409, "状态已变化"),
        FaultKind::Malformed => (400, "请求无法识别"),
        FaultKind::TooLarge => (413, "内容过大"),
        _ => (422, "填写内容有误"),
    };
    let errors: Vec<_> =
        fault.fields.iter().map(|field| json!({ "field": field.field, "message": field.message })).collect();
    json!({
        "type": format!("urn:renshe:problem:{}", fault.code),
        "title": title,
        "status": status,
        "detail": fault.message,
        "code": fault.code,
        "errors": errors,
    })
}
