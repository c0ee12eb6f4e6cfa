//! `ibid new`: a complete edition to begin with, and `ibid new document`: a document with its fields filled in. Neither overwrites anything.

mod document;
mod edition;

pub use document::DocumentArgs;
pub use edition::FILES;

use crate::{say, tell};
use clap::{Args, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// What is to be begun.
#[derive(Debug, Args)]
#[command(
    args_conflicts_with_subcommands = true,
    arg_required_else_help = true,
    after_help = "Examples:\n  ibid new my-edition\n  ibid new my-edition --title \"Letters about a Debt\"\n  ibid new document --kind letter --from lenin --to stalin --date \"April 24, 1922\""
)]
pub struct NewArgs {
    /// Folder of the new edition (for example: my-edition); `.` is this one
    dir: Option<PathBuf>,
    /// What the edition is called (for example: --title "Letters about a Debt")
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Write a document with its fields filled in, as a draft
    Document(DocumentArgs),
}

/// Makes what is asked for. Exit status 0, or 2 when it could not be made.
#[must_use]
pub fn run(args: &NewArgs) -> ExitCode {
    let done = match (&args.what, &args.dir) {
        (Some(What::Document(args)), _) => document::make(args),
        (None, Some(dir)) => edition::make(dir, args.title.as_deref()),
        (None, None) => Err("say where, as `ibid new my-edition`".into()),
    };
    match done {
        Ok(words) => {
            say!("{words}");
            ExitCode::SUCCESS
        }
        Err(words) => {
            tell!("error: {words}");
            ExitCode::from(2)
        }
    }
}

/// A value in YAML: an id as it stands, anything else in quotation marks.
fn quoted(text: &str) -> String {
    if crate::base::slug::is_id(text) && !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return text.to_owned();
    }
    // A text in JSON's quotation marks is the same text in YAML's.
    serde_json::to_string(text).expect("text is always JSON")
}
