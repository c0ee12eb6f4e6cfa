//! What `build` and `check` share: how findings are shown, how grave they are taken, which are known.

use crate::base::suggest::nearest;
use crate::diag::codes::TABLE;
use crate::diag::levels::{Level, Levels};
use crate::diag::policy::Policy;
use crate::diag::{Code, Diagnostic, Severity, github, human, json, sarif, short};
use crate::pipeline::Built;
use clap::{Args, ValueEnum};
use std::path::{Component, Path, PathBuf};

/// Flags for findings.
#[derive(Clone, Debug, Default, Args)]
pub struct FindingArgs {
    /// How findings are shown
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Take a finding as an error; `warnings` means all of them (for example: --deny unused-note)
    #[arg(long, value_name = "CODE")]
    pub deny: Vec<String>,
    /// Take a finding as a warning
    #[arg(long, value_name = "CODE")]
    pub warn: Vec<String>,
    /// Do not show a finding
    #[arg(long, value_name = "CODE")]
    pub allow: Vec<String>,
    /// The list of known findings, which are not shown (default: content/known-findings.txt of the edition, if it is there)
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
}

/// Forms of findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the line and what to type
    #[default]
    Human,
    /// One to a line
    Short,
    /// One JSON object
    Json,
    /// SARIF 2.1.0, for code hosts
    Sarif,
    /// Annotations of GitHub Actions
    Github,
}

impl FindingArgs {
    /// What the flags say.
    ///
    /// # Errors
    /// A code that is not known or always an error, or a list that cannot be read, in words.
    pub fn policy(&self) -> Result<Policy, String> {
        let mut levels = Levels::default();
        for (level, codes) in [(Level::Allow, &self.allow), (Level::Warn, &self.warn), (Level::Deny, &self.deny)] {
            for name in codes {
                if level == Level::Deny && name == "warnings" {
                    levels.deny_warnings();
                    continue;
                }
                let code = Code::read(name).ok_or_else(|| unknown(name))?;
                if code.is_firm() && level != Level::Deny {
                    return Err(format!("`{name}` is always an error: what cannot be read or would be lost is never passed over"));
                }
                levels.set(code, level);
            }
        }
        let baseline = match &self.baseline {
            None => None,
            Some(file) => match std::fs::read_to_string(file) {
                Ok(text) => Some(text),
                Err(error) => return Err(format!("the list of known findings `{}` could not be read: {error}", file.display())),
            },
        };
        Ok(Policy { levels, baseline, without_baseline: false })
    }

    /// The findings in the form asked for. `root` is the edition's folder, `colour` is for people.
    #[must_use]
    pub fn print(&self, findings: &[Diagnostic], built: &Built, root: &Path, colour: bool) -> String {
        let text_of = |path: &_| built.text_of(path);
        match self.format {
            Format::Human => human::print(findings, colour, text_of),
            Format::Short => short::print(findings, text_of),
            Format::Json => json::print(findings, text_of),
            Format::Sarif => sarif::print(findings, &in_repository(root), text_of),
            Format::Github => github::print(findings, &in_repository(root), text_of),
        }
    }
}

/// Whether a person may be shown colours on this stream.
#[must_use]
pub fn colour(terminal: bool) -> bool {
    terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// How many findings of each severity there are, in words.
#[must_use]
pub fn tally(findings: &[Diagnostic]) -> String {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let counts =
        [(Severity::Error, count(Severity::Error)), (Severity::Warning, count(Severity::Warning)), (Severity::Note, count(Severity::Note))];
    let words: Vec<String> = counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(severity, count)| format!("{count} {}{}", severity.name(), plural(count)))
        .collect();
    if words.is_empty() { "no findings".into() } else { words.join(", ") }
}

/// `2 errors, 1 warning in 37 documents and pages; 12 known findings are not shown`
#[must_use]
pub fn summary(built: &Built) -> String {
    let mut words = tally(&built.findings);
    if built.documents > 0 {
        let documents = if built.documents == 1 { "document or page" } else { "documents and pages" };
        words.push_str(&format!(" in {} {documents}", built.documents));
    }
    if built.known > 0 {
        words.push_str(&format!("; {} known finding{} not shown", built.known, plural(built.known)));
    }
    words
}

/// The ending of a word that counts something.
#[must_use]
pub fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

fn unknown(name: &str) -> String {
    let near = nearest(name, TABLE.iter().map(|row| row.name));
    let help = near.map_or_else(|| "`ibid explain` lists all codes".to_owned(), |near| format!("did you mean `{near}`?"));
    format!("there is no finding `{name}`; {help}")
}

/// What stands before `content/` in paths as a code host knows them; nothing when the edition is the whole repository.
fn in_repository(root: &Path) -> String {
    let here = std::env::current_dir().ok();
    let relative = here.and_then(|here| root.strip_prefix(here).ok().map(Path::to_owned)).unwrap_or_else(|| root.to_owned());
    let parts = relative.components().filter(|part| matches!(part, Component::Normal(_) | Component::ParentDir));
    parts.map(|part| format!("{}/", part.as_os_str().to_string_lossy())).collect()
}
