//! Texts of other programs and sites → documents in our own format, with a report. Loses nothing silently, invents nothing, and says what it
//! guessed.
//!
//! # For whoever writes an importer
//!
//! One module here for each format, with a function `read(original: &Original, shelf: &mut Shelf, report: &mut Report, imported: &mut Imported)`
//! (and `take`, where an original holds many documents),
//! and a row in [`Format`], [`read`] and [`ids`]. It builds [`Document`]s: fields in [`front::Fields`] (in the order in which they are to be printed),
//! blocks of [`text`], notes by label. It writes no Markdown, no escapes, no paths, no YAML: [`plan`] does.
//!
//! - Persons, places, works: ask [`Shelf::entity`] and [`Shelf::work`] for the id; they take what the registers have and collect what is new.
//! - A link to another document is an annotation `doc:ID`; [`plan`] makes it a relative path, or words when there is no such document.
//! - Each guess, each mark not understood, each character changed: [`Report::say`] with a rule in words that are the same each time.
//! - Set [`Document::expected`] to the words of the original, as plainly as the original has them, and [`Document::moved`] to those that went
//!   into fields: [`verify`] then reads the printed file again and counts characters lost. It never looks at how the importer works.
//! - Words that belong to no document go to [`Imported::aside`].
//!
//! What may be refused: an importer opens no address and reads no file but the one it is given.

pub mod bibliography;
pub mod front;
pub mod grid;
pub mod markdown;
pub mod page;
pub mod plain_text;
pub mod plan;
pub mod report;
pub mod shelf;
pub mod tei;
pub mod text;
pub mod verify;
pub mod web_page;
pub mod wikitext;

pub use report::{Report, Sort};
pub use shelf::{NewEntity, Shelf};

use front::Fields;
use text::Block;

/// A file to be imported.
#[derive(Clone, Debug)]
pub struct Original {
    /// Its name as a person gave it; shown in reports.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Original {
    /// The last part of the name without its extension.
    #[must_use]
    pub fn stem(&self) -> &str {
        let name = self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The last part of the name.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name)
    }
}

/// Formats that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// TEI P5: one letter a file, or a volume of documents.
    Tei,
    /// A page copied as plain text.
    Text,
    /// A saved web page, static or of a MediaWiki.
    Html,
    /// A page of a MediaWiki, as wikitext or saved.
    Mediawiki,
    /// A library of BibLaTeX or CSL-JSON.
    Bibliography,
}

/// What is known of the originals beside their bytes; printed in each document's `imported`.
#[derive(Clone, Debug, Default)]
pub struct Custody {
    /// Where they are from, in words; the file's name when not said.
    pub from: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// When they were fetched, as a day.
    pub retrieved: Option<String>,
}

/// One document on its way in.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Its id.
    pub id: String,
    /// Folder under `content/documents/`; empty for none.
    pub folder: String,
    /// Name of the original, and the line at which it begins.
    pub origin: (String, usize),
    /// Fields, without `id` and `imported`.
    pub front: Fields,
    /// The text.
    pub blocks: Vec<Block>,
    /// Notes: label and text, in the order of their marks.
    pub notes: Vec<(String, Vec<Block>)>,
    /// The words of the original in the order of reading: those of the text, and those of each note by its label. `None`: not verified.
    pub expected: Option<Expected>,
    /// Words of the original that stand in fields.
    pub moved: Vec<String>,
    /// SHA-256 of the original.
    pub sha256: String,
    /// What the original says of its own site and address; what a person says goes before it.
    pub custody: Custody,
}

/// Words of an original document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// Of the text.
    pub text: String,
    /// Of the notes, in the order of their marks.
    pub notes: String,
}

/// Takes a document that was read, with the entities and works and the report as they are by then.
pub type Take<'t> = dyn FnMut(Document, &Shelf, &mut Report) + 't;

/// What was read from an original beside its documents.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// Documents of an importer that reads them all before the first is handed on.
    pub documents: Vec<Document>,
    /// File name and contents of what belongs to no document.
    pub aside: Vec<(String, String)>,
    /// Title for a new edition.
    pub title: Option<String>,
    /// Language for a new edition.
    pub language: Option<String>,
}

/// Reads an original; its documents go to `take` in their order.
#[must_use]
pub fn read(format: Format, original: &Original, shelf: &mut Shelf, report: &mut Report, take: &mut Take<'_>) -> Imported {
    let mut imported = Imported::default();
    report.figures.originals += 1;
    match format {
        Format::Tei => tei::read(original, shelf, report, take, &mut imported),
        Format::Text => plain_text::read(original, shelf, report, &mut imported),
        Format::Html => web_page::read(original, shelf, report, &mut imported),
        Format::Mediawiki => wikitext::read(original, shelf, report, &mut imported),
        Format::Bibliography => bibliography::read(original, shelf, report, &mut imported),
    }
    for document in std::mem::take(&mut imported.documents) {
        take(document, shelf, report);
    }
    imported
}

/// Id and folder of each document that [`read`] will find in an original.
#[must_use]
pub fn ids(format: Format, original: &Original) -> Vec<(String, String)> {
    match format {
        Format::Tei => tei::ids(original),
        Format::Text | Format::Html | Format::Mediawiki => vec![(page::id_of(original), String::new())],
        Format::Bibliography => Vec::new(),
    }
}
