//! TEI P5 (tei-c.org, version 4) → documents: letters one a file, and volumes of documents such as *Foreign Relations of the United States*.
//!
//! What a document is: each `div` of type `document`, `letter` or `telegram` that stands in no other; else each `text` of a `group`; else each
//! `TEI` of a `teiCorpus`; else the whole text. All that belongs to none of them (the header, a preface, lists, an index) is set aside in one
//! file beside the documents, so that nothing is dropped. An element without a counterpart here is counted and its words stay.

mod blocks;
mod dates;
mod enclosure;
mod header;
mod inlines;
mod letter;
mod lists;
mod people;
mod reference;
mod roll;
mod seats;
mod tables;
mod volume;
mod words;
mod writer;

use super::{Document, Imported, Original, Report, Shelf, Sort, Take};
use crate::base::digest::sha256;
use crate::base::slug::slug;
use crate::base::text::squeeze;
use crate::formats::encoding::{self, Evidence};
use crate::formats::xml::{self, NodeId, Xml};
use crate::import::shelf::shortened;
use crate::model::entity::EntityKind;
use crate::model::entry::Entry;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// One original being read.
pub(super) struct Reading<'a> {
    xml: &'a Xml<'a>,
    file: &'a str,
    shelf: &'a mut Shelf,
    report: &'a mut Report,
    /// Takes each document as soon as it is read, so that a volume is never held whole.
    take: &'a mut Take<'a>,
    /// SHA-256 of the file.
    digest: &'a str,
    /// Line and id of each document that was handed on.
    done: Vec<(usize, String)>,
    /// Elements by `xml:id`.
    ids: BTreeMap<&'a str, NodeId>,
    /// Notes that stand elsewhere and point to the place of their mark: `xml:id` of that place → note.
    notes_at: BTreeMap<&'a str, NodeId>,
    /// Entries of this file's own lists: `xml:id` → register and id there.
    listed: BTreeMap<&'a str, (EntityKind, String)>,
    /// Who is named in the headings.
    roll: roll::Roll,
    /// Names of places that are one place, folded → the name.
    places: BTreeMap<String, String>,
    /// Documents with their ids.
    documents: BTreeMap<NodeId, String>,
    /// Number of the page that begins with this `pb`.
    pages: BTreeMap<NodeId, String>,
    /// Key of the work that the documents are printed in, for volumes.
    work: Option<String>,
    /// Its entry.
    work_entry: Option<Entry>,
    /// Prefix of document ids and folder.
    name: String,
    /// The whole file is one document.
    single: bool,
    /// BCP 47.
    language: Option<String>,
    /// Markup of what stands within documents and is no part of their text.
    aside: Vec<String>,
    /// What was not understood: rule → how often, first line, an example.
    counts: BTreeMap<String, (usize, usize, String)>,
}

/// Reads one file. Its documents go to `take`, all else to `imported`.
pub fn read(original: &Original, shelf: &mut Shelf, report: &mut Report, take: &mut Take<'_>, imported: &mut Imported) {
    let text = decoded(original, report);
    let xml = xml::read(&text);
    for (at, message) in &xml.broken {
        report.say(Sort::Broken, "the XML is not well formed", &original.name, xml.line_of(*at), message.as_str());
    }
    if let Some(at) = xml.too_deep {
        let rule = format!("elements nested deeper than {} levels are read as if they stood in the last", xml::DEEPEST);
        report.say(Sort::Broken, &rule, &original.name, xml.line_of(at), "");
    }
    if xml.find(xml.root(), "text").is_none() {
        report.say(Sort::Broken, "there is no TEI text in this file", &original.name, 1, "an element `text` was looked for");
        return;
    }
    let tops = tops(&xml);
    let digest = sha256(&original.bytes);
    let stem = Some(original.stem()).filter(|_| tops.len() == 1);
    let name = names(&xml, tops[0], stem).name;
    let (mut aside, mut done) = (Vec::new(), Vec::new());
    for top in tops {
        let mut reading = Reading::new(&xml, &original.name, &digest, shelf, report, take);
        reading.tei(top, stem);
        reading.say_counts();
        aside.append(&mut reading.aside);
        done.append(&mut reading.done);
        let (title, language) = (reading.title(top), reading.language.clone());
        imported.title.get_or_insert(title);
        if imported.language.is_none() {
            imported.language = language;
        }
    }
    let mut rest = rest_of(&xml, &text, &done);
    for part in aside {
        rest.push_str(&format!("<!-- from within a document: -->\n{part}\n"));
    }
    if !rest.trim().is_empty() {
        imported.aside.push((format!("{name}.xml"), rest));
    }
}

