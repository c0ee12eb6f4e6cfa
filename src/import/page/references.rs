//! Printed cross-references that are relative to the book they stand in: "see this volume, Documents 704 and 705", "present edition, Vol. 16,
//! pp. 347–52", "p. 276 of this volume", «см. настоящий том, стр. 5». They become links of the kind `at:`, words unchanged.

use crate::import::text::{Block, BlockKind, Inline};

/// A reference in a text: what it covers and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Bytes of the words of the link: `Documents 704`, `705`.
    pub words: std::ops::Range<usize>,
    /// Another volume of the same edition.
    pub volume: Option<String>,
    /// `704` or `p347`.
    pub target: String,
}

const BOOKS: [&str; 16] = [
    "this volume",
    "present volume",
    "this book",
    "present edition",
    "this edition",
    "our edition",
    "настоящий том",
    "настоящего тома",
    "наст. том",
    "настоящего издания",
    "настоящее издание",
    "наст. изд.",
    "наст. изд",
    "этого тома",
    "the volume",
    "same volume",
];
const PAGES: [&str; 10] = ["pp.", "p.", "pages", "page", "стр.", "с.", "S.", "pp", "P.", "Pp."];
const NUMBERS: [&str; 13] = [
    "Documents",
    "Document",
    "documents",
    "document",
    "Docs.",
    "Doc.",
    "документы",
    "документ",
    "док.",
    "документа",
    "документах",
    "док. №№",
    "докум.",
];
const VOLUMES: [&str; 8] = ["Vol.", "Volume", "vol.", "volume", "том", "т.", "тт.", "Vols."];

/// All references in a text.
#[must_use]
pub fn find(text: &str) -> Vec<Found> {
    let mut out: Vec<Found> = Vec::new();
    for book in BOOKS {
        for (at, _) in text.match_indices(book) {
            let bounded = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
            let end = at + book.len();
            if !bounded(text[..at].chars().next_back()) || !bounded(text[end..].chars().next()) {
                continue;
            }
            let mut found = after(text, end);
            if found.is_empty() {
                found = before(text, at);
            }
            out.extend(found);
        }
    }
    out.sort_by_key(|found| (found.words.start, found.words.end));
    out.dedup_by(|a, b| a.words.start < b.words.end);
    out
}

/// `, Vol. 16, pp. 347–52` after the book's name.
fn after(text: &str, at: usize) -> Vec<Found> {
    let mut at = skip(text, at);
    let mut volume = None;
    if let Some((from, _)) = label(text, at, &VOLUMES)
        && let Some(end) = value(text, from)
    {
        volume = Some(text[from..end].to_owned());
        at = skip(text, end);
    }
    locators(text, at, volume.as_deref())
}

/// `pp. 3-5 of ` before it, with a volume perhaps: `Vol. 16, pp. 3-5 of the `.
fn before(text: &str, at: usize) -> Vec<Found> {
    let head = text[..at].trim_end();
    let head = ["of the", "of", "в", "из", ""].iter().find_map(|word| head.strip_suffix(word).map(str::trim_end)).unwrap_or(head);
    let mut floor = head.len().saturating_sub(60);
    while !head.is_char_boundary(floor) {
        floor += 1;
    }
    let starts: Vec<usize> = head[floor..].char_indices().map(|(offset, _)| floor + offset).collect();
    let begins = |at: usize| at == 0 || text[..at].chars().next_back().is_some_and(|letter| !letter.is_alphanumeric() && letter != '.');
    for start in starts.into_iter().filter(|start| begins(*start)) {
        let mut at = start;
        let mut volume = None;
        if let Some((from, _)) = label(text, at, &VOLUMES)
            && let Some(end) = value(text, from)
        {
            volume = Some(text[from..end].to_owned());
            at = skip(text, end);
        }
        let found = locators(text, at, volume.as_deref());
        if found.last().is_some_and(|found| found.words.end == head.len()) {
            return found;
        }
    }
    Vec::new()
}

