//! The fields above a document's text: found between two lines `---`, read field by field.
//!
//! All slips of a file are reported in one run. A field that cannot be read is left out, never guessed; an unknown field is an error.

use super::date::{DateContext, Language};
use super::fields::{Fields, Reader, items};
use super::shapes;
use super::source_fields;
use super::yaml::{self, Node};
use crate::base::path::ContentPath;
use crate::base::slug;
use crate::base::span::{Span, Spanned};
use crate::diag::{Checked, Code, Diagnostic, Label};
use crate::model::document::{DocumentId, Embedded, Event, FrontMatter, Relation, Status};

/// Fields of a document, in the order of the manual.
pub const DOCUMENT: [&str; 38] = [
    "id",
    "aliases",
    "kind",
    "title",
    "short_title",
    "subtitle",
    "title_origin",
    "author",
    "to",
    "date",
    "written",
    "sent",
    "received",
    "first_published",
    "copy_text",
    "source",
    "also_in",
    "archive",
    "language",
    "translation",
    "responsibility",
    "rights",
    "status",
    "abstract",
    "keywords",
    "mentions",
    "replies_to",
    "answered_by",
    "encloses",
    "enclosed_in",
    "see_also",
    "contains",
    "facsimile",
    "calendar",
    "note_kind",
    "errata",
    "imported",
    "order",
];

/// Fields of a page about the edition.
pub const PAGE: [&str; 10] = ["id", "aliases", "title", "short_title", "subtitle", "menu", "order", "language", "abstract", "note_kind"];

/// Where the fields and the text of a file stand.
enum Layout {
    /// Fields between two lines `---`; the text begins at the byte.
    Fields(Span, usize),
    /// The first line is not `---`.
    Missing,
    /// There is no second line `---`; the span is that of the first.
    Unclosed(Span),
}

/// Reads the front matter of a document or page, and the byte where its text begins. What cannot be read is reported and left out.
#[must_use]
pub fn read(file: &ContentPath, text: &str, context: &DateContext) -> Checked<(FrontMatter, usize)> {
    let page = file.as_str().starts_with("content/pages/");
    let what = if page { "this page" } else { "this document" };
    match layout(text) {
        Layout::Fields(span, body) => {
            let tree = yaml::read(file, text, span);
            let mut reader = Reader::new(file, text, context.clone());
            reader.findings = tree.findings;
            let unread = tree.value.is_none() && !reader.findings.is_empty();
            let known: &[&str] = if page { &PAGE } else { &DOCUMENT };
            let fields = tree.value.as_ref().and_then(|node| reader.fields(node, what, known));
            let mut front = reader.front_matter(&fields.unwrap_or(Fields::NONE), span);
            if !unread && !fields.is_some_and(|fields| fields.has("title")) {
                reader.missing(what, "title", Span::new(span.start as usize, span.start as usize));
            }
            front.title.value = crate::base::text::squeeze(&front.title.value);
            reader.findings.extend(second_block(file, text, body, known));
            Checked::new((front, body), reader.findings)
        }
        Layout::Missing => {
            let finding = no_front_matter(file, text, what);
            let front = FrontMatter { id: own_id(file), ..FrontMatter::default() };
            Checked::new((front, 0), vec![finding])
        }
        Layout::Unclosed(opening) => {
            let finding = unclosed(file, text, opening);
            // The fields up to the first empty line tell others the document's id and title; their findings would only repeat this one.
            let start = opening.end as usize;
            let end = ["\n\n", "\r\n\r\n"].iter().filter_map(|gap| text[start..].find(gap)).min().map_or(text.len(), |at| start + at);
            let whole = !text[end..].lines().any(|line| line.split_once(": ").is_some_and(|(name, _)| DOCUMENT.contains(&name)));
            let span = Span::new(start, end);
            let tree = yaml::read(file, text, span);
            let mut reader = Reader::new(file, text, context.clone());
            let fields = tree.value.as_ref().and_then(|node| reader.fields(node, what, &DOCUMENT));
            let mut front = reader.front_matter(&fields.unwrap_or(Fields::NONE), span);
            if whole {
                return Checked::new((front, end), vec![finding]);
            }
            // Where fields and text cannot be told apart, nothing is known of blocks in the text.
            front.contains.clear();
            Checked::new((front, text.len()), vec![finding])
        }
    }
}

/// Lines of which editors make a rule: `----`, `—`, `--`.
fn is_drawn(line: &str) -> bool {
    let sign = line.trim();
    !sign.is_empty() && sign.chars().all(|letter| matches!(letter, '-' | '–' | '—' | '−' | '_' | '=' | '+' | '*' | '~'))
}

