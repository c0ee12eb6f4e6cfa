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
    /// "Transcribed: wait for a proofreader"
    pub title: String,
    /// "12 documents"
    pub count: String,
    /// The documents; the date holds who may not do the next step.
    pub documents: Vec<LinkInput>,
}
