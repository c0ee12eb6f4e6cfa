//! A page taken from a site: what plain text, wikitext and saved HTML have in common once they are read.
//!
//! The readers ([`super::plain_text`], [`super::wikitext`], [`super::web_page`]) say what stands where; the files here say what it is: facts of
//! the header, parts of the letter, notes, documents within the document, printed references. Nothing is dropped: what a page holds is in the
//! text, in a field, or set aside, and [`ledger`] counts all three against the page.

pub mod builder;
pub mod chrome;
pub mod closing;
pub mod embedded;
pub mod facts;
pub mod header;
pub mod labels;
pub mod ledger;
pub mod loose;
pub mod marks;
pub mod names;
pub mod note_kind;
pub mod opening;
pub mod provenance;
pub mod references;
pub mod sections;
pub mod suspects;
pub mod understand;

use super::Original;
use super::report::{Report, Sort};
use super::text::Block;
use crate::base::slug::slug;
use crate::parse::date::DateContext;
use ledger::Ledger;

/// The id of a page's document, until an editor chooses one.
#[must_use]
pub fn id_of(original: &Original) -> String {
    let slug = slug(original.stem());
    if slug.is_empty() { "document".to_owned() } else { slug }
}

/// A block of a page and the line of the original it begins on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// From 1; 0 when the original has no lines.
    pub line: usize,
    /// The block.
    pub block: Block,
}

/// A labelled statement of a page's header: `Written: 24 April 1922`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labelled {
    /// What is stated.
    pub label: labels::Label,
    /// The label as printed; empty for a sentence that needs none.
    pub printed: String,
    /// The words.
    pub value: String,
    /// Address the value links to, if any.
    pub href: Option<String>,
    /// Where.
    pub line: usize,
}

/// A note of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageNote {
    /// Unique on the page: what [`super::text::Inline::Note`] names.
    pub label: String,
    /// Where.
    pub line: usize,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// What a reader found on a page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// BCP 47, when the page says it.
    pub language: Option<String>,
    /// The site's own name: `Marxists-en`.
    pub site: Option<String>,
    /// The page's address.
    pub url: Option<String>,
    /// Title over the text.
    pub title: Option<(usize, String)>,
    /// Name of the author standing over the title.
    pub author: Option<(usize, String)>,
    /// Header and source notes, in order.
    pub labels: Vec<Labelled>,
    /// The text.
    pub pieces: Vec<Piece>,
    /// The notes.
    pub notes: Vec<PageNote>,
    /// Words that are no part of the document: rule, line, words.
    pub aside: Vec<(&'static str, usize, String)>,
}

/// What is needed while a page is understood.
#[derive(Debug)]
pub struct Desk<'a> {
    /// Name of the original.
    pub file: &'a str,
    /// Remarks.
    pub report: &'a mut Report,
    /// Every character of the page.
    pub ledger: Ledger,
    /// How dates are read.
    pub dates: DateContext,
}

impl Desk<'_> {
    /// Remarks a guess.
    pub fn guess(&mut self, rule: &str, line: usize, text: impl Into<String>) {
        self.report.say(Sort::Guess, rule, self.file, line, text);
    }

    /// Remarks something that was not understood and stands as words.
    pub fn puzzled(&mut self, rule: &str, line: usize, text: impl Into<String>) {
        self.report.say(Sort::NotUnderstood, rule, self.file, line, text);
    }
}
