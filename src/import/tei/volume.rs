//! A volume of documents: each `div` of type `document`, with what its heading, dateline and source notes tell.

use super::super::front::{Fields, Value};
use super::super::page::names::{is_group, is_office};
use super::dates;
use super::enclosure::{act, is_of_somebody};
use super::writer::Writer;
use super::{Document, Reading, words};
use crate::base::text::squeeze;
use crate::formats::xml::NodeId;
use std::collections::BTreeMap;

impl Reading<'_> {
    /// Reads all documents of a volume, one after the other.
    pub(super) fn volume(&mut self, top: NodeId, units: &[NodeId]) {
        self.work = self.work_of(top);
        self.call_the_roll(units);
        self.places_of(top);
        let starts = self.page_numbers(top, units);
        for unit in units {
            let document = self.document(*unit, &starts);
            self.hand_on(document);
        }
    }

    /// Numbers the pages; for each document the page on which it begins, and the `pb` directly before it.
    fn page_numbers(&mut self, top: NodeId, units: &[NodeId]) -> BTreeMap<NodeId, (Option<String>, Option<NodeId>)> {
        let xml = self.xml;
        let mut starts = BTreeMap::new();
        let mut page: Option<String> = None;
        // The last `pb` outside of documents that no document has taken.
        let mut waiting: Option<NodeId> = None;
        let mut ends: Vec<usize> = Vec::new();
        for node in xml.within(top) {
            let start = xml.span(node).start;
            while ends.last().is_some_and(|end| *end <= start) {
                ends.pop();
            }
            if xml.name(node) == "pb" {
                let name = xml.attribute(node, "n").and_then(words::page_name);
                if let Some(name) = &name {
                    self.pages.insert(node, name.clone());
                    page = Some(name.clone());
                }
                if ends.is_empty() {
                    waiting = name.map(|_| node);
                }
            }
            if units.binary_search(&node).is_ok() {
                starts.insert(node, (page.clone(), waiting.take()));
                ends.push(xml.span(node).end);
            }
        }
        starts
    }

    fn document(&mut self, unit: NodeId, starts: &BTreeMap<NodeId, (Option<String>, Option<NodeId>)>) -> Document {
        let (start, page_break) = starts.get(&unit).cloned().unwrap_or_default();
        let id = self.documents.get(&unit).cloned().unwrap_or_default();
        let line = self.xml.line(unit);
        let (file, folder, work, language) = (self.file.to_owned(), self.name.clone(), self.work.clone(), self.language.clone());
        let number = self.xml.attribute(unit, "n").map(str::to_owned);
        let mut writer = Writer::new(self, unit);
        if let Some(page) = page_break {
            let mark = writer.page_break(page);
            writer.pending.extend(mark);
        }
        writer.pages.clear();
        let mut front = Fields::new();
        let facts = writer.facts(unit);
        let mut blocks = writer.blocks(unit, None);
        writer.end_document(&mut blocks);
        let pages = pages(start, &writer.pages);
        front.put_some("kind", facts.kind.as_deref());
        front.put("title", facts.title.as_str());
        front.put("title_origin", "editorial");
        front.put_list("author", facts.author);
        front.put_list("to", facts.to);
        front.put_some("written", facts.written);
        front.put_some("received", facts.received);
        let mut source = Fields::new();
        source.put_some("work", work);
        source.put_some("number", number);
        source.put_some("pages", pages);
        front.put("source", source);
        front.put("archive", facts.archive);
        front.put_some("language", language);
        front.put("contains", std::mem::take(&mut writer.contains));
        front.put("status", "transcribed");
        let expected = words::of(writer.reading.xml, unit, &writer.moved, &writer.note_nodes);
        Document {
            id,
            folder,
            origin: (file, line),
            front,
            blocks,
            notes: writer.notes,
            expected: Some(expected),
            moved: writer.moved_words,
            sha256: String::new(),
            custody: crate::import::Custody::default(),
        }
    }
}

/// First and last page of a document.
fn pages(start: Option<String>, within: &[String]) -> Option<String> {
    match (start, within.last()) {
        (Some(first), Some(last)) if first != *last => Some(format!("{first}–{last}")),
        (Some(first), _) => Some(first),
        (None, last) => last.cloned(),
    }
}

