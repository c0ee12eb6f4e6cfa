//! Notes: who speaks, in which series, with which mark.

use super::annotation::Place;
use crate::base::span::{Span, Spanned};
use serde::{Deserialize, Serialize};

/// Label of a note as typed, unique in its document: `1`, `author:*`, `tr:2`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NoteLabel(pub String);

impl NoteLabel {
    /// The kind before the colon, if one is typed.
    #[must_use]
    pub fn kind(&self) -> Option<&str> {
        self.0.split_once(':').map(|(kind, _)| kind)
    }

    /// The mark after the colon, or the whole label.
    #[must_use]
    pub fn mark(&self) -> &str {
        self.0.split_once(':').map_or(&self.0, |(_, mark)| mark)
    }
}

/// A note's definition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// As typed.
    pub label: Spanned<NoteLabel>,
    /// The whole definition in the file.
    #[serde(with = "crate::base::span::compact")]
    pub span: Span,
    /// Its first words, for lists.
    pub opening: String,
}

/// A reference to a note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteRef {
    /// As typed.
    pub label: Spanned<NoteLabel>,
    /// Index into `Summary::notes`; `None` when no such note is written.
    pub note: Option<u32>,
    /// Where it stands.
    pub place: Place,
}

/// A series of notes: notes of one kind share marks, label and look.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// The word before the colon: `editor`, `author`, `tr`, `text`.
    pub kind: String,
    /// Printed after the note: `—Ed.`; may be empty.
    pub label: String,
    /// Said to readers: "Editor’s note".
    pub name: String,
    /// How marks are made when the typed mark is only a name.
    pub marks: Marks,
}

/// How the marks of a series are made for notes whose typed mark is a name rather than a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Marks {
    /// 1, 2, 3
    Numbers,
    /// a, b, c
    Letters,
    /// *, **, ***
    Stars,
    /// *, †, ‡, §
    Symbols,
}
