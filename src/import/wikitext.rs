//! Pages of a MediaWiki: as wikitext, or saved as HTML, which [`super::web_page`] reads.
//!
//! Templates are not expanded: those of headers are read by the names of their parameters, those of typography by their own names; others
//! are set aside with their source, and their words stay in the text when they have one value without a name.

mod templates;

use super::page::builder::{Builder, Wrap};
use super::page::understand::{each_text, understand};
use super::page::{Page, PageNote, header, ledger::Ledger, loose};
use super::plain_text::decoded;
use super::report::{Report, Sort};
use super::shelf::Shelf;
use super::text::{Block, BlockKind, Inline};
use super::{Imported, Original, web_page};
use crate::formats::mediawiki::{self, Wiki, words};
use crate::model::block::{Delimiter, Part};
use std::collections::BTreeMap;

/// Reads one page: wikitext, or HTML when it begins as such.
pub fn read(original: &Original, shelf: &mut Shelf, report: &mut Report, imported: &mut Imported) {
    let head: Vec<u8> = original.bytes.iter().take(600).map(u8::to_ascii_lowercase).collect();
    let head = String::from_utf8_lossy(&head);
    if head.contains("<!doctype html") || head.contains("<html") {
        web_page::read(original, shelf, report, imported);
        return;
    }
    let text = decoded(original, None, report).trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let wiki = mediawiki::read(&text);
    if let Some(why) = wiki.broken {
        report.say(Sort::Broken, "the page is not read as wikitext; it stands as words", &original.name, 0, why);
    }
    let mut ledger = Ledger::default();
    let pieces: Vec<Wiki> = wiki.pieces.iter().map(|(_, piece)| piece.clone()).collect();
    ledger.enter(&seen(&pieces));
    let mut reading = Reading {
        file: &original.name,
        report,
        ledger,
        page: Page::default(),
        named: BTreeMap::new(),
        counts: BTreeMap::new(),
        line: 1,
        marks: BTreeMap::new(),
        written: BTreeMap::new(),
    };
    reading.notes_in_lists(&pieces);
    let mut builder = Builder::default();
    for (line, piece) in &wiki.pieces {
        reading.line = *line;
        if builder.line == 0 || matches!(piece, Wiki::ParagraphBreak | Wiki::Heading(..) | Wiki::List(..)) {
            builder.end();
        }
        builder.line = *line;
        reading.piece(piece, &mut builder);
    }
    reading.finish(builder);
    let (page, ledger) = (reading.page, reading.ledger);
    understand(page, original, ledger, shelf, report, imported);
}

/// Every word of pieces that a reader of the page sees or a template holds: what must be somewhere in the end.
fn seen(pieces: &[Wiki]) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Wiki::Text(text) | Wiki::Verbatim(_, text) => out.push_str(text),
            Wiki::Link(target, words) => out.push_str(&if words.is_empty() { target.clone() } else { seen(words) }),
            Wiki::External(address, words) => out.push_str(&if words.is_empty() { address.clone() } else { seen(words) }),
            Wiki::Template { parameters, .. } => parameters.iter().for_each(|(_, value)| out.push_str(&seen(value))),
            Wiki::Ref { note, .. } | Wiki::References(note) | Wiki::Poem(note) | Wiki::Preformatted(note) | Wiki::Heading(_, note) => {
                out.push_str(&seen(note))
            }
            Wiki::List(_, items) => items.iter().for_each(|item| out.push_str(&seen(item))),
            Wiki::Definitions(items) => items.iter().for_each(|(_, item)| out.push_str(&seen(item))),
            Wiki::Table(rows, captions) => {
                captions.iter().for_each(|caption| out.push_str(&seen(caption)));
                rows.iter().flatten().for_each(|(_, cell)| out.push_str(&seen(cell)));
            }
            Wiki::Image(_, words) => out.push_str(&seen(words)),
            Wiki::Italic
            | Wiki::Bold
            | Wiki::BoldItalic
            | Wiki::ParagraphBreak
            | Wiki::Rule
            | Wiki::Open(..)
            | Wiki::Close(_)
            | Wiki::Category(_)
            | Wiki::Unseen(..) => {}
        }
    }
    out
}

