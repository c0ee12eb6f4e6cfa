//! `ibid build`: the edition as a folder of plain files.

use super::progress::Progress;
use crate::diag::{self, human};
use crate::pipeline::update;
use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;

/// What `ibid build` may be told besides the two folders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Print how long each stage took.
    pub timings: bool,
}

/// Builds the edition at `root` into `output`, or `root/output`. Findings go to standard error.
#[must_use]
pub fn run(root: &Path, output: Option<&Path>, options: Options) -> ExitCode {
    let own = root.join("output");
    let output = output.unwrap_or(&own);
    let progress = Progress::new();
    let updated = update::update(root, output, SystemTime::now(), &progress);
    progress.finish();
    let updated = match updated {
        Ok(updated) => updated,
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::from(2);
        }
    };
    let colour = std::io::stderr().is_terminal();
    eprint!("{}", human::print(&updated.findings, colour, |path| updated.text_of(path)));
    if options.timings {
        eprint!("{}", progress.table());
    }
    let Some(report) = updated.report else {
        let errors = diag::error_count(&updated.findings);
        eprintln!("{errors} error{} found; `{}` is left as it was", if errors == 1 { "" } else { "s" }, output.display());
        return ExitCode::from(1);
    };
    println!("{}: {} files written, {} unchanged, {} removed", output.display(), report.written, report.unchanged, report.removed);
    ExitCode::SUCCESS
}
