//! Where in a work: page, volume, chapter … Values are text: `533b-534a` is a page range, not numbers.

use serde::{Deserialize, Serialize};

/// A labelled place in a work.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Locator {
    /// What is counted.
    pub kind: LocatorKind,
    /// The value as typed: `276–77`, `V`, `533b-534a`.
    pub value: String,
    /// Label and value as typed: `pp. 276–77`.
    pub printed: String,
}

/// What a locator counts (CSL 1.0.2, appendix IV "Locators").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are CSL's own")]
pub enum LocatorKind {
    Act,
    Appendix,
    Article,
    Book,
    Canon,
    Chapter,
    Column,
    Elocation,
    Equation,
    Figure,
    Folio,
    Issue,
    Line,
    Note,
    Opus,
    Page,
    Paragraph,
    Part,
    Rule,
    Scene,
    Section,
    SubVerbo,
    Supplement,
    Table,
    Timestamp,
    Title,
    Verse,
    Version,
    Volume,
    /// A document number in a documentary edition (CSL has no such locator; printed as typed).
    Document,
}
