//! What the templates of registers, their entries, the bibliography and the wanted documents see.

use super::{LinkInput, Row};
use serde::Serialize;

/// A register.
#[derive(Clone, Debug, Serialize)]
pub struct RegisterInput {
    /// `persons` …
    pub register: String,
    /// A sentence: "31 persons".
    pub summary: String,
    /// By first letter.
    pub groups: Vec<RegisterGroup>,
}

/// Entries under one letter.
#[derive(Clone, Debug, Serialize)]
pub struct RegisterGroup {
    /// "C"
    pub letter: String,
    /// Anchor: `letter-c`.
    pub id: String,
    /// The entries.
    pub rows: Vec<RegisterRow>,
}

/// One entry of a register.
#[derive(Clone, Debug, Serialize)]
pub struct RegisterRow {
    /// As sorted: "Chicherin, Georgy".
    pub name: String,
    /// In its own script, with its language; may be null.
    pub original: Option<Foreign>,
    /// Life dates: "1872–1936"; may be empty.
    pub dates: String,
    /// First sentence.
    pub identification: String,
    /// To the entry's page.
    pub href: String,
    /// Documents written or received.
    pub documents: u32,
    /// Places where it is mentioned.
    pub mentions: u32,
}

/// Words in another language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Foreign {
    /// The words.
    pub text: String,
    /// BCP 47.
    pub language: String,
}

/// A register entry's page.
#[derive(Clone, Debug, Serialize)]
pub struct EntityInput {
    /// `persons` …
    pub register: String,
    /// To the register.
    pub register_href: String,
    /// "Persons"
    pub register_name: String,
    /// As shown.
    pub name: String,
    /// In its own script.
    pub original: Option<Foreign>,
    /// Life dates.
    pub dates: String,
    /// Other forms of the name.
    pub aliases: Vec<String>,
    /// Who or what it is.
    pub identification: Option<String>,
    /// Authority files: name and address.
    pub authorities: Vec<LinkInput>,
    /// Documents in time, with the role played.
    pub documents: Vec<EntityDocuments>,
    /// Mentions by document.
    pub mentions: Vec<MentionGroup>,
}

/// Documents in which an entity plays one role.
#[derive(Clone, Debug, Serialize)]
pub struct EntityDocuments {
    /// "Written by", "Addressed to"
    pub role: String,
    /// In time.
    pub rows: Vec<Row>,
}

/// All mentions in one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MentionGroup {
    /// The document.
    pub document: LinkInput,
    /// The places.
    pub places: Vec<MentionPlace>,
}

/// One place of a mention, with the words around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MentionPlace {
    /// "¶ 3", "note 1", "as author"
    pub place: String,
    /// To the place.
    pub href: String,
    /// Words before.
    pub before: String,
    /// The words themselves.
    pub text: String,
    /// Words after.
    pub after: String,
}

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
    /// Places that cite it.
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
