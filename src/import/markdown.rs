//! Prints the text of a document in our own format, so that reading it gives the same words, line ends, notes and annotations again.
//!
//! Escapes only what would otherwise mean something, since editors read these files. Some things cannot be said in Markdown and are told
//! otherwise: emphasis within emphasis is one emphasis; a line end in a heading or table cell is a blank; a note or page
//! break within a link stands beside it. Everything else comes back; the tests of this file print random texts and read them again.

use super::text::{Block, BlockKind, Inline};
use crate::model::block::{Align, Delimiter};
use crate::parse::annotation;

mod line;

pub use line::{inlines, label_of as label};

/// Prints blocks and the notes after them. Labels of notes are as in [`Inline::Note`].
#[must_use]
pub fn print(blocks: &[Block], notes: &[(String, Vec<Block>)]) -> String {
    let mut out = String::new();
    for line in lines_of(blocks) {
        out.push_str(&line);
        out.push('\n');
    }
    for (label, blocks) in notes {
        out.push('\n');
        let head = format!("[^{label}]:");
        let lines = lines_of(blocks);
        let direct = blocks.first().is_some_and(|block| matches!(block.kind, BlockKind::Paragraph(_)) && !lines[0].is_empty());
        if direct {
            out.push_str(&format!("{head} {}\n", lines[0]));
        } else {
            // A note that begins with a list or table begins on the next line.
            out.push_str(&format!("{head}\n"));
        }
        for line in &lines[usize::from(direct).min(lines.len())..] {
            out.push_str(&indented(line, "    "));
            out.push('\n');
        }
    }
    out
}

fn indented(line: &str, by: &str) -> String {
    if line.is_empty() { String::new() } else { format!("{by}{line}") }
}

/// Lines of blocks, an empty line between two.
fn lines_of(blocks: &[Block]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut bullet = '-';
    let mut before: Option<&BlockKind> = None;
    for block in blocks {
        let own = match (&block.kind, before) {
            // Two lists one after the other would be one.
            (BlockKind::Bullets(items), Some(BlockKind::Bullets(_))) => {
                bullet = if bullet == '-' { '+' } else { '-' };
                bullets(items, bullet)
            }
            (BlockKind::Bullets(items), _) => bullets(items, bullet),
            _ => lines_of_one(block),
        };
        if own.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(own);
        attribute_line(block, &mut lines);
        before = Some(&block.kind);
    }
    lines
}

/// `{.dateline #id lang=ru}` on the last line of a paragraph, after an empty line for other blocks; headings carry theirs already.
fn attribute_line(block: &Block, lines: &mut Vec<String>) {
    let attributes = attributes(block);
    if attributes.is_empty() || matches!(block.kind, BlockKind::Heading(..)) {
        return;
    }
    if !matches!(block.kind, BlockKind::Paragraph(_)) {
        lines.push(String::new());
    }
    lines.push(format!("{{{attributes}}}"));
}

fn attributes(block: &Block) -> String {
    let part = block.part.map(|part| format!(".{}", part.name()));
    let id = block.id.as_ref().map(|id| format!("#{id}"));
    let language = block.language.as_ref().map(|tag| format!("lang={tag}"));
    [part, id, language].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn lines_of_one(block: &Block) -> Vec<String> {
    match &block.kind {
        BlockKind::Paragraph(text) => line::paragraph(text),
        BlockKind::Heading(level, text) => {
            let text = line::one_line(text);
            let attributes = attributes(block);
            let tail = if attributes.is_empty() { String::new() } else { format!(" {{{attributes}}}") };
            vec![format!("{} {text}{tail}", "#".repeat(usize::from((*level).clamp(1, 6))))]
        }
        BlockKind::Quote(blocks) => {
            let quoted = |line: String| if line.is_empty() { ">".to_owned() } else { format!("> {line}") };
            lines_of(blocks).into_iter().map(quoted).collect()
        }
        BlockKind::Bullets(items) => bullets(items, '-'),
        BlockKind::Numbered(delimiter, items) => {
            let sign = match delimiter {
                Delimiter::Period => '.',
                Delimiter::Parenthesis => ')',
            };
            list(items.iter().map(|(number, blocks)| (format!("{number}{sign}"), blocks.as_slice())))
        }
        BlockKind::Table(sides, rows) => table(sides, rows),
        BlockKind::Stars => vec!["* * *".to_owned()],
        BlockKind::Code(text) => {
            let longest = text.split(|letter| letter != '`').map(str::len).max().unwrap_or(0);
            let fence = "`".repeat(longest.max(2) + 1);
            let mut lines = vec![fence.clone()];
            lines.extend(text.lines().map(str::to_owned));
            lines.push(fence);
            lines
        }
    }
}

fn bullets(items: &[Vec<Block>], sign: char) -> Vec<String> {
    list(items.iter().map(|blocks| (sign.to_string(), blocks.as_slice())))
}

fn list<'b>(items: impl Iterator<Item = (String, &'b [Block])> + Clone) -> Vec<String> {
    let single = |blocks: &[Block]| {
        blocks.is_empty() || matches!(blocks, [Block { kind: BlockKind::Paragraph(_), part: None, id: None, language: None }])
    };
    let tight = items.clone().all(|(_, blocks)| single(blocks));
    let mut lines = Vec::new();
    for (marker, blocks) in items {
        if !tight && !lines.is_empty() {
            lines.push(String::new());
        }
        let indent = " ".repeat(marker.len() + 1);
        let own = lines_of(blocks);
        let first = own.first().map_or(String::new(), |line| format!(" {line}"));
        lines.push(format!("{marker}{first}"));
        lines.extend(own.iter().skip(1).map(|line| indented(line, &indent)));
    }
    lines
}

fn table(sides: &[Align], rows: &[Vec<Vec<Inline>>]) -> Vec<String> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    if columns == 0 {
        return Vec::new();
    }
    let print = |row: &[Vec<Inline>]| {
        let cells = (0..columns).map(|column| row.get(column).map_or(String::new(), |cell| line::cell(cell)));
        format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
    };
    let mut lines: Vec<String> = rows.iter().map(|row| print(row)).collect();
    let side = |column: usize| match sides.get(column) {
        Some(Align::Left) => " :-- |",
        Some(Align::Center) => " :-: |",
        Some(Align::Right) => " --: |",
        Some(Align::None) | None => " --- |",
    };
    lines.insert(1, format!("|{}", (0..columns).map(side).collect::<String>()));
    lines
}

/// Whether annotations of this target may stand around others: our own schemes may, links may not.
fn may_hold_others(target: &str) -> bool {
    annotation::scheme(target).is_some_and(annotation::is_ours)
}

#[cfg(test)]
mod tests;
