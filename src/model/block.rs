//! The text of a document as a tree: what rendering one page reads. Never changed after parse.
//!
//! Everything another file may answer (links, cites, mentions) stands in the summary's list of annotations;
//! the tree only says where, by index. So resolving never touches the tree.

use crate::base::span::Span;
use serde::{Deserialize, Serialize};

/// The part a paragraph or block plays in a document (TEI `opener`, `closer` and their children).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Part {
    /// Place and date as written on the document (TEI `dateline`).
    Dateline,
    /// The person addressed, as written.
    Addressee,
    /// Greeting (TEI `salute`).
    Salutation,
    /// Leave-taking formula.
    Closer,
    /// Name or initials at the end (TEI `signed`).
    Signature,
    /// Text after the signature.
    Postscript,
    /// A heading of the document itself, not of the edition.
    Heading,
    /// A row of `* * *` or words saying that something is left out.
    Omission,
    /// Lines of verse: line ends are kept.
    Verse,
}

impl Part {
    /// All parts with the class name an editor types, in the order shown to them.
    pub const ALL: [(Self, &'static str); 9] = [
        (Self::Dateline, "dateline"),
        (Self::Addressee, "addressee"),
        (Self::Salutation, "salutation"),
        (Self::Closer, "closer"),
        (Self::Signature, "signature"),
        (Self::Postscript, "postscript"),
        (Self::Heading, "heading"),
        (Self::Omission, "omission"),
        (Self::Verse, "verse"),
    ];

    /// The name as typed.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(part, _)| *part == self).map_or("", |(_, name)| name)
    }

    /// The part with this name.
    #[must_use]
    pub fn read(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(part, _)| *part)
    }
}

/// The text of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// The document's blocks in order, without notes.
    pub blocks: Vec<Block>,
    /// The text of each note, in the order and number of `Summary::notes`.
    pub notes: Vec<Vec<Block>>,
}

/// One block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Where it stands in the file.
    #[serde(with = "crate::base::span::compact")]
    pub span: Span,
    /// From the attribute line `{.dateline}`.
    pub part: Option<Part>,
    /// From the attribute line `{#id}`; for a heading outside notes always its anchor, as in `Summary::headings`.
    pub id: Option<String>,
    /// From the attribute line `{lang=ru}`: BCP 47.
    pub language: Option<String>,
    /// Number of a paragraph in the document, from 1, printed beside it and used as its anchor `p1`.
    /// Only blocks that a reader would count have one: not notes, not parts other than text.
    pub number: Option<u32>,
    /// What it is.
    pub kind: BlockKind,
}

/// Kinds of blocks: those of CommonMark and GFM.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// Running text.
    Paragraph(Vec<Inline>),
    /// A heading of level 1–6.
    Heading {
        /// 1–6 as typed.
        level: u8,
        /// Its words.
        text: Vec<Inline>,
    },
    /// A quotation; an embedded document when it has an id described under `contains`.
    Quote(Vec<Block>),
    /// A list.
    List {
        /// First number of an ordered list; `None` for bullets.
        start: Option<u64>,
        /// What stands after the number: `1)` is not `1.`.
        delimiter: Delimiter,
        /// Items without blank lines between them: their paragraphs print without space.
        tight: bool,
        /// The items.
        items: Vec<ListItem>,
    },
    /// A GFM table.
    Table {
        /// One per column.
        columns: Vec<Align>,
        /// The cells of the head row.
        head: Vec<Vec<Inline>>,
        /// The cells of each row.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// A fenced or indented code block.
    Code {
        /// First word of the info string; may be empty.
        language: String,
        /// The code as typed.
        text: String,
    },
    /// Raw HTML, kept as typed; printed as text.
    Html(String),
    /// `---` or `* * *`: a printed rule or row of stars.
    Rule,
}

/// The sign after the number of an ordered list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Delimiter {
    /// `1.`
    #[default]
    Period,
    /// `1)`
    Parenthesis,
}

/// One item of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListItem {
    /// The number printed before it in an ordered list, as typed unless all were typed alike.
    pub number: Option<u64>,
    /// GFM task list: `[x]` or `[ ]`.
    pub task: Option<bool>,
    /// Its blocks.
    pub blocks: Vec<Block>,
}

/// Alignment of a table's column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Align {
    /// Not said.
    None,
    /// `:--`
    Left,
    /// `:-:`
    Center,
    /// `--:`
    Right,
}

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Inline {
    /// Characters as typed, entities and escapes resolved.
    Text(String),
    /// A line end in the file.
    SoftBreak,
    /// A line end to be kept.
    HardBreak,
    /// `*…*`
    Emphasis(Vec<Inline>),
    /// `**…**`
    Strong(Vec<Inline>),
    /// `~~…~~`: deleted by the writer (TEI `del`).
    Deleted(Vec<Inline>),
    /// `` `…` ``
    Code(String),
    /// Raw HTML, kept as typed; printed as text.
    Html(String),
    /// A reference to a note: index into `Summary::note_refs`.
    NoteRef(u32),
    /// An annotation: index into `Summary::annotations`, and the words it covers.
    Annotated(u32, Vec<Inline>),
}
