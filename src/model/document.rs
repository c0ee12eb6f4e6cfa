//! A document as the other documents see it: its summary. Titles, dates, people, sources, annotations, notes; not its text.

use super::annotation::{Annotation, AnnotationKind};
use super::block::Part;
use super::date::Date;
use super::note::{Note, NoteRef};
use super::source::{Archive, CopyText, PrintedSource, Publication};
use crate::base::digest::Digest;
use crate::base::path::ContentPath;
use crate::base::span::{Span, Spanned};
use crate::base::watch::{self, Fact, State, Watched};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The permanent name of a document: `[a-z0-9-]+`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DocumentId(pub String);

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What `resolve` reads of a document; `body` is what rendering its page reads.
///
/// Its front matter and what is known of its text are watched apart, so that a list of titles does not depend on texts.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// The file it was read from.
    pub file: ContentPath,
    /// Whether it is a source document or a page about the edition.
    pub page: bool,
    /// Its front matter.
    pub front: Watched<FrontMatter>,
    /// What is known of its text; its fields can be used as the summary's own.
    pub text: Watched<TextFacts>,
    /// Annotations that date something, by their place in the list. Lists of time depend on them, not on the whole text.
    pub dates: Watched<BTreeMap<u32, Annotation>>,
    /// States of its citations and of its mentions, with the words around them.
    pub places: [State; 2],
    /// State of what other documents can refer to or are referred to by: the text without its words.
    pub outline: State,
    /// State of the lines above the text as typed: what they say, and where.
    pub head: State,
    /// Whether its status is `draft`.
    pub draft: bool,
}

impl Summary {
    /// The kinds of facts a document has: front matter, text, body, answers, dates mentioned, citations, mentions.
    pub const FACTS: [&'static str; 7] = ["front matter", "text", "body", "answers", "mentioned dates", "citations", "mentions"];

    /// An annotation with the words around it, for a list of places: a citation is noted as a use of the text's citations, a mention of its
    /// mentions, so that the list does not depend on the rest of the text.
    #[must_use]
    pub fn annotation(&self, at: u32) -> &Annotation {
        let annotation = &self.text.unwatched().annotations[at as usize];
        let [cites, mentions] = self.place_facts();
        let (fact, state) = match &annotation.kind {
            AnnotationKind::Citation(_) => cites,
            AnnotationKind::Mention { .. } => mentions,
            _ => self.text.noted(),
        };
        watch::note(fact, state);
        annotation
    }

    /// The facts of its citations and of its mentions.
    #[must_use]
    pub fn place_facts(&self) -> [(Fact, State); 2] {
        let fact = |kind: &str| watch::fact(kind, self.file.as_str());
        [(fact(Self::FACTS[5]), self.places[0]), (fact(Self::FACTS[6]), self.places[1])]
    }
}

impl std::ops::Deref for Summary {
    type Target = TextFacts;

    fn deref(&self) -> &TextFacts {
        &self.text
    }
}

/// What is known of a document's text beside the text itself.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct TextFacts {
    /// Digest of the file.
    pub digest: Digest,
    /// Headings in the text.
    pub headings: Vec<Heading>,
    /// Ids typed as `{#id}`, with the part of the text they name.
    pub anchors: Vec<Spanned<String>>,
    /// Number of the last numbered paragraph.
    pub paragraphs: u32,
    /// Paragraphs by their number that were given an id, which is then their anchor.
    pub named: BTreeMap<u32, String>,
    /// Parts that the text marks, with their plain words: datelines, addressee lines, signatures.
    pub parts: Vec<(Part, Spanned<String>)>,
    /// Days that the title and the datelines state, as far as they can be read without doubt.
    pub stated_dates: Vec<StatedDate>,
    /// All annotations in the order of the text (notes after the text, in their order).
    pub annotations: Vec<Annotation>,
    /// References to notes in the order of the text.
    pub note_refs: Vec<NoteRef>,
    /// Notes in the order in which they are first referred to; unused ones last.
    pub notes: Vec<Note>,
    /// The first words of the text, for lists of documents.
    pub opening: String,
    /// Words of the text without notes.
    pub words: u32,
}

impl TextFacts {
    /// States of the citations and of the mentions, with the words around them.
    #[must_use]
    pub fn places(&self) -> [State; 2] {
        let of = |wanted: fn(&AnnotationKind) -> bool| {
            let all = (0_u32..).zip(&self.annotations).filter(|(_, annotation)| wanted(&annotation.kind));
            watch::state(&all.collect::<Vec<_>>())
        };
        [of(|kind| matches!(kind, AnnotationKind::Citation(_))), of(|kind| matches!(kind, AnnotationKind::Mention { .. }))]
    }

