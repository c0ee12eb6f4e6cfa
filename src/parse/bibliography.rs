//! The bibliography: Hayagriva YAML (its `docs/file-format.md`), BibLaTeX and CSL-JSON, in one or several files, as entries by key.
//!
//! Nothing typed is dropped: a field with no place of its own in an entry stays under its name in `more`.

mod names;

use super::date::DateContext;
use super::fields::{Fields, Reader, items};
use super::yaml::{self, Node, NodeKind};
use crate::base::path::ContentPath;
use crate::base::span::{Span, Spanned};
use crate::diag::{Checked, Code, Diagnostic, Label};
use crate::formats::{Record, bibtex, csl_json};
use crate::model::entry::{Entry, Name};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;

/// Fields that have a place in an entry; `translator`, `original-title`, `short-title` and `pages` are our own.
pub const FIELDS: [&str; 24] = [
    "type",
    "title",
    "author",
    "date",
    "parent",
    "editor",
    "affiliated",
    "publisher",
    "location",
    "issue",
    "volume",
    "edition",
    "page-range",
    "url",
    "serial-number",
    "language",
    "note",
    "doi",
    "isbn",
    "issn",
    "translator",
    "original-title",
    "short-title",
    "pages",
];

/// Fields of Hayagriva that are kept under their names.
pub const KEPT: [&str; 15] = [
    "organization",
    "volume-total",
    "chapter",
    "page-total",
    "time-range",
    "runtime",
    "archive",
    "archive-location",
    "call-number",
    "abstract",
    "annote",
    "genre",
    "rights",
    "keywords",
    "original-language",
];

/// Kinds of works as Hayagriva names them, and the kind of the work that holds one when it does not say.
const KINDS: [(&str, &str); 30] = [
    ("article", "periodical"),
    ("chapter", "book"),
    ("entry", "reference"),
    ("anthos", "anthology"),
    ("report", "misc"),
    ("thesis", "misc"),
    ("web", "web"),
    ("scene", "video"),
    ("artwork", "exhibition"),
    ("patent", "misc"),
    ("case", "misc"),
    ("newspaper", "misc"),
    ("legislation", "anthology"),
    ("manuscript", "misc"),
    ("original", "misc"),
    ("post", "post"),
    ("misc", "misc"),
    ("performance", "misc"),
    ("periodical", "misc"),
    ("proceedings", "misc"),
    ("book", "misc"),
    ("blog", "misc"),
    ("reference", "misc"),
    ("conference", "misc"),
    ("anthology", "misc"),
    ("repository", "misc"),
    ("thread", "misc"),
    ("video", "video"),
    ("audio", "audio"),
    ("exhibition", "misc"),
];

/// Endings of other programs' libraries, and what they are.
const FOREIGN: [(&str, &str); 9] = [
    ("ris", "RIS"),
    ("enl", "a library of EndNote"),
    ("enlx", "a library of EndNote"),
    ("enw", "a citation of EndNote"),
    ("rdf", "RDF"),
    ("xml", "XML"),
    ("nbib", "a list of PubMed"),
    ("csv", "a table"),
    ("sqlite", "the database of Zotero"),
];

/// A file of a format that is not read: what it is, and which it may be instead.
fn foreign(file: &ContentPath, name: &str) -> Option<Diagnostic> {
    let (stem, ending) = name.rsplit('/').next().unwrap_or_default().rsplit_once('.')?;
    if matches!(ending, "yaml" | "yml" | "bib" | "json") || stem.starts_with("readme") {
        return None;
    }
    let what = FOREIGN.iter().find(|(known, _)| *known == ending).map_or("no format of bibliographies", |(_, what)| what);
    let help = match stem.rsplit_once('.') {
        Some((_, "yaml" | "yml" | "bib" | "json")) => format!("take `.{ending}` from its name"),
        _ => "export the works from your reference manager as BibLaTeX (`.bib`) or CSL-JSON (`.json`): Zotero, EndNote, Citavi, JabRef write one of them"
            .to_owned(),
    };
    Some(Diagnostic::new(Code::WrongType, format!("this file is not read: `.{ending}` is {what}"), Label::file(file)).help(help))
}

