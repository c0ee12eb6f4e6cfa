//! Tokens to terms: one term is one date, or as much of one as is printed between two joining words.
//!
//! `10. und vor dem 18. April 1799` is two terms, the first of them only a day; what it lacks is filled in by
//! `fill.rs`. What a term may hold is here, how one is read in `grammar.rs`; nothing is calculated.

use super::grammar;
use super::lexicon::{Feast, Part, RomanDay, Sense};
use super::token::{Kind, Token};
use crate::model::date::Calendar;

/// How a limit was put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Limit {
    /// "before": the day is not counted in.
    Before,
    /// "after": the day is not counted in.
    After,
    /// German "vor dem 3.": the day is counted in, coarser dates are not.
    BeforeCounted,
    /// German "nach dem 3.".
    AfterCounted,
    NotBefore,
    NotAfter,
    /// "since": from then on.
    Since,
}

impl Limit {
    /// It sets the first day, not the last.
    pub(super) fn is_lower(self) -> bool {
        matches!(self, Limit::After | Limit::AfterCounted | Limit::NotBefore | Limit::Since)
    }
}

/// A year as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Year {
    pub value: i32,
    /// Only the last one or two digits are printed.
    pub short: bool,
    /// Last digits left open: "186-" has 1.
    pub open: u8,
    /// "1807/08": the second year.
    pub second: Option<i32>,
    /// "1918 [1919]": what the editors put beside it.
    pub corrected: Option<i32>,
}

/// How a second day stands beside the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beside {
    Slash,
    Round,
    Square,
}

/// A second day: New Style beside Old, a correction, or the other day of a night.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Second {
    pub beside: Beside,
    pub day: u32,
    pub month: Option<u8>,
    pub year: Option<i32>,
}

/// One date, or a part of one.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Term {
    /// Index of its first token and one past its last.
    pub first: usize,
    pub last: usize,
    pub limit: Option<Limit>,
    /// Russian "с": since, if no second date follows.
    pub from: bool,
    pub about: bool,
    /// "um den": five days either side.
    pub around: bool,
    pub part: Option<Part>,
    pub day: Option<u32>,
    /// Digits of the day before a bracket.
    pub day_head: Option<u32>,
    /// The day has a full stop or an ordinal ending.
    pub day_ordinal: bool,
    pub month: Option<u8>,
    /// Month and day are both numerals without a name.
    pub numeric: bool,
    pub month_first: bool,
    pub season: Option<u8>,
    pub feast: Option<Feast>,
    pub year: Option<Year>,
    pub decade: bool,
    pub century: bool,
    /// The month is one of the French Republic, the year one of its years or one of ours.
    pub republican: bool,
    /// "Mittwoch vor Pfingsten": the day of the week next before the feast, or after it.
    pub beside_feast: Option<(u8, bool)>,
    /// "V Id. Apr.": the day is counted back from this one of the month.
    pub roman: Option<RomanDay>,
    pub second: Option<Second>,
    pub style: Option<Calendar>,
    pub before_christ: bool,
    /// "A.D." or "B.C." is printed.
    pub era: bool,
    pub query: bool,
}

impl Term {
    /// It names something of its own.
    pub(super) fn says_something(&self) -> bool {
        self.day.is_some()
            || self.month.is_some()
            || self.year.is_some()
            || self.season.is_some()
            || self.feast.is_some()
            || self.part.is_some()
            || self.roman.is_some()
    }
}

impl Term {
    /// A numeral that could be a day, and no more.
    fn is_bare_day(&self) -> bool {
        self.day.is_some() && self.month.is_none() && self.year.is_none() && self.part.is_none() && self.second.is_none()
    }
}

impl Term {
    /// A numeral that could be a year, and no more.
    fn is_bare_year(&self) -> bool {
        let nothing_else =
            self.day.is_none() && self.month.is_none() && self.season.is_none() && self.feast.is_none() && self.part.is_none();
        nothing_else && self.year.is_some_and(|year| year.open == 0) && self.limit.is_none() && !self.era && !self.about
    }
}

/// What joins a term to the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    /// Nothing, or a comma.
    Nothing,
    And,
    Or,
    To,
    /// A dash: to, or the New Style of a dual date.
    Dash,
    Slash,
}

/// A run of terms without foreign words between them.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub terms: Vec<(Join, Term)>,
    pub between: bool,
    pub undated: bool,
}

/// The terms of one run of tokens; `base` is the index of the first token in the whole text.
pub(super) fn run(tokens: &[Token], base: usize) -> Run {
    let mut run = Run::default();
    let mut join = Join::Nothing;
    let mut between_at = None;
    let mut at = 0;
    while at < tokens.len() {
        let started = !run.terms.is_empty();
        match tokens[at].kind {
            Kind::Word(Sense::And | Sense::Or) if started && limit_behind(tokens, at).is_some() => {
                if let (Some((_, term)), Some(limit)) = (run.terms.last_mut(), limit_behind(tokens, at)) {
                    term.limit = Some(limit);
                    term.last = base + at + 2;
                }
                at += 1;
            }
            Kind::Word(Sense::And) => join = Join::And,
            Kind::Word(Sense::Or) if started => join = Join::Or,
            Kind::Word(Sense::To | Sense::Until) if started => join = Join::To,
            Kind::Word(Sense::UntilBefore) if started && !joined_limit(join) => join = Join::To,
            Kind::Dash if started => join = Join::Dash,
            Kind::Slash if started => join = Join::Slash,
            Kind::Word(Sense::Between) => {
                run.between = true;
                between_at = Some(base + at);
            }
            Kind::Word(Sense::Undated) => run.undated = true,
            Kind::Word(Sense::DateWord) if next_kind(tokens, at) == Some(Kind::Word(Sense::Unknown)) => run.undated = true,
            Kind::Word(Sense::Not | Sense::Without)
                if matches!(next_kind(tokens, at), Some(Kind::Word(Sense::DateWord | Sense::Undated))) =>
            {
                run.undated = true;
                at += 1;
            }
            Kind::Comma | Kind::Dash | Kind::Slash => {}
            _ => {
                let (mut term, next) = grammar::term(tokens, at, base);
                if term.says_something() {
                    term.first = between_at.take().unwrap_or(term.first);
                    run.terms.push((join, term));
                    join = Join::Nothing;
                }
                at = next.max(at + 1);
                continue;
            }
        }
        at += 1;
    }
    house_before(&mut run.terms, tokens, base);
    house_after(&mut run.terms, tokens, base);
    winter_of_two_years(&mut run.terms);
    feast_beside_day(&mut run.terms);
    run
}

