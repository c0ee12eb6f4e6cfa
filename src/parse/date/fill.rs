//! What a term lacks and its neighbours have: `10. und vor dem 18. April 1799`, `Nov 19, Nov 20`.
//!
//! A missing year comes from the right, else from the left, else from the context (with a warning). Nothing is taken
//! across a word that is none of dates, except a year that stands alone.

use super::term::{Join, Term, Year};
use super::{DateContext, WarningKind, Warnings};

/// Gives every term of a run the month, day and year it shares with its neighbours.
pub(super) fn fill(terms: &mut [(Join, Term)], context: &DateContext, warnings: &mut Warnings) {
    share_day(terms);
    share_month(terms);
    share_year(terms, warnings);
    for (_, term) in terms.iter_mut() {
        year_of_context(term, context, warnings);
    }
}

/// "24. Oktober 1796 oder 1797", "7. Juli oder Juni 1796": the day counts for both.
fn share_day(terms: &mut [(Join, Term)]) {
    for at in 1..terms.len() {
        let (left, right) = terms.split_at_mut(at);
        let (one, (join, other)) = (&left[at - 1].1, &mut right[0]);
        let only_year = other.year.is_some() && other.day.is_none() && other.month.is_none() && other.part.is_none() && !other.about;
        // "été 1840 ou 1841", "May 1840 or 1841", "Ostern 1840 oder 1841"
        let season_or_month =
            one.day.is_none() && one.part.is_none() && one.year.is_some() && other.season.is_none() && other.feast.is_none();
        if *join == Join::Or && only_year && season_or_month && !one.decade && !one.century && one.limit.is_none() && other.limit.is_none()
        {
            (other.season, other.month, other.feast) = (one.season, one.month, one.feast);
            continue;
        }
        let same_kind = one.limit.is_none() && other.limit.is_none() && other.part.is_none() && one.second.is_none();
        if *join != Join::Or || !same_kind || one.day.is_none() || other.day.is_some() || other.season.is_some() || other.feast.is_some() {
            continue;
        }
        if other.month.is_none() && one.year.is_some() {
            other.day = one.day;
            other.month = one.month;
        } else if other.month.is_some() && one.year.is_none() && !one.month_first && one.day.is_some_and(|day| day <= 28) {
            other.day = one.day;
        }
    }
}

fn share_month(terms: &mut [(Join, Term)]) {
    for at in 0..terms.len() {
        let term = terms[at].1;
        if term.month.is_some() || (term.day.is_none() && term.part.is_none()) || term.season.is_some() {
            continue;
        }
        if term.part.is_some() && (term.day.is_some() || term.year.is_some()) {
            continue;
        }
        let left = terms[..at].iter().rev().map(|(_, term)| term).find(|term| term.month.is_some());
        let right = terms[at + 1..].iter().map(|(_, term)| term).find(|term| term.month.is_some());
        let from_left = left.filter(|left| left.month_first || right.is_none()).filter(|_| term.part.is_none());
        if let Some(source) = from_left.or(right) {
            let source = *source;
            let term = &mut terms[at].1;
            (term.month, term.month_first) = (source.month, source.month_first);
            (term.numeric, term.republican) = (source.numeric, source.republican);
        }
    }
}

fn share_year(terms: &mut [(Join, Term)], warnings: &mut Warnings) {
    for at in (0..terms.len()).rev() {
        if terms[at].1.year.is_some() {
            continue;
        }
        let right =
            terms.get(at + 1).map(|(_, term)| *term).filter(|term| term.year.is_some() && term.year.is_some_and(|year| year.open == 0));
        if let Some(right) = right {
            let mut year = right.year;
            let before = terms[at].1;
            // "Dezember oder Januar 1806" crosses the year, "Juli oder Juni 1796" does not.
            let back = i32::from(before.month.unwrap_or(0)) - i32::from(right.month.unwrap_or(12));
            let ranges = matches!(terms[at + 1].0, Join::To | Join::Dash);
            let later = before.month.is_some() && (back >= 6 || (ranges && back > 0));
            // "Dec.–Jan. 1770–71": both years are printed.
            if let Some(year) = year.as_mut().filter(|year| later && year.second == Some(year.value + 1)) {
                year.second = None;
            } else if later && let Some(year) = &mut year {
                year.value -= 1;
                warnings.add(WarningKind::YearShared, before.first, before.last, || {
                    format!("the year is printed after the second date only; the first is read as {}", year.value)
                });
            }
            terms[at].1.year = year;
            terms[at].1.before_christ = right.before_christ;
        }
    }
    for at in 1..terms.len() {
        let left = terms[at - 1].1;
        if terms[at].1.year.is_none() && left.year.is_some() {
            let mut year = left.year;
            let back = i32::from(left.month.unwrap_or(0)) - i32::from(terms[at].1.month.unwrap_or(12));
            let ranges = matches!(terms[at].0, Join::To | Join::Dash);
            if (back >= 6 || (ranges && back > 0))
                && let Some(year) = &mut year
            {
                year.value += 1;
                warnings.add(WarningKind::YearShared, terms[at].1.first, terms[at].1.last, || {
                    format!("the year is printed after the first date only; the second is read as {}", year.value)
                });
            }
            terms[at].1.year = year;
            terms[at].1.before_christ = left.before_christ;
        }
    }
}

fn year_of_context(term: &mut Term, context: &DateContext, warnings: &mut Warnings) {
    match (&mut term.year, context.year_hint) {
        (None, Some(hint)) => {
            term.year = Some(Year { value: hint, short: false, open: 0, second: None, corrected: None });
            warnings.add(WarningKind::YearFromContext, term.first, term.last, || {
                format!("no year is printed; read as {hint} from the context")
            });
        }
        (Some(year), Some(hint)) if year.short => {
            let scale = if year.value < 10 { 10 } else { 100 };
            let base = hint - hint.rem_euclid(scale) + year.value;
            let nearest = [base - scale, base, base + scale].into_iter().min_by_key(|candidate| (candidate - hint).abs());
            year.value = nearest.unwrap_or(base);
            year.short = false;
            let value = year.value;
            warnings.add(WarningKind::ShortYear, term.first, term.last, || {
                format!("only the last digits of the year are printed; read as {value}")
            });
        }
        _ => {}
    }
}
