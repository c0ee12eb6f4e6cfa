//! Pages copied from a wiki or archive as plain text: title, chrome, header, letter, notes, in the shapes in which browsers copy them.

use super::page::labels::{self, Label};
use super::page::marks::{self, Placing};
use super::page::understand::{each_text, understand};
use super::page::{Labelled, Page, PageNote, chrome, facts, header, ledger::Ledger};
use super::report::{Report, Sort};
use super::shelf::Shelf;
use super::text::{Block, words};
use super::{Imported, Original};
use crate::formats::encoding::{self, Evidence};
use crate::formats::source_note;
use crate::parse::date::DateContext;
use std::ops::Range;

mod paragraphs;

/// Reads one page.
pub fn read(original: &Original, shelf: &mut Shelf, report: &mut Report, imported: &mut Imported) {
    let text = decoded(original, None, report);
    let mut ledger = Ledger::default();
    ledger.enter(&text);
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let lines: Vec<&str> = text.lines().collect();
    let mut reading = Reading { lines, file: &original.name, report, ledger, page: Page::default(), used: Vec::new(), kept: None };
    reading.used = vec![false; reading.lines.len()];
    reading.all();
    let (page, ledger) = (reading.page, reading.ledger);
    understand(page, original, ledger, shelf, report, imported);
}

/// The text of an original, with a remark on its encoding unless it is plain UTF-8.
pub(super) fn decoded(original: &Original, declared: Option<&str>, report: &mut Report) -> String {
    let decoded = encoding::decode(&original.bytes, declared);
    let name = &decoded.encoding;
    match decoded.evidence {
        Evidence::Detected => report.say(Sort::Guess, "the encoding is told by the frequency of letters", &original.name, 0, name.as_str()),
        Evidence::Declared if name != "utf-8" => {
            let says = declared.map(|label| format!("{label}, read as {name}")).unwrap_or_default();
            report.say(Sort::Changed, "the page says its encoding; it is UTF-8 now", &original.name, 0, says);
        }
        _ => {}
    }
    if let Some(overruled) = &decoded.overruled {
        report.say(Sort::Guess, "the page says another encoding than its bytes have", &original.name, 0, format!("{overruled} → {name}"));
    }
    if decoded.unreadable > 0 {
        let text = format!("{} bytes that are no letters stand as \u{fffd}", decoded.unreadable);
        report.say(Sort::Broken, "bytes that the encoding does not know", &original.name, 0, text);
    }
    decoded.text.into_owned()
}

/// Longest title, in characters.
const LONGEST_TITLE: usize = 300;

struct Reading<'a> {
    lines: Vec<&'a str>,
    file: &'a str,
    report: &'a mut Report,
    ledger: Ledger,
    page: Page,
    /// Lines that have their place.
    used: Vec<bool>,
    /// The first line among the heading and the labels that stays in the text.
    kept: Option<usize>,
}

