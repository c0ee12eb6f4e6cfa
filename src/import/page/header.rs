//! The header of a page that came as blocks: headings, info block, tables of facts, source notes, before and after the text.

use super::labels::{self, Label};
use super::ledger::Ledger;
use super::{Labelled, Page, Piece};
use crate::formats::source_note;
use crate::import::text::{Block, BlockKind, Inline, words};
use crate::model::block::Part;
use std::collections::VecDeque;

/// Takes the header out of the blocks.
pub fn take(page: &mut Page, ledger: &mut Ledger) {
    let before = page.aside.len();
    let mut rest: VecDeque<Piece> = std::mem::take(&mut page.pieces).into_iter().flat_map(heading_lines).map(stars).collect();
    let mut kept: Vec<Piece> = Vec::new();
    while let Some(piece) = rest.front() {
        let next = rest.get(1).map(|next| plain(&next.block)).unwrap_or_default();
        let used = match &piece.block.kind {
            BlockKind::Heading(_, text) => heading(page, piece.line, text, &next),
            BlockKind::Paragraph(text) if piece.block.part.is_none() => {
                if let Some(label) = apart(&plain(&piece.block), &next) {
                    let printed = words(text);
                    page.labels.push(Labelled { label, printed, value: next, href: None, line: piece.line });
                    rest.pop_front();
                    rest.pop_front();
                    continue;
                }
                paragraph(page, piece.line, text) || kept.is_empty() && byline(page, piece.line, text, rest.get(1))
            }
            BlockKind::Table(_, rows) => table(page, piece.line, rows),
            // A rule between header and text.
            BlockKind::Stars => piece.block.part.is_none() && !page.labels.is_empty() && kept.is_empty(),
            _ => false,
        };
        match used {
            true if matches!(piece.block.kind, BlockKind::Stars) => {
                page.aside.push(("a rule between header and text", piece.line, "***".into()));
                rest.pop_front();
            }
            true => {
                rest.pop_front();
            }
            // A heading that is none of the page's belongs to the letter; the info block may stand below it.
            false
                if is_short_heading(&piece.block) && kept.len() < 4 && !page.labels.iter().any(|labelled| !labelled.printed.is_empty()) =>
            {
                kept.extend(rest.pop_front());
            }
            false => break,
        }
    }
    kept.extend(rest);
    page.pieces = kept;
    colophon(page);
    page.aside[before..].iter().for_each(|(_, _, words)| ledger.aside(words));
}

/// A heading of several lines is several headings.
fn heading_lines(piece: Piece) -> Vec<Piece> {
    let line = piece.line;
    match piece.block.kind {
        BlockKind::Heading(level, text) if text.contains(&Inline::Break) => {
            let lines = text.split(|inline| *inline == Inline::Break).filter(|line| !line.is_empty());
            lines.map(|text| Piece { line, block: Block::new(BlockKind::Heading(level, text.to_vec())) }).collect()
        }
        kind => vec![Piece { line, block: Block { kind, ..piece.block } }],
    }
}

/// A paragraph of three stars is a row of stars.
fn stars(mut piece: Piece) -> Piece {
    if let BlockKind::Paragraph(text) = &piece.block.kind
        && words(text).split_whitespace().collect::<String>() == "***"
    {
        piece.block.kind = BlockKind::Stars;
    }
    piece
}

fn is_short_heading(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Heading(_, text) => words(text).chars().count() < 120,
        _ => false,
    }
}

fn plain(block: &Block) -> String {
    match &block.kind {
        BlockKind::Paragraph(text) | BlockKind::Heading(_, text) => words(text),
        _ => String::new(),
    }
}

/// A label in a block of its own, with the value in the next: columns of an info box.
fn apart(label: &str, value: &str) -> Option<Label> {
    let fits = !value.is_empty()
        && value.chars().count() <= 160
        && labels::named(value).is_none()
        && labels::read(value).is_none_or(|found| !found.2);
    labels::named(label).filter(|_| fits && label.starts_with(char::is_uppercase))
}