struct Reading<'a> {
    file: &'a str,
    report: &'a mut Report,
    ledger: Ledger,
    page: Page,
    /// Group and name of a note → label.
    named: BTreeMap<(String, String), String>,
    /// Group → notes in it so far.
    counts: BTreeMap<String, usize>,
    line: usize,
    /// Markup without a counterpart, by name.
    marks: BTreeMap<String, usize>,
    /// Notes of the list at the end that nothing has referred to yet.
    written: BTreeMap<(String, String), Vec<Wiki>>,
}

impl Reading<'_> {
    fn finish(&mut self, mut builder: Builder) {
        self.close_quotes(&mut builder);
        builder.end();
        if builder.odd_blanks > 0 {
            let text = format!("{} non-breaking blanks are plain ones", builder.odd_blanks);
            self.report.say(Sort::Changed, "blanks that only shape a line", self.file, 0, text);
        }
        self.page.pieces = builder.pieces;
        header::take(&mut self.page, &mut self.ledger);
        if self.page.notes.is_empty() && self.named.is_empty() && self.written.is_empty() {
            loose::find(&mut self.page, &mut self.ledger, self.file, self.report);
        }
        loose::brackets(&mut self.page, &mut self.ledger);
        self.notes_without_text();
        self.notes_without_use();
        let mut words = String::new();
        self.page.pieces.iter().for_each(|piece| super::page::ledger::all_words(std::slice::from_ref(&piece.block), &mut words));
        for sign in ["{{", "[[", "<ref", "{|"] {
            if words.contains(sign) {
                self.report.say(Sort::NotUnderstood, "markup that is not closed stands as words", self.file, 0, sign);
            }
        }
        for (name, count) in &self.marks {
            self.report.say(
                Sort::NotUnderstood,
                "markup without a counterpart; its words stand",
                self.file,
                0,
                format!("<{name}>, {count} times"),
            );
        }
        if self.page.pieces.is_empty() {
            self.report.say(Sort::Broken, "the page has no text", self.file, 0, "only a header came in");
        }
    }

    /// Marks of notes that are written nowhere are taken out: they have no words.
    fn notes_without_text(&mut self) {
        let mut missing: Vec<String> = Vec::new();
        for ((group, name), label) in &self.named {
            if !self.page.notes.iter().any(|note| note.label == *label) {
                let group = if group.is_empty() { String::new() } else { format!(" of group {group}") };
                self.report.say(
                    Sort::NotUnderstood,
                    "a note is used by its name but written nowhere",
                    self.file,
                    0,
                    format!("{name}{group}"),
                );
                missing.push(label.clone());
            }
        }
        let mut clean = |text: &mut Vec<Inline>| text.retain(|inline| !matches!(inline, Inline::Note(label) if missing.contains(label)));
        self.page.pieces.iter_mut().for_each(|piece| each_text(std::slice::from_mut(&mut piece.block), &mut clean));
        self.page.notes.iter_mut().for_each(|note| each_text(&mut note.blocks, &mut clean));
    }

    /// Notes of the list that nothing refers to keep their words as notes without a mark.
    fn notes_without_use(&mut self) {
        for ((group, name), note) in std::mem::take(&mut self.written) {
            let blocks = self.apart(&note);
            let label = if group.is_empty() { name } else { format!("{group} {name}") };
            self.page.notes.push(PageNote { label, line: 0, blocks });
        }
    }

    /// Notes that are written in the list at the end, by name, before the text refers to them.
    fn notes_in_lists(&mut self, pieces: &[Wiki]) {
        let mut lists: Vec<&[Wiki]> = Vec::new();
        for piece in pieces {
            match piece {
                Wiki::References(inner) => lists.push(inner),
                Wiki::Template { name, parameters, .. } if templates::is_reference_list(name) => {
                    lists.extend(parameters.iter().filter(|(name, _)| name.as_deref() == Some("refs")).map(|(_, value)| value.as_slice()));
                }
                _ => {}
            }
        }
        for list in lists {
            for piece in list {
                match piece {
                    Wiki::Ref { name: Some(name), group, note } if !note.is_empty() => {
                        self.written.insert((group.clone().unwrap_or_default(), name.clone()), note.clone());
                    }
                    Wiki::Ref { note, .. } => {
                        self.counts.entry(String::new()).or_default();
                        let words = seen(note);
                        self.ledger.aside(&words);
                        self.page.aside.push(("a note of the list without a name", 0, words));
                    }
                    _ => {}
                }
            }
        }
    }

    /// The label of a note, which is entered when it is written here.
    fn note(&mut self, reference: &Wiki) -> Option<String> {
        let Wiki::Ref { name, group, note } = reference else { return None };
        let group = group.clone().unwrap_or_default();
        let listed = name.as_ref().filter(|_| note.is_empty()).and_then(|name| self.written.remove(&(group.clone(), name.clone())));
        let note = listed.as_ref().unwrap_or(note);
        let known = name.as_ref().and_then(|name| self.named.get(&(group.clone(), name.clone())).cloned());
        let label = known.unwrap_or_else(|| {
            let count = self.counts.entry(group.clone()).or_default();
            *count += 1;
            templates::label(&group, *count)
        });
        if let Some(name) = name {
            self.named.insert((group.clone(), name.clone()), label.clone());
        }
        if !note.is_empty() && !self.page.notes.iter().any(|own| own.label == label) {
            let blocks = self.apart(note);
            self.page.notes.push(PageNote { label: label.clone(), line: self.line, blocks });
        } else if !note.is_empty() {
            let text = words(note).trim().to_owned();
            self.ledger.aside(&text);
            self.page.aside.push(("a note is written twice under one name", self.line, text));
        }
        if name.is_none() && note.is_empty() {
            return None;
        }
        if !group.is_empty() && self.counts.get(&group) == Some(&1) {
            self.report.say(Sort::Guess, "a group of notes is a series", self.file, self.line, format!("group {group} → [^{label}]"));
        }
        Some(label)
    }

    /// The blocks of pieces, put together apart.
    fn apart(&mut self, pieces: &[Wiki]) -> Vec<Block> {
        let mut builder = Builder::default();
        builder.line = self.line;
        pieces.iter().for_each(|piece| self.piece(piece, &mut builder));
        self.close_quotes(&mut builder);
        builder.end();
        builder.pieces.into_iter().map(|piece| piece.block).collect()
    }

    fn inlines(&mut self, pieces: &[Wiki]) -> Vec<Inline> {
        let mut builder = Builder::default();
        pieces.iter().for_each(|piece| self.piece(piece, &mut builder));
        if builder.pieces.is_empty() {
            return builder.inlines();
        }
        builder.end();
        let mut out: Vec<Inline> = Vec::new();
        for piece in builder.pieces {
            if let BlockKind::Paragraph(text) = piece.block.kind {
                if !out.is_empty() {
                    out.push(Inline::Break);
                }
                out.extend(text);
            }
        }
        out
    }

    fn piece(&mut self, piece: &Wiki, builder: &mut Builder) {
        match piece {
            Wiki::Text(text) => {
                for (at, paragraph) in text.split("\n\n").enumerate() {
                    if at > 0 {
                        builder.end();
                    }
                    builder.text(paragraph);
                }
            }
            Wiki::Italic => toggle(builder, Wrap::Emphasis),
            Wiki::Bold => toggle(builder, Wrap::Strong),
            Wiki::BoldItalic => {
                toggle(builder, Wrap::Strong);
                toggle(builder, Wrap::Emphasis);
            }
            Wiki::ParagraphBreak => builder.end(),
            Wiki::Rule => {
                builder.end();
                self.page.aside.push(("a rule of the page", self.line, "----".into()));
            }
            Wiki::Link(target, words) => self.link(target, words, builder),
            Wiki::External(address, words) => self.external(address, words, builder),
            Wiki::Template { name, parameters, source } => self.template(name, parameters, source, builder),
            Wiki::Ref { .. } => {
                if let Some(label) = self.note(piece) {
                    builder.push(Inline::Note(label));
                } else {
                    self.report.say(Sort::NotUnderstood, "a note without text or name", self.file, self.line, "<ref />");
                }
            }
            // Written there, placed where the text refers to them.
            Wiki::References(_) => builder.end(),
            Wiki::Poem(inner) => self.poem(inner, builder),
            Wiki::Verbatim(name, text) => self.verbatim(name, text, builder),
            Wiki::Open(name, source) => self.open(name, source, builder),
            Wiki::Close(name) => self.close(name, builder),
            Wiki::Heading(level, words) => {
                builder.end();
                if self.is_heading_of_notes(words) {
                    self.ledger.form(&seen(words));
                } else {
                    let text = self.inlines(words);
                    builder.block(BlockKind::Heading(*level, text));
                }
            }
            Wiki::List(ordered, items) => self.list(*ordered, items, builder),
            Wiki::Definitions(items) => self.definitions(items, builder),
            Wiki::Table(rows, captions) => self.table(rows, captions, builder),
            Wiki::Preformatted(inner) => {
                builder.end();
                builder.part = None;
                self.lines(inner, builder);
                builder.end();
            }
            Wiki::Category(target) => self.page.aside.push(("categories", self.line, target.clone())),
            Wiki::Image(target, inner) => {
                let inner = seen(inner);
                self.ledger.aside(&inner);
                self.page.aside.push(("an image of the page", self.line, format!("{target}: {inner}")));
            }
            Wiki::Unseen(rule, source) => self.page.aside.push((rule, self.line, source.clone())),
        }
    }

    fn is_heading_of_notes(&self, inner: &[Wiki]) -> bool {
        ["notes", "footnotes", "references", "endnotes", "примечания", "сноски", "einzelnachweise"]
            .contains(&words(inner).trim().to_lowercase().as_str())
    }

    fn link(&mut self, target: &str, inner: &[Wiki], builder: &mut Builder) {
        let shown = if inner.is_empty() { target.to_owned() } else { words(inner) };
        let tongue = target.split_once(':').is_some_and(|(tag, rest)| {
            matches!(tag.len(), 2 | 3) && tag.bytes().all(|byte| byte.is_ascii_lowercase()) && tag != "w" && !rest.is_empty()
        });
        if tongue && shown.trim() == target {
            self.ledger.aside(target);
            self.page.aside.push(("the page in another language", self.line, target.to_owned()));
            return;
        }
        if let Some(person) = target.strip_prefix("Author:").or_else(|| target.strip_prefix("author:")) {
            self.report.say(Sort::Guess, "a link to the page of an author is left as words", self.file, self.line, person);
        }
        self.page.aside.push((
            "where a link to another page of the site led; its words stand",
            self.line,
            format!("{} → {target}", shown.trim()),
        ));
        if inner.is_empty() {
            builder.text(target);
        } else {
            inner.iter().for_each(|piece| self.piece(piece, builder));
        }
    }

    fn external(&mut self, address: &str, inner: &[Wiki], builder: &mut Builder) {
        let target = if address.starts_with("//") { format!("https:{address}") } else { address.to_owned() };
        builder.open(Wrap::Annotated(target, String::new()));
        if inner.is_empty() {
            builder.text(address);
        } else {
            inner.iter().for_each(|piece| self.piece(piece, builder));
        }
        builder.close(|wrap| matches!(wrap, Wrap::Annotated(..)));
    }

    fn poem(&mut self, inner: &[Wiki], builder: &mut Builder) {
        builder.end();
        builder.part = Some(Part::Verse);
        self.lines(inner, builder);
        builder.end();
        builder.part = None;
    }

    /// Text whose line ends are kept; an empty line begins a stanza.
    fn lines(&mut self, inner: &[Wiki], builder: &mut Builder) {
        let part = builder.part;
        for piece in inner {
            match piece {
                Wiki::Text(text) => {
                    for (at, line) in text.split('\n').enumerate() {
                        if at > 0 && line.trim().is_empty() && text.split('\n').count() > at + 1 {
                            builder.end();
                            builder.part = part;
                        } else if at > 0 {
                            builder.line_end();
                        }
                        builder.text(line);
                    }
                }
                Wiki::ParagraphBreak => {
                    builder.end();
                    builder.part = part;
                }
                other => self.piece(other, builder),
            }
        }
    }

    fn verbatim(&mut self, name: &str, text: &str, builder: &mut Builder) {
        match name {
            "nowiki" => builder.text(text),
            "pre" | "source" | "syntaxhighlight" => builder.block(BlockKind::Code(text.trim_matches('\n').to_owned())),
            _ => {
                self.ledger.aside(text);
                self.page.aside.push(("an extension of the wiki", self.line, format!("<{name}>{text}</{name}>")));
            }
        }
    }

    /// An item without the signs of the list within it, which the parser leaves at the end of its words.
    fn item(&mut self, item: &[Wiki]) -> Vec<Block> {
        let mut own = item.to_vec();
        for at in 1..own.len() {
            if !matches!(own[at], Wiki::List(..) | Wiki::Definitions(_)) {
                continue;
            }
            if let Wiki::Text(words) = &mut own[at - 1] {
                let kept = words.trim_end_matches(['*', '#', ':', ';', ' ', '\n']).len();
                let signs = words.split_off(kept);
                self.ledger.form(&signs);
            }
        }
        self.apart(&own)
    }

    fn list(&mut self, ordered: bool, items: &[Vec<Wiki>], builder: &mut Builder) {
        let items: Vec<Vec<Block>> = items.iter().map(|item| self.item(item)).collect();
        if ordered {
            (1..).zip(&items).for_each(|(number, _): (u64, _)| self.ledger.enter(&format!("{number}.")));
            builder.block(BlockKind::Numbered(Delimiter::Period, (1..).zip(items).collect()));
        } else {
            builder.block(BlockKind::Bullets(items));
        }
    }

    /// `:` sets a paragraph in, `;` is a line in bold.
    fn definitions(&mut self, items: &[(bool, Vec<Wiki>)], builder: &mut Builder) {
        builder.end();
        for (term, inner) in items {
            for block in self.item(inner) {
                let block = match (term, block.kind) {
                    (true, BlockKind::Paragraph(text)) => {
                        // `; term : what it is` on one line.
                        if let [Inline::Text(words)] = text.as_slice()
                            && let Some((term, meaning)) = words.split_once(" : ")
                        {
                            self.ledger.form(":");
                            let line = vec![Inline::Strong(vec![Inline::text(term)]), Inline::text(format!(" {meaning}"))];
                            builder.pieces.push(super::page::Piece { line: self.line, block: Block::paragraph(line) });
                            continue;
                        }
                        Block::paragraph(vec![Inline::Strong(text)])
                    }
                    (_, kind) => Block::new(kind),
                };
                builder.pieces.push(super::page::Piece { line: self.line, block });
            }
        }
        if items.iter().any(|(term, _)| !term) {
            self.report.say(
                Sort::Changed,
                "paragraphs set in by colons stand as paragraphs",
                self.file,
                self.line,
                format!("{} of them", items.len()),
            );
        }
    }

    fn table(&mut self, rows: &[Vec<(bool, Vec<Wiki>)>], captions: &[Vec<Wiki>], builder: &mut Builder) {
        builder.end();
        for caption in captions {
            let text = self.inlines(caption);
            builder.block(BlockKind::Paragraph(text));
        }
        let head = rows.first().is_some_and(|row| row.iter().all(|(head, _)| *head));
        let mut all: Vec<Vec<Vec<Inline>>> = rows.iter().map(|row| row.iter().map(|(_, cell)| self.inlines(cell)).collect()).collect();
        all.retain(|row| row.iter().any(|cell: &Vec<Inline>| !cell.is_empty()));
        let columns = all.iter().map(Vec::len).max().unwrap_or(0);
        if columns == 0 {
            return;
        }
        if !head {
            all.insert(0, vec![Vec::new(); columns]);
        }
        builder.block(BlockKind::Table(Vec::new(), all));
    }
}

fn toggle(builder: &mut Builder, wrap: Wrap) {
    if builder.is_open(|open| *open == wrap) {
        builder.close(|open| *open == wrap);
    } else {
        builder.open(wrap);
    }
}