/// Reads one file by its extension.
#[must_use]
pub fn read(file: &ContentPath, text: &str, context: &DateContext) -> Checked<Vec<Entry>> {
    let name = file.as_str().to_lowercase();
    if let Some(finding) = foreign(file, &name) {
        return Checked::new(Vec::new(), vec![finding]);
    }
    let mut reader = Reader::new(file, text, context.clone());
    let entries = if name.ends_with(".bib") {
        let records = bibtex::read(file, text);
        reader.findings = records.findings;
        records.value.into_iter().map(|record| reader.take(record)).collect()
    } else if name.ends_with(".json") {
        let records = csl_json::read(file, text);
        reader.findings = records.findings;
        records.value.into_iter().map(|record| reader.take(record)).collect()
    } else {
        reader.hayagriva()
    };
    let mut entries: Vec<Entry> = entries;
    entries.iter_mut().for_each(|entry| reader.check_addresses(entry));
    Checked::new(entries, reader.findings)
}

/// Reads all files together; a key that stands twice is reported and the first kept.
#[must_use]
pub fn read_all(files: &[(&ContentPath, &str)], context: &DateContext) -> Checked<BTreeMap<String, Entry>> {
    let mut all = BTreeMap::new();
    let mut findings = Vec::new();
    for (path, text) in files {
        let file = read(path, text, context);
        findings.extend(file.findings);
        for entry in file.value {
            findings.extend(blank_key(&entry));
            match all.entry(entry.key.clone()) {
                Slot::Vacant(slot) => {
                    slot.insert(entry);
                }
                Slot::Occupied(first) => {
                    let first: &Entry = first.get();
                    let place = Label::new(&entry.file, entry.span);
                    let finding =
                        Diagnostic::new(Code::DuplicateEntry, format!("the key `{}` stands twice in the bibliography", entry.key), place)
                            .also(Label::new(&first.file, first.span).saying("first here"));
                    findings.push(finding.help("give one of the two another key"));
                }
            }
        }
    }
    Checked::new(all, findings)
}

/// A key with a blank, which no citation can name.
fn blank_key(entry: &Entry) -> Option<Diagnostic> {
    let shown = crate::base::text::head(&entry.key, 60).0;
    entry.key.contains(char::is_whitespace).then(|| {
        Diagnostic::new(Code::BadId, format!("`{shown}` is no key: it has blanks"), Label::new(&entry.file, entry.span))
            .help(format!("write `{}`", entry.key.split_whitespace().collect::<Vec<_>>().join("-")))
    })
}