/// "May 5 or later", "1890 und früher": a limit behind the date, with nothing after it.
fn limit_behind(tokens: &[Token], at: usize) -> Option<Limit> {
    let rest = tokens.get(at + 2..).unwrap_or_default();
    if rest.iter().any(|token| matches!(token.kind, Kind::Number(_) | Kind::Roman(_) | Kind::Word(Sense::Month(_) | Sense::Part(_)))) {
        return None;
    }
    let mut ahead = at;
    while next_kind(tokens, ahead) == Some(Kind::Word(Sense::Filler)) {
        ahead += 1;
    }
    match next_kind(tokens, ahead)? {
        // "ou plus tard", "ou plus tôt"
        Kind::Word(Sense::NotAfter) => Some(Limit::NotBefore),
        Kind::Word(Sense::NotBefore) => Some(Limit::NotAfter),
        Kind::Word(Sense::Later | Sense::After | Sense::AfterCounted) => Some(Limit::NotBefore),
        Kind::Word(Sense::Earlier | Sense::Before | Sense::BeforeCounted) => Some(Limit::NotAfter),
        _ => None,
    }
}

/// "Matthäikirchstraße 31, 3. März 1902", "Тверская, 28, 3 мая": a numeral after a name is of the name, if the day comes after it. After
/// a comma it is only when it is no list of days, which would go upwards.
fn house_before(terms: &mut Vec<(Join, Term)>, tokens: &[Token], base: usize) {
    let [(_, number), (Join::Nothing, other), ..] = terms.as_slice() else { return };
    let at_once = number.first == base;
    let comma = number.first == base + 1 && tokens.first().is_some_and(|token| token.kind == Kind::Comma) && number.day > other.day;
    if base > 0 && (at_once || comma) && !number.day_ordinal && number.is_bare_day() && other.day.is_some() {
        terms.remove(0);
    }
}

/// "23 November 1853, 28 Dean Street": a numeral after a date that is whole is of the address.
fn house_after(terms: &mut Vec<(Join, Term)>, tokens: &[Token], base: usize) {
    let ends_with_year = |term: &Term| {
        let last = term.last.checked_sub(base + 1).and_then(|at| tokens.get(at)).map(|token| token.kind);
        let year = matches!(last, Some(Kind::Number(number)) if number.digits >= 3) || last == Some(Kind::Word(Sense::YearWord));
        term.day.is_some() && term.month.is_some() && term.year.is_some() && year
    };
    // "120 Broadway" is no year, unless it stands in brackets of its own.
    let street = |term: &Term| {
        let open = term.first.checked_sub(base).and_then(|at| tokens.get(at)).is_some_and(|token| token.group == 0);
        term.is_bare_day() || (open && term.is_bare_year())
    };
    let found = terms.windows(2).position(|pair| ends_with_year(&pair[0].1) && pair[1].0 == Join::Nothing && street(&pair[1].1));
    if let Some(whole) = found {
        terms.truncate(whole + 1);
    }
}

/// "winter 1915/1916", "зима 1918—1919 гг.": the second year is the other half of the same winter.
fn winter_of_two_years(terms: &mut Vec<(Join, Term)>) {
    let [(_, winter), (Join::Slash | Join::Dash, other)] = terms.as_slice() else { return };
    let year = |term: &Term| term.year.filter(|year| !year.short && year.open == 0).map(|year| year.value);
    let only_year = other.month.is_none() && other.season.is_none() && other.part.is_none() && other.limit.is_none();
    let next = matches!((year(winter), year(other)), (Some(one), Some(two)) if one + 1 == two);
    if winter.season == Some(WINTER) && only_year && next {
        let last = other.last;
        terms.truncate(1);
        terms[0].1.last = last;
    }
}

/// "Ostersonntag, den 6. April 1890", "Jacobi, 5. Mai 1798": beside a whole day a feast (or what looks like one) says nothing more.
fn feast_beside_day(terms: &mut Vec<(Join, Term)>) {
    let whole = |term: &Term| term.day.is_some() && term.month.is_some();
    if terms.iter().any(|(_, term)| whole(term)) && terms.iter().all(|(join, term)| term.limit.is_none() && *join == Join::Nothing) {
        let year = terms.iter().find_map(|(_, term)| term.feast.and(term.year));
        terms.retain(|(_, term)| term.feast.is_none());
        for (_, term) in terms.iter_mut() {
            term.year = term.year.or(year);
        }
    }
}

const WINTER: u8 = 4;

fn joined_limit(join: Join) -> bool {
    matches!(join, Join::And | Join::Or)
}

fn next_kind(tokens: &[Token], at: usize) -> Option<Kind> {
    tokens.get(at + 1).map(|token| token.kind)
}