impl Reading<'_> {
    fn all(&mut self) {
        self.chrome();
        let body = self.header();
        let end = self.colophon(body);
        self.body(body..end);
        let any = self.page.pieces.iter().any(|piece| !words_of(&piece.block).is_empty());
        if !any {
            self.report.say(Sort::Broken, "the page has no text", self.file, 0, "only a header came in");
        }
    }

    fn chrome(&mut self) {
        for at in 0..self.lines.len() {
            let line = self.lines[at];
            let site = chrome::site(line).filter(|_| at < 12);
            if let Some(site) = site {
                self.page.site.get_or_insert(site.to_owned());
            }
            if let Some(rule) = chrome::rule(line).or(site.map(|_| "the site names itself")) {
                self.aside(at, rule);
            }
        }
    }

    fn aside(&mut self, at: usize, rule: &'static str) {
        self.used[at] = true;
        self.ledger.aside(self.lines[at]);
        self.page.aside.push((rule, at + 1, self.lines[at].trim().to_owned()));
    }

    /// The next line from `at` that has no place and is not empty.
    fn next(&self, at: usize) -> Option<usize> {
        (at..self.lines.len()).find(|at| !self.used[*at] && !self.lines[*at].trim().is_empty())
    }

    /// Title, labels and source notes before the text; returns its first line.
    fn header(&mut self) -> usize {
        let Some(mut at) = self.next(0) else { return self.lines.len() };
        at = self.title(at);
        while let Some(next) = self.next(at) {
            let line = self.lines[next];
            if let Some((label, length, colon)) = labels::read(line.trim()).filter(|found| self.is_label(line.trim(), *found)) {
                at = self.labelled(next, label, length, colon);
            } else if source_note::begins_source_note(line) {
                at = self.note_of_source(next);
            } else if !self.is_among_labels(next) {
                return self.kept.unwrap_or(next);
            } else if let Some(length) = labels::unknown(line.trim()).filter(|_| !self.page.labels.is_empty()) {
                at = self.labelled(next, Label::Other, length, true);
            } else {
                self.line_of_heading(next);
                at = next + 1;
            }
        }
        self.kept.unwrap_or(self.lines.len())
    }

    /// A short line before the last label: a subtitle, a place, the author's name.
    fn is_among_labels(&self, at: usize) -> bool {
        let farthest = if self.page.labels.is_empty() { 5 } else { 2 };
        let mut here = at;
        for step in 0..=farthest {
            let line = self.lines[here].trim();
            let label = labels::read(line).is_some_and(|found| self.is_label(line, found)) || source_note::begins_source_note(line);
            if label && step > 0 {
                return true;
            }
            let known = labels::unknown(line).is_some() || header::is_personal_name(line) || facts::is_plain_date(line);
            let longest = if facts::kind_of_title(line).is_some() { LONGEST_TITLE } else { 110 };
            if line.chars().count() > longest || line.ends_with([',', ';', '!', '?', ':', '.']) && !known {
                return false;
            }
            let Some(next) = self.next(here + 1) else { return false };
            here = next;
        }
        false
    }

    fn line_of_heading(&mut self, at: usize) {
        let line = crate::base::text::squeeze(self.lines[at]);
        let named = self.page.author.is_some() || self.page.labels.iter().any(|labelled| labelled.label == Label::Author);
        if !named && header::is_personal_name(&line) {
            self.used[at] = true;
            self.page.author = Some((at + 1, line));
        } else if self.page.title.is_none() && !facts::is_plain_date(&line) {
            self.used[at] = true;
            self.page.title = Some((at + 1, line));
        } else {
            self.kept.get_or_insert(at);
        }
    }

    /// A label without a colon needs a value that fits.
    fn is_label(&self, line: &str, (label, length, colon): (Label, usize, bool)) -> bool {
        let value = line[length..].trim();
        if colon {
            return true;
        }
        match label {
            Label::Written | Label::Dictated => value.chars().any(|letter| letter.is_ascii_digit()) && value.chars().count() < 60,
            Label::Author | Label::Recipient => !value.is_empty() && value.split(' ').count() <= 10 && !value.ends_with('.'),
            Label::SourceNote => source_note::begins_source_note(line),
            Label::Keywords | Label::Language | Label::Translated | Label::Source => !value.is_empty() && value.chars().count() < 160,
            _ => false,
        }
    }

    fn title(&mut self, at: usize) -> usize {
        let line = self.lines[at].trim();
        let heads = |line: &str| labels::read(line).is_some_and(|(_, _, colon)| colon) || source_note::begins_source_note(line);
        if heads(line) {
            return at;
        }
        // "Marx-Engels Correspondence 1853" stands over the title of each letter.
        if header::is_series(line) {
            self.aside(at, "the name of a series over the title");
            return self.next(at + 1).map_or(self.lines.len(), |next| self.title(next));
        }
        let following = self.next(at + 1).map(|next| self.lines[next].trim());
        let name = header::is_personal_name(line)
            || header::is_full_name(line) && following.is_some_and(|next| facts::kind_of_title(next).is_some());
        if name
            && following.is_some_and(|next| {
                heads(next) || next.chars().count() > 3 && next.chars().count() <= LONGEST_TITLE && !next.ends_with(',')
            })
        {
            self.used[at] = true;
            self.page.author = Some((at + 1, crate::base::text::squeeze(line)));
            if let Some(next) = self.next(at + 1).filter(|next| !heads(self.lines[*next].trim()) && self.is_title(*next)) {
                self.used[next] = true;
                self.page.title = Some((next + 1, crate::base::text::squeeze(self.lines[next])));
                return next + 1;
            }
            return at + 1;
        }
        if self.is_title(at) && self.is_noted(at) {
            // The note hangs on the heading, which therefore stays in the text.
            let (title, _) = marks::without_last(line);
            self.ledger.enter(title);
            self.page.title = Some((at + 1, crate::base::text::squeeze(title)));
            self.kept = Some(at);
            return at + 1;
        }
        if self.is_title(at) {
            self.used[at] = true;
            self.page.title = Some((at + 1, crate::base::text::squeeze(line)));
            return at + 1;
        }
        at
    }

    /// Whether a line ends with the mark of a note that is written below.
    fn is_noted(&self, at: usize) -> bool {
        let (_, mark) = marks::without_last(self.lines[at].trim());
        mark.is_some_and(|mark| {
            self.lines[at + 1..].iter().any(|line| marks::item(line).is_some_and(|(_, own, _)| own.as_ref() == Some(&mark)))
        })
    }

    /// A short first line that is no part of a letter.
    fn is_title(&self, at: usize) -> bool {
        let line = self.lines[at].trim();
        let next = (at + 1..self.lines.len()).find(|at| !self.lines[*at].trim().is_empty()).map(|next| self.lines[next].trim());
        let heads = next.is_none_or(|next| {
            chrome::rule(next).is_some()
                || chrome::site(next).is_some()
                || labels::read(next).is_some_and(|found| self.is_label(next, found))
                || source_note::begins_source_note(next)
        });
        let dated = super::page::opening::dateline(line, &DateContext::default()).is_some() && facts::kind_of_title(line).is_none();
        line.chars().count() <= LONGEST_TITLE && (heads || !dated) && !line.ends_with([',', ';']) && marks::item(line).is_none()
    }

    /// A label with its value, which may go on over several lines until a blank line, a label or chrome.
    fn labelled(&mut self, at: usize, label: Label, length: usize, colon: bool) -> usize {
        let line = self.lines[at].trim();
        let printed = line[..length].to_owned();
        let mut value = line[length..].trim().to_owned();
        self.used[at] = true;
        let mut next = at + 1;
        while colon && next < self.lines.len() && !self.used[next] {
            let more = self.lines[next].trim();
            let other = labels::read(more).is_some_and(|found| self.is_label(more, found) && found.2);
            if more.is_empty() || other || source_note::begins_source_note(more) && label != Label::SourceNote {
                break;
            }
            // A value that is whole on its line ends there; one that stands in pieces goes on.
            if !value.is_empty()
                && label != Label::Rights
                && !value.ends_with([',', '-', '–'])
                && label != Label::SourceNote
                && label != Label::Source
            {
                break;
            }
            if label == Label::SourceNote && !source_note::begins_source_note(more) && value.ends_with('.')
                || label == Label::Source && value.ends_with('.')
            {
                break;
            }
            if !value.is_empty() {
                value.push(' ');
            }
            value.push_str(more);
            self.used[next] = true;
            next += 1;
        }
        // "README" is the link behind the rights of an archive.
        if let Some(rest) = value.strip_suffix("README").filter(|_| label == Label::Rights) {
            let kept = rest.trim_end().trim_end_matches('•').trim_end().len();
            let link = value.split_off(kept).trim().to_owned();
            self.ledger.aside(&link);
            self.page.aside.push(("navigation of the site", at + 1, link));
        }
        self.page.labels.push(Labelled { label, printed, value, href: None, line: at + 1 });
        next
    }

    fn note_of_source(&mut self, at: usize) -> usize {
        self.used[at] = true;
        let value = self.lines[at].trim().to_owned();
        self.page.labels.push(Labelled { label: Label::SourceNote, printed: String::new(), value, href: None, line: at + 1 });
        at + 1
    }

    /// Source notes that stand after the text; returns the end of the text.
    fn colophon(&mut self, from: usize) -> usize {
        let mut end = self.lines.len();
        while let Some(last) = (from..end).rev().find(|at| !self.used[*at] && !self.lines[*at].trim().is_empty()) {
            let line = self.lines[last].trim();
            let label = labels::read(line).filter(|found| {
                found.2
                    && matches!(
                        found.0,
                        Label::Source
                            | Label::SourceNote
                            | Label::Transcribed
                            | Label::TranscribedAndMarkedUp
                            | Label::MarkedUp
                            | Label::Translated
                            | Label::Rights
                            | Label::Proofread
                    )
            });
            if let Some((label, length, colon)) = label {
                self.labelled(last, label, length, colon);
            } else if source_note::begins_source_note(line) && line.chars().count() < 240 && !line.starts_with("Sent") {
                self.note_of_source(last);
            } else {
                return end;
            }
            end = last;
        }
        end
    }

    fn body(&mut self, range: Range<usize>) {
        let open: Vec<usize> = range.filter(|at| !self.used[*at]).collect();
        let lines: Vec<&str> = open.iter().map(|at| self.lines[*at]).collect();
        let list = marks::find(&lines);
        let end = list.as_ref().map_or(lines.len(), |list| list.start);
        let wrap = paragraphs::Wrap::of(&lines);
        let apart = |at: usize| list.as_ref().is_some_and(|list| list.items.iter().any(|item| item.line == at));
        let text: Vec<&str> = lines[..end].iter().enumerate().map(|(at, line)| if apart(at) { "" } else { *line }).collect();
        let mut pieces = paragraphs::paragraphs(&text, &wrap);
        for piece in &mut pieces {
            piece.line = open.get(piece.line).map_or(0, |at| at + 1);
        }
        let list_is_flat = list.as_ref().is_some_and(|list| list.flat);
        if let Some(list) = list {
            self.notes(&list, &lines, &open, &wrap);
        }
        let mut placing = Placing { flat: list_is_flat, ..Placing::default() };
        for note in &self.page.notes {
            placing.notes.entry(mark_of(&note.label).to_owned()).or_default().push(note.label.clone());
        }
        for (mark, labels) in placing.notes.iter().filter(|(_, labels)| labels.len() > 1) {
            let text = format!("[{mark}] stands {} times; marks and notes are joined in their order", labels.len());
            self.report.say(Sort::Guess, "several notes have one number", self.file, 0, text);
        }
        for piece in &mut pieces {
            placing.blocks(std::slice::from_mut(&mut piece.block));
        }
        for note in &mut self.page.notes {
            placing.blocks(&mut note.blocks);
        }
        self.ledger.form(&placing.said);
        for mark in &placing.loose {
            self.report.say(Sort::Broken, "a mark has no note; it stands as words", self.file, 0, format!("[{mark}]"));
        }
        if placing.blanks > 0 {
            let text = format!("{} blanks beside marks of notes", placing.blanks);
            self.report.say(Sort::Changed, "blanks that copying put beside marks are taken out", self.file, 0, text);
        }
        self.page.pieces = pieces;
        self.guesses_about_lines(&wrap);
    }

    fn guesses_about_lines(&mut self, wrap: &paragraphs::Wrap) {
        if let Some(width) = wrap.width {
            self.report.say(
                Sort::Guess,
                "lines are joined into paragraphs",
                self.file,
                0,
                format!("the text is broken into lines of at most {width} characters"),
            );
        }
    }

    fn notes(&mut self, list: &marks::List, lines: &[&str], open: &[usize], wrap: &paragraphs::Wrap) {
        if let Some(heading) = list.heading {
            self.ledger.form(lines[heading]);
        }
        let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
        for (index, item) in list.items.iter().enumerate() {
            let marks::Item { line: at, label, text: begin } = item;
            let end = list.items.get(index + 1).map_or(lines.len(), |next| next.line).max(at + 1);
            self.ledger.form(&lines[*at][..*begin]);
            let mut own: Vec<&str> = vec![&lines[*at][*begin..]];
            // A note that stands between the paragraphs is one line.
            if *at >= list.start {
                own.extend(&lines[at + 1..end]);
            }
            let line = open.get(*at).map_or(0, |at| at + 1);
            let blocks: Vec<Block> = paragraphs::of_note(&own, wrap).into_iter().map(|piece| piece.block).collect();
            if blocks.len() > 1 {
                let text = format!("[{label}] has {} paragraphs", blocks.len());
                self.report.say(Sort::Guess, "a line break within a note begins a paragraph", self.file, line, text);
            }
            let count = counts.entry(label).or_default();
            *count += 1;
            let label = if *count == 1 { label.clone() } else { format!("{label}~{count}") };
            self.page.notes.push(PageNote { label, line, blocks });
        }
    }
}

fn mark_of(label: &str) -> &str {
    label.split_once('~').map_or(label, |(mark, _)| mark)
}

fn words_of(block: &Block) -> String {
    let mut out = String::new();
    let mut block = block.clone();
    each_text(std::slice::from_mut(&mut block), &mut |text| out.push_str(&words(text)));
    out
}