/// What a document says of itself before its text.
#[derive(Default)]
struct Facts {
    kind: Option<String>,
    title: String,
    author: Vec<Value>,
    to: Vec<Value>,
    written: Option<Value>,
    received: Option<Value>,
    archive: Fields,
}

impl Writer<'_, '_> {
    fn facts(&mut self, unit: NodeId) -> Facts {
        let xml = self.reading.xml;
        let mut facts = Facts::default();
        let head = xml.child(unit, "head");
        if let Some(head) = head {
            (facts.author, facts.to) = self.parties(head);
            facts.title = self.title(unit, head);
        }
        for child in xml.children(unit).to_vec() {
            if self.is_source_note(child) {
                self.source_note(child, &mut facts);
            }
        }
        if facts.title.is_empty() {
            let words = squeeze(&xml.all_text(unit));
            facts.title = match crate::base::text::head(&words, 60) {
                ("", _) => xml.attribute(unit, "n").map_or_else(|| "Untitled".to_owned(), |number| format!("Document {number}")),
                (words, true) => format!("{words}…"),
                (words, false) => words.to_owned(),
            };
            self.reading.guess("a document without a heading has its first words as title", unit, &facts.title.clone());
        }
        self.when(unit, &mut facts);
        let said = head.is_some_and(|head| is_of_somebody(&self.head_words(head)));
        if facts.kind.is_none() && !said && !facts.author.is_empty() && !facts.to.is_empty() {
            facts.kind = Some("letter".to_owned());
            self.reading.guess("what goes from one person to another and is not called a telegram is a letter", unit, &facts.title.clone());
        }
        facts
    }

    /// Words of a heading without notes.
    pub(super) fn head_words(&self, head: NodeId) -> String {
        let xml = self.reading.xml;
        let mut out = String::new();
        let mut stack: Vec<NodeId> = vec![head];
        while let Some(node) = stack.pop() {
            if let Some(text) = xml.text(node) {
                out.push_str(text);
            } else if xml.name(node) == "lb" {
                out.push(' ');
            } else if xml.name(node) != "note" {
                stack.extend(xml.children(node).iter().rev());
            }
        }
        squeeze(&out)
    }

    /// The heading as title. It stays in the text only where a note or page break hangs on it.
    fn title(&mut self, unit: NodeId, head: NodeId) -> String {
        let xml = self.reading.xml;
        let words = self.head_words(head);
        let title = without_stop(&words).to_owned();
        let after = xml.children(unit).iter().copied().skip_while(|child| *child != head).skip(1);
        let next = after.into_iter().find(|child| !xml.name(*child).is_empty() && !self.is_source_note(*child));
        let noted = xml.within(head).any(|node| matches!(xml.name(node), "note" | "pb" | "choice" | "del" | "gap" | "ref"));
        if !noted && next.is_none_or(|next| xml.name(next) != "note") {
            self.moved.insert(head);
            if title != words {
                self.reading.changed("the point after a title is left out", head, &words);
            }
            self.moved_words.push(title.clone());
        }
        title
    }

    /// `File No. 861.51/264` is a field; so is `[Telegram]`. Other words stay in the text.
    fn source_note(&mut self, note: NodeId, facts: &mut Facts) {
        let xml = self.reading.xml;
        let text = squeeze(&xml.all_text(note));
        if xml.within(note).skip(1).any(|node| matches!(xml.name(node), "note" | "pb" | "ref")) {
            return;
        }
        if let Some(file) = text.strip_prefix("File No. ").or_else(|| text.strip_prefix("File No.")).filter(|_| facts.archive.is_empty()) {
            facts.archive.put("file", file.trim());
            self.moved.insert(note);
            self.moved_words.push(file.to_owned());
            self.reading.changed("“File No.” is said by the field `archive.file`", note, &text);
            return;
        }
        let bare = text.trim_matches(['[', ']', '.', ' ']).to_lowercase();
        let kind = bare.split(['—', '.', '-', ',', ' ']).next().unwrap_or_default();
        if ["telegram", "memorandum", "circular", "note", "treaty"].contains(&kind) && facts.kind.is_none() && kind != "circular" {
            facts.kind = Some(kind.to_owned());
            if bare == kind {
                self.moved.insert(note);
                self.moved_words.push(kind.to_owned());
                self.reading.changed("“[Telegram]” and the like are said by the field `kind`", note, &text);
            }
        }
    }

