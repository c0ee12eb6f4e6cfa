//! What stands after the text of a letter: leave-taking, signature, postscript. Most letters of an edition lack some, many lack all.

use super::opening::{dateline, short_paragraph};
use super::{Desk, Piece, names};
use crate::import::text::{Block, BlockKind, Inline, words};
use crate::model::block::Part;

/// Blocks from the end among which a signature is looked for.
const FARTHEST: usize = 8;

const FORMULAS: &[&str] = &[
    "accept",
    "please accept",
    "i am, sir",
    "cordially",
    "faithfully",
    "affectionately",
    "with love",
    "примите",
    "с уважением",
    "с глубоким уважением",
    "yours",
    "your",
    "ever yours",
    "yours ever",
    "yours truly",
    "yours sincerely",
    "best regards",
    "regards",
    "kind regards",
    "warm regards",
    "sincere regards",
    "best greetings",
    "with communist greetings",
    "communist greetings",
    "with comradely greetings",
    "with greetings",
    "greetings",
    "salut",
    "salutations",
    "salute",
    "all the best",
    "sincerely",
    "respectfully",
    "fraternally",
    "i embrace",
    "many kisses",
    "kisses",
    "a firm handshake",
    "i shake your hand",
    "a handshake",
    "i press your hand",
    "i press your hand firmly",
    "i remain",
    "i have the honor",
    "i have the honour",
    "with best wishes",
    "best wishes",
    "good-bye",
    "au revoir",
    "с коммунистическим приветом",
    "с ком. приветом",
    "с товарищеским приветом",
    "с приветом",
    "привет",
    "ваш",
    "твой",
    "жму руку",
    "крепко жму руку",
    "крепко обнимаю",
    "преданный",
];

/// Finds the parts after the text, none before block `from`, and marks them. Returns the signature's words. In a letter a last line that
/// is only a name is a signature, whoever wrote it.
pub fn find(pieces: &mut Vec<Piece>, from: usize, author: Option<&str>, letter: bool, desk: &mut Desk<'_>) -> Option<String> {
    lines_apart(pieces, from);
    let floor = pieces.len().saturating_sub(FARTHEST).max(from);
    let postscript = (floor..pieces.len()).find(|at| short_or_long(&pieces[*at].block).is_some_and(|plain| begins_postscript(&plain)));
    let mut end = postscript.unwrap_or(pieces.len());
    if let Some(at) = postscript {
        for piece in &mut pieces[at..] {
            mark(piece, Part::Postscript, "a paragraph that begins with “P.S.”, and what follows, is the postscript", desk);
        }
    }
    if end > from + 1
        && let Some(plain) = short_paragraph(&pieces[end - 1].block).filter(|plain| dateline(plain, &desk.dates).is_some())
        && pieces[end - 1].block.part.is_none()
        && plain.chars().count() <= 60
    {
        mark(&mut pieces[end - 1], Part::Dateline, "a short line that is a date is the dateline", desk);
        end -= 1;
    }
    let last = end.checked_sub(1);
    let signed = (floor..end).rev().find(|at| {
        pieces[*at].block.part == Some(Part::Signature)
            || pieces[*at].block.part.is_none()
                && short_paragraph(&pieces[*at].block)
                    .is_some_and(|plain| is_signature(&plain, author, before(pieces, *at, from).as_deref(), letter && Some(*at) == last))
    });
    let mut first = end;
    if let Some(at) = signed {
        mark(
            &mut pieces[at],
            Part::Signature,
            "a short line at the end that is the author’s name or initials, or follows a leave-taking, is the signature",
            desk,
        );
        first = at;
        after_signature(&mut pieces[at + 1..end], desk);
    }
    // Several who sign, each on a line of their own, below a leave-taking.
    let names = (floor..first).rev().take_while(|at| short_paragraph(&pieces[*at].block).is_some_and(|plain| is_name(&plain))).count();
    if signed.is_some() && names > 0 && first > names && before(pieces, first - names, from).is_some_and(|plain| is_formula(&plain)) {
        for piece in &mut pieces[first - names..first] {
            mark(piece, Part::Signature, "lines of names between a leave-taking and the signature are signatures", desk);
        }
        first -= names;
    }
    while first > floor {
        let at = first - 1;
        let near = signed.is_some() || postscript.is_some() || at + 1 == pieces.len();
        let Some(plain) = short_paragraph(&pieces[at].block).filter(|plain| near && pieces[at].block.part.is_none() && is_formula(plain))
        else {
            break;
        };
        let whole = signed.is_none() && author.is_some_and(|author| plain.trim_end_matches('.').ends_with(author));
        let rule = "a short line before the signature that takes leave is the closer";
        mark(&mut pieces[at], if whole { Part::Signature } else { Part::Closer }, rule, desk);
        first = at;
    }
    signed.and_then(|at| short_paragraph(&pieces[at].block))
}

