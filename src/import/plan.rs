//! From imported documents to files of the edition: printed, verified, and never over what an editor has changed.
//!
//! A ledger in the edition holds the digest of each document as an import wrote it. A file with another digest was changed by an editor and
//! stays; one with that digest may be written again. Registers and the bibliography are only appended to.

use super::report::{Report, Sort};
use super::text::{Block, BlockKind, Inline};
use super::verify::{self, Verdict};
use super::{Custody, Document, Format, Imported, Original, Shelf, front, ids, markdown, read};
use crate::base::digest::Digest;
use crate::base::path::{ContentPath, percent};
use crate::base::text::is_web_address;
use crate::load::Inputs;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The ledger of imports.
pub const LEDGER: &str = "content/imported/ledger.txt";

const LEDGER_HEAD: &str = "# What `ibid import` wrote: digest and file. It tells what an editor has changed since. Do not edit.\n";

/// What to do with files that an editor has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// They stay, and the report says so.
    Keep,
    /// They are replaced.
    Overwrite,
}

/// Files to be written, in the order of their paths.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Path and contents of what is new or changed.
    pub files: BTreeMap<ContentPath, Vec<u8>>,
    /// Documents that are there with the same contents.
    pub unchanged: usize,
}

/// One import on its way into an edition: originals go in one after the other and come out as files, so that only one of them is held at a time.
#[derive(Debug)]
pub struct Planner<'a> {
    inputs: &'a Inputs,
    custody: &'a Custody,
    changed: Changed,
    /// Digest of each file as an import wrote it.
    ledger: BTreeMap<String, Digest>,
    /// Where the documents of this import will stand, by id.
    paths: BTreeMap<String, ContentPath>,
    /// For each original the ids its documents get.
    ids: Vec<VecDeque<String>>,
    /// Originals taken so far.
    taken: usize,
    /// Names of files set aside so far.
    aside: BTreeSet<String>,
    /// Documents that wait to be printed together.
    waiting: Vec<Document>,
    /// Files that wait to be written.
    ready: BTreeMap<ContentPath, Vec<u8>>,
    title: Option<String>,
    language: Option<String>,
    /// Documents written so far.
    pub written: usize,
    /// Documents that are there with the same contents.
    pub unchanged: usize,
}

struct Printed {
    path: ContentPath,
    text: String,
    verdict: Verdict,
    elsewhere: Vec<String>,
    references: usize,
}

/// Most documents printed at a time.
const BATCH: usize = 16;

impl<'a> Planner<'a> {
    /// An import that has taken nothing yet.
    #[must_use]
    pub fn new(inputs: &'a Inputs, custody: &'a Custody, changed: Changed) -> Self {
        let (ledger, paths) = (read_ledger(inputs), BTreeMap::new());
        Self {
            inputs,
            custody,
            changed,
            ledger,
            paths,
            ids: Vec::new(),
            taken: 0,
            aside: BTreeSet::new(),
            waiting: Vec::new(),
            ready: BTreeMap::new(),
            title: None,
            language: None,
            written: 0,
            unchanged: 0,
        }
    }

    /// Says which documents the next original has: id and folder of each, in order. All originals are announced before the first is taken,
    /// since a document may refer to one in a later file.
    pub fn announce(&mut self, name: &str, documents: Vec<(String, String)>, shelf: &Shelf, report: &mut Report) {
        let mut ids = VecDeque::with_capacity(documents.len());
        for (wish, folder) in documents {
            let numbers = (2..).map(|number| format!("{wish}-{number}"));
            let id = std::iter::once(wish.clone()).chain(numbers).find(|id| !self.paths.contains_key(id)).unwrap_or(wish.clone());
            if id != wish {
                report.say(Sort::Guess, "documents of two files have one id; the later got a number", name, 0, id.as_str());
            }
            self.paths.insert(id.clone(), path_of(&id, &folder, shelf));
            ids.push_back(id);
        }
        self.ids.push(ids);
    }

    /// Takes a document of the next original; several are printed and verified together. What goes wrong goes to the report.
    pub fn take(&mut self, mut document: Document, shelf: &Shelf, report: &mut Report) {
        if let Some(id) = self.ids.get_mut(self.taken).and_then(VecDeque::pop_front) {
            document.id = id;
        }
        self.waiting.push(document);
        if self.waiting.len() >= BATCH {
            self.print(shelf, report);
        }
    }

    /// Ends an original: all its documents are printed, and what belongs to none of them is set aside.
    pub fn end(&mut self, imported: Imported, shelf: &Shelf, report: &mut Report) {
        self.print(shelf, report);
        self.taken += 1;
        for (name, text) in imported.aside {
            self.set_aside(&name, text, report);
        }
        self.title = self.title.take().or(imported.title);
        self.language = self.language.take().or(imported.language);
    }

