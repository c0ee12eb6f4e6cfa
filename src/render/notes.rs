//! Notes of a page: names, order, and whether the page is so dense that long notes are cut in the margin.

use super::html::HtmlWriter;
use super::page_input::NoteInput;
use crate::model::block::{Block, BlockKind, Body, Inline};
use crate::model::theme::Words;
use crate::resolve::{Answers, DocumentIndex, Site};

/// Characters on a line of text, of a side note; heights in rem. Measured on the built-in theme; only a guess of layout hangs on them.
const TEXT_LINE: usize = 64;
const NOTE_LINE: usize = 38;
const TEXT_REM: f64 = 1.52;
const NOTE_REM: f64 = 1.1;
const NOTE_GAP: f64 = 0.5;
/// A side note farther than this from its line makes the page dense.
const DRIFT: f64 = 18.0;
/// In a dense page a note of more characters is cut.
const LONG: usize = 240;

/// What must be known of a page's notes before its text is written.
#[derive(Debug, Default)]
pub struct Noted {
    names: Vec<String>,
    long: Vec<bool>,
}

impl Noted {
    /// Names the notes of a document and measures its page.
    #[must_use]
    pub fn of(site: &Site, words: &Words, index: DocumentIndex, body: &Body) -> Self {
        let answers = &site.answers[index.at()];
        let names = answers.notes.iter().map(|note| name(site, words, note)).collect();
        let mut places = vec![None; answers.notes.len()];
        let mut seen = 0;
        measure_blocks(&body.blocks, &mut seen, &mut |reference, at| {
            if let Some(note) = site.documents[index.at()].note_refs[reference as usize].note {
                places[note as usize].get_or_insert(at);
            }
        });
        let sizes: Vec<NoteSize> = body.notes.iter().map(|note| note_size(note)).collect();
        let dense = is_dense(&places, &sizes);
        let long = sizes.iter().map(|size| dense && (size.characters > LONG || size.has_structure)).collect();
        Self { names, long }
    }

    /// "Note 1"
    #[must_use]
    pub fn name(&self, note: u32) -> &str {
        &self.names[note as usize]
    }

    /// Whether it is cut in the margin.
    #[must_use]
    pub fn is_long(&self, note: u32) -> bool {
        self.long[note as usize]
    }
}

fn name(site: &Site, words: &Words, note: &crate::resolve::notes::NumberedNote) -> String {
    if note.default {
        return words.fill("note_mark", &[("mark", &note.mark)]);
    }
    let series = site.config.series.get(&note.series);
    let own = series.map_or("", |series| series.name.as_str());
    let shipped = format!("series_{}", note.series);
    let kind = match own {
        "" if words.get(&shipped) != shipped => words.get(&shipped),
        "" => note.series.as_str(),
        own => own,
    };
    words.fill("note_of_kind", &[("kind", kind), ("mark", &note.mark)])
}

struct NoteSize {
    characters: usize,
    lines: usize,
    has_structure: bool,
}

fn note_size(blocks: &[Block]) -> NoteSize {
    let mut size = NoteSize { characters: 0, lines: 0, has_structure: false };
    for block in blocks {
        let mut characters = 0;
        measure_blocks(std::slice::from_ref(block), &mut characters, &mut |_, _| {});
        size.characters += characters;
        size.lines += characters.div_ceil(NOTE_LINE);
        size.has_structure |= !matches!(block.kind, BlockKind::Paragraph(_));
    }
    size
}

/// Walks down the margin as the layout will.
#[allow(clippy::cast_precision_loss, reason = "lines of one page")]
fn is_dense(places: &[Option<usize>], sizes: &[NoteSize]) -> bool {
    let mut bottom = 0.0_f64;
    for (place, size) in places.iter().zip(sizes) {
        let Some(place) = place else { continue };
        let line = TEXT_REM * (*place as f64 / TEXT_LINE as f64);
        let top = bottom.max(line);
        if top - line > DRIFT {
            return true;
        }
        bottom = top + NOTE_GAP + NOTE_REM * size.lines as f64;
    }
    false
}

/// Counts the characters of blocks and tells the position of each reference.
fn measure_blocks(blocks: &[Block], seen: &mut usize, at_reference: &mut dyn FnMut(u32, usize)) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(text) | BlockKind::Heading { text, .. } => {
                measure_inlines(text, seen, at_reference);
                // A paragraph ends with half a line on average.
                *seen += TEXT_LINE / 2;
            }
            BlockKind::Quote(blocks) => measure_blocks(blocks, seen, at_reference),
            BlockKind::List { items, .. } => items.iter().for_each(|item| measure_blocks(&item.blocks, seen, at_reference)),
            BlockKind::Table { head, rows, .. } => {
                for row in std::iter::once(head).chain(rows) {
                    row.iter().for_each(|cell| measure_inlines(cell, seen, at_reference));
                    *seen += TEXT_LINE;
                }
            }
            BlockKind::Code { text, .. } | BlockKind::Html(text) => {
                *seen += text.chars().count().max(TEXT_LINE * text.matches('\n').count())
            }
            BlockKind::Rule => *seen += TEXT_LINE,
        }
    }
}

fn measure_inlines(text: &[Inline], seen: &mut usize, at_reference: &mut dyn FnMut(u32, usize)) {
    for piece in text {
        match piece {
            Inline::Text(text) | Inline::Code(text) | Inline::Html(text) => *seen += text.chars().count(),
            Inline::SoftBreak | Inline::HardBreak => *seen += 1,
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Deleted(inner) | Inline::Annotated(_, inner) => {
                measure_inlines(inner, seen, at_reference);
            }
            Inline::NoteRef(index) => at_reference(*index, *seen),
        }
    }
}

/// The notes of a page in their order. Emendation numbers go on from the text: `writer` must have written the body.
pub(super) fn inputs(writer: &mut HtmlWriter<'_>, site: &Site, index: DocumentIndex, body: &Body) -> Vec<NoteInput> {
    let answers: &Answers = &site.answers[index.at()];
    let own_language = site.documents[index.at()].front.language.as_deref();
    let mut notes = Vec::with_capacity(answers.notes.len());
    for ((position, note), blocks) in (0_u32..).zip(&answers.notes).zip(&body.notes) {
        let label = site.config.series.get(&note.series).map_or("", |series| series.label.as_str());
        let by = if note.default { "" } else { label };
        notes.push(NoteInput {
            key: note.key.clone(),
            series: if note.default { String::new() } else { crate::base::slug::slug(&note.series) },
            mark: note.mark.clone(),
            name: writer.noted.name(position).to_owned(),
            position: position + 1,
            long: writer.noted.is_long(position),
            references: note.references,
            // The author speaks the document's language, everybody else that of the edition.
            language: if note.series == "author" { super::document::other_language(site, own_language) } else { String::new() },
            html: writer.note(blocks, by),
        });
    }
    notes
}
