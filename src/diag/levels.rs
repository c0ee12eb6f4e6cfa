//! How grave an edition takes each kind of finding: `allow`, `warn` or `deny`, in `edition.yaml` and on the command line.
//!
//! Some findings say that a text cannot be read or would be lost: those are always errors.

use super::{Code, Diagnostic, Severity};
use std::collections::BTreeMap;

/// What becomes of a kind of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Not shown.
    Allow,
    /// A warning.
    Warn,
    /// An error: the site is not built.
    Deny,
}

impl Level {
    /// All levels with the word typed for them.
    pub const ALL: [(Self, &'static str); 3] = [(Self::Allow, "allow"), (Self::Warn, "warn"), (Self::Deny, "deny")];

    /// The level of this name.
    #[must_use]
    pub fn read(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(level, _)| *level)
    }
}

/// Levels that differ from the table's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels {
    of: BTreeMap<Code, Level>,
    /// Every warning is an error.
    deny_warnings: bool,
}

impl Levels {
    /// Sets the level of a code. A code that is always an error keeps its severity.
    pub fn set(&mut self, code: Code, level: Level) {
        self.of.insert(code, level);
    }

    /// Makes an error of every warning.
    pub fn deny_warnings(&mut self) {
        self.deny_warnings = true;
    }

    /// Whether every warning is an error.
    #[must_use]
    pub fn denies_warnings(&self) -> bool {
        self.deny_warnings
    }

    /// These levels, and those of `over` where both speak.
    #[must_use]
    pub fn overlaid(mut self, over: &Self) -> Self {
        self.of.extend(over.of.iter().map(|(code, level)| (*code, *level)));
        self.deny_warnings |= over.deny_warnings;
        self
    }

    /// The severity of a code; `None` when it is not shown.
    #[must_use]
    pub fn severity(&self, code: Code) -> Option<Severity> {
        let own = code.row().severity;
        let severity = match self.of.get(&code) {
            _ if code.is_firm() => own,
            None => own,
            Some(Level::Allow) => return None,
            Some(Level::Warn) => return Some(Severity::Warning),
            Some(Level::Deny) => Severity::Error,
        };
        Some(if self.deny_warnings && severity == Severity::Warning { Severity::Error } else { severity })
    }

    /// Gives each finding its severity and removes those that are not shown.
    pub fn apply(&self, findings: &mut Vec<Diagnostic>) {
        findings.retain_mut(|finding| match self.severity(finding.code) {
            Some(severity) => {
                finding.severity = severity;
                true
            }
            None => false,
        });
    }
}