    /// Author and recipient by a heading such as `The Consul General at Moscow (Summers) to the Secretary of State`.
    pub(super) fn parties(&mut self, head: NodeId) -> (Vec<Value>, Vec<Value>) {
        let xml = self.reading.xml;
        let of = |role: &str| -> Vec<NodeId> {
            xml.within(head)
                .filter(|node| {
                    matches!(xml.name(*node), "persName" | "orgName" | "gloss" | "rs") && xml.attribute(*node, "type") == Some(role)
                })
                .collect()
        };
        let (from, to) = (of("from"), of("to"));
        if from.is_empty() && to.is_empty() {
            return (Vec::new(), Vec::new());
        }
        self.addressee = to.first().map(|node| squeeze(&xml.all_text(*node)));
        let words = self.head_words(head);
        let words = without_stop(&words);
        let (before, after) = match split_at_to(words, from.last().map(|node| squeeze(&xml.all_text(*node))).as_deref()) {
            Some((before, after)) if !from.is_empty() && !to.is_empty() => (Some(before.to_owned()), Some(after.to_owned())),
            _ => (None, None),
        };
        let unit = xml.parent(head).unwrap_or(head);
        (self.side(&from, before, unit, true), self.side(&to, after, unit, false))
    }

    /// One side of a heading: one person with all its words, or several with their names.
    fn side(&mut self, nodes: &[NodeId], words: Option<String>, unit: NodeId, sends: bool) -> Vec<Value> {
        let xml = self.reading.xml;
        let mut parties = Vec::new();
        for node in nodes {
            let own = squeeze(&xml.all_text(*node));
            if let Some(several) = self.joined(*node, &own) {
                parties.extend(several);
                continue;
            }
            let printed = words.clone().filter(|_| nodes.len() == 1).unwrap_or_else(|| own.clone());
            let printed = match printed.find(&own).filter(|_| own.ends_with("’s") || own.ends_with("'s")) {
                // `Mr. Fay’s parting remarks`
                Some(at) => printed[..at + own.len()].trim_end_matches(['’', '\'', 's']).to_owned(),
                None => printed,
            };
            let printed = printed.strip_prefix("the ").unwrap_or(&printed).trim_end_matches([',', ' ']).to_owned();
            let signer = if nodes.len() == 1 && sends && !self.reading.is_keyed(*node) { self.signer(unit) } else { None };
            let id = match signer {
                Some(signer) => {
                    self.reading.guess("an author without a key is the one who signed", *node, &format!("{printed}: {signer}"));
                    Some(signer)
                }
                None => self.reading.party(*node, 0, &own),
            };
            match id {
                Some(id) => {
                    let mut party = Fields::new();
                    party.put("ref", id);
                    party.put("as", printed);
                    parties.push(party.into());
                }
                None if crate::base::slug::is_id(&printed) => {
                    // A literal name must not look like an id of the registers.
                    let mut party = Fields::new();
                    party.put("as", printed);
                    parties.push(party.into());
                }
                None => parties.push(printed.into()),
            }
        }
        parties
    }

