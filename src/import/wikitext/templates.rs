//! Templates and tags in wikitext: headers by the names of their parameters, typography by name, the rest set aside.

use super::{Reading, seen};
use crate::formats::mediawiki::{Wiki, attribute, words};
use crate::import::page::builder::{Builder, Wrap};
use crate::import::page::labels::{self, Label};
use crate::import::page::{Labelled, Piece, header};
use crate::import::report::Sort;
use crate::import::text::{Block, BlockKind, Inline};

/// Templates that stand for their first value.
const PLAIN: [&str; 26] = [
    "smallcaps",
    "sc",
    "small-caps",
    "nowrap",
    "nobr",
    "larger",
    "smaller",
    "x-larger",
    "xx-larger",
    "small",
    "big",
    "uc",
    "lang",
    "langi",
    "center",
    "c",
    "right",
    "left",
    "block center",
    "fine block",
    "larger block",
    "indent",
    "hanging indent",
    "sp",
    "tooltip",
    "abbr",
];

/// Templates without words.
const EMPTY: [&str; 20] = [
    "gap",
    "dhr",
    "nbsp",
    "rule",
    "clear",
    "-",
    "toc",
    "notoc",
    "default layout",
    "nop",
    "reflist",
    "references",
    "notelist",
    "smallrefs",
    "примечания",
    "spaces",
    "em",
    "custom rule",
    "wikipedia",
    "pd-old",
];

/// Parameters of header templates that only lead to other pages.
const WAYS: [&str; 11] =
    ["previous", "next", "предыдущий", "следующий", "portal", "wikipedia", "related_author", "section", "defaultsort", "качество", "вики"];

/// Whether a template prints the list of notes.
pub fn is_reference_list(name: &str) -> bool {
    matches!(name.to_lowercase().as_str(), "reflist" | "references" | "notelist" | "smallrefs" | "примечания")
}

/// The label of the `count`th note of a group.
pub fn label(group: &str, count: usize) -> String {
    let lower = group.to_lowercase();
    match lower.as_str() {
        "" | "ed" | "editor" | "редактор" => count.to_string(),
        "author" | "автор" => format!("author:{count}"),
        "tr" | "translator" | "переводчик" => format!("tr:{count}"),
        "text" | "textual" => format!("text:{count}"),
        "lower-alpha" | "upper-alpha" => {
            let letter = char::from(b'a' + u8::try_from((count - 1) % 26).unwrap_or(0));
            format!("text:{letter}")
        }
        // A group named by a sign is marked with it: *, **.
        _ if crate::base::slug::slug(group).is_empty() => group.repeat(count),
        _ => format!("{}-{count}", crate::base::slug::slug(group)),
    }
}

