//! Works: the bibliography, the places that cite, and what is wanted.

use super::{Fact, Foreign, LinkInput, MentionGroup};
use serde::Serialize;

/// The bibliography.
#[derive(Clone, Debug, Serialize)]
pub struct BibliographyInput {
    /// A sentence: "12 works".
    pub summary: String,
    /// The entries in order.
    pub entries: Vec<BibliographyRow>,
}

/// One work.
#[derive(Clone, Debug, Serialize)]
pub struct BibliographyRow {
    /// Anchor and key.
    pub id: String,
    /// The formatted entry.
    pub html: String,
    /// Title in its own script.
    pub original: Option<Foreign>,
    /// Documents printed from this work: how many.
    pub printed_from: u32,
    /// What else was typed of it, by field: numbers, translators, keywords.
    pub details: Vec<Fact>,
    /// Places that cite it; empty when they have a page of their own.
    pub cited: Vec<MentionGroup>,
    /// To the page of the places that cite it: "Cited in 1,204 documents".
    pub cited_apart: Option<LinkInput>,
}

/// The places that cite one work.
#[derive(Clone, Debug, Serialize)]
pub struct WorkInput {
    /// Back to the work in the bibliography.
    pub bibliography: LinkInput,
    /// Its short title.
    pub title: String,
    /// The formatted entry.
    pub html: String,
    /// A sentence: "Cited in 1,204 documents".
    pub summary: String,
    /// To the pages that continue this one, by years; the page itself has no address. Empty if there is only one.
    pub parts: Vec<LinkInput>,
    /// The places, in time.
    pub cited: Vec<MentionGroup>,
}

/// The list of wanted documents.
#[derive(Clone, Debug, Serialize)]
pub struct WantedInput {
    /// A sentence: "14 documents and pages that the notes refer to are not in this edition yet".
    pub summary: String,
    /// By work.
    pub works: Vec<WantedWork>,
}

/// What is wanted of one work.
#[derive(Clone, Debug, Serialize)]
pub struct WantedWork {
    /// The work, formatted.
    pub html: String,
    /// Its wanted documents and pages.
    pub items: Vec<WantedItem>,
}

/// One wanted document or page.
#[derive(Clone, Debug, Serialize)]
pub struct WantedItem {
    /// Anchor: `lcw-45-704`.
    pub id: String,
    /// "Document 704"
    pub name: String,
    /// How many places refer to it.
    pub count: u32,
    /// The places.
    pub places: Vec<MentionGroup>,
}
