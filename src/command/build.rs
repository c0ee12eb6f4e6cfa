//! `ibid build`: the edition as a folder of plain files.

use super::findings::{self, FindingArgs, Format};
use super::progress::Progress;
use crate::base::say;
use crate::diag::{Diagnostic, Severity};
use crate::pipeline::{Built, update};
use crate::{say, tell};
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
    let policy = match super::place::check(root).and_then(|()| flags.policy()) {
        Ok(policy) => policy,
        Err(message) => {
            tell!("error: {message}");
            return ExitCode::from(2);
        }
    };
    let progress = Progress::new();
    let updated = update::update(&update::Asked { root, output, policy: &policy, now: SystemTime::now() }, &progress);
    progress.finish();
    let updated = match updated {
        Ok(updated) => updated,
        Err(message) => {
            tell!("error: {message}");
            return ExitCode::from(2);
        }
    };
    let closing = show(&updated.built, root, flags);
    let left = updated.report.is_none().then(|| format!("`{}` is left as it was", output.display()));
    let closing: Vec<String> = closing.into_iter().chain(left).collect();
    if !closing.is_empty() {
        tell!("{}", closing.join("; "));
    }
    if options.timings {
        say::err(progress.table());
    }
    let Some(report) = updated.report else { return ExitCode::from(1) };
    let drafts = match updated.built.left_out {
        0 => String::new(),
        1 => "; 1 draft is left out (`ibid serve` shows drafts)".to_owned(),
        count => format!("; {count} drafts are left out (`ibid serve` shows drafts)"),
    };
    say!("{}: {} files written, {} unchanged, {} removed{drafts}", output.display(), report.written, report.unchanged, report.removed);
    // The program ends: what it holds need not be taken apart first, which takes a tenth of the time of a small change.
    std::mem::forget(updated.memory);
    ExitCode::SUCCESS
}

/// Errors and warnings; what is only worth knowing is left to `ibid check`, except where a program reads. The answer is what is said in closing.
fn show(built: &Built, root: &Path, flags: &FindingArgs) -> Option<String> {
    let colour = findings::colour(std::io::stderr().is_terminal());
    if !matches!(flags.format, Format::Human | Format::Short) {
        say::err(flags.print(&built.findings, built, root, colour));
        return None;
    }
    let grave: Vec<Diagnostic> = built.findings.iter().filter(|finding| finding.severity > Severity::Note).cloned().collect();
    say::err(flags.print(&grave, built, root, colour));
    if built.findings.is_empty() && built.known == 0 {
        return None;
    }
    let notes = if built.findings.len() > grave.len() { "; `ibid check` shows the notes" } else { "" };
    Some(format!("{}{notes}", findings::summary(built)))
}