impl Reading<'_> {
    pub(super) fn template(&mut self, name: &str, parameters: &[(Option<String>, Vec<Wiki>)], source: &str, builder: &mut Builder) {
        let lower = name.trim().to_lowercase().replace('_', " ");
        if self.header_template(parameters, builder) {
            return;
        }
        let unnamed: Vec<&Vec<Wiki>> = parameters.iter().filter(|(name, _)| name.is_none()).map(|(_, value)| value).collect();
        if is_reference_list(&lower) {
            builder.end();
            return;
        }
        if EMPTY.contains(&lower.as_str()) {
            self.left(parameters, "a template of typography", source);
            builder.text(" ");
            return;
        }
        match (lower.as_str(), unnamed.as_slice()) {
            ("sic" | "sic!" | "опечатка" | "опечатка2", [words, rest @ ..]) => {
                self.sic(words, rest.first().copied(), builder)
            }
            ("pb" | "page" | "page break" | "pagenum" | "стр", [number, ..]) => {
                let number = words(number).trim().to_owned();
                self.ledger.form(&number);
                builder.push(Inline::annotated(format!("page:{number}"), Vec::new()));
            }
            ("quote" | "cquote" | "bquote" | "blockquote" | "цитата" | "начало цитаты", [quoted, rest @ ..]) => {
                builder.end();
                let mut blocks = self.apart(quoted);
                for from in rest.iter().filter(|from| !words(from).trim().is_empty()) {
                    blocks.extend(self.apart(from));
                }
                builder.block(BlockKind::Quote(blocks));
            }
            ("efn" | "refn" | "note label" | "footnote" | "сноска" | "примечание", [note, ..]) => {
                self.note_template(parameters, note, builder);
            }
            // An old way of notes: {{ref|1}} in the text, {{note|1}} before the note.
            ("ref" | "note", [mark, ..]) if words(mark).trim().chars().count() <= 3 => {
                if lower == "note" {
                    builder.end();
                }
                self.ledger.enter("[]");
                builder.text(&format!("[{}] ", words(mark).trim()));
                self.ledger.form(&parameters[1..].iter().map(|(_, value)| seen(value)).collect::<String>());
            }
            ("razr" | "razr2" | "разрядка" | "emphasis", [words]) => {
                builder.open(Wrap::Emphasis);
                words.iter().for_each(|piece| self.piece(piece, builder));
                builder.close(|wrap| *wrap == Wrap::Emphasis);
            }
            ("lang" | "langi" | "abbr" | "tooltip", [tag, words, ..]) => {
                self.ledger.form(&seen(tag));
                words.iter().for_each(|piece| self.piece(piece, builder));
            }
            ("right" | "left" | "center" | "c" | "block center" | "fine block" | "larger block", [words, ..]) => {
                builder.end();
                words.iter().for_each(|piece| self.piece(piece, builder));
                builder.end();
            }
            (name, [words]) if PLAIN.contains(&name) => words.iter().for_each(|piece| self.piece(piece, builder)),
            (_, [words]) if parameters.len() == 1 => {
                self.report.say(Sort::NotUnderstood, "a template is not known; its words stand", self.file, self.line, source);
                self.page.aside.push(("a template whose words stand in the text", self.line, source.to_owned()));
                words.iter().for_each(|piece| self.piece(piece, builder));
            }
            (_, values) if values.iter().any(|value| words(value).split_whitespace().count() >= 3) => {
                self.sentences(parameters, source, builder);
            }
            _ => self.left(parameters, "a template that is not known", source),
        }
    }

    /// `{{efn|A note.|name=a|group=b}}`: a note by a template.
    fn note_template(&mut self, parameters: &[(Option<String>, Vec<Wiki>)], note: &[Wiki], builder: &mut Builder) {
        let named = |wanted: &str| parameters.iter().find(|(name, _)| name.as_deref() == Some(wanted)).map(|(_, value)| words(value));
        let group = named("group").map(|group| group.trim().to_owned()).filter(|group| !group.is_empty());
        let reference = Wiki::Ref { name: named("name").map(|name| name.trim().to_owned()), group, note: note.to_vec() };
        self.ledger.form(&parameters.iter().filter(|(name, _)| name.is_some()).map(|(_, value)| seen(value)).collect::<String>());
        if let Some(label) = self.note(&reference) {
            builder.push(Inline::Note(label));
        }
    }

    /// A template that is not known and holds sentences: they are text, whatever it does with them; values by name are not.
    fn sentences(&mut self, parameters: &[(Option<String>, Vec<Wiki>)], source: &str, builder: &mut Builder) {
        self.report.say(Sort::NotUnderstood, "a template is not known; its words stand", self.file, self.line, source);
        self.page.aside.push(("a template whose words stand in the text", self.line, source.to_owned()));
        let named: String = parameters.iter().filter(|(name, _)| name.is_some()).map(|(_, value)| seen(value)).collect();
        self.ledger.aside(&named);
        for (_, value) in parameters.iter().filter(|(name, _)| name.is_none()) {
            value.iter().for_each(|piece| self.piece(piece, builder));
            builder.text(" ");
        }
    }

    fn left(&mut self, parameters: &[(Option<String>, Vec<Wiki>)], rule: &'static str, source: &str) {
        let inner: String = parameters.iter().map(|(_, value)| seen(value)).collect();
        self.ledger.aside(&inner);
        self.page.aside.push((rule, self.line, source.to_owned()));
    }

    /// `{{sic|their -agreement|their agreement}}`: what stands there, and what is meant.
    fn sic(&mut self, stands: &[Wiki], meant: Option<&Vec<Wiki>>, builder: &mut Builder) {
        match meant {
            Some(meant) => {
                let was = words(stands);
                builder.open(Wrap::Annotated(format!("sic:{}", was.trim()), String::new()));
                meant.iter().for_each(|piece| self.piece(piece, builder));
                builder.close(|wrap| matches!(wrap, Wrap::Annotated(..)));
            }
            None => stands.iter().for_each(|piece| self.piece(piece, builder)),
        }
    }

    /// A template of which two parameters or more are labels of a header.
    fn header_template(&mut self, parameters: &[(Option<String>, Vec<Wiki>)], builder: &mut Builder) -> bool {
        let meaning = |name: &str| match name.to_lowercase().as_str() {
            "title" | "название" | "заглавие" => Some(None),
            "year" | "год" => Some(Some(Label::Written)),
            "notes" | "примечание" | "другое" => Some(Some(Label::Other)),
            other => labels::named(other).map(Some),
        };
        let known = parameters.iter().filter(|(name, _)| name.as_deref().is_some_and(|name| meaning(name).is_some())).count();
        if known < 2 || !builder.pieces.is_empty() && builder.pieces.len() > 3 {
            return false;
        }
        let date = parameters.iter().any(|(name, value)| {
            name.as_deref().is_some_and(|name| matches!(labels::named(name), Some(Label::Written))) && !words(value).trim().is_empty()
        });
        for (name, value) in parameters {
            let shown = seen(value).trim().to_owned();
            if shown.is_empty() {
                continue;
            }
            let name = name.as_deref().unwrap_or_default();
            match meaning(name) {
                Some(None) if self.page.title.is_none() => self.page.title = Some((self.line, crate::base::text::squeeze(&shown))),
                // A year says less than the day beside it.
                Some(Some(label)) if label != Label::Other && !(name.eq_ignore_ascii_case("year") || name == "год") || !date => {
                    self.page.labels.push(Labelled {
                        label,
                        printed: String::new(),
                        value: sentence(label, name, &shown),
                        href: None,
                        line: self.line,
                    });
                }
                _ => {
                    let rule = if WAYS.contains(&name.to_lowercase().as_str()) {
                        "navigation of the site"
                    } else {
                        "a parameter of the header has no field"
                    };
                    self.ledger.aside(&shown);
                    self.page.aside.push((rule, self.line, format!("{name} = {shown}")));
                }
            }
        }
        true
    }

    pub(super) fn open(&mut self, name: &str, source: &str, builder: &mut Builder) {
        match name {
            "br" => builder.line_end(),
            "i" | "em" | "cite" => builder.open(Wrap::Emphasis),
            "b" | "strong" => builder.open(Wrap::Strong),
            "s" | "del" | "strike" => builder.open(Wrap::Deleted),
            "p" | "div" | "center" => {
                builder.end();
                builder.part = attribute(source, "class").and_then(|class| header::part_of_class(&class));
            }
            "hr" => builder.end(),
            "blockquote" => {
                builder.end();
                let open = builder.pieces.iter().filter(|piece| piece.block.id.as_deref() == Some(OPEN)).count();
                if open >= DEEPEST {
                    *self.marks.entry(name.to_owned()).or_default() += 1;
                    return;
                }
                builder.pieces.push(Piece { line: 0, block: Block::new(BlockKind::Quote(Vec::new())).named(OPEN) });
            }
            "span" | "small" | "big" | "font" | "abbr" | "nowiki" => {}
            other => *self.marks.entry(other.to_owned()).or_default() += 1,
        }
    }

    pub(super) fn close(&mut self, name: &str, builder: &mut Builder) {
        match name {
            "i" | "em" | "cite" => builder.close(|wrap| *wrap == Wrap::Emphasis),
            "b" | "strong" => builder.close(|wrap| *wrap == Wrap::Strong),
            "s" | "del" | "strike" => builder.close(|wrap| *wrap == Wrap::Deleted),
            "p" | "div" | "center" => builder.end(),
            "blockquote" => {
                builder.end();
                close_quote(builder);
            }
            _ => {}
        }
    }

    /// Closes quotations whose end is missing.
    pub(super) fn close_quotes(&mut self, builder: &mut Builder) {
        builder.end();
        while close_quote(builder) {
            self.report.say(Sort::Broken, "a quotation is not closed", self.file, 0, "it ends with the text");
        }
    }
}

/// Deepest nesting of quotations.
const DEEPEST: usize = 12;

/// Id of a quotation that is still open.
const OPEN: &str = "\u{0}open";

fn close_quote(builder: &mut Builder) -> bool {
    let Some(at) = builder.pieces.iter().rposition(|piece| piece.block.id.as_deref() == Some(OPEN)) else { return false };
    let inner: Vec<Block> = builder.pieces.drain(at + 1..).map(|piece| piece.block).collect();
    builder.pieces[at].block = Block::new(BlockKind::Quote(inner));
    true
}

/// A value as the sentence that its label would make.
fn sentence(label: Label, name: &str, value: &str) -> String {
    if label != Label::SourceNote || crate::formats::source_note::begins_source_note(value) {
        return value.to_owned();
    }
    let name = name.replace('_', " ").to_lowercase();
    let mut letters = name.chars();
    let head: String = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    format!("{head} {value}")
}
