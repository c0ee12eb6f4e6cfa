//! Months by their number, as the Society of Friends dated: "8th mo. 5th 1790", "First Day, 3d of Fifth Month 1812".
//!
//! Until 1751 the year of English Friends began in March, which was their first month. The reading is always named, since reports from China
//! count months as well; with a moon, a reign or a year of one nothing is read here.

use super::super::lexicon::Sense;
use super::super::token::{Kind, Token};
use super::super::{DateContext, Language};
use super::Aside;
use crate::base::span::Span;

/// The first year whose months English law counted from January.
const FROM_JANUARY: u32 = 1752;

/// Puts the months of Friends in the place of their numbers.
pub(super) fn months_of_friends(text: &str, tokens: &mut Vec<Token>, aside: &mut Aside, context: &DateContext) {
    let word = |at: usize, token: &Token| {
        text[token.start..token.end].eq_ignore_ascii_case("month") || at > 0 && text[token.start..token.end].eq_ignore_ascii_case("mo")
    };
    let Some(at) = (1..tokens.len()).find(|at| word(*at, &tokens[*at])) else { return };
    let year = tokens.iter().find_map(|token| match token.kind {
        Kind::Number(number) if number.digits == 4 && number.value >= 1650 => Some(number.value),
        _ => None,
    });
    let foreign = |token: &Token| matches!(token.kind, Kind::Word(Sense::Moon | Sense::ForeignMonth | Sense::YearWord | Sense::Month(_)));
    let (Some(number @ 1..=12), Some(year), false) = (count(&tokens[at - 1]), year, tokens.iter().any(foreign)) else { return };
    if context.language.is_some_and(|language| language != Language::English) {
        return;
    }
    let month = if year < FROM_JANUARY { (number + 1) % 12 + 1 } else { number };
    let joined = Token { kind: Kind::Word(Sense::Month(month)), start: tokens[at - 1].start, ..tokens[at] };
    aside.counted_month = Some((Span::new(joined.start, joined.end), month, year < FROM_JANUARY));
    tokens.splice(at - 1..=at, [joined]);
    day_of_week(tokens, aside);
}

/// "Fifth", "5th" or "5".
fn count(token: &Token) -> Option<u8> {
    match token.kind {
        Kind::Number(number) if number.digits <= 2 => u8::try_from(number.value).ok(),
        Kind::Word(Sense::Ordinal(number)) => Some(number),
        _ => None,
    }
}

/// "First Day, 3d of …": Sunday; the day of the month has its own number.
fn day_of_week(tokens: &mut Vec<Token>, aside: &mut Aside) {
    let named =
        |at: &usize| tokens[*at + 1].kind == Kind::Word(Sense::OneDay) && count(&tokens[*at]).is_some_and(|day| (1..=7).contains(&day));
    let Some(at) = (0..tokens.len().saturating_sub(1)).find(named) else { return };
    let behind = |at: usize| tokens.get(at).map(|token| token.kind);
    let other_day = matches!(behind(at + 2), Some(Kind::Number(_)))
        || behind(at + 2) == Some(Kind::Comma) && matches!(behind(at + 3), Some(Kind::Number(_)));
    if let (true, Some(day)) = (other_day, count(&tokens[at])) {
        aside.weekday.get_or_insert(((day + 5) % 7, Span::new(tokens[at].start, tokens[at + 1].end)));
        tokens.drain(at..at + 2);
    }
}
