//! The whole build on one screen: load → parse → resolve → render → write.

use crate::base::path::ContentPath;
use crate::diag::{self, Diagnostic};
use crate::load::{self, Inputs};
use crate::render::{self, Artifact};
use crate::{check, parse, resolve, write};
use std::path::Path;

/// What a build made, before anything is written.
pub struct Built {
    /// The files as they were read: findings show their lines.
    pub inputs: Inputs,
    /// The site's files; not to be published when there is an error among the findings.
    pub artifacts: Vec<Artifact>,
    /// All findings, arranged.
    pub findings: Vec<Diagnostic>,
}

impl Built {
    /// The text of a file, for showing a finding's line.
    #[must_use]
    pub fn text_of(&self, path: &ContentPath) -> Option<&str> {
        let files = self.inputs.content.iter().chain(&self.inputs.themes);
        files.into_iter().find(|file| file.path == *path).and_then(|file| std::str::from_utf8(&file.bytes).ok())
    }
}

/// Builds the edition at `root` in memory.
#[must_use]
pub fn build(root: &Path) -> Built {
    let loaded = load::load(root);
    let (inputs, mut findings) = (loaded.value, loaded.findings);
    let parsed = parse::parse(&inputs);
    findings.extend(parsed.findings);
    let theme = parse::theme::read(&parsed.value.edition.config, &inputs.themes, load::builtin::FILES);
    findings.extend(theme.findings);
    let styles = parse::styles::read(&parsed.value.edition.config, &inputs.content);
    findings.extend(styles.findings);
    let site = resolve::resolve(parsed.value, resolve::Drafts::LeftOut);
    findings.extend(site.findings);
    findings.extend(check::run(&site.value));
    let artifacts = if diag::error_count(&findings) == 0 {
        let rendered = render::render(&site.value, &theme.value, &styles.value, &inputs);
        findings.extend(rendered.findings);
        rendered.value
    } else {
        Vec::new()
    };
    diag::arrange(&mut findings);
    Built { inputs, artifacts, findings }
}

/// Writes what was built. Nothing is touched when there is an error among the findings.
///
/// # Errors
/// What could not be written, in words.
pub fn publish(built: &Built, output: &Path) -> Result<write::Report, String> {
    write::write(output, &built.artifacts)
}
