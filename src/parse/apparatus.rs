//! Findings on notes and their marks that do not find each other, each with the place in the text that was probably meant.

use crate::base::path::ContentPath;
use crate::base::span::Span;
use crate::base::suggest::nearest;
use crate::diag::{Code, Diagnostic, Label};
use crate::model::note::NoteRef;
use std::collections::BTreeMap;

/// Most findings for which the text is searched: a file with more of them has one fault.
const SEARCHED: usize = 20;
/// Most other marks of one note that are shown.
const SHOWN: usize = 3;

/// Reports marks whose notes are not written: once for each note. `labels` are those of the notes there are; those are given back that are likely
/// meant by such a mark.
pub(super) fn undefined(refs: &[NoteRef], labels: &[&str], file: &ContentPath, text: &str, findings: &mut Vec<Diagnostic>) -> Vec<String> {
    let mut meant = Vec::new();
    let mut wanted: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for reference in refs.iter().filter(|reference| reference.note.is_none()) {
        wanted.entry(&reference.label.value.0).or_default().push(reference.label.span);
    }
    for (count, (label, mut places)) in wanted.into_iter().enumerate() {
        places.sort();
        let begins = places.iter().position(|place| begins_line(text, *place));
        let loose = if count < SEARCHED && begins.is_none() { without_caret(text, label) } else { None };
        let primary = places.remove(begins.filter(|_| places.len() > 1).unwrap_or(0));
        let mut finding = Diagnostic::new(Code::UndefinedNote, format!("the note `{label}` is not written"), Label::new(file, primary));
        if begins.is_some() && begins_line(text, primary) {
            let after = text.get(primary.end as usize + 1..).unwrap_or_default();
            let blank = after.trim_start_matches([' ', '\t']).starts_with(':');
            finding.message = format!("the line that begins with `[^{label}]` is not read as a note");
            finding.help.push(match blank {
                true => format!("remove the blank before the colon: `[^{label}]: text of the note`"),
                false => format!("if it is the note, type a colon behind the bracket: `[^{label}]: text of the note`"),
            });
        } else if let Some(place) = loose {
            finding = finding.also(Label::new(file, place).saying("is this the note?"));
            finding.help.push(format!("type `^` behind the bracket there: `[^{label}]: text of the note`"));
        } else {
            finding.help.push(format!("add a line `[^{label}]: text of the note`"));
            let near = nearest(label, labels.iter().copied()).or_else(|| of_other_kind(label, labels));
            finding.help.extend(near.map(|near| format!("type `[^{near}]`, if that note is meant")));
            meant.extend(near.map(str::to_owned));
        }
        let others = places.iter().take(SHOWN).map(|place| Label::new(file, *place).saying("its mark"));
        finding.others.extend(others);
        findings.push(finding);
    }
    meant
}

/// `edition:a` and `editor:a`: one name in another series.
fn of_other_kind<'l>(label: &str, labels: &[&'l str]) -> Option<&'l str> {
    let name = |label: &str| label.rsplit(':').next().unwrap_or_default().to_owned();
    labels.iter().copied().find(|other| (other.contains(':') || label.contains(':')) && name(other) == name(label))
}

/// Whether the mark whose label stands at `place` begins its line.
fn begins_line(text: &str, place: Span) -> bool {
    let before = text.get(..(place.start as usize).saturating_sub(2)).unwrap_or_default();
    before.rsplit('\n').next().is_some_and(|line| line.trim().is_empty())
}

/// The bracket of a line `[label]: words`.
fn without_caret(text: &str, label: &str) -> Option<Span> {
    let typed = format!("\n[{label}]:");
    text.find(&typed).map(|at| Span::new(at + 1, at + typed.len()))
}

/// Adds to the finding of a note that nothing refers to the place of what looks like its mark. `number` counts these findings.
pub(super) fn with_likely_mark(finding: Diagnostic, number: usize, name: &str, own: Span, file: &ContentPath, text: &str) -> Diagnostic {
    if number >= SEARCHED {
        return finding;
    }
    let unread = format!("[^{name}]");
    if let Some(at) = outside(text, &unread, own).filter(|at| !text[at + unread.len()..].starts_with(':')) {
        let label = Label::new(file, Span::new(at, at + unread.len())).saying("its mark stands here, in HTML or code, and is not read");
        return finding.also(label);
    }
    // `[^1` and `[^1)`: at once what stands there and what to type.
    let open = format!("[^{name}");
    if let Some(at) = outside(text, &open, own)
        && text[at + open.len()..].chars().next().is_none_or(|next| next.is_whitespace() || matches!(next, ')' | '}' | '>' | ',' | '.'))
    {
        let behind = text[at + open.len()..].chars().next().filter(|next| matches!(next, ')' | '}' | '>')).map_or(0, char::len_utf8);
        let mut finding = finding.also(Label::new(file, Span::new(at, at + open.len() + behind)).saying("its mark is not closed"));
        finding.help = vec![format!("type `[^{name}]` there")];
        return finding;
    }
    let forms =
        [format!("[ ^{name}]"), format!("[^ {name}]"), format!("[{name}^]"), format!("(^{name})"), format!("[{name}]"), format!("^{name}")];
    let raised: String = name.chars().filter_map(raised).collect();
    let forms = forms.into_iter().chain((!raised.is_empty() && raised.chars().count() == name.len()).then_some(raised));
    for form in forms {
        let Some(at) = outside(text, &form, own) else { continue };
        let next = text[at + form.len()..].chars().next();
        if next == Some(':')
            || next == Some('(')
            || form.starts_with('^') && (next.is_some_and(char::is_alphanumeric) || text[..at].ends_with('['))
        {
            continue;
        }
        let mut finding = finding.also(Label::new(file, Span::new(at, at + form.len())).saying("is this meant to be its mark?"));
        finding.help = vec![format!("type `[^{name}]` where the note belongs, as in place of `{form}`, or remove the note")];
        return finding;
    }
    finding
}

/// The small raised figure that word processors print for a mark.
fn raised(figure: char) -> Option<char> {
    "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(figure.to_digit(10)? as usize)
}

/// The first place of `form` that is not within `own`.
fn outside(text: &str, form: &str, own: Span) -> Option<usize> {
    let own = own.range();
    let before = text.get(..own.start).and_then(|before| before.find(form));
    before.or_else(|| text.get(own.end..).and_then(|after| after.find(form)).map(|at| own.end + at))
}
