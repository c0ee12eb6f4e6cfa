//! What an editor says about words: links, cites, mentions, cross-references, dates, page breaks, editorial signs.
//!
//! An annotation is a link whose scheme says what it is, or a citation in brackets. All of a document's annotations
//! stand in one list in the order of the text; `resolve` answers each by its index.

use super::date::Date;
use super::entity::EntityKind;
use super::locator::Locator;
use crate::base::span::{Span, Spanned};
use serde::{Deserialize, Serialize};

/// One annotation with its place and the words around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annotation {
    /// The whole annotation in the file.
    #[serde(with = "crate::base::span::compact")]
    pub span: Span,
    /// Where it stands for a reader.
    pub place: Place,
    /// Plain words before, within and after it in the same paragraph, for lists of mentions.
    pub context: Context,
    /// What it says.
    pub kind: AnnotationKind,
}

impl Annotation {
    /// What it says and where, without the words around it; of a date also its words, since a chronology lists each wording once.
    #[must_use]
    pub fn outline(&self) -> (Place, &AnnotationKind, Option<&str>) {
        let words = matches!(self.kind, AnnotationKind::Dated(_)).then_some(self.context.text.as_str());
        (self.place, &self.kind, words)
    }
}

/// Where something stands, as a reader would find it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Index into `Summary::notes` when it stands in a note.
    pub note: Option<u32>,
    /// Number of the paragraph it stands in, or of the last before it; 0 before the first.
    pub paragraph: u32,
}

/// Plain words around an annotation, each at most about 80 characters, cut at word borders.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// Words before; begins with `…` when cut.
    pub before: String,
    /// The words it covers.
    pub text: String,
    /// Words after; ends with `…` when cut.
    pub after: String,
}

/// What an annotation says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AnnotationKind {
    /// `[text](target.md)`, `[text](https://…)`, `[text](#p3)`: destination as typed, title if any.
    Link {
        /// Destination.
        target: Spanned<String>,
        /// Title in quotation marks.
        title: String,
    },
    /// `![alt](image.jpg "title")`
    Image {
        /// Destination.
        target: Spanned<String>,
        /// Title in quotation marks.
        title: String,
    },
    /// `[@key, pp. 5–7; see also @other]`
    Citation(Citation),
    /// `[Chicherin](person:chicherin)`
    Mention {
        /// Which register.
        kind: EntityKind,
        /// The entity's id.
        id: Spanned<String>,
    },
    /// `[Document 704](at:lcw-45/704)`
    CrossReference {
        /// Bibliography key of the work referred to.
        work: Spanned<String>,
        /// One or several targets in it.
        targets: Vec<PrintedTarget>,
    },
    /// `[April 22](date:1922-04-22)`: a dated thing mentioned.
    Dated(Box<Date>),
    /// `[](page:534a)`: a page of the printed source begins here.
    PageBreak(String),
    /// `[their agreement](<sic:their -agreement> "upstream error")`: the words covered are the reading text.
    Emendation {
        /// The source's reading.
        source: String,
        /// Why; may be empty.
        reason: String,
    },
    /// `[word](supplied:)`: added by the editor.
    Supplied {
        /// Why or from where; may be empty.
        reason: String,
    },
    /// `[word](unclear:)`: a doubtful reading.
    Unclear {
        /// Why; may be empty.
        reason: String,
    },
    /// `[…](gap: "torn")`: text missing.
    Gap {
        /// Why; may be empty.
        reason: String,
    },
    /// A scheme we do not know or cannot read; shown as plain words and reported.
    Unreadable,
}

/// Where a printed cross-reference leads inside a work.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PrintedTarget {
    /// A document by its printed number.
    Number(String),
    /// A page as printed.
    Page(String),
}

/// One bracket `[see @a, p. 5; @b]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The cites in it.
    pub cites: Vec<Cite>,
    /// `@key [p. 3]` in running text: author outside the bracket (Pandoc's "in-text").
    pub in_text: bool,
    /// `[printed words](cite:key "p. 3")`: the words covered are printed as they stand.
    pub covered: bool,
}

/// One key in a citation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cite {
    /// Bibliography key.
    pub key: Spanned<String>,
    /// Words before, as "see also".
    pub prefix: String,
    /// Page, volume …; what was typed is kept in it.
    pub locators: Vec<Locator>,
    /// Words after the locator.
    pub suffix: String,
    /// `[-@key]`: the author's name is already in the text.
    pub suppress_author: bool,
}
