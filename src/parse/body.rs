//! LOCAL ONLY, never committed.
use super::date::DateContext;
use crate::base::path::ContentPath;
use crate::base::span::Spanned;
use crate::diag::Checked;
use crate::model::annotation::Annotation;
use crate::model::block::{Body, Part};
use crate::model::document::Heading;
use crate::model::note::{Note, NoteRef};
/// x
#[derive(Default)]
#[allow(missing_docs)]
pub struct Read { pub headings: Vec<Heading>, pub anchors: Vec<Spanned<String>>, pub paragraphs: u32, pub parts: Vec<(Part, Spanned<String>)>, pub annotations: Vec<Annotation>, pub note_refs: Vec<NoteRef>, pub notes: Vec<Note>, pub opening: String, pub words: u32 }
/// x
pub fn read_body(_: &ContentPath, _: &str, _: usize, _: &DateContext) -> Checked<(Body, Read)> { Checked::default() }
