//! What stands before the text of a letter: repeated heading, dateline, addressee, salutation. Every part is optional.

use super::{Desk, Piece, names};
use crate::import::text::{Block, BlockKind, Inline, words};
use crate::model::block::Part;
use crate::parse::date::{self, DateContext, WarningKind};

/// Blocks that may stand before the text.
const FARTHEST: usize = 10;

/// What the opening says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opening {
    /// Index of the first block of the text.
    pub end: usize,
    /// Words of the headings: "MARX TO ENGELS", "IN MANCHESTER".
    pub headings: Vec<String>,
    /// The date as the dateline has it, and its place.
    pub dateline: Option<(String, Option<String>)>,
    /// Lines that name those addressed.
    pub addressees: Vec<String>,
    /// The greeting.
    pub salutation: Option<String>,
}

/// A short line that is a date, with place, address or hour perhaps: the words of the date and of the place.
#[must_use]
pub fn dateline(line: &str, dates: &DateContext) -> Option<(String, Option<String>)> {
    let line = line.trim();
    if line.chars().count() > 90 || !line.chars().any(|letter| letter.is_ascii_digit()) || line.ends_with(['?', '!', ':']) {
        return None;
    }
    if super::labels::read(line).is_some_and(|(_, _, colon)| colon) {
        return None;
    }
    // "23 November 1853, 28 Dean Street": what follows the year is no second day.
    let mut reading = date::read(line, dates);
    if let Some(end) = after_year(line).filter(|end| line[*end..].chars().any(char::is_uppercase)) {
        let shorter = date::read(&line[..end], dates);
        if shorter.date.is_some() {
            reading = shorter;
        }
    }
    if reading.date.is_none() {
        let no_year = reading.warnings.iter().any(|warning| warning.kind == WarningKind::NoYear);
        return (no_year && line.chars().count() <= 24).then(|| (line.to_owned(), None));
    }
    let mut rest = line.to_owned();
    let mut spans: Vec<_> = [Some(reading.span), reading.place, reading.time].into_iter().flatten().map(|span| span.range()).collect();
    spans.sort_by_key(|span| std::cmp::Reverse(span.start));
    for span in spans {
        if rest.is_char_boundary(span.start) && rest.is_char_boundary(span.end.min(rest.len())) && span.start <= rest.len() {
            rest.replace_range(span.start..span.end.min(rest.len()), " ");
        }
    }
    let small =
        ["г", "года", "o’clock", "o'clock", "p.m", "a.m", "the", "night", "evening", "morning", "noon", "in", "at", "on", "of", "в", "ч"];
    let left: Vec<&str> =
        rest.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | '[' | ']' | '(' | ')' | ';')).collect();
    let left: Vec<&str> =
        left.into_iter().map(|word| word.trim_matches(['.', '—', '–', '-', '«', '»'])).filter(|word| !word.is_empty()).collect();
    let named = left.iter().all(|word| {
        word.chars().next().is_some_and(|letter| letter.is_uppercase() || letter.is_ascii_digit())
            || small.contains(&word.to_lowercase().as_str())
    });
    let place =
        reading.place.and_then(|span| line.get(span.range())).map(|place| place.trim_matches([',', '[', ']', ' ', '.', '(']).to_owned());
    let place = place.filter(|place| !place.is_empty());
    const PARTICLES: [&str; 14] = ["of", "the", "near", "am", "an", "de", "la", "le", "les", "sur", "bei", "der", "den", "in"];
    let proper = |place: &String| {
        place.split(' ').all(|word| !word.starts_with(char::is_lowercase) || PARTICLES.contains(&word.trim_end_matches(['.', ','])))
            && place.chars().any(char::is_alphabetic)
    };
    // "The total is £200": a year of the first millennium is no date of a letter.
    if reading.date.as_ref().is_some_and(|date| date.edtf.as_str().starts_with('0')) {
        return None;
    }
    let fits = place.as_ref().is_none_or(proper)
        && place
            .as_ref()
            .is_none_or(|place| place.split(' ').count() <= 5 && place.starts_with(char::is_uppercase) && !place.contains(". "));
    let printed = line.get(reading.span.range()).unwrap_or(line).to_owned();
    (named && left.len() <= 6 && fits).then_some((printed, place))
}

/// The end of the first year of four figures.
fn after_year(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    (0..bytes.len().saturating_sub(3)).find_map(|at| {
        let figures = bytes[at..at + 4].iter().all(u8::is_ascii_digit);
        let alone = (at == 0 || !bytes[at - 1].is_ascii_digit()) && bytes.get(at + 4).is_none_or(|next| !next.is_ascii_digit());
        (figures && alone).then_some(at + 4)
    })
}

