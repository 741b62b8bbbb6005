//! The command line: parses, calls, prints. Data goes to standard output, talk to standard error.

pub(crate) mod bench_seed;
pub(crate) mod catalogue;
pub(crate) mod check;
pub(crate) mod db;
pub(crate) mod policy;
mod refusal;

use std::io::Write;

use crate::app::App;
use crate::config::Config;
use crate::serve;

/// Prints an error with its causes, in the words the operator needs.
pub(crate) fn report(error: &anyhow::Error) {
    let mut text = format!("错误：{error}");
    for cause in error.chain().skip(1) {
        text.push_str("\n  原因：");
        text.push_str(&cause.to_string());
    }
    // Nothing is left to do when even standard error is gone.
    let _ = writeln!(std::io::stderr(), "{}", base_telemetry::redact(&text));
}

/// Prints the OpenAPI document.
///
/// # Errors
/// Whatever keeps the platform from being folded.
pub(crate) async fn openapi(config: &Config, out: &mut impl Write) -> anyhow::Result<()> {
    let ready = serve::database(config).await?;
    let app = App::build(config, ready.db.clone(), None).await;
    let printed = app.and_then(|app| Ok(writeln!(out, "{}", serde_json::to_string_pretty(&app.openapi)?)?));
    ready.stop().await?;
    printed
}
