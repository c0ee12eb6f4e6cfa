//! What the templates of withdrawn pages and of the state of the work may see.

use super::LinkInput;
use serde::Serialize;

/// An address that was given up.
#[derive(Clone, Debug, Serialize)]
pub struct WithdrawnInput {
    /// Why: plain words.
    pub why: String,
    /// "Withdrawn on 3 May 2026"; may be null.
    pub since: Option<String>,
    /// What readers may want instead.
    pub see: Vec<LinkInput>,
}

/// The state of the work; in a preview only.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewInput {
    /// States that have documents.
    pub stages: Vec<ReviewStage>,
}

/// The documents in one state.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewStage {
    /// Anchor: `transcribed`.
    pub id: &'static str,
    /// "Transcribed: wait for a proofreader"
    pub title: String,
    /// "Transcribed"
    pub name: String,
    /// How many.
    pub count: usize,
    /// Somebody has to do something.
    pub waits: bool,
    /// The documents.
    pub documents: Vec<ReviewRow>,
}

/// A document and what its editors have done.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewRow {
    /// The document, with its date.
    pub document: LinkInput,
    /// "transcribed: A. Smith, 2 March 2026; proofread: B. Jones", plain words; may be empty.
    pub done: String,
    /// "not by A. Smith": who may not do the next step; may be empty.
    pub not_by: String,
    /// `content/documents/a.md`
    pub file: String,
}