/// Id and folder of each document in a file.
pub fn ids(original: &Original) -> Vec<(String, String)> {
    let text = decoded(original, &mut Report::default());
    let xml = xml::read(&text);
    if xml.find(xml.root(), "text").is_none() {
        return Vec::new();
    }
    let tops = tops(&xml);
    let stem = Some(original.stem()).filter(|_| tops.len() == 1);
    let named = tops.into_iter().flat_map(|top| {
        let names = names(&xml, top, stem);
        let folder = if names.single { String::new() } else { names.name };
        names.documents.into_iter().map(move |(_, id, _)| (id, folder.clone()))
    });
    named.collect()
}

/// The texts of a file: one, or those of a corpus.
fn tops(xml: &Xml<'_>) -> Vec<NodeId> {
    let corpus = xml.find(xml.root(), "teiCorpus").map(|corpus| xml.named(corpus, "TEI").collect::<Vec<_>>());
    corpus.filter(|tops| !tops.is_empty()).unwrap_or_else(|| vec![xml.find(xml.root(), "TEI").unwrap_or(xml.root())])
}

/// What the documents of a text are called.
struct Names {
    /// Prefix of the ids, and the folder of a volume's documents.
    name: String,
    /// The whole text is one document.
    single: bool,
    /// Each document with its id, and whether that is not the one it would have alone.
    documents: Vec<(NodeId, String, bool)>,
}

fn names(xml: &Xml<'_>, top: NodeId, stem: Option<&str>) -> Names {
    let name = shortened(slug(xml.attribute(top, "xml:id").or(stem).unwrap_or("text")));
    let name = if name.is_empty() { "text".to_owned() } else { name };
    let units = units_in(xml, top);
    let single = units.len() == 1 && xml.name(units[0]) == "text";
    let mut taken = BTreeSet::new();
    let mut documents = Vec::with_capacity(units.len());
    for (number, unit) in (1..).zip(units) {
        let own = xml.attribute(unit, "xml:id").map(str::to_owned);
        let own = own.or_else(|| xml.attribute(unit, "n").map(|n| format!("d{n}")));
        let head = || xml.child(unit, "head").map(|head| slug(crate::base::text::head(&squeeze(&xml.all_text(head)), 50).0));
        let own = own.or_else(|| head().filter(|head| !head.is_empty())).unwrap_or_else(|| format!("document-{number}"));
        let wish = if single { name.clone() } else { shortened(slug(&format!("{name} {own}"))) };
        let mut id = wish.clone();
        let mut count = 1;
        while !taken.insert(id.clone()) {
            count += 1;
            id = format!("{wish}-{count}");
        }
        let again = id != wish;
        documents.push((unit, id, again));
    }
    Names { name, single, documents }
}

fn decoded<'o>(original: &'o Original, report: &mut Report) -> Cow<'o, str> {
    let declared = encoding::declared_in_markup(&original.bytes);
    let decoded = encoding::decode(&original.bytes, declared.as_deref());
    if let Some(declared) = &decoded.overruled {
        let text = format!("the file says `{declared}`, but is read as {}", decoded.encoding);
        report.say(Sort::Guess, "the encoding is not the one the file states", &original.name, 1, text);
    } else if decoded.evidence == Evidence::Detected {
        report.say(Sort::Guess, "the encoding is told by the frequency of letters", &original.name, 1, decoded.encoding.as_str());
    }
    if decoded.unreadable > 0 {
        let text = format!("{} bytes are no letters in {} and stand as U+FFFD", decoded.unreadable, decoded.encoding);
        report.say(Sort::Broken, "bytes that cannot be read", &original.name, 1, text);
    }
    match decoded.text {
        Cow::Borrowed(text) => Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Cow::Owned(text) => Cow::Owned(text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned)),
    }
}

