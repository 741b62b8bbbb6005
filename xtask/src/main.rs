//! Project tasks: `cargo xtask <task>`.

mod testdb;

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
}

fn main() -> Result<()> {
    match Arguments::parse().task {
        Task::Testdb(command) => testdb::run(command),
    }
}
