//! Years of English reigns: "12 Eliz. I", "2d April, 5 Geo. III", "in the thirtieth year of Queen Victoria".
//!
//! A year of a reign begins on the day of accession, so a day and a month name one year. It is calculated only where no year is printed, and
//! always named. Numbers of a sovereign are never months.

use super::super::lexicon::Sense;
use super::super::token::{Kind, Token};
use super::Aside;
use crate::base::span::Span;

/// The day a reign is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in super::super) struct Accession {
    pub year: i32,
    pub month: u8,
    pub day: u8,
}

/// A year of a reign as printed.
#[derive(Debug, Clone, Copy)]
pub(in super::super) struct ReignYear {
    pub from: Accession,
    pub number: i32,
    pub span: Span,
}

impl ReignYear {
    /// Our year in which a day of it lies; years here begin in January.
    pub(in super::super) fn year_of(&self, month: u8, day: u8) -> i32 {
        let before = (month, day) < (self.from.month, self.from.day);
        self.from.year + self.number - 1 + i32::from(before)
    }
}

/// A sovereign: names as print shortens them, which of that name, and the day the years are counted from.
struct Reign {
    names: &'static [&'static str],
    number: u32,
    from: Accession,
}

const fn reign(names: &'static [&'static str], number: u32, year: i32, month: u8, day: u8) -> Reign {
    Reign { names, number, from: Accession { year, month, day } }
}

/// Since 1485; the reign of Charles II is counted from his father's death.
#[rustfmt::skip]
const REIGNS: &[Reign] = &[
    reign(&["henry", "hen"], 7, 1485, 8, 22), reign(&["henry", "hen"], 8, 1509, 4, 22), reign(&["edward", "edw"], 6, 1547, 1, 28),
    reign(&["elizabeth", "eliz"], 1, 1558, 11, 17), reign(&["james", "jac", "jas"], 1, 1603, 3, 24), reign(&["charles", "car", "chas"], 1, 1625, 3, 27),
    reign(&["charles", "car", "chas"], 2, 1649, 1, 30), reign(&["james", "jac", "jas"], 2, 1685, 2, 6),
    reign(&["anne"], 1, 1702, 3, 8), reign(&["george", "geo"], 1, 1714, 8, 1), reign(&["george", "geo"], 2, 1727, 6, 11),
    reign(&["george", "geo"], 3, 1760, 10, 25), reign(&["george", "geo"], 4, 1820, 1, 29), reign(&["william", "will", "wm"], 4, 1830, 6, 26),
    reign(&["victoria", "vict", "vic"], 1, 1837, 6, 20), reign(&["edward", "edw"], 7, 1901, 1, 22), reign(&["george", "geo"], 5, 1910, 5, 6),
    reign(&["edward", "edw"], 8, 1936, 1, 20), reign(&["george", "geo"], 6, 1936, 12, 11), reign(&["elizabeth", "eliz"], 2, 1952, 2, 6),
];

/// Names of which there was one only, so that no number stands behind them.
const ALONE: [&str; 3] = ["anne", "victoria", "vict"];

/// Puts years of reigns and the numbers of sovereigns aside.
pub(super) fn years_of_reigns(text: &str, tokens: &mut [Token], aside: &mut Aside) {
    for at in 1..tokens.len() {
        if tokens[at].kind != Kind::Other {
            continue;
        }
        let name = text[tokens[at].start..tokens[at].end].to_lowercase();
        let roman = match tokens.get(at + 1).map(|token| token.kind) {
            Some(Kind::Roman(number)) => Some(number),
            _ => None,
        };
        // "12 Victoria Street" is an address.
        let alone = |name: &String| ALONE.contains(&name.as_str()) && tokens.get(at + 1).is_none_or(|next| next.kind != Kind::Other);
        if !REIGNS.iter().any(|reign| reign.names.contains(&name.as_str())) {
            continue;
        }
        let Some((first, number)) = year_before(text, tokens, at).filter(|_| roman.is_some() || alone(&name)) else {
            continue;
        };
        let last = at + usize::from(roman.is_some());
        let span = Span::new(tokens[first].start, tokens[last].end);
        let found = REIGNS.iter().find(|reign| reign.names.contains(&name.as_str()) && reign.number == roman.unwrap_or(1));
        if let Some(Reign { from, .. }) = found {
            aside.reign.get_or_insert(ReignYear { from: *from, number, span });
        }
        tokens[first..=last].iter_mut().for_each(|token| token.kind = Kind::Other);
    }
}

/// "12 Eliz.", "the thirtieth year of Queen Victoria": where the count stands, and what it is.
fn year_before(text: &str, tokens: &[Token], name: usize) -> Option<(usize, i32)> {
    let mut at = name;
    loop {
        at = at.checked_sub(1)?;
        match tokens[at].kind {
            Kind::Number(number) if number.digits <= 2 => return Some((at, i32::try_from(number.value).ok()?)),
            Kind::Word(Sense::Ordinal(number @ 1..)) => return Some((at, i32::from(number))),
            Kind::Word(Sense::Filler | Sense::YearWord) => {}
            Kind::Other => {
                let word = text[tokens[at].start..tokens[at].end].to_lowercase();
                if !matches!(word.as_str(), "queen" | "king" | "reign" | "his" | "her" | "majesty" | "our" | "lord") {
                    return None;
                }
            }
            Kind::Word(Sense::Moon) => {}
            _ => return None,
        }
    }
}