/// The file without its documents: what is set aside.
fn rest_of(xml: &Xml<'_>, text: &str, documents: &[(usize, String)]) -> String {
    let mut out = String::with_capacity(text.len() / 4);
    let mut from = 0;
    let by_line: BTreeMap<usize, &str> = documents.iter().map(|(line, id)| (*line, id.as_str())).collect();
    for unit in units(xml) {
        let span = xml.span(unit);
        if span.start < from {
            continue;
        }
        out.push_str(text.get(from..span.start).unwrap_or_default());
        let id = by_line.get(&xml.line(unit)).copied().unwrap_or("a document");
        out.push_str(&format!("<!-- {id} -->"));
        from = span.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// All documents of a file, in order.
fn units(xml: &Xml<'_>) -> Vec<NodeId> {
    tops(xml).into_iter().flat_map(|top| units_in(xml, top)).collect()
}

fn units_in(xml: &Xml<'_>, top: NodeId) -> Vec<NodeId> {
    let mut divisions = Vec::new();
    outermost(xml, top, &|node| is_document(xml, node), &mut divisions);
    if divisions.len() > 1 || divisions.first().is_some_and(|only| xml.attribute(*only, "type") == Some("document")) {
        return divisions;
    }
    let Some(text) = xml.find(top, "text") else { return Vec::new() };
    let mut texts = Vec::new();
    if let Some(group) = xml.find(text, "group") {
        outermost(xml, group, &|node| xml.name(node) == "text" && xml.child(node, "group").is_none(), &mut texts);
    }
    if texts.is_empty() { vec![text] } else { texts }
}

fn outermost(xml: &Xml<'_>, within: NodeId, wanted: &dyn Fn(NodeId) -> bool, found: &mut Vec<NodeId>) {
    for child in xml.children(within) {
        if wanted(*child) {
            found.push(*child);
        } else {
            outermost(xml, *child, wanted, found);
        }
    }
}

fn is_document(xml: &Xml<'_>, node: NodeId) -> bool {
    // A section that is signed, or has enclosures, is a document too: the President's message before the papers.
    let signed = || xml.children(node).iter().any(|child| matches!(xml.name(*child), "closer" | "frus:attachment" | "postscript"));
    xml.name(node) == "div"
        && match xml.attribute(node, "type") {
            Some("document" | "letter" | "telegram") => true,
            Some("section") => signed(),
            _ => false,
        }
}

impl<'a> Reading<'a> {
    fn new(xml: &'a Xml<'a>, file: &'a str, digest: &'a str, shelf: &'a mut Shelf, report: &'a mut Report, take: &'a mut Take<'_>) -> Self {
        Self {
            xml,
            file,
            shelf,
            report,
            take,
            digest,
            done: Vec::new(),
            ids: BTreeMap::new(),
            notes_at: BTreeMap::new(),
            listed: BTreeMap::new(),
            roll: roll::Roll::default(),
            places: BTreeMap::new(),
            documents: BTreeMap::new(),
            pages: BTreeMap::new(),
            work: None,
            work_entry: None,
            name: String::new(),
            single: false,
            language: None,
            aside: Vec::new(),
            counts: BTreeMap::new(),
        }
    }

    fn tei(&mut self, top: NodeId, stem: Option<&str>) {
        let xml = self.xml;
        let names = names(xml, top, stem);
        (self.name, self.single) = (names.name, names.single);
        for node in xml.within(top) {
            if let Some(id) = xml.attribute(node, "xml:id") {
                self.ids.entry(id).or_insert(node);
            }
            if xml.name(node) == "note" {
                for target in [xml.attribute(node, "target"), xml.attribute(node, "corresp")].into_iter().flatten() {
                    if let Some(id) = target.strip_prefix('#') {
                        self.notes_at.entry(id).or_insert(node);
                    }
                }
            }
        }
        self.language = self.language_of(top);
        self.people(top);
        let mut units = Vec::with_capacity(names.documents.len());
        for (unit, id, again) in names.documents {
            if again {
                self.guess("two documents have one `xml:id`; the later got a number", unit, &id);
            }
            units.push(unit);
            self.documents.insert(unit, id);
        }
        match units.first() {
            Some(text) if self.single => {
                let letter = self.letter(top, *text);
                self.hand_on(letter);
            }
            _ => self.volume(top, &units),
        }
    }

    fn hand_on(&mut self, mut document: Document) {
        self.digest.clone_into(&mut document.sha256);
        self.done.push((document.origin.1, document.id.clone()));
        (self.take)(document, self.shelf, self.report);
    }

    fn say_counts(&mut self) {
        for (rule, (count, line, example)) in std::mem::take(&mut self.counts) {
            let text = if count == 1 { example } else { format!("{count} times, first: {example}") };
            self.report.say(Sort::NotUnderstood, &rule, self.file, line, text);
        }
    }

    /// Counts what has no counterpart here.
    fn not_understood(&mut self, rule: &str, node: NodeId) {
        let line = self.xml.line(node);
        let entry = self.counts.entry(rule.to_owned()).or_insert_with(|| (0, line, String::new()));
        entry.0 += 1;
        if entry.2.is_empty() {
            let words = squeeze(&self.xml.all_text(node));
            entry.2 = if words.is_empty() {
                crate::base::text::head(self.xml.markup(node), 60).0.to_owned()
            } else {
                crate::base::text::head(&words, 60).0.to_owned()
            };
        }
    }

    fn guess(&mut self, rule: &str, node: NodeId, text: &str) {
        self.report.say(Sort::Guess, rule, self.file, self.xml.line(node), text);
    }

    fn changed(&mut self, rule: &str, node: NodeId, text: &str) {
        self.report.say(Sort::Changed, rule, self.file, self.xml.line(node), text);
    }

    /// The id that an attribute such as `#p_SM1` points to.
    fn target(&self, value: &str) -> Option<NodeId> {
        self.ids.get(value.strip_prefix('#')?).copied()
    }
}