    /// Files to be written by now.
    #[must_use]
    pub fn ready(&mut self) -> BTreeMap<ContentPath, Vec<u8>> {
        std::mem::take(&mut self.ready)
    }

    fn print(&mut self, shelf: &Shelf, report: &mut Report) {
        let batch = std::mem::take(&mut self.waiting);
        let find = |id: &str| self.paths.get(id).or_else(|| shelf.document(id)).cloned();
        let printed: Vec<Printed> =
            batch.par_iter().map(|document| print(document, self.path(document, shelf), self.custody, &find)).collect();
        for (document, printed) in batch.iter().zip(printed) {
            account(document, &printed, report);
            self.decide(document, printed, shelf, report);
        }
    }

    fn path(&self, document: &Document, shelf: &Shelf) -> ContentPath {
        self.paths.get(&document.id).cloned().unwrap_or_else(|| path_of(&document.id, &document.folder, shelf))
    }

    /// A file beside the documents; two originals with one name have two.
    fn set_aside(&mut self, name: &str, text: String, report: &mut Report) {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, "txt"));
        let numbers = (2..).map(|number| format!("{stem}-{number}.{extension}"));
        let own = std::iter::once(name.to_owned()).chain(numbers).find(|own| !self.aside.contains(own)).unwrap_or_default();
        self.aside.insert(own.clone());
        let path = ContentPath::new(format!("content/imported/{own}"));
        match self.standing(&path, &text) {
            Standing::Kept(why) if self.changed == Changed::Keep => {
                report.say(Sort::Kept, &format!("{why}; `--overwrite` replaces it"), name, 0, path.as_str());
            }
            _ => self.write(path, text),
        }
    }

    fn write(&mut self, path: ContentPath, text: String) {
        let digest = Digest::of(text.as_bytes());
        self.ledger.insert(path.as_str().to_owned(), digest);
        if self.inputs.content_file(&path).is_none_or(|file| file.digest != digest) {
            self.ready.insert(path, text.into_bytes());
        }
    }

    /// The files that belong to no original: registers, bibliography, the ledger, and what every edition has.
    #[must_use]
    pub fn finish(self, shelf: &Shelf, report: &mut Report) -> BTreeMap<ContentPath, Vec<u8>> {
        let (inputs, mut files) = (self.inputs, BTreeMap::new());
        for (path, addition) in shelf.additions() {
            let before = inputs.content_file(&path).map(|file| String::from_utf8_lossy(file.bytes()).into_owned()).unwrap_or_default();
            let text = format!("{}{}{addition}", before, if before.is_empty() || before.ends_with('\n') { "" } else { "\n" });
            files.insert(path, text.trim_start_matches('\n').to_owned().into_bytes());
        }
        if !self.ledger.is_empty() {
            let lines: String = self.ledger.iter().map(|(path, digest)| format!("{digest} {path}\n")).collect();
            let (path, text) = (ContentPath::new(LEDGER), format!("{LEDGER_HEAD}{lines}"));
            if inputs.content_file(&path).is_none_or(|file| file.bytes() != text.as_bytes()) {
                files.insert(path, text.into_bytes());
            }
        }
        let edition = ContentPath::new(crate::parse::config::FILE);
        if inputs.content_file(&edition).is_none() {
            let mut fields = front::Fields::new();
            let title = self.title.as_deref().unwrap_or("Imported documents");
            fields.put("title", title);
            if let Some(short) = super::text::short_title(title) {
                report.say(
                    Sort::Guess,
                    "the edition has the beginning of its long title as short title",
                    edition.as_str(),
                    0,
                    short.as_str(),
                );
                fields.put("short_title", short);
            }
            fields.put_some("languages", self.language.as_deref());
            files.insert(edition, front::print(&fields, 0).into_bytes());
        }
        (report.figures.entities_added, report.figures.works_added) = shelf.added();
        files
    }
}

