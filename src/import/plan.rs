//! From imported documents to files of the edition: printed, verified, and never over what an editor has changed.
//!
//! A ledger in the edition holds the digest of each document as an import wrote it. A file with another digest was changed by an editor and
//! stays; one with that digest may be written again. Registers and the bibliography are only appended to.

use super::report::{Report, Sort};
use super::text::{Block, BlockKind, Inline};
use super::verify::{self, Verdict};
use super::{Custody, Document, Imported, Shelf, front, markdown, path_of};
use crate::base::digest::Digest;
use crate::base::path::{ContentPath, percent};
use crate::load::Inputs;
use rayon::prelude::*;
use std::collections::BTreeMap;

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

struct Printed {
    path: ContentPath,
    text: String,
    verdict: Verdict,
    elsewhere: Vec<String>,
    references: usize,
}

/// Prints and verifies the documents and says what is to be written; the figures and what went wrong go to the report.
#[must_use]
pub fn plan(imported: &Imported, shelf: &Shelf, inputs: &Inputs, custody: &Custody, changed: Changed, report: &mut Report) -> Plan {
    let mut paths: BTreeMap<&str, ContentPath> = BTreeMap::new();
    for document in &imported.documents {
        if paths.insert(&document.id, path_of(document, shelf)).is_some() {
            let text = format!("`{}`: the later one is written", document.id);
            report.say(Sort::Lost, "two documents have one id", &document.origin.0, document.origin.1, text);
        }
    }
    let find = |id: &str| paths.get(id).or_else(|| shelf.document(id)).cloned();
    let printed: Vec<Printed> =
        imported.documents.par_iter().map(|document| print(document, &paths[document.id.as_str()], custody, &find)).collect();
    for (document, printed) in imported.documents.iter().zip(&printed) {
        account(document, printed, report);
    }
    let mut plan = Plan::default();
    let mut ledger = read_ledger(inputs);
    for (document, printed) in imported.documents.iter().zip(printed) {
        decide(document, printed, inputs, changed, &mut ledger, &mut plan, report);
    }
    for (path, addition) in shelf.additions() {
        let before = inputs.content_file(&path).map(|file| String::from_utf8_lossy(file.bytes()).into_owned()).unwrap_or_default();
        let text = format!("{}{}{addition}", before, if before.is_empty() || before.ends_with('\n') { "" } else { "\n" });
        plan.files.insert(path, text.trim_start_matches('\n').to_owned().into_bytes());
    }
    for (name, text) in &imported.aside {
        put(&mut plan, inputs, ContentPath::new(format!("content/imported/{name}")), text.clone());
    }
    if !ledger.is_empty() {
        let lines: String = ledger.iter().map(|(path, digest)| format!("{digest} {path}\n")).collect();
        put(&mut plan, inputs, ContentPath::new(LEDGER), format!("{LEDGER_HEAD}{lines}"));
    }
    let edition = ContentPath::new(crate::parse::config::FILE);
    if inputs.content_file(&edition).is_none() {
        let mut fields = front::Fields::new();
        fields.put("title", imported.title.as_deref().unwrap_or("Imported documents"));
        fields.put_some("languages", imported.language.as_deref());
        plan.files.insert(edition, front::print(&fields, 0).into_bytes());
    }
    let (entities, works) = shelf.added();
    (report.figures.entities_added, report.figures.works_added) = (entities, works);
    plan
}

fn put(plan: &mut Plan, inputs: &Inputs, path: ContentPath, text: String) {
    if inputs.content_file(&path).is_none_or(|file| file.bytes() != text.as_bytes()) {
        plan.files.insert(path, text.into_bytes());
    }
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

fn decide(
    document: &Document,
    printed: Printed,
    inputs: &Inputs,
    changed: Changed,
    ledger: &mut BTreeMap<String, Digest>,
    plan: &mut Plan,
    report: &mut Report,
) {
    let digest = Digest::of(printed.text.as_bytes());
    let there = inputs.content_file(&printed.path).map(|file| file.digest);
    let before = ledger.get(printed.path.as_str()).copied();
    let kept = match (there, before) {
        (Some(there), _) if there == digest => {
            plan.unchanged += 1;
            ledger.insert(printed.path.as_str().to_owned(), digest);
            return;
        }
        (Some(there), Some(before)) if there == before => None,
        (Some(_), Some(_)) => Some("it was changed after it was imported"),
        (Some(_), None) => Some("it was not written by an import"),
        (None, Some(_)) => Some("it was removed after it was imported"),
        (None, None) => None,
    };
    match kept.filter(|_| changed == Changed::Keep) {
        Some(why) => {
            let rule = format!("{why}; `--overwrite` replaces it");
            report.say(Sort::Kept, &rule, &document.origin.0, document.origin.1, printed.path.as_str());
        }
        None => {
            ledger.insert(printed.path.as_str().to_owned(), digest);
            plan.files.insert(printed.path, printed.text.into_bytes());
        }
    }
}

fn read_ledger(inputs: &Inputs) -> BTreeMap<String, Digest> {
    let text = inputs.content_file(&ContentPath::new(LEDGER)).and_then(|file| std::str::from_utf8(file.bytes()).ok()).unwrap_or_default();
    let entry = |line: &str| {
        let (digest, path) = line.split_once(' ')?;
        Some((path.to_owned(), Digest::read(digest)?))
    };
    text.lines().filter_map(entry).collect()
}

fn print(document: &Document, path: &ContentPath, custody: &Custody, find: &impl Fn(&str) -> Option<ContentPath>) -> Printed {
    let mut links = Links { from: path, find, references: 0, elsewhere: Vec::new() };
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
    let name = || document.origin.0.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    let own = &document.custody;
    imported.put("from", custody.from.clone().or_else(|| own.from.clone()).unwrap_or_else(name));
    imported.put_some("url", custody.url.as_deref().or(own.url.as_deref()));
    imported.put_some("retrieved", custody.retrieved.as_deref().or(own.retrieved.as_deref()));
    imported.put("sha256", document.sha256.as_str());
    fields.put("imported", imported);
    let head = format!("---\n{}---\n\n", front::print(&fields, 0));
    let text = format!("{head}{}", markdown::print(&blocks, &notes));
    let (references, elsewhere) = (links.references, links.elsewhere);
    let verdict = verify::verify(document, path, &text, head.len());
    Printed { path: path.clone(), text, verdict, elsewhere, references }
}

/// Turns `doc:ID` into relative paths, and counts references.
struct Links<'a, F> {
    from: &'a ContentPath,
    find: &'a F,
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
                BlockKind::Table(rows) => rows.iter_mut().flatten().for_each(|cell| self.inlines(cell)),
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
        if target.starts_with("at:") {
            self.elsewhere.push(target.to_owned());
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
