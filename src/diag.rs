//! Findings: what is wrong, where, why, and what to type instead.
//!
//! A stage returns its value and its findings ([`Checked`]); only the printers here know lines and columns.

pub mod baseline;
pub mod codes;
pub mod fix;
pub mod github;
pub mod human;
pub mod json;
pub mod levels;
pub mod place;
pub mod policy;
pub mod sarif;
pub mod short;

pub use codes::{Code, Severity};
pub use fix::Edit;

use crate::base::path::ContentPath;
use crate::base::span::Span;
use serde::{Deserialize, Serialize};

/// A place in a file, with the words that explain it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Label {
    /// The file.
    pub file: ContentPath,
    /// Bytes of the file; `None` speaks of the file as a whole.
    pub span: Option<Span>,
    /// Shown beside the caret; may be empty.
    pub text: String,
}

impl Label {
    /// A place without words.
    #[must_use]
    pub fn new(file: &ContentPath, span: Span) -> Self {
        Self { file: file.clone(), span: Some(span), text: String::new() }
    }

    /// A whole file.
    #[must_use]
    pub fn file(file: &ContentPath) -> Self {
        Self { file: file.clone(), span: None, text: String::new() }
    }

    /// The same place with words.
    #[must_use]
    pub fn saying(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }
}

/// One finding. The message states the fact in lower case without full stop; `help` are imperatives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Which kind of finding: fixes the explanation.
    pub code: Code,
    /// By the table of codes, until the edition's levels are applied.
    pub severity: Severity,
    /// The fact.
    pub message: String,
    /// Where.
    pub primary: Label,
    /// Other places that belong to it ("first defined here").
    pub others: Vec<Label>,
    /// What to do.
    pub help: Vec<String>,
    /// Edits of the primary label's file that mend it without doubt; mostly none.
    pub fix: Vec<Edit>,
}

impl Diagnostic {
    /// A finding at one place.
    pub fn new(code: Code, message: impl Into<String>, primary: Label) -> Self {
        let severity = code.row().severity;
        Self { code, severity, message: message.into(), primary, others: Vec::new(), help: Vec::new(), fix: Vec::new() }
    }

    /// Adds another place.
    #[must_use]
    pub fn also(mut self, label: Label) -> Self {
        self.others.push(label);
        self
    }

    /// Adds what to type instead.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    /// Adds an edit that belongs to its safe correction.
    #[must_use]
    pub fn fix(mut self, span: Span, text: impl Into<String>) -> Self {
        self.fix.push(Edit { span, text: text.into() });
        self
    }
}

/// A value and what was found while making it. The value is always there: finding something wrong never stops a stage.
#[derive(Clone, Debug, Default)]
pub struct Checked<T> {
    /// The value.
    pub value: T,
    /// The findings, in the order found.
    pub findings: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// A value with its findings.
    pub fn new(value: T, findings: Vec<Diagnostic>) -> Self {
        Self { value, findings }
    }
}

/// Sorts by file, place, code, message and removes repetitions: the order in which findings are shown.
pub fn arrange(findings: &mut Vec<Diagnostic>) {
    findings.sort_by(|a, b| {
        (&a.primary.file, a.primary.span, a.code.name(), &a.message, &a.others).cmp(&(
            &b.primary.file,
            b.primary.span,
            b.code.name(),
            &b.message,
            &b.others,
        ))
    });
    findings.dedup();
}

/// How many findings are of severity error.
#[must_use]
pub fn error_count(findings: &[Diagnostic]) -> usize {
    findings.iter().filter(|finding| finding.severity == Severity::Error).count()
}