/// Finds the parts before the text and marks them.
pub fn find(pieces: &mut Vec<Piece>, title: &str, desk: &mut Desk<'_>) -> Opening {
    lines_apart(pieces);
    let mut opening = Opening::default();
    let mut at = 0;
    while at < pieces.len().min(FARTHEST) {
        let line = pieces[at].line;
        let Some(plain) = short_paragraph(&pieces[at].block).or_else(|| heading(&pieces[at].block)) else { break };
        if let Some(part) = pieces[at].block.part {
            keep(&mut opening, part, &plain, desk);
            at += 1;
            continue;
        }
        let Some(part) = part_of(&plain, title, &opening, at + 1 < pieces.len(), desk) else {
            let next = pieces.get(at + 1).and_then(|next| short_paragraph(&next.block));
            let before_part = plain.chars().count() <= 60
                && !plain.ends_with('.')
                && opening.salutation.is_none()
                && next.is_some_and(|next| is_salutation(&next) || opening.dateline.is_none() && dateline(&next, &desk.dates).is_some());
            if (is_remark(&plain) || before_part) && at + 1 < pieces.len() {
                at += 1;
                continue;
            }
            break;
        };
        if let BlockKind::Heading(_, text) = &mut pieces[at].block.kind {
            if !matches!(part, Part::Heading | Part::Dateline) {
                break;
            }
            pieces[at].block.kind = BlockKind::Paragraph(std::mem::take(text));
        }
        pieces[at].block.part = Some(part);
        keep(&mut opening, part, &plain, desk);
        let rule = match part {
            Part::Heading => "a line in capitals, or the title again, is a heading",
            Part::Dateline => "a short line that is a date is the dateline",
            Part::Addressee => "a short line before the text that names somebody is the addressee",
            _ => "a short line that ends with a comma or exclamation mark is the salutation",
        };
        desk.guess(rule, line, plain);
        at += 1;
    }
    // Remarks such as "(Telegram)" without a part after them belong to the text.
    opening.end = pieces.iter().take(at).rposition(|piece| piece.block.part.is_some()).map_or(0, |last| last + 1);
    opening
}

fn keep(opening: &mut Opening, part: Part, plain: &str, desk: &Desk<'_>) {
    match part {
        Part::Heading => opening.headings.push(plain.to_owned()),
        Part::Dateline => {
            let found = dateline(plain, &desk.dates).unwrap_or_else(|| {
                let reading = date::read(plain, &desk.dates);
                (plain.get(reading.span.range()).filter(|words| !words.is_empty()).unwrap_or(plain).to_owned(), None)
            });
            opening.dateline.get_or_insert(found);
        }
        Part::Addressee => opening.addressees.push(plain.to_owned()),
        Part::Salutation => opening.salutation = Some(plain.to_owned()),
        _ => {}
    }
}

fn part_of(plain: &str, title: &str, opening: &Opening, more: bool, desk: &Desk<'_>) -> Option<Part> {
    let folded = |text: &str| text.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
    let letters = plain.chars().filter(|letter| letter.is_alphabetic()).count();
    let capitals = letters > 2 && !plain.chars().any(char::is_lowercase);
    if more
        && opening.salutation.is_none()
        && opening.dateline.is_none()
        && folded(plain) != folded(title)
        && dateline(plain, &desk.dates).is_some()
    {
        return Some(Part::Dateline);
    }
    let after_heading = opening.dateline.is_none() && opening.salutation.is_none();
    if after_heading && (folded(plain) == folded(title) || capitals && !plain.ends_with(['!', ',']) && !names_somebody_addressed(plain)) {
        return Some(Part::Heading);
    }
    if after_heading
        && plain.starts_with("In ")
        && plain.split(' ').count() <= 4
        && plain.split(' ').skip(1).all(|word| word.starts_with(char::is_uppercase))
    {
        return Some(Part::Heading);
    }
    if !more {
        return None;
    }
    if opening.salutation.is_none() && is_salutation(plain) {
        return Some(Part::Salutation);
    }
    let in_title = super::facts::names_in(title).iter().any(|name| super::names::family(name) == super::names::family(plain));
    let only_name = plain.split(' ').count() <= 3
        && plain.ends_with(char::is_alphabetic)
        && plain.split(' ').all(|word| word.starts_with(char::is_uppercase));
    (opening.salutation.is_none() && (names_somebody_addressed(plain) || in_title && only_name)).then_some(Part::Addressee)
}