/// A name or title over the text that is set as a paragraph: bold, or a name before a heading.
fn byline(page: &mut Page, line: usize, text: &[Inline], next: Option<&Piece>) -> bool {
    let shown = words(text);
    let before_heading = next.is_some_and(|next| matches!(next.block.kind, BlockKind::Heading(..)));
    let bold =
        matches!(text, [Inline::Strong(_)]) || matches!(text, [Inline::Emphasis(inner)] if matches!(inner.as_slice(), [Inline::Strong(_)]));
    let next = next.map(|next| plain(&next.block)).unwrap_or_default();
    if page.title.is_none() && page.author.is_none() && is_personal_name(&shown) && (before_heading || bold && is_title(&next)) {
        page.author = Some((line, shown));
        return true;
    }
    let title = page.title.is_none()
        && bold
        && !before_heading
        && shown.chars().count() <= 120
        && !shown.ends_with([',', '!', ':', '?'])
        && !super::opening::names_somebody_addressed(&shown);
    title && heading(page, line, text, &next)
}

fn is_title(plain: &str) -> bool {
    super::facts::kind_of_title(plain).is_some() || plain.starts_with("To ")
}

fn heading(page: &mut Page, line: usize, text: &[Inline], next: &str) -> bool {
    let plain = words(text);
    if has_note(text) || plain.is_empty() {
        return false;
    }
    if is_series(&plain) {
        page.aside.push(("the name of a series over the title", line, plain));
        return true;
    }
    if page.title.is_none() && page.author.is_none() && (is_personal_name(&plain) || is_full_name(&plain) && is_title(next)) {
        page.author = Some((line, plain));
        return true;
    }
    if page.title.is_none() {
        page.title = Some((line, plain));
        return true;
    }
    if page.title.as_ref().is_some_and(|(_, title)| *title == plain) {
        page.aside.push(("the title stands twice", line, plain));
        return true;
    }
    false
}

fn has_note(text: &[Inline]) -> bool {
    text.iter().any(|inline| match inline {
        Inline::Note(_) => true,
        Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Annotated { words: inner, .. } => has_note(inner),
        _ => false,
    })
}

/// Lines of an info block, or a source note.
fn paragraph(page: &mut Page, line: usize, text: &[Inline]) -> bool {
    let lines: Vec<String> = text.split(|inline| *inline == Inline::Break).map(words).filter(|line| !line.is_empty()).collect();
    let Some(first) = lines.first() else { return false };
    let begins = |line: &str| labels::read(line).is_some_and(|(_, _, colon)| colon) || source_note::begins_source_note(line);
    if has_note(text) || !begins(first) {
        return false;
    }
    // "Written evidence: …" of the text has no label that ends a line's first words.
    for words in lines {
        if let Some((label, length, true)) = labels::read(&words) {
            let value = words[length..].trim().to_owned();
            page.labels.push(Labelled { label, printed: words[..length].to_owned(), value, href: None, line });
        } else if source_note::begins_source_note(&words) {
            page.labels.push(Labelled { label: Label::SourceNote, printed: String::new(), value: words, href: None, line });
        } else if let Some(last) = page.labels.last_mut() {
            if !last.value.is_empty() {
                last.value.push(' ');
            }
            last.value.push_str(&words);
        }
    }
    true
}

/// A table of two columns whose first cells are labels.
fn table(page: &mut Page, line: usize, rows: &[Vec<Vec<Inline>>]) -> bool {
    let filled: Vec<&Vec<Vec<Inline>>> = rows.iter().filter(|row| row.iter().any(|cell| !words(cell).is_empty())).collect();
    let label = |row: &Vec<Vec<Inline>>| row.first().and_then(|cell| labels::named(&words(cell)));
    if filled.is_empty() || !filled.iter().all(|row| row.len() == 2 && label(row).is_some()) {
        return false;
    }
    for row in filled {
        if let Some(label) = label(row) {
            page.labels.push(Labelled { label, printed: words(&row[0]), value: words(&row[1]), href: None, line });
        }
    }
    true
}

