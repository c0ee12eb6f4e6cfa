//! `ibid check`: everything that `build` would find and what only a careful reading finds; nothing is built.

use super::findings::{self, FindingArgs, Format, plural};
use crate::base::path::ContentPath;
use crate::base::say;
use crate::diag::{self, baseline, fix};
use crate::pipeline::{self, Built};
use crate::{say, tell};
use clap::Args;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What `ibid check` is asked.
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Examples:\n  ibid check\n  ibid check --format short\n  ibid check --deny warnings               for a build server\n  ibid check --fix --dry-run               show what can be mended safely\n  ibid check --write-baseline              take up ibid in an old archive: show only new findings from now on"
)]
pub struct CheckArgs {
    /// The edition's folder, the one that holds `content` (for example: --root my-edition)
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    #[command(flatten)]
    findings: FindingArgs,
    /// Write the list of known findings: what is found now is not shown again
    #[arg(long, conflicts_with = "fix")]
    write_baseline: bool,
    /// Mend what can be mended safely, and show the difference
    #[arg(long)]
    fix: bool,
    /// With --fix: only show the difference
    #[arg(long, requires = "fix")]
    dry_run: bool,
}

/// Checks the edition. Findings go to standard output. Exit status: 0, 1 if there is an error among them, 2 if something could not be done.
#[must_use]
pub fn run(args: &CheckArgs) -> ExitCode {
    match check(args) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(1),
        Err(message) => {
            tell!("error: {message}");
            ExitCode::from(2)
        }
    }
}

/// The number of errors.
fn check(args: &CheckArgs) -> Result<usize, String> {
    super::place::check(&args.root)?;
    let list = args.findings.baseline.clone().unwrap_or_else(|| args.root.join(baseline::FILE));
    let mut flags = args.findings.clone();
    if args.write_baseline {
        flags.baseline = None;
    }
    let mut policy = flags.policy()?;
    policy.without_baseline = args.write_baseline;
    let mut built = pipeline::check(&args.root, &policy);
    if args.write_baseline {
        return write_list(&built, &list);
    }
    if args.fix {
        let mended = mend(&built, args)?;
        if args.dry_run {
            return Ok(diag::error_count(&built.findings));
        }
        if mended > 0 {
            built = pipeline::check(&args.root, &policy);
        }
    }
    let colour = findings::colour(std::io::stdout().is_terminal());
    say::out(args.findings.print(&built.findings, &built, &args.root, colour));
    if matches!(args.findings.format, Format::Human | Format::Short) {
        tell!("{}", summary(&built));
    }
    Ok(diag::error_count(&built.findings))
}

/// What was found, and how many of the known findings are no longer there.
fn summary(built: &Built) -> String {
    let mut words = findings::summary(built);
    match built.left_out {
        0 => {}
        1 => words.push_str("; 1 draft among them, which `ibid build` leaves out"),
        count => words.push_str(&format!("; {count} drafts among them, which `ibid build` leaves out")),
    }
    if built.gone > 0 {
        words.push_str(&format!("; {} of the known ones no longer there: `--write-baseline` shortens the list", built.gone));
    }
    words
}

fn write_list(built: &Built, list: &Path) -> Result<usize, String> {
    let known = built.findings.iter().filter(|finding| baseline::belongs(finding.code, finding.severity)).count();
    std::fs::write(list, baseline::print(&built.findings))
        .map_err(|error| format!("`{}` could not be written: {error}", list.display()))?;
    say!("{}: {known} finding{} listed", list.display(), plural(known));
    let firm = built.findings.iter().filter(|finding| finding.code.is_firm()).count();
    if firm > 0 {
        tell!("{firm} error{} cannot be listed and must be mended: `ibid check` shows them", plural(firm));
    }
    Ok(firm)
}

/// Mends what can be mended safely; how many findings that is.
fn mend(built: &Built, args: &CheckArgs) -> Result<usize, String> {
    let (texts, mended) = fix::apply(&built.findings, |path| built.text_of(path));
    for (path, text) in &texts {
        say::out(fix::difference(path, built.text_of(path).unwrap_or_default(), text));
        if !args.dry_run {
            replace(&args.root, path, built, text)?;
        }
    }
    let what = if args.dry_run { "can be mended safely" } else { "mended" };
    tell!("{mended} finding{} {what} in {} file{}", plural(mended), texts.len(), plural(texts.len()));
    Ok(mended)
}

/// Writes a file anew, whole or not at all, if it is still what was read.
fn replace(root: &Path, path: &ContentPath, built: &Built, text: &str) -> Result<(), String> {
    let file = root.join(path.as_str());
    let failed = |error: std::io::Error| format!("`{}` could not be written: {error}", file.display());
    if std::fs::read(&file).map_err(failed)? != built.text_of(path).unwrap_or_default().as_bytes() {
        return Err(format!("`{}` was changed meanwhile and is left as it is; run `ibid check --fix` again", file.display()));
    }
    // Links stay links: the file they lead to is replaced.
    let file = std::fs::canonicalize(&file).map_err(failed)?;
    let mut name = file.file_name().unwrap_or_default().to_owned();
    name.push(".tmp");
    let new = file.with_file_name(name);
    let written = std::fs::write(&new, text)
        .and_then(|()| std::fs::set_permissions(&new, std::fs::metadata(&file)?.permissions()))
        .and_then(|()| std::fs::rename(&new, &file));
    written.map_err(|error| {
        drop(std::fs::remove_file(&new));
        failed(error)
    })
}
