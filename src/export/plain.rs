//! A text as plain words: paragraphs, with the marks of notes in brackets where they stand.

use crate::model::annotation::AnnotationKind;
use crate::model::block::{Block, BlockKind, Delimiter, Inline};
use crate::model::document::Summary;
use crate::resolve::{Answers, Site};

/// Plain words of one document.
pub struct Plain<'a> {
    site: &'a Site,
    summary: &'a Summary,
    answers: &'a Answers,
}

impl<'a> Plain<'a> {
    /// The document at `index`.
    #[must_use]
    pub fn of(site: &'a Site, index: usize) -> Self {
        Self { site, summary: &site.documents[index], answers: &site.answers[index] }
    }

    /// Paragraphs, list items and table rows, one a string.
    #[must_use]
    pub fn blocks(&self, blocks: &[Block]) -> Vec<String> {
        let mut out = Vec::new();
        blocks.iter().for_each(|block| self.block(block, "", &mut out));
        out
    }

    fn block(&self, block: &Block, before: &str, out: &mut Vec<String>) {
        match &block.kind {
            BlockKind::Paragraph(text) | BlockKind::Heading { text, .. } => {
                let words = self.words(text);
                if !words.trim().is_empty() {
                    out.push(format!("{before}{}", words.trim()));
                }
            }
            BlockKind::Quote(blocks) => {
                for block in blocks {
                    let from = out.len();
                    self.block(block, "", out);
                    out[from..].iter_mut().for_each(|line| *line = format!("    {}", line.replace('\n', "\n    ")));
                }
            }
            BlockKind::List { delimiter, items, .. } => {
                let sign = if *delimiter == Delimiter::Period { '.' } else { ')' };
                for item in items {
                    let marker = item.number.map_or_else(|| "- ".to_owned(), |number| format!("{number}{sign} "));
                    for (index, block) in item.blocks.iter().enumerate() {
                        self.block(block, if index == 0 { &marker } else { "" }, out);
                    }
                }
            }
            BlockKind::Table { head, rows, .. } => {
                for row in std::iter::once(head).chain(rows) {
                    let cells: Vec<String> = row.iter().map(|cell| self.words(cell).trim().to_owned()).collect();
                    if cells.iter().any(|cell| !cell.is_empty()) {
                        out.push(cells.join("\t"));
                    }
                }
            }
            BlockKind::Code { text, .. } | BlockKind::Html(text) => out.push(text.trim_end().to_owned()),
            BlockKind::Rule => out.push("* * *".to_owned()),
        }
    }

    /// Running text.
    #[must_use]
    pub fn words(&self, inlines: &[Inline]) -> String {
        let mut out = String::new();
        self.inlines(inlines, &mut out);
        out
    }

    fn inlines(&self, inlines: &[Inline], out: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text(text) | Inline::Code(text) | Inline::Html(text) => out.push_str(text),
                Inline::SoftBreak => out.push(' '),
                Inline::HardBreak => out.push('\n'),
                Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Deleted(inner) => self.inlines(inner, out),
                Inline::NoteRef(index) => {
                    let note = self.summary.note_refs.get(*index as usize).and_then(|reference| reference.note);
                    if let Some(note) = note.and_then(|note| self.answers.notes.get(note as usize)) {
                        out.push_str(&format!("[{}]", note.mark));
                    }
                }
                Inline::Annotated(index, inner) => match self.summary.annotations.get(*index as usize).map(|annotation| &annotation.kind) {
                    Some(AnnotationKind::Citation(citation)) => out.push_str(&citation_words(self.site, citation)),
                    _ => self.inlines(inner, out),
                },
            }
        }
    }
}

/// A citation in words: title, volume and places of each work.
#[must_use]
pub fn citation_words(site: &Site, citation: &crate::model::annotation::Citation) -> String {
    let cites = citation.cites.iter().map(|cite| {
        let entry = site.entries.get(&cite.key.value);
        let title = entry.map_or(cite.key.value.as_str(), |entry| entry.short_title.as_deref().unwrap_or(&entry.title));
        let volume = entry.and_then(|entry| entry.volume.as_ref()).map(|volume| format!("vol. {volume}"));
        let places = cite.locators.iter().map(|locator| locator.printed.clone());
        let facts: Vec<String> = std::iter::once(title.to_owned())
            .chain(volume)
            .chain(places)
            .chain(Some(cite.suffix.clone()).filter(|words| !words.is_empty()))
            .collect();
        format!("{}{}{}", cite.prefix, if cite.prefix.is_empty() { "" } else { " " }, facts.join(", "))
    });
    cites.collect::<Vec<_>>().join("; ")
}