/// Offices, dates and postscripts between the signature and what begins with "P.S.".
fn after_signature(pieces: &mut [Piece], desk: &mut Desk<'_>) {
    for piece in pieces {
        let date = short_paragraph(&piece.block).is_some_and(|plain| dateline(&plain, &desk.dates).is_some());
        let office = short_paragraph(&piece.block).is_some_and(|plain| {
            [
                "Chairman",
                "Secretary",
                "President",
                "Member",
                "People’s Commissar",
                "Commissar",
                "Delegate",
                "Representative",
                "Председатель",
                "Пред.",
                "Секретарь",
                "Член",
            ]
            .iter()
            .any(|head| plain.starts_with(head))
        });
        if office {
            mark(piece, Part::Signature, "a line after the signature that names an office belongs to it", desk);
        } else if date {
            mark(piece, Part::Dateline, "a short line that is a date is the dateline", desk);
        } else {
            mark(piece, Part::Postscript, "a paragraph after the signature is a postscript", desk);
        }
    }
}

fn mark(piece: &mut Piece, part: Part, rule: &'static str, desk: &mut Desk<'_>) {
    if piece.block.part.is_none() && matches!(piece.block.kind, BlockKind::Paragraph(_)) {
        piece.block.part = Some(part);
        desk.guess(rule, piece.line, short_or_long(&piece.block).unwrap_or_default());
    }
}

fn before(pieces: &[Piece], at: usize, from: usize) -> Option<String> {
    at.checked_sub(1).filter(|before| *before >= from).and_then(|before| short_paragraph(&pieces[before].block))
}

fn short_or_long(block: &Block) -> Option<String> {
    match &block.kind {
        BlockKind::Paragraph(text) => Some(words(text)),
        _ => None,
    }
}

fn begins_postscript(plain: &str) -> bool {
    ["P.S.", "P. S.", "PS.", "PS:", "P.P.S.", "P. P. S.", "PPS", "P.S ", "Postscript", "P.-S.", "Постскриптум", "Р. S.", "Р.S."]
        .iter()
        .any(|head| plain.starts_with(head))
}

/// "All the best,", "Your", "Salut.": begins with a formula and is no sentence of the text.
#[must_use]
pub fn is_formula(plain: &str) -> bool {
    let lower = plain.to_lowercase();
    let begins = FORMULAS
        .iter()
        .any(|formula| lower.strip_prefix(formula).is_some_and(|rest| rest.chars().next().is_none_or(|next| !next.is_alphanumeric())));
    let with = (lower.starts_with("with ") || lower.starts_with("с "))
        && ["greeting", "regards", "wishes", "love", "kisses", "esteem", "respect", "salut", "приветом", "уважением"]
            .iter()
            .any(|word| lower.contains(word));
    let hand = lower.ends_with(',') && lower.contains("handshake");
    (begins || with || hand) && plain.split_whitespace().count() <= 12 && !plain.ends_with(['?', ':'])
}

