//! Places that look like slips of copying: told to the editor, never touched.

use super::{Desk, Piece};
use crate::import::text::{Block, BlockKind, Inline};

/// Remarks suspicious places of the text.
pub fn remark(pieces: &[Piece], desk: &mut Desk<'_>) {
    for piece in pieces {
        in_blocks(std::slice::from_ref(&piece.block), piece.line, desk);
    }
}

/// Remarks suspicious places of blocks.
pub fn in_blocks(blocks: &[Block], line: usize, desk: &mut Desk<'_>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(text) | BlockKind::Heading(_, text) => in_inlines(text, line, desk),
            BlockKind::Quote(blocks) => in_blocks(blocks, line, desk),
            _ => {}
        }
    }
}

fn in_inlines(text: &[Inline], line: usize, desk: &mut Desk<'_>) {
    for inline in text {
        match inline {
            Inline::Text(words) => in_words(words, line, desk),
            Inline::Emphasis(inner) | Inline::Strong(inner) => in_inlines(inner, line, desk),
            _ => {}
        }
    }
}

fn in_words(words: &str, line: usize, desk: &mut Desk<'_>) {
    const RULE: &str = "perhaps a slip of the copy; it stands as it was";
    let all: Vec<&str> = words.split_whitespace().collect();
    for (at, word) in all.iter().enumerate() {
        let hyphen = word.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphabetic))
            && at > 0
            && all[at - 1].ends_with(char::is_alphabetic);
        let caret = word.find('^').is_some_and(|at| at > 0 && at + 1 < word.len());
        let inner = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        let latin = inner.chars().any(|letter| letter.is_ascii_alphabetic());
        let cyrillic = inner.chars().any(|letter| ('\u{400}'..='\u{4ff}').contains(&letter));
        let mixed = latin && cyrillic && !inner.contains(['-', '/', '.']);
        let unread = word.contains('\u{fffd}');
        let doubled = word.contains(",,") || word.contains(";;") || word.contains(".,,");
        if hyphen || caret || mixed || unread || doubled {
            let from = at.saturating_sub(2);
            desk.guess(RULE, line, format!("… {} …", all[from..(at + 2).min(all.len())].join(" ")));
        }
    }
}