    /// The annotations that date something, by their place in the list.
    #[must_use]
    pub fn dates(&self) -> BTreeMap<u32, Annotation> {
        let dated = (0_u32..).zip(&self.annotations).filter(|(_, annotation)| matches!(annotation.kind, AnnotationKind::Dated(_)));
        dated.map(|(at, annotation)| (at, annotation.clone())).collect()
    }

    /// The state of all that makes a difference to other documents: anchors, annotations and their places, notes; not the words around them.
    #[must_use]
    pub fn outline(&self) -> State {
        let annotations: Vec<_> = self.annotations.iter().map(Annotation::outline).collect();
        let notes: Vec<_> = self.notes.iter().map(|note| &note.label).collect();
        watch::state(&(&self.headings, &self.anchors, self.paragraphs, annotations, &self.note_refs, notes))
    }
}

/// Kinds of documents that need no explanation: each has its words in every language of the interface (`kind_…`).
pub const KINDS: [&str; 20] = [
    "document",
    "letter",
    "telegram",
    "radiogram",
    "note",
    "circular",
    "memorandum",
    "minutes",
    "decree",
    "resolution",
    "declaration",
    "statement",
    "draft",
    "article",
    "speech",
    "diary",
    "treaty",
    "report",
    "despatch",
    "instruction",
];

/// A day that the document's own words state, beside its fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedDate {
    /// Where.
    pub place: StatedIn,
    /// What it says.
    pub date: Date,
    /// The words that hold it.
    #[serde(with = "crate::base::span::compact")]
    pub span: Span,
}

/// Where a day is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum StatedIn {
    /// At the end of the title.
    Title,
    /// In a dateline.
    Dateline,
    /// In the sentence about its first publication.
    FirstPublished,
    /// In what is said of the copy it is printed from.
    CopyText,
    /// In the sentence about its source.
    Source,
}

/// A heading in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1–6.
    pub level: u8,
    /// Plain words.
    pub text: String,
    /// Its anchor.
    pub id: String,
}

/// All that an editor typed above the text. Absent facts stay absent.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct FrontMatter {
    /// Where the front matter stands, without its `---` lines.
    #[serde(with = "crate::base::span::compact")]
    pub span: Span,
    /// Typed or the file's stem.
    pub id: Spanned<DocumentId>,
    /// Old addresses.
    pub aliases: Vec<Spanned<String>>,
    /// `letter`, `telegram` …; `document` when not said.
    pub kind: Option<Spanned<String>>,
    /// As shown.
    pub title: Spanned<String>,
    /// For lists.
    pub short_title: Option<String>,
    /// A second line under the title.
    pub subtitle: Option<String>,
    /// The title stands on the document itself.
    pub title_of_document: bool,
    /// Who wrote it.
    pub author: Vec<Party>,
    /// To whom.
    pub to: Vec<Party>,
    /// `date` or `written`: the date of writing.
    pub written: Option<Event>,
    /// When and where it was sent.
    pub sent: Option<Event>,
    /// When and where it was received.
    pub received: Option<Event>,
    /// First publications.
    pub first_published: Vec<Publication>,
    /// What it was printed from.
    pub copy_text: Option<CopyText>,
    /// The dates that sentences about source, copy and first publication state.
    pub stated: Vec<StatedDate>,
    /// Sentences about source, copy and first publication that begin with what may be a key of the bibliography.
    pub keyed: Vec<(StatedIn, Spanned<String>)>,
    /// The printed source.
    pub source: Option<PrintedSource>,
    /// Other editions of the same document.
    pub also_in: Vec<PrintedSource>,
    /// Where the paper is.
    pub archive: Option<Archive>,
    /// BCP 47; the edition's when not said.
    pub language: Option<String>,
    /// What it is a translation of.
    pub translation: Option<Translation>,
    /// Who transcribed, proofread …
    pub responsibility: Vec<Responsibility>,
    /// Rights in this text.
    pub rights: Option<Rights>,
    /// State of editing.
    pub status: Option<Status>,
    /// Where it was typed.
    #[serde(with = "crate::base::span::compact")]
    pub status_span: Span,
    /// Short content.
    pub summary: Option<String>,
    /// Keywords.
    pub keywords: Vec<String>,
    /// Entities mentioned without a place in the text.
    pub mentions: Vec<Spanned<String>>,
    /// Relations to other documents.
    pub relations: Vec<(Relation, Spanned<DocumentId>)>,
    /// Documents inside this document.
    pub contains: Vec<Embedded>,
    /// Images of the paper.
    pub facsimile: Vec<Facsimile>,
    /// Kind of plain `[^1]` notes in this document.
    pub note_kind: Option<Spanned<String>>,
    /// Published corrections.
    pub errata: Vec<Erratum>,
    /// Chain of custody of an imported text.
    pub imported: Option<Imported>,
    /// Place among its neighbours where no date or title decides; pages of the menu stand in this order.
    pub order: Option<i32>,
    /// Short title of a page in the menu.
    pub menu: Option<String>,
}

