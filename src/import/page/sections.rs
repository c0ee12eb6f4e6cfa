//! Several letters on one page: each has its own dateline, addressee and signature. They stay one document, since nobody but an editor knows
//! whether they are one.

use super::opening::{dateline, names_somebody_addressed, short_paragraph};
use super::{Desk, Piece, closing};
use crate::import::text::{BlockKind, words};
use crate::model::block::Part;

/// Blocks after a heading among which the parts of a letter may stand.
const NEAR: usize = 4;

/// Marks the parts of each letter when there are several.
pub fn find(pieces: &mut [Piece], author: Option<&str>, desk: &mut Desk<'_>) {
    let starts: Vec<usize> = (0..pieces.len()).filter(|at| begins_section(&pieces[*at]) && has_parts(pieces, *at, desk)).collect();
    if starts.len() < 2 {
        return;
    }
    desk.guess("several letters on one page are one document, each with its own parts", 0, format!("{} letters", starts.len()));
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(pieces.len());
        mark(&mut pieces[*start..end], author, desk);
    }
}

/// A heading, or a number on a line of its own.
fn begins_section(piece: &Piece) -> bool {
    match &piece.block.kind {
        BlockKind::Heading(..) => true,
        BlockKind::Paragraph(text) if piece.block.part.is_none() => {
            let plain = words(text);
            let number = plain.trim_end_matches(['.', ')']);
            !number.is_empty()
                && number.len() <= 5
                && (number.bytes().all(|byte| byte.is_ascii_digit()) || number.chars().all(|letter| "IVXLC".contains(letter)))
        }
        _ => false,
    }
}

fn part_of(piece: &Piece, desk: &Desk<'_>) -> Option<Part> {
    let plain = short_paragraph(&piece.block)?;
    match piece.block.part {
        Some(part @ (Part::Dateline | Part::Addressee | Part::Salutation)) => Some(part),
        Some(_) => None,
        None if dateline(&plain, &desk.dates).is_some() => Some(Part::Dateline),
        None => names_somebody_addressed(&plain).then_some(Part::Addressee),
    }
}

fn has_parts(pieces: &[Piece], start: usize, desk: &Desk<'_>) -> bool {
    let after = pieces.iter().skip(start + 1).take(NEAR);
    after.take_while(|piece| !begins_section(piece)).any(|piece| part_of(piece, desk).is_some())
}

fn mark(letter: &mut [Piece], author: Option<&str>, desk: &Desk<'_>) {
    if let Some(first) = letter.first_mut().filter(|first| matches!(first.block.kind, BlockKind::Paragraph(_))) {
        first.block.part.get_or_insert(Part::Heading);
    }
    for piece in letter.iter_mut().skip(1).take(NEAR) {
        let Some(part) = part_of(piece, desk) else { break };
        piece.block.part.get_or_insert(part);
    }
    let Some(last) = letter.last_mut().filter(|last| last.block.part.is_none()) else { return };
    let own = |plain: &String| author.is_some_and(|author| plain.trim_end_matches('.').ends_with(author));
    if short_paragraph(&last.block).is_some_and(|plain| own(&plain) && closing::signed_name(&plain).is_some()) {
        last.block.part = Some(Part::Signature);
    }
}
