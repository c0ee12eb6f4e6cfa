//! Notes that a page lists in plain words at its end, without a link that ties them to their marks; and brackets that stand around marks.

use super::ledger::Ledger;
use super::marks::{self, Placing};
use super::understand::each_text;
use super::{Page, PageNote, Piece};
use crate::import::report::{Report, Sort};
use crate::import::text::{Block, BlockKind, Inline, words};

/// A line of the page, with the piece it stands in.
struct Line {
    piece: usize,
    text: Vec<Inline>,
    plain: String,
}

/// Ties notes to marks that are words only.
pub fn find(page: &mut Page, ledger: &mut Ledger, file: &str, report: &mut Report) {
    let lines = lines_of(&page.pieces);
    let plain: Vec<&str> = lines.iter().map(|line| line.plain.as_str()).collect();
    let Some(list) = marks::find(&plain) else { return };
    let items: Vec<&marks::Item> = list.items.iter().filter(|item| item.line >= list.start).collect();
    let before: Vec<String> = plain[..list.start]
        .iter()
        .flat_map(|line| if list.flat { marks::flat_marks(line) } else { marks::marks(line) })
        .map(|mark| mark.label)
        .collect();
    if !items.iter().any(|item| before.contains(&item.label)) {
        return;
    }
    let mut placing = Placing { flat: list.flat, ..Placing::default() };
    for (index, item) in items.iter().enumerate() {
        let end = items.get(index + 1).map_or(lines.len(), |next| next.line);
        ledger.form(&lines[item.line].plain[..item.text]);
        let blocks = blocks_of(&lines[item.line..end], item.text);
        let count = placing.notes.get(&item.label).map_or(0, Vec::len);
        let label = if count == 0 { item.label.clone() } else { format!("{}~{}", item.label, count + 1) };
        placing.notes.entry(item.label.clone()).or_default().push(label.clone());
        page.notes.push(PageNote { label, line: page.pieces[lines[item.line].piece].line, blocks });
    }
    if let Some(heading) = list.heading {
        ledger.form(&lines[heading].plain);
    }
    let first = lines[list.start].piece;
    let kept: Vec<Vec<Inline>> =
        lines[..list.start].iter().filter(|line| line.piece == first && !line.plain.is_empty()).map(|line| line.text.clone()).collect();
    page.pieces.truncate(first + usize::from(!kept.is_empty()));
    if !kept.is_empty() {
        page.pieces[first].block.kind = BlockKind::Paragraph(kept.join(&Inline::Break));
    }
    page.pieces.iter_mut().for_each(|piece| placing.blocks(std::slice::from_mut(&mut piece.block)));
    page.notes.iter_mut().for_each(|note| placing.blocks(&mut note.blocks));
    ledger.form(&placing.said);
    let text = format!("{} notes", items.len());
    report.say(Sort::Guess, "lines at the end that begin with a mark are the notes of the marks in the text", file, 0, text);
    for mark in &placing.loose {
        report.say(Sort::Broken, "a mark has no note; it stands as words", file, 0, format!("[{mark}]"));
    }
}

/// Lines of the paragraphs, an empty one between two blocks.
fn lines_of(pieces: &[Piece]) -> Vec<Line> {
    let mut lines = Vec::new();
    for (piece, own) in pieces.iter().enumerate() {
        match &own.block.kind {
            BlockKind::Paragraph(text) | BlockKind::Heading(_, text) => {
                for text in text.split(|inline| *inline == Inline::Break) {
                    lines.push(Line { piece, text: text.to_vec(), plain: plain(text) });
                }
            }
            _ => lines.push(Line { piece, text: Vec::new(), plain: "…".to_owned() }),
        }
        lines.push(Line { piece, text: Vec::new(), plain: String::new() });
    }
    lines
}

/// The words as they stand, so that a place in them is one in the pieces.
fn plain(text: &[Inline]) -> String {
    match text.first() {
        Some(Inline::Text(first)) => format!("{first}{}", words(&text[1..])),
        _ => words(text),
    }
}

fn blocks_of(lines: &[Line], skip: usize) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for (at, line) in lines.iter().enumerate() {
        let mut text = line.text.clone();
        if at == 0
            && let Some(Inline::Text(words)) = text.first_mut()
        {
            *words = words.get(skip..).unwrap_or_default().to_owned();
        }
        if text.is_empty() {
            open = false;
            continue;
        }
        match blocks.last_mut().map(|block| &mut block.kind) {
            Some(BlockKind::Paragraph(before)) if open => {
                before.push(Inline::Break);
                before.extend(text);
            }
            _ => blocks.push(Block::paragraph(text)),
        }
        open = true;
    }
    blocks
}

/// `[` and `]` around the mark of a note are the mark's own.
pub fn brackets(page: &mut Page, ledger: &mut Ledger) {
    let mut strip = |text: &mut Vec<Inline>| {
        for at in 1..text.len().saturating_sub(1) {
            let Inline::Note(_) = text[at] else { continue };
            let (before, after) = (&text[at - 1], &text[at + 1]);
            let (Inline::Text(before), Inline::Text(after)) = (before, after) else { continue };
            let (Some(before), Some(after)) = (before.strip_suffix('['), after.strip_prefix(']')) else { continue };
            let (before, after) = (before.to_owned(), after.to_owned());
            ledger.form("[]");
            text[at - 1] = Inline::Text(before);
            text[at + 1] = Inline::Text(after);
        }
    };
    page.pieces.iter_mut().for_each(|piece| each_text(std::slice::from_mut(&mut piece.block), &mut strip));
    page.notes.iter_mut().for_each(|note| each_text(&mut note.blocks, &mut strip));
}