/// `V. U.`, `K. M.`, `Lenin`, `V. Ulyanov (Lenin)`.
fn is_signature(plain: &str, author: Option<&str>, before: Option<&str>, last: bool) -> bool {
    let all: Vec<&str> = plain.split_whitespace().collect();
    if all.len() > 12 || plain.ends_with([',', ':', ';', '!', '?']) {
        return false;
    }
    let initials = all.len() <= 4
        && all.iter().all(|word| {
            word.ends_with('.')
                && word.chars().count() <= 5
                && word.starts_with(char::is_uppercase)
                && !word.chars().any(char::is_lowercase)
        });
    let own = author.is_some_and(|author| {
        let last = plain.trim_end_matches(['.', ')', ']']);
        last.ends_with(author) || all.iter().any(|word| names::family(word.trim_matches(['(', ')', '.', '*'])) == author)
    });
    let named = all.len() <= 5
        && all.iter().all(|word| {
            word.trim_start_matches(['(', '*', '“', '[']).starts_with(char::is_uppercase)
                || matches!(*word, "de" | "von" | "van" | "di" | "du" | "la" | "der" | "zu")
        });
    let sentence = plain.ends_with('.') && !initials && all.len() > 3;
    let follows = before.is_some_and(is_formula);
    !sentence
        && (initials && (follows || before.is_some() || all.len() >= 2)
            || own && all.len() <= 10 && (named || all.len() > 5)
            || (follows || last && !plain.ends_with('.') && all.len() <= 3) && named)
}

/// The name in a signature, when it is one: not initials alone, no office.
#[must_use]
pub fn signed_name(signature: &str) -> Option<String> {
    let bare = signature.trim().trim_end_matches('.');
    let bare =
        ["Signed: ", "(Signed) ", "Yours, ", "Your ", "Ваш ", "Твой "].iter().find_map(|head| bare.strip_prefix(head)).unwrap_or(bare);
    let initials = bare.split_whitespace().all(|word| word.ends_with('.') || word.chars().count() <= 2);
    (is_name(bare) && !initials && !names::is_office(bare) && !names::is_group(bare)).then(|| bare.to_owned())
}

/// `Jusserand`, `V. Macchi di Cellere`.
fn is_name(plain: &str) -> bool {
    let particle = |word: &str| matches!(word, "de" | "von" | "van" | "di" | "du" | "la" | "der" | "zu");
    plain.split_whitespace().count() <= 5
        && !is_formula(plain)
        && !plain.ends_with([',', ':', ';', '!', '?'])
        && plain.split_whitespace().all(|word| word.starts_with(char::is_uppercase) || particle(word))
}

/// Short lines of one paragraph at the end of a letter are parts of their own.
fn lines_apart(pieces: &mut Vec<Piece>, from: usize) {
    let floor = pieces.len().saturating_sub(FARTHEST).max(from);
    for at in (floor..pieces.len()).rev() {
        let BlockKind::Paragraph(text) = &pieces[at].block.kind else { continue };
        let lines: Vec<Vec<Inline>> = text.split(|inline| *inline == Inline::Break).map(<[Inline]>::to_vec).collect();
        let count = lines.len();
        let closes = |line: &Vec<Inline>| {
            let plain = words(line);
            is_formula(&plain) || begins_postscript(&plain)
        };
        let Some(first) = lines.iter().position(closes).filter(|_| count > 1 && pieces[at].block.part.is_none()) else { continue };
        let line = pieces[at].line;
        let mut apart: Vec<Piece> = Vec::new();
        if first > 0 {
            let body = lines[..first].join(&Inline::Break);
            apart.push(Piece { line, block: Block::paragraph(body) });
        }
        for (offset, text) in lines.into_iter().enumerate().skip(first) {
            apart.push(Piece { line: if line == 0 { 0 } else { line + offset }, block: Block::paragraph(text) });
        }
        pieces.splice(at..=at, apart);
    }
}