impl Reader<'_> {
    /// Reads the date of an entry of another format.
    fn take(&mut self, record: Record) -> Entry {
        let mut entry = record.entry;
        if entry.title.is_empty() {
            let place = entry.span;
            self.missing(&format!("the entry `{}`", entry.key), "title", place);
        }
        if let Some(pages) = &entry.pages {
            self.check_pages(pages, entry.span);
        }
        entry.date = record.date.and_then(|date| self.date_words(&date));
        entry
    }

    fn hayagriva(&mut self) -> Vec<Entry> {
        let tree = yaml::read(self.file, self.text, Span::new(0, self.text.len()));
        self.findings.extend(tree.findings);
        let Some(fields) = tree.value.as_ref().and_then(|node| self.open_fields(node, "the bibliography")) else { return Vec::new() };
        let mut entries = Vec::new();
        for (key, node) in fields.entries() {
            let what = format!("the entry `{}`", key.text);
            let entry = self.entry(node, &what, None);
            if matches!(&node.kind, NodeKind::Map(own) if own.iter().all(|(name, _)| name.text != "title")) {
                self.missing(&what, "title", key.span);
            }
            if let Some(mut entry) = entry {
                entry.key.clone_from(&key.text);
                entry.span = key.span;
                entry.file = self.file.clone();
                entries.push(entry);
            }
        }
        entries
    }

    fn entry(&mut self, node: &Node, what: &str, holds: Option<&str>) -> Option<Entry> {
        let known = [FIELDS.as_slice(), KEPT.as_slice()].concat();
        let fields = self.fields(node, what, &known)?;
        let kind = self.kind_of_work(&fields, holds);
        let (title, short) = self.title(&fields);
        let (publisher, place) = self.publisher(&fields);
        let mut more = Vec::new();
        let mut translators = self.people(&fields, "translator");
        translators.extend(self.affiliated(&fields, &mut more));
        let url = self.url(&fields, &mut more);
        for name in KEPT {
            if name == "original-language" && self.language_of(&fields, name).is_none() {
                continue;
            }
            let value = fields.get(name).map_or(&[][..], items).iter().filter_map(|node| self.formattable(node, name)).collect::<Vec<_>>();
            if !value.is_empty() {
                more.push((name.to_owned(), value.join("; ")));
            }
        }
        let holder = KINDS.iter().find(|(name, _)| *name == kind).map_or("misc", |(_, holder)| *holder);
        let parents = fields.get("parent").map_or(&[][..], items);
        let mut parents =
            parents.iter().filter_map(|parent| self.entry(parent, "a `parent`", Some(holder))).collect::<Vec<_>>().into_iter();
        let parent = parents.next().map(Box::new);
        more.extend(parents.map(|other| ("parent".to_owned(), other.title)));
        more.extend(self.other_forms(&fields));
        let location = self.formattable_of(&fields, "location");
        let short_title = self.formattable_of(&fields, "short-title");
        let pages = self.formattable_of(&fields, "page-range");
        if let (Some(pages), Some(node)) = (&pages, fields.get("page-range")) {
            self.check_pages(pages, node.span);
        }
        // Where two fields say the same of a work, the second is kept beside the first.
        let second = [
            ("publisher-location", place.clone().filter(|_| location.is_some())),
            ("title-short", short.clone().filter(|_| short_title.is_some())),
            ("pages", self.formattable_of(&fields, "pages").filter(|_| pages.is_some())),
        ];
        more.extend(second.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
        Some(Entry {
            key: String::new(),
            kind,
            title: title.unwrap_or_default(),
            title_original: self.formattable_of(&fields, "original-title"),
            short_title: short_title.or(short),
            language: self.language_of(&fields, "language"),
            authors: self.people(&fields, "author"),
            editors: self.people(&fields, "editor"),
            translators,
            date: fields.get("date").and_then(|node| match node.kind {
                NodeKind::Map(_) => self.date(node, "date"),
                _ => self.spanned(node, "date").and_then(|words| self.date_words(&words)),
            }),
            publisher,
            location: location.or(place),
            volume: self.formattable_of(&fields, "volume"),
            edition: self.formattable_of(&fields, "edition"),
            issue: self.formattable_of(&fields, "issue"),
            pages: pages.or_else(|| self.formattable_of(&fields, "pages")),
            parent,
            url,
            serials: self.serials(&fields),
            note: self.formattable_of(&fields, "note"),
            more,
            file: ContentPath::default(),
            span: Span::default(),
        })
    }

    /// The kind in small letters; of a work that holds another, the usual one when it does not say.
    fn kind_of_work(&mut self, fields: &Fields, holds: Option<&str>) -> String {
        let Some(typed) = self.spanned_of(fields, "type") else { return holds.unwrap_or("misc").to_owned() };
        let kind = typed.value.to_lowercase();
        if !KINDS.iter().any(|(name, _)| *name == kind) {
            self.unknown_word(&typed, "type", KINDS.iter().map(|(name, _)| *name));
        }
        kind
    }

    /// Words, or a map with `value` as Hayagriva has it for texts with their own casing.
    fn formattable(&mut self, node: &Node, name: &str) -> Option<String> {
        match node.kind {
            NodeKind::Map(_) => {
                let fields =
                    self.fields(node, &format!("`{name}`"), &["value", "short", "verbatim", "sentence-case", "title-case", "translation"])?;
                self.text_of(&fields, "value").map(unbraced)
            }
            _ => self.spanned(node, name).map(|words| unbraced(words.value)),
        }
    }

    /// Translations and short forms beside a field's own words: `title: {value: …, translation: …}`. The short title has a place of its own.
    fn other_forms(&mut self, fields: &Fields) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for (key, node) in fields.entries() {
            let NodeKind::Map(forms) = &node.kind else { continue };
            for (form, words) in forms {
                let kept = form.text == "translation" || (form.text == "short" && key.text != "title");
                if let NodeKind::Scalar { text, .. } = &words.kind
                    && kept
                {
                    found.push((format!("{}-{}", key.text, form.text), text.clone()));
                }
            }
        }
        found
    }

    fn formattable_of(&mut self, fields: &Fields, name: &str) -> Option<String> {
        fields.get(name).and_then(|node| self.formattable(node, name))
    }

    fn title(&mut self, fields: &Fields) -> (Option<String>, Option<String>) {
        let short = match fields.get("title").map(|node| &node.kind) {
            Some(NodeKind::Map(entries)) => {
                entries.iter().find(|(key, _)| key.text == "short").and_then(|(_, node)| self.formattable(node, "short"))
            }
            _ => None,
        };
        (self.formattable_of(fields, "title"), short)
    }

    /// Publisher and place: a text, or `{name, location}`.
    fn publisher(&mut self, fields: &Fields) -> (Option<String>, Option<String>) {
        match fields.get("publisher") {
            Some(node) if super::fields::has_any(node, &["name", "location"]) => {
                match self.fields(node, "`publisher`", &["name", "location"]) {
                    Some(parts) => (self.formattable_of(&parts, "name"), self.formattable_of(&parts, "location")),
                    None => (None, None),
                }
            }
            _ => (self.formattable_of(fields, "publisher"), None),
        }
    }

    fn people(&mut self, fields: &Fields, name: &str) -> Vec<Name> {
        fields.get(name).map_or(&[][..], items).iter().flat_map(|node| self.persons(node, name)).collect()
    }

    /// One name, or several that were typed in one line as BibTeX and catalogues have them.
    fn persons(&mut self, node: &Node, name: &str) -> Vec<Name> {
        if matches!(node.kind, NodeKind::Map(_)) {
            return self.person(node, name).into_iter().collect();
        }
        let Some(words) = self.spanned(node, name) else { return Vec::new() };
        match names::read(&words.value) {
            names::Reading::Names(names) => names,
            names::Reading::Doubtful(parts) => {
                let listed = parts.iter().map(|part| yaml::quoted(part)).collect::<Vec<_>>().join(", ");
                let message = format!("`{name}` seems to have several names in one text");
                let finding = self.report(Code::WrongType, message, words.span);
                finding.help.push(format!("write a list: `{name}: [{listed}]`"));
                finding.help.push(format!("if it is one name, write `{name}: {{ name: {} }}`", yaml::quoted(&words.value)));
                vec![Name { family: words.value, given: None }]
            }
        }
    }

    fn person(&mut self, node: &Node, name: &str) -> Option<Name> {
        let fields = self.fields(node, &format!("a name in `{name}`"), &["name", "given-name", "prefix", "suffix", "alias"])?;
        let parts = ["prefix", "name", "suffix"].map(|part| self.text_of(&fields, part));
        if parts[1].is_none() {
            self.missing(&format!("a name in `{name}`"), "name", node.span);
            return None;
        }
        let family = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
        Some(Name { family, given: self.text_of(&fields, "given-name") })
    }

    /// Persons with a role: translators are answered, others kept by their role.
    fn affiliated(&mut self, fields: &Fields, more: &mut Vec<(String, String)>) -> Vec<Name> {
        let mut translators = Vec::new();
        for node in fields.get("affiliated").map_or(&[][..], items) {
            let Some(group) = self.fields(node, "an entry of `affiliated`", &["role", "names"]) else { continue };
            let names = self.people(&group, "names");
            match self.text_of(&group, "role").map(|role| role.to_lowercase()) {
                Some(role) if role == "translator" => translators.extend(names),
                Some(role) => more.push((role, names.iter().map(Name::straight).collect::<Vec<_>>().join("; "))),
                None if !group.has("role") => self.missing("this entry of `affiliated`", "role", node.span),
                None => {}
            }
        }
        translators
    }

    /// Takes away what is no web address, of the work and of what it is part of.
    fn check_addresses(&mut self, entry: &mut Entry) {
        let (start, text) = (entry.span.range().start, self.text);
        let whole = entry.span;
        let mut work = Some(entry);
        while let Some(entry) = work {
            if let Some(url) = entry.url.take() {
                // Values of other formats have no places of their own.
                let at = text.get(start..).and_then(|rest| rest.find(&url)).map(|at| Span::new(start + at, start + at + url.len()));
                let place = at.unwrap_or(whole);
                entry.url = match url.strip_prefix("www.") {
                    Some(_) => {
                        let finding = self.report(Code::UnknownValue, format!("`url` has no `https://`: `{url}`"), place);
                        finding.help.push(format!("write `https://{url}`"));
                        None
                    }
                    None => self.web(Spanned::new(url, place), "url"),
                };
            }
            work = entry.parent.as_deref_mut();
        }
    }

    /// An address, or `{value, date}` with the day it was seen.
    fn url(&mut self, fields: &Fields, more: &mut Vec<(String, String)>) -> Option<String> {
        let node = fields.get("url")?;
        if !matches!(node.kind, NodeKind::Map(_)) {
            return self.spanned(node, "url").map(|words| words.value);
        }
        let parts = self.fields(node, "`url`", &["value", "date"])?;
        more.extend(self.text_of(&parts, "date").map(|date| ("url-date".to_owned(), date)));
        self.text_of(&parts, "value")
    }

    /// `serial-number` as text or by name, and the numbers that stand by themselves, in the order of their names.
    fn serials(&mut self, fields: &Fields) -> Vec<(String, String)> {
        let mut serials = BTreeMap::new();
        for name in ["doi", "isbn", "issn"] {
            serials.extend(self.text_of(fields, name).map(|value| (name.to_owned(), value)));
        }
        match fields.get("serial-number") {
            Some(node) if matches!(node.kind, NodeKind::Map(_)) => {
                let Some(numbers) = self.open_fields(node, "`serial-number`") else { return Vec::new() };
                for (key, node) in numbers.entries().iter().filter(|(_, node)| node.kind != NodeKind::Null) {
                    serials.extend(self.spanned(node, &key.text).map(|value| (key.text.to_lowercase(), value.value)));
                }
            }
            Some(node) => serials.extend(self.spanned(node, "serial-number").map(|value| ("serial".to_owned(), value.value))),
            None => {}
        }
        serials.into_iter().collect()
    }

    /// A date of publication; Hayagriva's `~1976` is EDTF's `1976~`.
    fn date_words(&mut self, words: &Spanned<String>) -> Option<crate::model::date::Date> {
        let typed = words.value.strip_prefix('~').map_or_else(|| words.value.clone(), |year| format!("{year}~"));
        let reading = super::date::read(&typed, &self.dates);
        self.dated(reading, words.span, false)
    }
}

/// Without the braces that keep capitals in Hayagriva's texts, when they come in pairs.
fn unbraced(words: String) -> String {
    let mut depth = 0_i32;
    let paired = words.chars().all(|letter| {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        depth >= 0
    });
    if paired && depth == 0 && words.contains('{') { words.replace(['{', '}'], "") } else { words }
}