/// Source notes after the text.
fn colophon(page: &mut Page) {
    while let Some(last) = page.pieces.last() {
        let BlockKind::Paragraph(text) = &last.block.kind else { break };
        let plain = words(text);
        let label = labels::read(&plain).is_some_and(|(label, _, colon)| {
            colon
                && matches!(
                    label,
                    Label::Source
                        | Label::SourceNote
                        | Label::Transcribed
                        | Label::TranscribedAndMarkedUp
                        | Label::MarkedUp
                        | Label::Translated
                        | Label::Rights
                        | Label::Proofread
                )
        });
        let note = source_note::begins_source_note(&plain) && plain.chars().count() < 240 && !plain.starts_with("Sent");
        if last.block.part.is_some() || page.pieces.len() < 2 || !(label || note) {
            break;
        }
        let Some(piece) = page.pieces.pop() else { break };
        if let BlockKind::Paragraph(text) = &piece.block.kind
            && !paragraph(page, piece.line, text)
        {
            page.pieces.push(piece);
            break;
        }
    }
}

/// "Marx-Engels Correspondence 1853".
#[must_use]
pub fn is_series(line: &str) -> bool {
    line.split_once("Correspondence")
        .is_some_and(|(_, rest)| rest.trim().len() == 4 && rest.trim().bytes().all(|byte| byte.is_ascii_digit()))
}

/// `V. I.   Lenin`: initials and a family name, or two names and no more.
#[must_use]
pub fn is_personal_name(line: &str) -> bool {
    let all: Vec<&str> = line.split_whitespace().collect();
    let initials = all.iter().filter(|word| word.ends_with('.') && word.chars().count() <= 3).count();
    let sound = |word: &&str| word.starts_with(char::is_uppercase) && word.chars().all(|letter| letter.is_alphabetic() || letter == '.');
    super::facts::kind_of_title(line).is_none()
        && (2..=4).contains(&all.len())
        && initials >= 1
        && initials < all.len()
        && all.iter().all(sound)
        && !line.to_lowercase().starts_with("to ")
}

/// `Vladimir Lenin`, `Rosa Luxemburg`: two or three words with capitals and nothing else. Titles can look like this too.
#[must_use]
pub fn is_full_name(line: &str) -> bool {
    let all: Vec<&str> = line.split_whitespace().collect();
    let sound = |word: &&str| {
        word.starts_with(char::is_uppercase) && word.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '-' | '’' | '.'))
    };
    (2..=3).contains(&all.len())
        && all.iter().all(sound)
        && super::facts::kind_of_title(line).is_none()
        && !line.to_lowercase().starts_with("to ")
}

/// A part from the class names of archives and wikis.
#[must_use]
pub fn part_of_class(class: &str) -> Option<Part> {
    const CLASSES: [(&str, Part); 24] = [
        ("placedate", Part::Dateline),
        ("placeanddate", Part::Dateline),
        ("dateline", Part::Dateline),
        ("date", Part::Dateline),
        ("salutation", Part::Salutation),
        ("salute", Part::Salutation),
        ("opening", Part::Salutation),
        ("addressee", Part::Addressee),
        ("address", Part::Addressee),
        ("inside-address", Part::Addressee),
        ("closing", Part::Closer),
        ("closer", Part::Closer),
        ("valediction", Part::Closer),
        ("sig", Part::Signature),
        ("signature", Part::Signature),
        ("signed", Part::Signature),
        ("sign", Part::Signature),
        ("ps", Part::Postscript),
        ("postscript", Part::Postscript),
        ("verse", Part::Verse),
        ("poem", Part::Verse),
        ("stanza", Part::Verse),
        ("subhead", Part::Heading),
        ("letterhead", Part::Heading),
    ];
    let lower = class.to_lowercase();
    lower.split_whitespace().find_map(|own| CLASSES.iter().find(|(name, _)| *name == own).map(|(_, part)| *part))
}