/// A person or body that plays a role in a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Register id, when it is in id form.
    pub entity: Option<Spanned<String>>,
    /// As printed, or the literal name.
    pub printed: Option<String>,
    /// What they are to the document.
    pub role: Role,
    /// `low`, `high`, as typed.
    pub certainty: Option<String>,
    /// `unknown` was typed.
    pub unknown: bool,
    /// Where it was typed.
    #[serde(with = "crate::base::span::compact")]
    pub span: Span,
}

/// What a recipient is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Addressed.
    #[default]
    To,
    /// Ultimately meant: "for the Politbureau".
    For,
    /// Carried by.
    Via,
    /// Copied to.
    Cc,
}

/// A dated act in the life of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When; `None` when only the place is known.
    pub date: Option<Date>,
    /// Where the date was typed.
    #[serde(with = "crate::base::span::compact")]
    pub span: Span,
    /// Place: register id or name.
    pub place: Option<Spanned<String>>,
    /// Who sent or received.
    pub by: Vec<Party>,
}

/// What a translation was made from and by whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Translation {
    /// The original: document id or words.
    pub of: Option<String>,
    /// BCP 47.
    pub of_language: Option<String>,
    /// Translators.
    pub by: Vec<Party>,
    /// Bibliography key of the work translated from.
    pub from_work: Option<Spanned<String>>,
}

/// Who did what to the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Responsibility {
    /// Name or register id.
    pub who: String,
    /// `transcribed`, `proofread`, `validated`, `translated`, `edited`, `imported`.
    pub did: String,
    /// When.
    pub when: Option<Date>,
}

/// A licence or rights statement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rights {
    /// Words shown.
    pub text: String,
    /// Address of the licence.
    pub url: Option<String>,
}

/// State of editing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the names are the workflow's own")]
pub enum Status {
    Draft,
    Transcribed,
    Proofread,
    Validated,
    Published,
    Problematic,
}

impl Status {
    /// All states with the word typed for them.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Draft, "draft"),
        (Self::Transcribed, "transcribed"),
        (Self::Proofread, "proofread"),
        (Self::Validated, "validated"),
        (Self::Published, "published"),
        (Self::Problematic, "problematic"),
    ];
}

/// How a document stands to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names are the fields' own")]
pub enum Relation {
    RepliesTo,
    AnsweredBy,
    Encloses,
    EnclosedIn,
    SeeAlso,
}

impl Relation {
    /// All relations with the field that states them.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::RepliesTo, "replies_to"),
        (Self::AnsweredBy, "answered_by"),
        (Self::Encloses, "encloses"),
        (Self::EnclosedIn, "enclosed_in"),
        (Self::SeeAlso, "see_also"),
    ];
}

/// A document inside a document, tied to a block by its id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Embedded {
    /// The block's `{#id}`.
    pub id: Spanned<String>,
    /// `telegram`, `decree` …
    pub kind: Option<String>,
    /// `draft`, `copy` …
    pub state: Option<String>,
    /// Who wrote it.
    pub author: Vec<Party>,
    /// To whom.
    pub to: Vec<Party>,
    /// When.
    pub date: Option<Event>,
    /// As shown.
    pub title: Option<String>,
}

/// An image of the paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facsimile {
    /// File under `content/media` or an address of a IIIF manifest.
    pub image: Spanned<String>,
    /// Printed page or leaf it shows.
    pub page: Option<String>,
    /// As shown.
    pub label: Option<String>,
}

/// A published correction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erratum {
    /// When corrected.
    pub date: Option<Date>,
    /// What stood there.
    pub was: String,
    /// What stands there.
    pub now: String,
    /// Why.
    pub reason: Option<String>,
}

/// Where an imported text was taken from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imported {
    /// Name of the site or file.
    pub from: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// When.
    pub retrieved: Option<Date>,
    /// Digest of the original file.
    pub sha256: Option<String>,
}
