//! Attribute lines `{.dateline #id lang=ru}`: the part a paragraph or block plays, its id and its language.
//!
//! Only braces that begin with `.`, `#` or `lang=` are attributes, so `{{ x }}` and `{% x %}` stay text.

use super::markdown::{Event, EventKind, Tag};
use crate::base::path::ContentPath;
use crate::base::slug::is_id;
use crate::base::span::{Span, Spanned};
use crate::base::suggest::nearest;
use crate::diag::{Code, Diagnostic, Label};
use crate::model::block::Part;

/// What an attribute line says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    /// `.dateline`
    pub part: Option<Part>,
    /// `#draft-telegram`
    pub id: Option<Spanned<String>>,
    /// `lang=ru`
    pub language: Option<String>,
    /// The braces.
    pub span: Span,
}

impl Attributes {
    /// These, with the gaps filled from `other`.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            part: self.part.or(other.part),
            id: self.id.or(other.id),
            language: self.language.or(other.language),
            span: if self.span == Span::default() { other.span } else { self.span },
        }
    }
}

/// Whether `typed` is a line of attributes, be they known or not.
#[must_use]
pub fn has_form(typed: &str) -> bool {
    let Some(inside) = typed.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else { return false };
    let begins = |word: &str| word.is_empty() || word.starts_with(['.', '#']) || word.starts_with("lang=");
    !inside.trim().is_empty() && !inside.contains(['{', '}', '\n']) && inside.split([' ', '\t']).all(begins)
}

/// Reads the whole of `typed`, which stands at byte `at`; `None` when it is not an attribute line.
#[must_use]
pub fn read(typed: &str, at: usize, file: &ContentPath) -> Option<(Attributes, Vec<Diagnostic>)> {
    let inside = typed.strip_prefix('{')?.strip_suffix('}').filter(|_| has_form(typed))?;
    let mut attributes = Attributes { span: Span::new(at, at + typed.len()), ..Attributes::default() };
    let mut findings = Vec::new();
    let mut offset = at + 1;
    for word in inside.split([' ', '\t']) {
        let span = Span::new(offset, offset + word.len());
        offset += word.len() + 1;
        if let Some(name) = word.strip_prefix('.') {
            match Part::read(name) {
                Some(part) => attributes.part = Some(part),
                None => findings.push(unknown_part(name, file, span)),
            }
        } else if let Some(id) = word.strip_prefix('#') {
            let numbered = id.strip_prefix('p').is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()));
            if numbered || !is_id(id) {
                findings.push(bad_id(id, numbered, file, span));
            }
            attributes.id = Some(Spanned::new(id.to_owned(), span));
        } else if let Some(language) = word.strip_prefix("lang=") {
            attributes.language = Some(language.trim_matches('"').to_owned()).filter(|language| !language.is_empty());
        }
    }
    Some((attributes, findings))
}

fn unknown_part(name: &str, file: &ContentPath, span: Span) -> Diagnostic {
    let names = Part::ALL.map(|(_, name)| name);
    let finding = Diagnostic::new(Code::UnknownPart, format!("there is no part `{name}`"), Label::new(file, span));
    match nearest(name, names) {
        Some(near) => finding.help(format!("type `.{near}`")),
        None => finding.help(format!("type one of {}", names.map(|name| format!("`.{name}`")).join(", "))),
    }
}

fn bad_id(id: &str, numbered: bool, file: &ContentPath, span: Span) -> Diagnostic {
    if numbered {
        Diagnostic::new(Code::BadId, format!("`{id}` is the address of a numbered paragraph"), Label::new(file, span))
            .help("choose an id that is not `p` and a number")
    } else {
        let finding = Diagnostic::new(Code::BadId, format!("`{id}` cannot be an id"), Label::new(file, span));
        match crate::base::slug::slug(id) {
            slug if slug.is_empty() => finding.help("use small letters a–z, digits and hyphens"),
            slug => finding.help(format!("type `#{slug}`")),
        }
    }
}

/// The attributes at the end of a line of text.
#[derive(Clone, Debug)]
pub struct Found {
    /// What they say.
    pub attributes: Attributes,
    /// What is wrong with them.
    pub findings: Vec<Diagnostic>,
    /// Index of the first event that belongs to them; the text ends before it.
    pub cut: usize,
    /// Nothing stands before them.
    pub alone: bool,
}

/// Attributes on the last line of the run of inline events `from..end`.
#[must_use]
pub fn last_line(events: &[Event], from: usize, end: usize, text: &str, file: &ContentPath) -> Option<Found> {
    let last = events.get(from..end)?.last()?;
    if !matches!(&last.kind, EventKind::Text(typed) if typed.trim_end().ends_with('}')) {
        return None;
    }
    let mut cut = end;
    let mut begin = last.span.start;
    while cut > from {
        match &events[cut - 1].kind {
            EventKind::Text(_) => begin = events[cut - 1].span.start,
            EventKind::SoftBreak | EventKind::HardBreak => break,
            // A paragraph may end with a link or an emphasis, but an attribute line holds none.
            _ => return None,
        }
        cut -= 1;
    }
    let line = Span { start: begin, end: last.span.end };
    let typed = text.get(line.range())?;
    let (attributes, findings) = read(typed.trim_end(), line.start as usize, file)?;
    let alone = cut == from;
    Some(Found { attributes, findings, cut: if alone { from } else { cut - 1 }, alone })
}

/// Attributes at the end of a heading's own line: the braces in its last text.
#[must_use]
pub fn in_heading(last: &Event, text: &str, file: &ContentPath) -> Option<(usize, Attributes, Vec<Diagnostic>)> {
    let EventKind::Text(words) = &last.kind else { return None };
    let typed = text.get(last.span.range()).filter(|typed| typed == words)?;
    let open = typed.rfind('{')?;
    let (attributes, findings) = read(typed[open..].trim_end(), last.span.start as usize + open, file)?;
    Some((typed[..open].trim_end().len(), attributes, findings))
}

/// How many of the quotations and items around a line its own beginning names: `> ` for each quotation, blanks for each item.
/// A lazy attribute line after a quotation names fewer, and so belongs to the quotation.
#[must_use]
pub fn containers_named(text: &str, at: usize, around: &[&Tag]) -> usize {
    let begin = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let mut line = text.get(begin..at).unwrap_or_default();
    for (count, container) in around.iter().enumerate() {
        let trimmed = line.trim_start_matches([' ', '\t']);
        match container {
            Tag::Quote => match trimmed.strip_prefix('>') {
                Some(rest) => line = rest.strip_prefix(' ').unwrap_or(rest),
                None => return count,
            },
            Tag::Item => {
                let blanks = line.len() - trimmed.len();
                // The first line of an item has its marker here.
                if trimmed.starts_with(|letter: char| !letter.is_whitespace() && letter != '>') {
                    return around.len();
                }
                if blanks < 2 {
                    return count;
                }
                line = &line[2..];
            }
            _ => {}
        }
    }
    around.len()
}
