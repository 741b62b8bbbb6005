//! `renshe catalogue check`: everything that is data, without a database.

use std::io::Write;

use clap::{Args, Subcommand};
use serde_json::json;

use crate::app::Catalogues;
use crate::config::Config;

/// 目录.
#[derive(Debug, Args)]
pub(crate) struct CatalogueArgs {
    #[command(subcommand)]
    command: CatalogueCommand,
}

#[derive(Debug, Subcommand)]
enum CatalogueCommand {
    /// 检查事项、流程、参数、文书与消息模板
    Check,
}

/// Runs the command.
///
/// # Errors
/// The file and place at fault.
pub(crate) async fn run(
    args: &CatalogueArgs,
    config: &Config,
    as_json: bool,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let CatalogueCommand::Check = args.command;
    let catalogues = Catalogues::load(config)?;
    let (items, processes) = (catalogues.items.all().count(), catalogues.processes.all().len());
    let findings = crate::app::findings(config, &catalogues)?;
    if as_json {
        writeln!(out, "{}", json!({ "items": items, "processes": processes, "findings": findings }))?;
    } else {
        writeln!(out, "事项 {items} 个，流程 {processes} 个，问题 {} 个", findings.len())?;
        for finding in &findings {
            writeln!(out, "  {finding}")?;
        }
    }
    anyhow::ensure!(findings.is_empty(), "目录检查未通过");
    Ok(())
}