fn skip(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    at + rest.len() - rest.trim_start_matches([',', ' ', '\u{a0}', ':', '(']).len()
}

/// A label at `at`: where its value begins, and whether it was one.
fn label(text: &str, at: usize, labels: &[&str]) -> Option<(usize, usize)> {
    labels.iter().find_map(|label| {
        let rest = text[at..].strip_prefix(label)?;
        let value = rest.trim_start_matches([' ', '\u{a0}']);
        (rest.len() != value.len() || label.ends_with('.')).then(|| (text.len() - value.len(), label.len()))
    })
}

/// A number with a letter, a range, or a roman number: its end.
fn value(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    let token: usize = rest
        .chars()
        .take_while(|letter| {
            letter.is_ascii_digit() || matches!(letter, '–' | '-' | '—') || "IVXLCDM".contains(*letter) || matches!(letter, 'a' | 'b' | 'c')
        })
        .map(char::len_utf8)
        .sum();
    let word = rest[..token].trim_end_matches(['–', '-', '—']);
    let sound = word.starts_with(|letter: char| letter.is_ascii_digit())
        || !word.is_empty() && word.chars().all(|letter| "IVXLCDM".contains(letter));
    sound.then_some(at + word.len())
}

/// Where a number begins before which a sign for “number” may stand.
fn after_sign(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let bare = rest.trim_start_matches('№');
    let bare = if bare.len() == rest.len() { rest.strip_prefix("No.").or_else(|| rest.strip_prefix("Nos.")).unwrap_or(rest) } else { bare };
    if bare.len() == rest.len() { at } else { text.len() - bare.trim_start_matches([' ', '\u{a0}']).len() }
}

/// `Documents 704 and 705`, `pp. 8, 27, 66`.
fn locators(text: &str, at: usize, volume: Option<&str>) -> Vec<Found> {
    let (kind, from) = match (label(text, at, &PAGES), label(text, at, &NUMBERS)) {
        (Some((from, _)), _) => ("p", from),
        (_, Some((from, _))) => ("", from),
        _ => return Vec::new(),
    };
    // «документ № 5», «документы №№ 5 и 8», «документы № 5, № 8»
    let from = after_sign(text, from);
    let Some(end) = value(text, from).filter(|_| text[from..].starts_with(|letter: char| letter.is_ascii_digit())) else {
        return Vec::new();
    };
    let target = |words: &str| format!("{kind}{}", words.split(['–', '-', '—']).next().unwrap_or(words));
    let volume = volume.map(str::to_owned);
    let mut out = vec![Found { words: at..end, volume: volume.clone(), target: target(&text[from..end]) }];
    let mut last = end;
    loop {
        let rest = &text[last..];
        let Some(next) = [", and ", " and ", ", ", " и ", " & "].iter().find_map(|sign| rest.strip_prefix(sign)) else { break };
        let begin = after_sign(text, text.len() - next.len());
        let next = &text[begin..];
        let Some(end) = value(text, begin).filter(|_| next.starts_with(|letter: char| letter.is_ascii_digit())) else { break };
        // "pp. 5, 1922" goes on with a year, "Documents 704, 12 May" with a day.
        let year = end - begin == 4 && kind == "p" && !text[last..].starts_with(" and");
        let word = text[end..].trim_start().split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
        let month = word.starts_with(char::is_uppercase) && word.chars().count() > 2 && text[end..].starts_with(' ');
        if year || month {
            break;
        }
        let shown = if text[..begin].trim_end_matches([' ', '\u{a0}']).ends_with('№') {
            text[..begin].rfind('№').unwrap_or(begin)
        } else {
            begin
        };
        out.push(Found { words: shown..end, volume: volume.clone(), target: target(&text[begin..end]) });
        last = end;
    }
    out
}

