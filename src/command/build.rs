//! `ibid build`: the edition as a folder of plain files.

use super::findings::{self, FindingArgs, Format, plural};
use super::progress::Progress;
use crate::diag::{self, Diagnostic, Severity};
use crate::pipeline::{Built, update};
use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;
use std::time::SystemTime;

/// What `ibid build` may be told besides folders and findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Print how long each stage took.
    pub timings: bool,
}

/// Builds the edition at `root` into `output`, or `root/output`. Findings go to standard error.
#[must_use]
pub fn run(root: &Path, output: Option<&Path>, flags: &FindingArgs, options: Options) -> ExitCode {
    let own = root.join("output");
    let output = output.unwrap_or(&own);
    let policy = match flags.policy() {
        Ok(policy) => policy,
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::from(2);
        }
    };
    let progress = Progress::new();
    let updated = update::update(&update::Asked { root, output, policy: &policy, now: SystemTime::now() }, &progress);
    progress.finish();
    let updated = match updated {
        Ok(updated) => updated,
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::from(2);
        }
    };
    show(&updated.built, root, flags);
    if options.timings {
        eprint!("{}", progress.table());
    }
    let Some(report) = updated.report else {
        let errors = diag::error_count(&updated.built.findings);
        eprintln!("{errors} error{} found; `{}` is left as it was", plural(errors), output.display());
        return ExitCode::from(1);
    };
    println!("{}: {} files written, {} unchanged, {} removed", output.display(), report.written, report.unchanged, report.removed);
    // The program ends: what it holds need not be taken apart first, which takes a tenth of the time of a small change.
    std::mem::forget(updated.memory);
    ExitCode::SUCCESS
}

/// Errors and warnings; what is only worth knowing is left to `ibid check`, except where a program reads.
fn show(built: &Built, root: &Path, flags: &FindingArgs) {
    let colour = findings::colour(std::io::stderr().is_terminal());
    if !matches!(flags.format, Format::Human | Format::Short) {
        eprint!("{}", flags.print(&built.findings, built, root, colour));
        return;
    }
    let grave: Vec<Diagnostic> = built.findings.iter().filter(|finding| finding.severity > Severity::Note).cloned().collect();
    eprint!("{}", flags.print(&grave, built, root, colour));
    if built.findings.is_empty() && built.known == 0 {
        return;
    }
    let notes = if built.findings.len() > grave.len() { "; `ibid check` shows the notes" } else { "" };
    eprintln!("{}{notes}", findings::summary(built));
}