/// How a file that is to be written stands to what is there.
enum Standing {
    New,
    Same,
    /// As an earlier import wrote it.
    Older,
    Kept(&'static str),
}

fn account(document: &Document, printed: &Printed, report: &mut Report) {
    let (verdict, (file, line)) = (&printed.verdict, &document.origin);
    let figures = &mut report.figures;
    figures.documents += 1;
    figures.dated += usize::from(document.front.get("written").or_else(|| document.front.get("date")).is_some());
    figures.notes += verdict.notes;
    figures.note_references += verdict.note_references;
    figures.notes_without_reference += verdict.unused;
    figures.mentions += verdict.mentions;
    figures.references += printed.references;
    figures.references_elsewhere += printed.elsewhere.len();
    figures.characters += verdict.characters;
    figures.characters_lost += verdict.lost;
    if verdict.lost > 0 {
        let place = verdict.difference.clone().unwrap_or_default();
        report.say(Sort::Lost, "characters of the original are not in the document", file, *line, format!("`{}`: {place}", document.id));
    } else if let Some(place) = &verdict.difference {
        report.say(Sort::Changed, "words stand in another order, or were added", file, *line, format!("`{}`: {place}", document.id));
    }
    for finding in &verdict.findings {
        report.say(Sort::Changed, "the printed text gives a finding", file, *line, format!("`{}`: {finding}", document.id));
    }
    for id in printed.elsewhere.iter().filter_map(|target| target.strip_prefix("doc:")) {
        report.say(
            Sort::NotUnderstood,
            "a reference to a document that is not in the edition is words only",
            file,
            *line,
            format!("`{}`: {id}", document.id),
        );
    }
}

impl Planner<'_> {
    fn standing(&self, path: &ContentPath, text: &str) -> Standing {
        let there = self.inputs.content_file(path).map(|file| file.digest);
        match (there, self.ledger.get(path.as_str()).copied()) {
            (Some(there), _) if there == Digest::of(text.as_bytes()) => Standing::Same,
            (Some(there), Some(before)) if there == before => Standing::Older,
            (Some(_), Some(_)) => Standing::Kept("it was changed after it was imported"),
            (Some(_), None) => Standing::Kept("it was not written by an import"),
            (None, Some(_)) => Standing::Kept("it was removed after it was imported"),
            (None, None) => Standing::New,
        }
    }

    fn decide(&mut self, document: &Document, printed: Printed, shelf: &Shelf, report: &mut Report) {
        let mut standing = self.standing(&printed.path, &printed.text);
        let from_elsewhere = || {
            shelf.origin(&document.id).is_some_and(|(from, digest)| digest != document.sha256 && from != from_of(document, self.custody))
        };
        if matches!(standing, Standing::Older) && from_elsewhere() {
            standing = Standing::Kept("it was imported from another original");
        }
        let say = |sort, rule: &str, report: &mut Report| {
            report.say(sort, rule, &document.origin.0, document.origin.1, printed.path.as_str());
        };
        match standing {
            Standing::Same => {
                self.unchanged += 1;
                self.ledger.insert(printed.path.as_str().to_owned(), Digest::of(printed.text.as_bytes()));
                return;
            }
            Standing::Kept(why) if self.changed == Changed::Keep => {
                say(Sort::Kept, &format!("{why}; `--overwrite` replaces it"), report);
                return;
            }
            Standing::Kept(why) => say(Sort::Changed, &format!("{why}; it is replaced"), report),
            Standing::Older => say(Sort::Changed, "it was imported before, and is now written anew", report),
            Standing::New => {}
        }
        self.written += 1;
        self.write(printed.path, printed.text);
    }
}

fn from_of(document: &Document, custody: &Custody) -> String {
    let name = || document.origin.0.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    custody.from.clone().or_else(|| document.custody.from.clone()).unwrap_or_else(name)
}

/// Where a document stands or will stand.
fn path_of(id: &str, folder: &str, shelf: &Shelf) -> ContentPath {
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    shelf.document(id).cloned().unwrap_or_else(|| ContentPath::new(format!("content/documents/{folder}{id}.md")))
}

/// Reads all originals and says what is to be written, all at once.
#[must_use]
pub fn plan(
    format: Format,
    originals: &[Original],
    shelf: &mut Shelf,
    inputs: &Inputs,
    custody: &Custody,
    changed: Changed,
    report: &mut Report,
) -> Plan {
    let mut planner = Planner::new(inputs, custody, changed);
    for original in originals {
        planner.announce(&original.name, ids(format, original), shelf, report);
    }
    let mut files = BTreeMap::new();
    for original in originals {
        let imported = read(format, original, shelf, report, &mut |document, shelf, report| planner.take(document, shelf, report));
        planner.end(imported, shelf, report);
        files.append(&mut planner.ready());
    }
    let unchanged = planner.unchanged;
    files.extend(planner.finish(shelf, report));
    Plan { files, unchanged }
}

fn read_ledger(inputs: &Inputs) -> BTreeMap<String, Digest> {
    let text = inputs.content_file(&ContentPath::new(LEDGER)).and_then(|file| std::str::from_utf8(file.bytes()).ok()).unwrap_or_default();
    let entry = |line: &str| {
        let (digest, path) = line.split_once(' ')?;
        Some((path.to_owned(), Digest::read(digest)?))
    };
    text.lines().filter_map(entry).collect()
}

