//! `ibid build`: the edition as a folder of plain files.

use crate::diag::{self, human};
use crate::pipeline;
use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;

/// Builds the edition at `root` into `output`, or `root/output`. Findings go to standard error.
#[must_use]
pub fn run(root: &Path, output: Option<&Path>) -> ExitCode {
    let own = root.join("output");
    let output = output.unwrap_or(&own);
    let built = pipeline::build(root);
    let colour = std::io::stderr().is_terminal();
    eprint!("{}", human::print(&built.findings, colour, |path| built.text_of(path)));
    let errors = diag::error_count(&built.findings);
    if errors > 0 {
        eprintln!("{errors} error{} found; `{}` is left as it was", if errors == 1 { "" } else { "s" }, output.display());
        return ExitCode::from(1);
    }
    match pipeline::publish(&built, output) {
        Ok(report) => {
            println!("{}: {} files written, {} unchanged, {} removed", output.display(), report.written, report.unchanged, report.removed);
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}