/// "Dear Moor,", "Comrades!", "Sir:", «Уважаемый товарищ!».
fn is_salutation(plain: &str) -> bool {
    let Some(body) = plain.strip_suffix([',', '!', ':', ';']).or_else(|| plain.strip_suffix(".—")) else { return false };
    let count = body.split_whitespace().count();
    if count == 0 || count > 8 || body.contains(". ") && count > 5 || body.contains(['?', '(']) {
        return false;
    }
    let lower = body.to_lowercase();
    if ["т. ", "тов. ", "тт. ", "господин", "госпожа", "гражданин"].iter().any(|head| lower.starts_with(head))
    {
        return true;
    }
    const WORDS: [&str; 44] = [
        "dear",
        "dearest",
        "my dear",
        "comrade",
        "comrades",
        "esteemed",
        "respected",
        "highly esteemed",
        "sir",
        "sirs",
        "madam",
        "gentlemen",
        "friend",
        "friends",
        "citizen",
        "citizens",
        "excellency",
        "mother",
        "brother",
        "old boy",
        "mohr",
        "moor",
        "lieber",
        "liebe",
        "verehrter",
        "geehrter",
        "cher",
        "chère",
        "monsieur",
        "madame",
        "дорогой",
        "дорогая",
        "дорогие",
        "милый",
        "милая",
        "уважаемый",
        "уважаемые",
        "многоуважаемый",
        "товарищ",
        "товарищи",
        "тов",
        "господа",
        "друзья",
        "мамочка",
    ];
    WORDS.iter().any(|word| lower.split(|letter: char| !letter.is_alphabetic()).any(|own| own == *word) || lower.starts_with(word))
}

/// "Comrade Stalin for the Politbureau", "To the Members of the Politbureau", «Т. Сталину»: no sign ends it.
pub fn names_somebody_addressed(plain: &str) -> bool {
    let words = plain.split_whitespace().count();
    if !(2..=16).contains(&words) || plain.ends_with(['.', '!', '?', ',', ';']) && !plain.ends_with("C.C.") && !plain.ends_with("B.)") {
        return false;
    }
    const HEADS: [&str; 26] = [
        "To ",
        "TO ",
        "To: ",
        "Comrade ",
        "Comrades ",
        "Cde. ",
        "Comrades: ",
        "Mr. ",
        "Messrs. ",
        "Copy to ",
        "Copies to ",
        "Copy: ",
        "Attention ",
        "Тов. ",
        "Т. ",
        "Тт. ",
        "т. ",
        "тов. ",
        "Товарищу ",
        "Товарищам ",
        "В Политбюро",
        "В ЦК",
        "В Секретариат",
        "Членам ",
        "Копия ",
        "В Совет",
    ];
    HEADS.iter().any(|head| plain.starts_with(head)) && !names::without_titles(plain).is_empty()
}

/// "(Telegram)", "Top secret", "Urgent": a remark of a few words that may stand among the parts.
fn is_remark(plain: &str) -> bool {
    let lower = plain.to_lowercase();
    let inside = lower.trim_matches(['(', ')', '.', '!', '[', ']']);
    const REMARKS: [&str; 22] = [
        "in code",
        "by phone",
        "by direct wire",
        "by telephone",
        "telegram",
        "secret",
        "top secret",
        "strictly secret",
        "urgent",
        "copy",
        "confidential",
        "private",
        "strictly confidential",
        "personal",
        "by direct line",
        "to be kept secret",
        "draft",
        "секретно",
        "строго секретно",
        "срочно",
        "телеграмма",
        "лично",
    ];
    REMARKS.contains(&inside)
}

/// The words of a short heading: a page's markup may make one of a line over the letter.
fn heading(block: &Block) -> Option<String> {
    let BlockKind::Heading(_, text) = &block.kind else { return None };
    Some(words(text)).filter(|plain| plain.chars().count() <= 90)
}

/// The words of a paragraph short enough for a part.
pub fn short_paragraph(block: &Block) -> Option<String> {
    let BlockKind::Paragraph(text) = &block.kind else { return None };
    let plain = words(text);
    (!plain.is_empty() && plain.chars().count() <= 130).then_some(plain)
}

/// Short lines of one paragraph at the beginning of a letter are parts of their own.
fn lines_apart(pieces: &mut Vec<Piece>) {
    let mut at = 0;
    while at < pieces.len().min(FARTHEST) {
        let BlockKind::Paragraph(text) = &pieces[at].block.kind else { break };
        let lines: Vec<Vec<Inline>> = text.split(|inline| *inline == Inline::Break).map(<[Inline]>::to_vec).collect();
        let short = lines.iter().all(|line| words(line).chars().count() <= 90);
        if lines.len() == 1 && !short {
            break;
        }
        if lines.len() > 1 && lines.len() <= 8 && short && pieces[at].block.part.is_none() {
            let line = pieces[at].line;
            let count = lines.len();
            let apart = lines
                .into_iter()
                .enumerate()
                .map(|(offset, text)| Piece { line: if line == 0 { 0 } else { line + offset }, block: Block::paragraph(text) });
            pieces.splice(at..=at, apart);
            at += count;
        } else {
            at += 1;
        }
    }
}
