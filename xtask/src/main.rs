//! Project tasks: `cargo xtask <task>`.

mod testdb;
mod tidy;
mod total;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(about = "Project tasks", disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// The database that the tests share
    #[command(subcommand)]
    Testdb(testdb::Command),
    /// House rules that no compiler checks
    Tidy,
    /// Adds up the result files of the test runners and prints the closing line
    Total(total::Options),
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Without a backtrace: findings are no defects of this program.
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    match task {
        Task::Testdb(command) => testdb::run(command),
        Task::Tidy => tidy::run(),
        Task::Total(options) => total::run(&options),
    }
}