/// Turns the references of blocks into links. `key` gives the work of a volume (`None`: the same volume), `seen` is told of each.
pub fn link(blocks: &mut [Block], key: &mut impl FnMut(Option<&str>) -> Option<String>, seen: &mut impl FnMut(&str, Option<&str>)) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Paragraph(text) | BlockKind::Heading(_, text) => inlines(text, key, seen),
            BlockKind::Quote(blocks) => link(blocks, key, seen),
            BlockKind::Bullets(items) => items.iter_mut().for_each(|blocks| link(blocks, key, seen)),
            BlockKind::Numbered(_, items) => items.iter_mut().for_each(|(_, blocks)| link(blocks, key, seen)),
            BlockKind::Table(_, rows) => rows.iter_mut().flatten().for_each(|cell| inlines(cell, key, seen)),
            BlockKind::Stars | BlockKind::Code(_) => {}
        }
    }
}

fn inlines(text: &mut Vec<Inline>, key: &mut impl FnMut(Option<&str>) -> Option<String>, seen: &mut impl FnMut(&str, Option<&str>)) {
    let mut out = Vec::with_capacity(text.len());
    for inline in text.drain(..) {
        match inline {
            Inline::Text(words) => {
                let mut from = 0;
                for found in find(&words) {
                    let target = key(found.volume.as_deref()).map(|key| format!("at:{key}/{}", found.target));
                    seen(&words[found.words.clone()], target.as_deref());
                    let Some(target) = target else { continue };
                    if from < found.words.start {
                        out.push(Inline::Text(words[from..found.words.start].to_owned()));
                    }
                    out.push(Inline::annotated(target, vec![Inline::Text(words[found.words.clone()].to_owned())]));
                    from = found.words.end;
                }
                if from < words.len() {
                    out.push(Inline::Text(words[from..].to_owned()));
                }
            }
            Inline::Emphasis(mut inner) => {
                inlines(&mut inner, key, seen);
                out.push(Inline::Emphasis(inner));
            }
            Inline::Strong(mut inner) => {
                inlines(&mut inner, key, seen);
                out.push(Inline::Strong(inner));
            }
            other => out.push(other),
        }
    }
    *text = out;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let all = find(text).into_iter();
        all.map(|found| {
            format!("{} → {}{}", &text[found.words], found.volume.map(|volume| format!("{volume}/")).unwrap_or_default(), found.target)
        })
        .collect()
    }

    #[test]
    fn references_of_many_editions_are_seen() {
        let cases: [(&str, &[&str]); 15] = [
            ("(see this volume, Documents 704 and 705), was", &["Documents 704 → 704", "705 → 705"]),
            ("(present edition, Vol. 16, pp. 347–52).", &["pp. 347–52 → 16/p347"]),
            ("See p. 276 of this volume.", &["p. 276 → p276"]),
            ("(see this volume, pp. 8, 27, 66, 282-83)", &["pp. 8 → p8", "27 → p27", "66 → p66", "282-83 → p282"]),
            ("see present edition, Vol. 5, pp. 347–529", &["pp. 347–529 → 5/p347"]),
            ("См. настоящий том, стр. 163—164.", &["стр. 163—164 → p163"]),
            ("см. настоящее издание, том 16, стр. 5 и 8", &["стр. 5 → 16/p5", "8 → 16/p8"]),
            ("см. настоящий том, документ № 5.", &["документ № 5 → 5"]),
            ("(см. настоящий том, документы №№ 5 и 8)", &["документы №№ 5 → 5", "8 → 8"]),
            ("см. док. № 5, № 12 настоящего тома", &["док. № 5 → 5", "№ 12 → 12"]),
            ("see this volume, Document No. 704", &["Document No. 704 → 704"]),
            ("See Document 704 of this volume and this edition is fine", &["Document 704 → 704"]),
            ("this volume contains letters", &[]),
            ("see this volume, Document 12, 24 April 1922", &["Document 12 → 12"]),
            ("see Vol. 31, pp. 17–118 of the present edition", &["pp. 17–118 → 31/p17"]),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