fn unclosed(file: &ContentPath, text: &str, opening: Span) -> Diagnostic {
    let finding = Diagnostic::new(Code::FrontMatterUnclosed, "the front matter opened here never ends", Label::new(file, opening));
    let mut at = opening.end as usize;
    for line in text.get(at..).unwrap_or_default().split_inclusive('\n') {
        if is_drawn(line) {
            let place = Label::new(file, Span::new(at, at + line.trim_end().len())).saying("is this meant to be its end?");
            return finding.also(place).help("type exactly three hyphens on that line, `---`, and nothing before or behind them");
        }
        at += line.len();
    }
    finding.help("type `---` on a line of its own after the last field")
}

fn no_front_matter(file: &ContentPath, text: &str, what: &str) -> Diagnostic {
    let text = text.trim_start_matches('\u{feff}');
    let first = text.lines().next().unwrap_or_default();
    let blank = text.len() - text.trim_start().len();
    let finding = |message: String| Diagnostic::new(Code::FrontMatterMissing, message, Label::new(file, Span::at(0)));
    if blank > 0 && matches!(layout(&text[blank..]), Layout::Fields(..)) {
        return finding(format!("{what} does not begin with its front matter: something stands before the first `---`"))
            .help("remove the empty lines and blanks at the beginning of the file");
    }
    let above = text.split_inclusive('\n').take_while(|line| line.trim_end() != "---").map(str::len).sum::<usize>();
    let fields = match layout(&text[above..]) {
        Layout::Fields(span, _) => text[above..].get(span.range()).unwrap_or_default(),
        _ => "",
    };
    if fields.lines().any(|line| line.split_once(':').is_some_and(|(name, _)| DOCUMENT.contains(&name))) {
        return finding(format!("{what} does not begin with its front matter: something stands before the first `---`"))
            .help("the first line of the file must be `---`: move what stands above it below the fields, or delete it");
    }
    let sign = first.trim();
    if is_drawn(sign) {
        return finding(format!("{what} has no front matter: its first line `{}` is not `---`", crate::base::text::head(sign, 20).0))
            .help("type three hyphens, `---`, on the first line and on the line after the last field");
    }
    finding(format!("{what} has no front matter"))
        .help("begin the file with a line `---`, then `title: …` and other fields, then a line `---`")
}

/// A second block of fields right below the first.
fn second_block(file: &ContentPath, text: &str, body: usize, known: &[&str]) -> Option<Diagnostic> {
    let start = body + (text.get(body..)?.len() - text[body..].trim_start().len());
    let Layout::Fields(span, _) = layout(&text[start..]) else { return None };
    let fields = text[start..].get(span.range())?;
    let named = |line: &str| line.split_once(':').is_some_and(|(name, _)| known.contains(&name));
    if !fields.lines().any(named) {
        return None;
    }
    let finding = Diagnostic::new(Code::FrontMatterTwice, "a second block of fields stands here", Label::new(file, span.shifted(start)));
    Some(finding.help("move its fields into the first block, and remove its two lines `---`"))
}

/// The byte where the text of a document begins.
#[must_use]
pub fn body_start(text: &str) -> usize {
    match layout(text) {
        Layout::Fields(_, body) => body,
        Layout::Missing => 0,
        Layout::Unclosed(_) => text.len(),
    }
}

/// Finds the two lines `---`.
fn layout(text: &str) -> Layout {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = text[start..].split_inclusive('\n');
    let first = lines.next().unwrap_or("");
    if first.trim_end() != "---" {
        return Layout::Missing;
    }
    let fields = start + first.len();
    let mut at = fields;
    for line in lines {
        if line.trim_end() == "---" {
            return Layout::Fields(Span::new(fields, at), at + line.len());
        }
        at += line.len();
    }
    Layout::Unclosed(Span::new(start, start + 3))
}

/// The id a file has by its name.
fn own_id(file: &ContentPath) -> Spanned<DocumentId> {
    Spanned::new(DocumentId(file.stem().to_owned()), Span::at(0))
}

