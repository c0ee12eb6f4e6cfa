//! The command line: names, flags and examples. The work is in `command`.

use crate::base::say;
use crate::command;
use clap::{CommandFactory, Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Publish annotated historical sources as a website: letters, telegrams and decrees with editors' notes.
#[derive(Debug, Parser)]
#[command(name = "ibid", version, about, long_about = None, after_help = "Examples:\n  ibid new my-edition           begin an edition\n  ibid build                    build the edition in this folder into output/\n  ibid build --root my-edition  build another one\n  ibid check                    look for slips without building\n  ibid explain unknown-cite     what a finding means")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Build the edition into a folder of plain files
    #[command(after_help = "Examples:\n  ibid build\n  ibid build --root my-edition --output public")]
    Build {
        /// The edition's folder, the one that holds `content` (for example: --root my-edition)
        #[arg(long, value_name = "DIR", default_value = ".")]
        root: PathBuf,
        /// Where to write the site (default: `output` in the edition's folder; for example: --output public)
        #[arg(long, value_name = "DIR")]
        output: Option<PathBuf>,
        #[command(flatten)]
        findings: command::findings::FindingArgs,
        /// Print how long each stage took
        #[arg(long)]
        timings: bool,
    },
    /// Bring texts from other programs and sites into the edition
    Import(command::import::ImportArgs),
    /// Write the edition in formats of other programs: TEI, CMIF, text, JSON
    Export(command::export::ExportArgs),
    /// Look for slips in texts, notes, references, dates and registers; nothing is built
    Check(command::check::CheckArgs),
    /// Show the edition in a browser while you write
    Serve(command::serve::ServeArgs),
    /// Begin an edition, or a document
    New(command::new::NewArgs),
    /// Say what a printed date means
    Date(command::date::DateArgs),
    /// Explain a finding by its code, or why a file of the site was written
    #[command(
        after_help = "Examples:\n  ibid explain unknown-cite\n  ibid explain            lists all codes\n  ibid explain output/index.html  says why the page was written the last time"
    )]
    Explain {
        /// The word in brackets behind `error` or `warning`, or a file under `output`
        code: Option<String>,
    },
    /// Say what waits for whom
    #[command(after_help = "Examples:\n  ibid status\n  ibid status --all")]
    Status {
        /// The edition's folder
        #[arg(long, value_name = "DIR", default_value = ".")]
        root: PathBuf,
        /// Name every document, not only ten in each state
        #[arg(long)]
        all: bool,
    },
    /// Record the addresses that are published, in content/ledger.txt
    #[command(
        after_help = "Examples:\n  ibid record           before you publish; then commit content/ledger.txt\n  ibid record --check   only say whether everything is recorded"
    )]
    Record {
        /// The edition's folder
        #[arg(long, value_name = "DIR", default_value = ".")]
        root: PathBuf,
        /// Write nothing; status 1 if something is not recorded
        #[arg(long)]
        check: bool,
    },
    /// Print the completions for a shell
    #[command(
        after_help = "Examples:\n  ibid completions bash > ~/.local/share/bash-completion/completions/ibid\n  ibid completions fish > ~/.config/fish/completions/ibid.fish"
    )]
    Completions {
        /// The shell
        shell: command::shell::Shell,
    },
    /// Print the manual page of this program
    #[command(after_help = "Example:\n  ibid manual > ~/.local/share/man/man1/ibid.1")]
    Manual,
}

/// Reads the command line and runs the command. Exit status: 0 clean, 1 findings of severity error, 2 could not run.
#[must_use]
pub fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Import(args) => command::import::run(&args),
        Command::Export(args) => command::export::run(&args),
        Command::Build { root, output, findings, timings } => {
            command::build::run(&root, output.as_deref(), &findings, command::build::Options { timings })
        }
        Command::Check(args) => command::check::run(&args),
        Command::Serve(args) => command::serve::run(&args),
        Command::Date(args) => {
            let status = command::date::run(&args, &mut std::io::stdin().lock(), &mut std::io::stdout().lock());
            status.map_or_else(|error| say::unsaid(&error), ExitCode::from)
        }
        Command::Explain { code } => command::explain::run(code.as_deref()),
        Command::New(args) => command::new::run(&args),
        Command::Status { root, all } => command::status::run(&root, all),
        Command::Record { root, check } => command::record::run(&root, check),
        Command::Completions { shell } => command::shell::completions(Cli::command(), shell),
        Command::Manual => command::shell::manual(&Cli::command()),
    }
}