fn print(document: &Document, path: ContentPath, custody: &Custody, find: &impl Fn(&str) -> Option<ContentPath>) -> Printed {
    let volume = match document.front.get("source") {
        // Only of a whole volume are the other documents here too.
        Some(front::Value::Map(source)) if !document.folder.is_empty() => source.text("work").unwrap_or_default(),
        _ => "",
    };
    let mut links = Links { from: &path, find, volume, references: 0, elsewhere: Vec::new() };
    let mut blocks = document.blocks.clone();
    links.blocks(&mut blocks);
    let mut notes = document.notes.clone();
    notes.iter_mut().for_each(|(_, blocks)| links.blocks(blocks));
    let mut fields = front::Fields::new();
    fields.put("id", document.id.as_str());
    for (name, value) in document.front.iter() {
        fields.put(name, value.clone());
    }
    let mut imported = front::Fields::new();
    let own = &document.custody;
    imported.put("from", from_of(document, custody));
    imported.put_some("url", custody.url.as_deref().or(own.url.as_deref().filter(|url| is_web_address(url))));
    imported.put_some("retrieved", custody.retrieved.as_deref().or(own.retrieved.as_deref()));
    imported.put("sha256", document.sha256.as_str());
    fields.put("imported", imported);
    let head = format!("---\n{}---\n\n", front::print(&fields, 0));
    let text = format!("{head}{}", markdown::print(&blocks, &notes));
    let (references, elsewhere) = (links.references, links.elsewhere);
    let verdict = verify::verify(document, &path, &text, head.len());
    Printed { path, text, verdict, elsewhere, references }
}

/// Turns `doc:ID` into relative paths, and counts references.
struct Links<'a, F> {
    from: &'a ContentPath,
    find: &'a F,
    /// Key of the work that the documents are printed in.
    volume: &'a str,
    references: usize,
    elsewhere: Vec<String>,
}

impl<F: Fn(&str) -> Option<ContentPath>> Links<'_, F> {
    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match &mut block.kind {
                BlockKind::Paragraph(text) | BlockKind::Heading(_, text) => self.inlines(text),
                BlockKind::Quote(blocks) => self.blocks(blocks),
                BlockKind::Bullets(items) => items.iter_mut().for_each(|item| self.blocks(item)),
                BlockKind::Numbered(_, items) => items.iter_mut().for_each(|(_, item)| self.blocks(item)),
                BlockKind::Table(_, rows) => rows.iter_mut().flatten().for_each(|cell| self.inlines(cell)),
                BlockKind::Stars | BlockKind::Code(_) => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &mut Vec<Inline>) {
        for inline in std::mem::take(inlines) {
            match inline {
                Inline::Annotated { target, title, mut words } => {
                    self.inlines(&mut words);
                    match self.target(&target) {
                        Some(target) => inlines.push(Inline::Annotated { target, title, words }),
                        None => inlines.extend(words),
                    }
                }
                Inline::Emphasis(mut inner) => {
                    self.inlines(&mut inner);
                    inlines.push(Inline::Emphasis(inner));
                }
                Inline::Strong(mut inner) => {
                    self.inlines(&mut inner);
                    inlines.push(Inline::Strong(inner));
                }
                Inline::Deleted(mut inner) => {
                    self.inlines(&mut inner);
                    inlines.push(Inline::Deleted(inner));
                }
                other => inlines.push(other),
            }
        }
    }

    fn target(&mut self, target: &str) -> Option<String> {
        if let Some(place) = target.strip_prefix("at:") {
            // A page or document of this volume is a document of this edition.
            match place.split_once('/') {
                Some((work, _)) if work == self.volume => self.references += 1,
                _ => self.elsewhere.push(target.to_owned()),
            }
        }
        let Some(rest) = target.strip_prefix("doc:") else { return Some(target.to_owned()) };
        let (id, anchor) = rest.split_once('#').map_or((rest, None), |(id, anchor)| (id, Some(anchor)));
        let Some(path) = (self.find)(id) else {
            self.elsewhere.push(target.to_owned());
            return None;
        };
        self.references += 1;
        let fragment = anchor.map_or(String::new(), |anchor| format!("#{anchor}"));
        Some(format!("{}{fragment}", relative(self.from, &path)))
    }
}

/// The path of `to` as seen from the folder of `from`.
fn relative(from: &ContentPath, to: &ContentPath) -> String {
    let folder: Vec<&str> = from.folder().split('/').filter(|part| !part.is_empty()).collect();
    let parts: Vec<&str> = to.as_str().split('/').collect();
    let same = folder.iter().zip(&parts[..parts.len() - 1]).take_while(|(a, b)| a == b).count();
    let rest: Vec<String> = parts[same..].iter().map(|part| percent(part)).collect();
    format!("{}{}", "../".repeat(folder.len() - same), rest.join("/"))
}