impl Reader<'_> {
    fn front_matter(&mut self, fields: &Fields, span: Span) -> FrontMatter {
        let language = self.language_of(fields, "language");
        if let Some(language) = &language {
            self.dates.language = Language::of_tag(language);
        }
        if let Some(calendar) = self.calendar_of(fields, "calendar") {
            self.dates.calendar = calendar;
        }
        let id = self.document_id(fields);
        FrontMatter {
            span,
            aliases: self.texts_of(fields, "aliases"),
            kind: self.spanned_of(fields, "kind"),
            title: self.spanned_of(fields, "title").unwrap_or_default(),
            short_title: self.text_of(fields, "short_title"),
            subtitle: self.text_of(fields, "subtitle"),
            title_of_document: self.word_of(fields, "title_origin", &[(false, "editorial"), (true, "document")]).unwrap_or(false),
            author: self.parties_of(fields, "author"),
            to: self.parties_of(fields, "to"),
            written: self.written(fields),
            sent: self.event_of(fields, "sent"),
            received: self.event_of(fields, "received"),
            first_published: self.publications_of(fields),
            copy_text: self.copy_text_of(fields),
            stated: self.dates_of_sentences(fields),
            keyed: source_fields::keys_of_sentences(fields),
            source: self.source_of(fields, "source"),
            also_in: self.sources_of(fields, "also_in"),
            archive: self.archive_of(fields),
            language,
            translation: self.translation_of(fields),
            responsibility: self.responsibility_of(fields),
            rights: self.rights_of(fields, "rights"),
            status: self.word_of(fields, "status", &Status::ALL),
            status_span: fields.get("status").map(|node| node.span).unwrap_or_default(),
            summary: self.text_of(fields, "abstract"),
            keywords: self.keywords(fields),
            mentions: self.ids_of(fields, "mentions"),
            relations: self.relations(fields, &id.value),
            id,
            contains: fields.get("contains").map_or(&[][..], items).iter().filter_map(|node| self.embedded(node)).collect(),
            facsimile: self.facsimiles_of(fields),
            note_kind: self.spanned_of(fields, "note_kind"),
            errata: self.errata_of(fields),
            imported: self.imported_of(fields),
            order: self.number_of(fields, "order"),
            menu: self.text_of(fields, "menu"),
        }
    }

    /// The typed id, or the file's name when it has the form of one.
    fn document_id(&mut self, fields: &Fields) -> Spanned<DocumentId> {
        if let Some(id) = self.id_of(fields, "id") {
            return id.map(DocumentId);
        }
        let id = own_id(self.file);
        if !fields.has("id") && !slug::is_id(&id.value.0) {
            let better = shapes::meant_id(&id.value.0);
            let twice = id.value.0.strip_suffix(".md").filter(|stem| slug::is_id(stem));
            let mut finding = Diagnostic::new(Code::BadId, format!("the file's name `{}` is no id", id.value), Label::file(self.file));
            finding = match twice {
                Some(stem) => finding.help(format!("rename the file to `{stem}.md`, with one `.md`")),
                None if better.is_empty() => finding,
                None => finding.help(format!("add `id: {better}`, or rename the file")),
            };
            self.findings.push(finding);
        }
        id
    }

    /// `written`, or `date`, which is short for it.
    fn written(&mut self, fields: &Fields) -> Option<Event> {
        if let (Some(short), Some(long), Some(_)) = (fields.key("date"), fields.key("written"), fields.get("written")) {
            let other = self.label(long.span).saying("the same field");
            let finding = self.report(Code::DuplicateKey, "`date` is short for `written`, and both stand here", short.span);
            finding.others.push(other);
            finding.help.push("keep one of the two".into());
        }
        self.event_of(fields, "written").or_else(|| self.event_of(fields, "date"))
    }

    /// The field `keywords`.
    fn keywords(&mut self, fields: &Fields) -> Vec<String> {
        if let Some(node) = fields.get("keywords") {
            self.joined(node, "keywords");
        }
        self.texts_of(fields, "keywords").into_iter().map(|word| word.value).collect()
    }

    /// The documents this one (`own`) belongs with; it cannot be one of them itself.
    fn relations(&mut self, fields: &Fields, own: &DocumentId) -> Vec<(Relation, Spanned<DocumentId>)> {
        let mut relations = Vec::new();
        for (relation, name) in Relation::ALL {
            for id in self.ids_of(fields, name) {
                if id.value == own.0 {
                    let message = format!("`{name}` names the document itself");
                    self.report(Code::UnknownDocument, message, id.span).help.push("type the id of the other document".into());
                } else {
                    relations.push((relation, id.map(DocumentId)));
                }
            }
        }
        relations
    }

    fn embedded(&mut self, node: &Node) -> Option<Embedded> {
        let known = ["id", "kind", "state", "author", "to", "date", "title"];
        let fields = self.fields(node, "an entry of `contains`", &known)?;
        if !fields.has("id") {
            self.missing("this entry of `contains`", "id", node.span);
        }
        let id = self.id_of(&fields, "id");
        let embedded = Embedded {
            id: id.clone().unwrap_or_default(),
            kind: self.text_of(&fields, "kind"),
            state: self.text_of(&fields, "state"),
            author: self.parties_of(&fields, "author"),
            to: self.parties_of(&fields, "to"),
            date: self.event_of(&fields, "date"),
            title: self.text_of(&fields, "title"),
        };
        id.map(|_| embedded)
    }
}
