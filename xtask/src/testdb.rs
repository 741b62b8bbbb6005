//! Starts and stops the database that the tests share.

use std::io::Write;

use anyhow::Result;
use clap::Subcommand;

#[derive(Subcommand, Clone, Copy)]
pub(crate) enum Command {
    /// Starts it, unless it runs, and prints its URL
    Up,
    /// Stops it and throws its data away
    Down,
}

pub(crate) fn run(command: Command) -> Result<()> {
    match command {
        Command::Up => {
            let url = base_testdb::up()?;
            writeln!(std::io::stdout(), "{url}")?;
            Ok(())
        }
        Command::Down => base_testdb::down(),
    }
}
