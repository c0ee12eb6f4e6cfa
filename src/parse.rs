//! The second stage: files → documents, registers, bibliography, settings. Never fails: what cannot be read is reported and left out.

pub mod date;

use crate::base::digest::Digest;
use crate::base::path::ContentPath;
use crate::model::block::Body;
use crate::model::config::Edition;
use crate::model::document::Summary;

/// What the content folder says, file by file; nothing here knows another file.
#[derive(Debug)]
pub struct Parsed {
    /// Settings, registers, bibliography.
    pub edition: Edition,
    /// Documents and pages, in the order of their paths.
    pub documents: Vec<Document>,
    /// Images and other files under `content/media`, with their digests.
    pub media: Vec<(ContentPath, Digest)>,
}

/// One document or page.
#[derive(Debug, Default)]
pub struct Document {
    /// What other documents may know of it.
    pub summary: Summary,
    /// Its text.
    pub body: Body,
}
