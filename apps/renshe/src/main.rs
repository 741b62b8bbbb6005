//! The platform: server and command line. Wiring only; every rule and every page lives in a crate of its own.

mod app;
mod cli;
mod config;
mod demo;
mod pages;
mod serve;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// 人社一体化服务平台.
#[derive(Debug, Parser)]
#[command(name = "renshe", version, about = "人社一体化服务平台：服务与命令行", long_about = None)]
struct Cli {
    /// 配置文件；默认读取当前目录的 renshe.toml（如有）
    #[arg(long, global = true, env = "RENSHE_CONFIG")]
    config: Option<PathBuf>,
    /// 以 JSON 输出
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 启动数据库、升级结构、载入演示数据并提供服务
    Run,
    /// 提供服务（不载入演示数据）
    Serve,
    /// 载入演示数据并办理一件退休申请，完成后退出
    Demo,
    /// 数据库：升级结构、查看地址
    Db(cli::db::DbArgs),
    /// 目录：检查事项、流程、参数与文书
    Catalogue(cli::catalogue::CatalogueArgs),
    /// 政策：退休年龄、养老金、缴费测算与参数查询
    Policy(cli::policy::PolicyArgs),
    /// 校验身份证号、统一社会信用代码、银行卡号
    Check(cli::check::CheckArgs),
    /// 建立压测账号与会话（仅 trial 模式）
    BenchSeed(cli::bench_seed::BenchSeedArgs),
    /// 打印生效的配置（隐去口令）
    Config,
    /// 打印 OpenAPI 文档
    Openapi,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            cli::report(&error);
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let out = &mut std::io::stdout().lock();
    // What needs neither configuration nor runtime goes first: it must answer anywhere, at once.
    match &cli.command {
        Command::Policy(args) => return cli::policy::run(args, cli.json, out),
        Command::Check(args) => return cli::check::run(args, cli.json, out),
        _ => {}
    }
    let config = config::Config::load(cli.config.as_deref())?;
    if let Command::Config = cli.command {
        use std::io::Write;
        writeln!(out, "{}", config.printed()?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match cli.command {
            Command::Run => serve::run(&config, true).await,
            Command::Serve => serve::run(&config, false).await,
            Command::Demo => serve::demo(&config).await,
            Command::Db(args) => cli::db::run(&args, &config, cli.json, out).await,
            Command::Catalogue(args) => cli::catalogue::run(&args, &config, cli.json, out).await,
            Command::BenchSeed(args) => cli::bench_seed::run(&args, &config, out).await,
            Command::Openapi => cli::openapi(&config, out).await,
            Command::Policy(_) | Command::Check(_) | Command::Config => Ok(()),
        }
    })?;
    Ok(ExitCode::SUCCESS)
}
