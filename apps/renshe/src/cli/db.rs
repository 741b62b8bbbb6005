//! `renshe db`: schema and address.

use std::io::Write;

use clap::{Args, Subcommand};
use serde_json::json;

use crate::config::Config;
use crate::serve;

/// 数据库.
#[derive(Debug, Args)]
pub(crate) struct DbArgs {
    #[command(subcommand)]
    command: DbCommand,
}

#[derive(Debug, Subcommand)]
enum DbCommand {
    /// 升级数据库结构
    Migrate,
    /// 以文本打印当前结构
    Schema,
}

/// Runs the command.
///
/// # Errors
/// A Chinese sentence for the operator.
pub(crate) async fn run(
    args: &DbArgs,
    config: &Config,
    as_json: bool,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let ready = serve::database(config).await?;
    let done = match args.command {
        DbCommand::Migrate => {
            let count = crate::app::migrations().len();
            if as_json {
                writeln!(out, "{}", json!({ "migrations": count }))
            } else {
                writeln!(out, "数据库结构已是最新，共 {count} 个升级文件")
            }
        }
        DbCommand::Schema => writeln!(out, "{}", base_db::schema_text(&ready.db, &[]).await?),
    };
    ready.stop().await?;
    Ok(done?)
}
