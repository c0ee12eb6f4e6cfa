//! The command line, for trying dates.
use clap::{Parser, Subcommand};

#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Date(ibid::command::date::DateArgs),
}

fn main() -> std::io::Result<std::process::ExitCode> {
    let Command::Date(args) = Cli::parse().command;
    let status = ibid::command::date::run(&args, &mut std::io::stdin().lock(), &mut std::io::stdout().lock())?;
    Ok(std::process::ExitCode::from(status))
}
