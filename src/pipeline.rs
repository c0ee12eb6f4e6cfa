//! The whole build on one screen: load → parse → resolve → render → write.

use crate::base::path::ContentPath;
use crate::diag::levels::{Level, Levels};
use crate::diag::policy::Policy;
use crate::diag::{self, Code, Diagnostic, baseline};
use crate::load::{self, Inputs};
use crate::render::{self, Artifact};
use crate::resolve::Site;
use crate::{check, parse, resolve, write};
use std::collections::BTreeMap;
use std::path::Path;

/// What a build made, before anything is written.
pub struct Built {
    /// The files as they were read: findings show their lines.
    pub inputs: Inputs,
    /// The site's files; not to be published when there is an error among the findings.
    pub artifacts: Vec<Artifact>,
    /// The address the site will have.
    pub public_url: Option<String>,
    /// All findings that are shown, arranged.
    pub findings: Vec<Diagnostic>,
    /// How many more are known and not shown.
    pub known: usize,
    /// How many of the list of known findings did not occur.
    pub gone: usize,
    /// Documents and pages.
    pub documents: usize,
}

impl Built {
    /// The text of a file, for showing a finding's line.
    #[must_use]
    pub fn text_of(&self, path: &ContentPath) -> Option<&str> {
        let theme = || self.inputs.themes.iter().find(|file| file.path == *path);
        self.inputs.content_file(path).or_else(theme).and_then(|file| std::str::from_utf8(&file.bytes).ok())
    }
}

/// Builds the edition at `root` in memory, as it will be published.
#[must_use]
pub fn build(root: &Path) -> Built {
    build_with(root, resolve::Drafts::LeftOut, &Policy::default())
}

/// Builds the edition at `root` in memory, with or without its drafts, and with what the command line says of findings.
#[must_use]
pub fn build_with(root: &Path, drafts: resolve::Drafts, policy: &Policy) -> Built {
    run(root, drafts, policy, |_, _| Vec::new())
}

/// `suggest` may add findings that a build is not asked for.
fn run(root: &Path, drafts: resolve::Drafts, policy: &Policy, suggest: impl Fn(&Inputs, &Site) -> Vec<Diagnostic>) -> Built {
    let loaded = load::load(root);
    let (inputs, mut findings) = (loaded.value, loaded.findings);
    let parsed = parse::parse(&inputs);
    findings.extend(parsed.findings);
    let theme = parse::theme::read(&parsed.value.edition.config, &inputs.themes, load::builtin::FILES);
    findings.extend(theme.findings);
    let styles = parse::styles::read(&parsed.value.edition.config, &inputs.content);
    findings.extend(styles.findings);
    let site = resolve::resolve(parsed.value, drafts);
    findings.extend(site.findings);
    findings.extend(check::run(&site.value));
    findings.extend(suggest(&inputs, &site.value));
    let known = inputs.content_file(&ContentPath::new(baseline::FILE)).and_then(|file| std::str::from_utf8(&file.bytes).ok());
    let mut sieve = policy.sieve(levels(&site.value.config.finding_levels), known);
    sieve.sift(&mut findings);
    let artifacts = if diag::error_count(&findings) == 0 {
        let mut rendered = render::render(&site.value, &theme.value, &styles.value, &inputs);
        sieve.sift(&mut rendered.findings);
        findings.extend(rendered.findings);
        rendered.value
    } else {
        Vec::new()
    };
    diag::arrange(&mut findings);
    let documents = site.value.documents.len();
    let public_url = site.value.config.public_url;
    Built { inputs, artifacts, public_url, findings, known: sieve.baseline.hidden, gone: sieve.baseline.gone(), documents }
}

/// Finds all that is to be found in the edition at `root`, for a person who wants to know; makes nothing to be published.
#[must_use]
pub fn check(root: &Path, policy: &Policy) -> Built {
    run(root, resolve::Drafts::LeftOut, policy, |inputs, site| {
        check::suggest(site, |summary| {
            let text = inputs.content_file(&summary.file).and_then(|file| std::str::from_utf8(&file.bytes).ok());
            text.map_or_else(Vec::new, |text| parse::body::passages(&summary.file, text))
        })
    })
}

/// The levels of an edition from the words that `parse` has checked.
fn levels(typed: &BTreeMap<String, String>) -> Levels {
    let mut levels = Levels::default();
    for (code, level) in typed {
        if let (Some(code), Some(level)) = (Code::read(code), Level::read(level)) {
            levels.set(code, level);
        }
    }
    levels
}

/// Writes what was built. Nothing is touched when there is an error among the findings.
///
/// # Errors
/// What could not be written, in words.
pub fn publish(built: &Built, output: &Path) -> Result<write::Report, String> {
    write::write(output, &built.artifacts)
}
