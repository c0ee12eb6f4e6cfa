//! What an edition and the command line make of findings: their levels, and the list of those that are known.

use super::baseline::Baseline;
use super::levels::Levels;
use super::{Diagnostic, Severity, arrange};

/// What the command line says of findings.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// Levels that go before those of `edition.yaml`.
    pub levels: Levels,
    /// Text of a list of known findings, in place of the edition's own.
    pub baseline: Option<String>,
    /// No list is used, so that a new one can be written.
    pub without_baseline: bool,
}

impl Policy {
    /// Joined with what the edition says: its levels, and its own list of known findings if it has one.
    #[must_use]
    pub fn sieve(&self, edition: Levels, listed: Option<&str>) -> Sieve {
        let text = self.baseline.as_deref().or(listed).filter(|_| !self.without_baseline);
        Sieve { levels: edition.overlaid(&self.levels), baseline: text.map(Baseline::read).unwrap_or_default() }
    }
}

/// Sorts findings, gives them their severity and leaves out those that are allowed or known.
#[derive(Clone, Debug, Default)]
pub struct Sieve {
    levels: Levels,
    /// What is left of the list of known findings.
    pub baseline: Baseline,
}

impl Sieve {
    /// Arranges the findings of a stage; each known finding is left out once, however many stages there are.
    pub fn sift(&mut self, findings: &mut Vec<Diagnostic>) {
        self.levels.apply(findings);
        arrange(findings);
        self.baseline.apply(findings);
    }

    /// As [`Self::sift`] for findings that stop no build: errors among them are warnings.
    pub fn sift_leniently(&mut self, findings: &mut Vec<Diagnostic>) {
        self.sift(findings);
        let kept = if self.levels.denies_warnings() { Severity::Error } else { Severity::Warning };
        findings.iter_mut().for_each(|finding| finding.severity = finding.severity.min(kept));
    }
}
