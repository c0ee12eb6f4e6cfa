//! The text of a document on its way in: what every importer builds and [`super::markdown`] prints.
//!
//! A small tree of its own, since the model's tree points into lists that only `parse` makes. Words stand in it as a reader sees them: no
//! escapes, no Markdown. An importer never writes Markdown itself.

use crate::model::block::{Align, Delimiter, Part};

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Words as a reader sees them. Line ends and tabs in it count as blanks.
    Text(String),
    /// A line end to be kept.
    Break,
    /// Italics.
    Emphasis(Vec<Inline>),
    /// Bold.
    Strong(Vec<Inline>),
    /// Deleted by the writer.
    Deleted(Vec<Inline>),
    /// The mark of a note, by its label.
    Note(String),
    /// A link or annotation: `person:lenin`, `page:29`, `sic:their -agreement`, `https://…`, or `doc:ID` for a document of the edition,
    /// with `#anchor` if need be; the frame turns the last into a relative path.
    Annotated {
        /// Scheme and value.
        target: String,
        /// Title in quotation marks; may be empty.
        title: String,
        /// The words it covers; may be empty.
        words: Vec<Inline>,
    },
    /// A citation of the bibliography, as it is to stand between the brackets: `@dvp-5, pp. 276–77`.
    Citation(String),
}

impl Inline {
    /// Plain words.
    #[must_use]
    pub fn text(words: impl Into<String>) -> Self {
        Self::Text(words.into())
    }

    /// An annotation without a title.
    #[must_use]
    pub fn annotated(target: impl Into<String>, words: Vec<Self>) -> Self {
        Self::Annotated { target: target.into(), title: String::new(), words }
    }
}

/// One block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The part it plays: `{.dateline}`.
    pub part: Option<Part>,
    /// Its id: `{#enclosure}`.
    pub id: Option<String>,
    /// BCP 47, where it is not the document's: `{lang=ru}`.
    pub language: Option<String>,
    /// What it is.
    pub kind: BlockKind,
}

/// Kinds of blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// Running text.
    Paragraph(Vec<Inline>),
    /// A heading of level 1–6 within the text.
    Heading(u8, Vec<Inline>),
    /// A quotation or embedded document.
    Quote(Vec<Block>),
    /// A list without numbers.
    Bullets(Vec<Vec<Block>>),
    /// A list with the numbers that are printed.
    Numbered(Delimiter, Vec<(u64, Vec<Block>)>),
    /// How columns are set, and cells by rows; the first row is the head. A head of empty cells is no head; columns beyond the first list are
    /// set as any text.
    Table(Vec<Align>, Vec<Vec<Vec<Inline>>>),
    /// A row of stars for an omission.
    Stars,
    /// Text whose line ends and blanks are kept, as the copy of a form.
    Code(String),
}

impl Block {
    /// A block that plays no part.
    #[must_use]
    pub fn new(kind: BlockKind) -> Self {
        Self { part: None, id: None, language: None, kind }
    }

    /// A paragraph.
    #[must_use]
    pub fn paragraph(text: Vec<Inline>) -> Self {
        Self::new(BlockKind::Paragraph(text))
    }

    /// A paragraph that plays a part.
    #[must_use]
    pub fn part(part: Part, text: Vec<Inline>) -> Self {
        Self { part: Some(part), ..Self::paragraph(text) }
    }

    /// The same block with an id.
    #[must_use]
    pub fn named(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }
}

/// Plain words of running text without note marks, for titles and guesses.
#[must_use]
pub fn words(inlines: &[Inline]) -> String {
    let mut out = String::new();
    gather(inlines, &mut out);
    crate::base::text::squeeze(&out)
}

fn gather(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => out.push_str(text),
            Inline::Break => out.push(' '),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Deleted(inner) | Inline::Annotated { words: inner, .. } => {
                gather(inner, out);
            }
            Inline::Note(_) | Inline::Citation(_) => {}
        }
    }
}

/// The beginning of a title that is too long for the head of a page, up to a comma or the like; `None` for one that is not.
#[must_use]
pub fn short_title(title: &str) -> Option<String> {
    const LONG: usize = 60;
    const LONGEST: usize = 80;
    if title.chars().count() <= LONG {
        return None;
    }
    let mut signs = title.match_indices([',', ':', ';', '.']).map(|(at, _)| &title[..at]);
    let fits = |part: &&str| (15..=LONGEST).contains(&part.chars().count()) && title[part.len() + 1..].starts_with(' ');
    signs.rfind(fits).map(str::to_owned)
}

/// Raised figures as the characters Unicode has for them, so that `²7, 705` is not 27,705; other raised letters stay as they are.
#[must_use]
pub fn raised(text: &str) -> String {
    let signs = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digit = |letter: char| letter.to_digit(10).map(|digit| signs[digit as usize]);
    if text.trim().chars().all(|letter| letter.is_ascii_digit()) {
        text.chars().map(|letter| digit(letter).unwrap_or(letter)).collect()
    } else {
        text.to_owned()
    }
}