    /// Two or more who share one element: `Ching and Li Hung-chang`.
    fn joined(&mut self, node: NodeId, words: &str) -> Option<Vec<Value>> {
        if self.reading.is_keyed(node) || self.reading.xml.name(node) != "persName" {
            return None;
        }
        let names = joined_names(words)?;
        self.reading.guess("names joined by “and” are several persons", node, words);
        let party = |(at, name): (usize, &str), reading: &mut super::Reading<'_>| {
            let mut party = Fields::new();
            party.put_some("ref", reading.party(node, at, name));
            party.put("as", name);
            party.into()
        };
        Some(names.into_iter().enumerate().map(|name| party(name, self.reading)).collect())
    }

    /// The one person with a key who signed.
    fn signer(&mut self, unit: NodeId) -> Option<String> {
        let xml = self.reading.xml;
        let closers = xml.named(unit, "closer").flat_map(|closer| xml.within(closer));
        let mut ids: Vec<String> = Vec::new();
        for node in closers.filter(|node| xml.name(*node) == "persName").collect::<Vec<_>>() {
            if let Some(target) = self.reading.mention(node) {
                ids.push(target.trim_start_matches("person:").to_owned());
            }
        }
        ids.pop().filter(|_| ids.is_empty())
    }

    /// Date and place of writing, and the receipt, from the datelines and from the edition's own dating.
    fn when(&mut self, unit: NodeId, facts: &mut Facts) {
        let xml = self.reading.xml;
        let own = own_date(xml, unit);
        let datelines: Vec<NodeId> =
            xml.named(unit, "dateline").chain(xml.named(unit, "opener").filter_map(|opener| xml.find(opener, "dateline"))).collect();
        let last = || xml.named(unit, "closer").chain(xml.named(unit, "postscript")).find_map(|closer| xml.find(closer, "dateline"));
        let Some(dateline) = datelines.first().copied().or_else(last) else {
            let date = xml
                .children(unit)
                .iter()
                .copied()
                .filter(|child| matches!(xml.name(*child), "p" | "postscript" | "closer"))
                .find_map(|child| xml.within(child).find(|node| xml.name(*node) == "date" && !self.reading.is_within(*node, "note")));
            let edtf = own.or_else(|| date.and_then(|date| dates::edtf(xml, date)));
            let printed = date.map(|date| xml.all_text(date)).unwrap_or_default();
            if edtf.is_none() {
                facts.written = self.closing_date(unit);
                return;
            }
            facts.written = edtf.and_then(|edtf| {
                self.reading.guess(
                    "a document without a dateline has the first date that its paragraphs state",
                    unit,
                    &format!("{} → {edtf}", squeeze(&printed)),
                );
                self.reading.date_value(&printed, Some(&edtf), unit)
            });
            return;
        };
        let date = xml.find(dateline, "date");
        let edtf = own.or_else(|| date.and_then(|date| dates::edtf(xml, date)));
        let printed = date.map(|date| xml.all_text(date)).unwrap_or_default();
        let value = self.reading.date_value(&printed, edtf.as_deref(), dateline);
        let place = xml.find(dateline, "placeName").and_then(|place| self.reading.place(place));
        facts.written = act(place, value);
        let text = squeeze(&xml.all_text(dateline));
        facts.received = self.reading.received(&text, edtf.as_deref(), dateline);
    }
}

/// `Ching and Li Hung-chang` as two names.
pub(super) fn joined_names(words: &str) -> Option<Vec<&str>> {
    let names: Vec<&str> = words.split(" and ").flat_map(|part| part.split(", ")).map(str::trim).collect();
    let sound = |name: &&str| name.starts_with(char::is_uppercase) && name.split(' ').count() <= 4 && !name.ends_with('.');
    (names.len() > 1 && names.iter().all(sound) && !is_group(words) && !is_office(words)).then_some(names)
}

/// A title without the point that ends it; `D. C.` keeps its own.
pub(super) fn without_stop(words: &str) -> &str {
    let Some(short) = words.strip_suffix('.') else { return words };
    let last = short.rsplit([' ', '.', ',']).next().unwrap_or_default();
    if last.chars().count() <= 2 || short.ends_with("&c") { words } else { short }
}

/// The edition's own dating of a document: `frus:doc-dateTime-min` and `-max`.
fn own_date(xml: &crate::formats::xml::Xml<'_>, unit: NodeId) -> Option<String> {
    let day = |name: &str| xml.attribute(unit, name).and_then(dates::day_of);
    let (first, last) = (day("frus:doc-dateTime-min")?, day("frus:doc-dateTime-max"));
    match last {
        Some(last) if last != first => Some(format!("{first}/{last}")),
        _ => Some(first),
    }
}

/// Splits a heading at the `to` between sender and recipient: the first after the last sender's name.
fn split_at_to<'w>(words: &'w str, sender: Option<&str>) -> Option<(&'w str, &'w str)> {
    let from = sender.and_then(|name| words.find(name).map(|at| at + name.len())).unwrap_or(0);
    let at = from + words[from..].find(" to ")?;
    Some((&words[..at], &words[at + 4..]))
}
