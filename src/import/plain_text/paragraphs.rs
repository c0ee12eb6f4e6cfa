//! Lines of a copied page as paragraphs: whether lines are paragraphs, or were broken at a width, is told by their lengths.

use crate::import::page::Piece;
use crate::import::text::{Block, BlockKind, Inline};

/// How the lines of a text are broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrap {
    /// The width at which lines were broken; `None`: each line is a paragraph, or a line of its own.
    pub width: Option<usize>,
}

/// No line of a text that was broken at a width is longer.
const WIDEST: usize = 100;
/// Shortest width at which texts are broken.
const NARROWEST: usize = 50;

impl Wrap {
    /// Tells how the lines are broken: at a width when none is long and lines inside paragraphs are mostly about as long as the longest.
    pub fn of(lines: &[&str]) -> Self {
        let lengths: Vec<usize> = lines.iter().map(|line| line.trim_end().chars().count()).collect();
        let longest = lengths.iter().copied().max().unwrap_or(0);
        let inner: Vec<usize> = lines
            .windows(2)
            .zip(&lengths)
            .filter(|(pair, _)| !pair[0].trim().is_empty() && !pair[1].trim().is_empty())
            .map(|(_, length)| *length)
            .collect();
        let full = inner.iter().filter(|length| **length * 5 >= longest * 4).count();
        let wrapped = (NARROWEST..=WIDEST).contains(&longest) && inner.len() >= 2 && full * 2 > inner.len();
        Self { width: wrapped.then_some(longest) }
    }

    /// Whether the end of `line` is the width's and not the writer's.
    fn joins(&self, line: &str, next: &str) -> bool {
        let Some(width) = self.width else { return false };
        let word = next.split_whitespace().next().unwrap_or_default();
        line.trim_end().chars().count() + 1 + word.chars().count() > width.saturating_sub(6)
    }
}

/// The paragraphs of the text; `Piece::line` is the index of the first line.
pub fn paragraphs(lines: &[&str], wrap: &Wrap) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if lines[at].trim().is_empty() {
            at += 1;
            continue;
        }
        let end = (at..lines.len()).find(|end| lines[*end].trim().is_empty()).unwrap_or(lines.len());
        group(&lines[at..end], at, wrap, &mut out);
        at = end;
    }
    out
}

/// The paragraphs of a note, where a line's end begins a paragraph unless the width made it.
pub fn of_note(lines: &[&str], wrap: &Wrap) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let mut current = String::new();
    let mut begun = 0;
    for (at, line) in lines.iter().enumerate() {
        let line = line.trim();
        if line.is_empty() {
            flush(&mut current, begun, &mut out);
            continue;
        }
        if current.is_empty() {
            begun = at;
            current.push_str(line);
        } else if wrap.joins(lines[at - 1], line) {
            current.push(' ');
            current.push_str(line);
        } else {
            flush(&mut current, begun, &mut out);
            begun = at;
            current.push_str(line);
        }
    }
    flush(&mut current, begun, &mut out);
    out
}

fn flush(current: &mut String, line: usize, out: &mut Vec<Piece>) {
    if !current.is_empty() {
        out.push(Piece { line, block: Block::paragraph(vec![Inline::Text(std::mem::take(current))]) });
    }
}

/// Lines without an empty one between them: one paragraph broken at the width; or paragraphs, when one is long; or short lines that stay lines.
fn group(lines: &[&str], from: usize, wrap: &Wrap, out: &mut Vec<Piece>) {
    if lines.iter().all(|line| is_stars(line)) {
        for at in 0..lines.len() {
            out.push(Piece { line: from + at, block: Block::new(BlockKind::Stars) });
        }
        return;
    }
    let long = lines.iter().any(|line| line.chars().count() > WIDEST);
    if wrap.width.is_none() && long {
        for (at, line) in lines.iter().enumerate() {
            let block = if is_stars(line) { Block::new(BlockKind::Stars) } else { Block::paragraph(vec![Inline::text(line.trim())]) };
            out.push(Piece { line: from + at, block });
        }
        return;
    }
    let mut text: Vec<Inline> = Vec::new();
    let mut begun = from;
    for (at, line) in lines.iter().enumerate() {
        // An indented line after one that is not full begins a paragraph.
        let indented =
            at > 0 && line.starts_with([' ', '\t']) && !lines[at - 1].starts_with([' ', '\t']) && !wrap.joins(lines[at - 1], line);
        if indented && wrap.width.is_some() {
            out.push(Piece { line: begun, block: Block::paragraph(std::mem::take(&mut text)) });
            begun = from + at;
        } else if at > 0 {
            text.push(if wrap.joins(lines[at - 1], line) { Inline::text(" ") } else { Inline::Break });
        }
        text.push(Inline::text(line.trim()));
    }
    out.push(Piece { line: begun, block: Block::paragraph(joined(text)) });
}

/// Neighbouring words as one, so that marks and references across a broken line are seen.
fn joined(text: Vec<Inline>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for inline in text {
        match (out.last_mut(), inline) {
            (Some(Inline::Text(before)), Inline::Text(words)) => before.push_str(&words),
            (_, inline) => out.push(inline),
        }
    }
    out
}

/// A row of stars for an omission: `* * *`, `***`.
fn is_stars(line: &str) -> bool {
    let stars = line.matches('*').count();
    stars == 3 && line.chars().all(|letter| letter == '*' || letter.is_whitespace())
}
