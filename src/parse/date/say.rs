//! Days to EDTF: one term or several, with their limits and joining words.

use super::days::{self, Days, Form};
use super::fill;
use super::term::{Beside, Join, Limit, Run, Second, Term};
use super::{DateContext, WarningKind, Warnings};
use crate::model::date::{Calendar, CalendarDay, Day, Marks, OldStyle};
use std::fmt::Write as _;

/// A date in words of EDTF, not yet checked.
#[derive(Debug)]
pub(super) struct Said {
    pub edtf: String,
    pub rule: &'static str,
    pub old_style: Option<OldStyle>,
    pub marks: Marks,
    /// The day, if it is exactly one.
    pub one_day: Option<Day>,
}

impl Said {
    /// "Week of September 8": days from the one that is printed.
    pub(super) fn lasts(&mut self, (from, to): (i32, i32)) {
        let Some(day) = self.one_day.take() else { return };
        (self.edtf, self.rule, self.old_style) = (format!("{}/{}", day.plus(from), day.plus(to)), "week", None);
    }

    /// "In der Nacht zum 10.": the day before and the day.
    pub(super) fn began_the_day_before(&mut self) {
        let Some(day) = self.one_day.take() else { return };
        self.edtf = format!("{}/{day}", day.plus(-1));
        self.rule = "night";
        if let Some(OldStyle { earliest: Some(printed), .. }) = self.old_style.take() {
            let before = day.plus(-1).on(Calendar::Julian);
            self.old_style = Some(OldStyle { text: format!("{before}/{printed}"), earliest: Some(before), latest: Some(printed) });
        }
    }
}

/// What a run of terms means.
pub(super) fn say(run: &mut Run, context: &DateContext, warnings: &mut Warnings) -> Option<Said> {
    fill::fill(&mut run.terms, context, warnings);
    republican_beside_ours(run, context, warnings);
    if let Some(days) = dash_as_dual(run, context, warnings) {
        return Some(single(&run.terms[0].1, days));
    }
    correction_in_brackets(run, warnings);
    if let Some(said) = dual_range(run) {
        return Some(said);
    }
    let mut resolved = Vec::with_capacity(run.terms.len());
    for (join, term) in &run.terms {
        resolved.push((*join, *term, days::days(term, context, warnings)?));
    }
    let mut marks = Marks::default();
    for (_, term) in &run.terms {
        marks.uncertain |= term.query;
        marks.approximate |= term.about;
    }
    let said = match resolved.as_slice() {
        [] => return None,
        [(_, term, days)] => single(term, *days),
        [(_, one, first), (join, other, last)] if finer_of_two(one, first, *join, other, last).is_some() => {
            let other_is_finer = finer_of_two(one, first, *join, other, last) == Some(true);
            single(if other_is_finer { other } else { one }, if other_is_finer { *last } else { *first })
        }
        [(_, one, first), (join, other, last)] => pair(run.between, (one, first), *join, (other, last), warnings),
        many => several(many),
    };
    Some(Said { marks, ..said })
}

/// "en l'an mil six cent dix, le quatorzième jour de mai", "le 31e et dernier jour d'août": whether the second of two says all that the first
/// says, or the other way round.
fn finer_of_two(one: &Term, first: &Days, join: Join, other: &Term, last: &Days) -> Option<bool> {
    if one.limit.is_some() || other.limit.is_some() || !matches!(join, Join::Nothing | Join::And) {
        return None;
    }
    if first.form == Form::Day && first.first == last.first && last.form == Form::Day {
        return Some(false);
    }
    let within = |inner: &Days, outer: &Days| {
        inner.form != Form::Year && outer.form == Form::Year && outer.first <= inner.first && inner.last <= outer.last
    };
    match join {
        Join::Nothing if within(last, first) => Some(true),
        Join::Nothing if within(first, last) => Some(false),
        _ => None,
    }
}

/// "June 5–17, 1864", "27 March/8 April 1898", "7 November (25 October) 1917" as two terms: one day in two calendars.
fn dash_as_dual(run: &Run, context: &DateContext, warnings: &mut Warnings) -> Option<Days> {
    let [(_, one), (join, other)] = run.terms.as_slice() else { return None };
    let ours = |term: &Term| !term.republican && term.roman.is_none();
    let plain = |term: &Term| {
        ours(term) && term.limit.is_none() && term.part.is_none() && term.second.is_none() && !term.around && !term.before_christ
    };
    let bracketed = *join == Join::Nothing;
    if run.between
        || !plain(one)
        || !plain(other)
        || !matches!(join, Join::Dash | Join::Slash | Join::Nothing)
        || bracketed && one.month_first != other.month_first
    {
        return None;
    }
    let year = one.year.filter(|year| !year.short && year.open == 0)?.value;
    // After 1923 no state dates in the Julian calendar: a dash is a range.
    if *join == Join::Dash && !(1582..=1923).contains(&year) {
        return None;
    }
    let first = CalendarDay { year, month: one.month?, day: u8::try_from(one.day?).ok()? };
    let second = Second { beside: Beside::Round, day: other.day?, month: other.month, year: other.year.map(|year| year.value) };
    let days = days::dual(first, second)?;
    // German and Russian editions put the other style in brackets or after a stroke.
    if *join == Join::Dash && (context.is_german() || context.is_russian() || one.day_ordinal) {
        if days.julian.is_some_and(|(old, ..)| old == first) {
            warnings.add(WarningKind::RangeOrDual, one.first, other.last, || {
                format!("read as a range; if it is one day, Old and New Style, type `{}`", days.first)
            });
        }
        return None;
    }
    if *join == Join::Dash {
        warnings.add(WarningKind::RangeOrDual, one.first, other.last, || {
            format!("read as one day, Old and New Style; if it is a range, type `{first}/{}`", days.first)
        });
    }
    Some(days)
}

/// "18 brumaire an VIII [9 novembre 1799]": one day in two calendars; ours is kept, or the Republic's if it says more.
fn republican_beside_ours(run: &mut Run, context: &DateContext, warnings: &mut Warnings) {
    let [(_, one), (Join::Nothing, other)] = run.terms.as_slice() else { return };
    let (one, other) = (*one, *other);
    if one.republican == other.republican || one.limit.is_some() || other.limit.is_some() {
        return;
    }
    let (republican, ours) = if one.republican { (one, other) } else { (other, one) };
    let (Some(own), Some(said)) = (days::days(&republican, context, warnings), days::days(&ours, context, warnings)) else { return };
    let within = said.first <= own.first && own.last <= said.last;
    if !within {
        warnings.add(WarningKind::DualMismatch, one.first, other.last, || {
            format!("the date of the French Republic is {}, not {}; read as {}", own.first, said.first, said.first)
        });
    }
    let finer = within && own.last.number() - own.first.number() < said.last.number() - said.first.number();
    let kept = if finer { republican } else { ours };
    run.terms = vec![(Join::Nothing, Term { first: one.first, last: other.last, ..kept })];
}

/// "3. 5. 1893 [recte 4. 5. 1893]": a second whole day in square brackets is what the editors hold to be right.
fn correction_in_brackets(run: &mut Run, warnings: &mut Warnings) {
    let [(_, one), (Join::Nothing, other)] = run.terms.as_slice() else { return };
    let square = |term: &Term| warnings.tokens.get(term.first).is_some_and(|token| token.square);
    let whole = |term: &Term| term.day.is_some() && term.month.is_some() && term.year.is_some() && term.limit.is_none();
    if square(one) || !square(other) || !whole(one) || !whole(other) {
        return;
    }
    let (first, right) = (one.first, *other);
    warnings.add(WarningKind::Corrected, first, right.last, || "the date in brackets is taken for the one before it".to_owned());
    run.terms = vec![(Join::Nothing, Term { first, ..right })];
}

/// "April 8–13 (21–26), 1917", "between February 6 and 9 (19 and 22), 1905": two dates in two calendars.
fn dual_range(run: &Run) -> Option<Said> {
    let [(_, one), (join, two), (other_join, three)] = run.terms.as_slice() else { return None };
    let ranges = |join: &Join| matches!(join, Join::Dash | Join::To) || run.between && *join == Join::And;
    if !ranges(join) || !ranges(other_join) {
        return None;
    }
    let year = one.year.filter(|year| !year.short && year.open == 0)?.value;
    let second = two.second.filter(|second| second.beside == Beside::Round)?;
    let at = |term: &Term| Some(CalendarDay { year, month: term.month?, day: u8::try_from(term.day?).ok()? });
    let first = days::dual(at(one)?, second)?;
    let last =
        days::dual(at(two)?, Second { day: three.day?, month: three.month.filter(|_| three.month != two.month), year: None, ..second })?;
    let said = match run.between {
        true => plain(format!("[{}..{}]", first.first, last.last), "between"),
        false => plain(format!("{}/{}", first.first, last.last), "dual-range"),
    };
    (first.first <= last.last).then(|| Said { old_style: both_old(&first, &last), ..said })
}

fn single(term: &Term, days: Days) -> Said {
    let marks = Marks { uncertain: term.query, approximate: term.about };
    let old_style = days.julian.map(old_style);
    let (edtf, rule) = match term.limit {
        None if term.around => around(term, &days),
        None if term.from => limited(Limit::Since, &days),
        None => (element_alone(&days, marks), if term.about { "about" } else { days.rule }),
        Some(limit) => limited(limit, &days),
    };
    let one_day = (days.form == Form::Day && term.limit.is_none() && !term.around).then_some(days.first);
    Said { edtf, rule, old_style, marks, one_day }
}

fn old_style((first, last, form): (CalendarDay, CalendarDay, Form)) -> OldStyle {
    let text = match form {
        Form::Day => first.to_string(),
        Form::Month => format!("{first}")[..first.to_string().len() - 3].to_owned(),
        _ => format!("[{first}..{last}]"),
    };
    OldStyle { text, earliest: Some(first), latest: Some(last) }
}

fn around(term: &Term, days: &Days) -> (String, &'static str) {
    if days.form == Form::Day {
        (format!("[{}..{}]", days.first.plus(-5), days.last.plus(5)), "around")
    } else {
        (element_alone(days, Marks { uncertain: term.query, approximate: true }), "about")
    }
}

/// The first and last units of an element: days, months or years.
fn unit(days: &Days, day: Day) -> String {
    let mut text = String::with_capacity(12);
    write_unit(&mut text, days.form, day);
    text
}

fn write_unit(text: &mut String, form: Form, day: Day) {
    let at = day.on(Calendar::Gregorian);
    let sign = if at.year < 0 { "-" } else { "" };
    let year = at.year.unsigned_abs();
    let long = if year > 9999 { "Y" } else { "" };
    // Writing to a String cannot fail.
    let written = match form {
        Form::Day | Form::Days => write!(text, "{at}"),
        Form::Month => write!(text, "{sign}{year:04}-{:02}", at.month),
        Form::Season(season) => write!(text, "{sign}{year:04}-{}", 20 + season),
        Form::Year | Form::Years => write!(text, "{long}{sign}{year:04}"),
        Form::Open(open) | Form::OpenMonth(open) | Form::OpenDay(open) => {
            let shown = year / 10_u32.pow(u32::from(open));
            let (width, rest) = (4 - usize::from(open), usize::from(open));
            let month = if matches!(form, Form::Open(_)) { String::new() } else { format!("-{:02}", at.month) };
            let day = if matches!(form, Form::OpenDay(_)) { format!("-{:02}", at.day) } else { String::new() };
            write!(text, "{sign}{shown:0width$}{:X<rest$}{month}{day}", "")
        }
    };
    debug_assert!(written.is_ok(), "writing to a String cannot fail");
}

fn mark(marks: Marks) -> &'static str {
    match (marks.uncertain, marks.approximate) {
        (true, true) => "%",
        (true, false) => "?",
        (false, true) => "~",
        (false, false) => "",
    }
}

fn element_alone(days: &Days, marks: Marks) -> String {
    let mark = mark(marks);
    match days.form {
        Form::Days => format!("[{}..{}]", days.first, days.last),
        Form::Years => format!("{}{mark}/{}{mark}", unit(days, days.first), unit(days, days.last)),
        _ => {
            let mut text = String::with_capacity(12);
            write_unit(&mut text, days.form, days.first);
            text.push_str(mark);
            text
        }
    }
}

/// An element of a set: a unit, or a range of days.
fn element(days: &Days) -> String {
    match days.form {
        Form::Days | Form::Years => format!("{}..{}", unit(days, days.first), unit(days, days.last)),
        _ => unit(days, days.first),
    }
}

/// The last unit that lies wholly before, or the first wholly after.
fn neighbour(days: &Days, day: Day) -> String {
    let form = match days.form {
        Form::Month | Form::Year => days.form,
        Form::Years | Form::Open(_) => Form::Year,
        _ => Form::Day,
    };
    unit(&Days { form, ..*days }, day)
}

fn limited(limit: Limit, days: &Days) -> (String, &'static str) {
    let counted = days.form == Form::Day;
    match limit {
        Limit::BeforeCounted => (format!("[..{}]", days.first), "before-counted"),
        Limit::AfterCounted if counted => (format!("[{}..]", days.first), "after-counted"),
        Limit::Before => (format!("[..{}]", neighbour(days, days.first.plus(-1))), "before"),
        Limit::After | Limit::AfterCounted => (format!("[{}..]", neighbour(days, days.last.plus(1))), "after"),
        Limit::NotBefore => (format!("[{}..]", neighbour(days, days.first)), "not-before"),
        Limit::NotAfter => (format!("[..{}]", neighbour(days, days.last)), "not-after"),
        Limit::Since => (format!("{}/..", neighbour(days, days.first)), "since"),
    }
}

/// The first or last day a limit allows.
fn edge(limit: Limit, days: &Days) -> Day {
    let counted = days.form == Form::Day;
    match limit {
        Limit::Before => days.first.plus(-1),
        Limit::BeforeCounted => days.first,
        Limit::After => days.last.plus(1),
        Limit::AfterCounted if !counted => days.last.plus(1),
        Limit::AfterCounted | Limit::NotBefore | Limit::Since => days.first,
        Limit::NotAfter => days.last,
    }
}

fn plain(edtf: String, rule: &'static str) -> Said {
    Said { edtf, rule, old_style: None, marks: Marks::default(), one_day: None }
}

fn pair(between: bool, (one, first): (&Term, &Days), join: Join, (other, last): (&Term, &Days), warnings: &mut Warnings) -> Said {
    if let (Some(lower), Some(upper)) = (one.limit, other.limit)
        && lower.is_lower() != upper.is_lower()
    {
        let (from, to) = if lower.is_lower() { (edge(lower, first), edge(upper, last)) } else { (edge(upper, last), edge(lower, first)) };
        let backwards = from > to;
        if backwards {
            backwards_warning(one, other, warnings);
        }
        return plain(format!("[{}..{}]", from.min(to), from.max(to)), "after-and-before");
    }
    if let (None, Some(limit), false) = (one.limit, other.limit, first.form == Form::Day)
        && matches!(join, Join::Nothing | Join::And)
        && (first.first..=first.last).contains(&edge(limit, last))
    {
        let edge = edge(limit, last);
        let (from, to) = if limit.is_lower() { (edge, first.last) } else { (first.first, edge) };
        return plain(format!("[{from}..{to}]"), "within");
    }
    let old = both_old(first, last);
    let joined = match join {
        _ if between => range_text(one, first, other, last, warnings, true),
        Join::To | Join::Dash => range_text(one, first, other, last, warnings, false),
        Join::Slash if first.last < last.first => range_text(one, first, other, last, warnings, false),
        Join::Or => (format!("[{},{}]", element(first), element(last)), "one-of"),
        Join::Slash => (format!("[{},{}]", element(first), element(last)), "one-of"),
        Join::And | Join::Nothing => (format!("{{{},{}}}", element(first), element(last)), "all-of"),
    };
    let joined = match (one.limit, other.limit) {
        (None, None) => joined,
        // "nach dem 10. oder 13.": the wider of two limits of one side.
        (Some(limit), _) | (None, Some(limit)) if limit.is_lower() => limited(limit, if first.first < last.first { first } else { last }),
        (Some(limit), _) | (None, Some(limit)) => limited(limit, if first.last > last.last { first } else { last }),
    };
    Said { old_style: old, ..plain(joined.0, joined.1) }
}

fn both_old(first: &Days, last: &Days) -> Option<OldStyle> {
    let (from, _, _) = first.julian?;
    let (_, to, _) = last.julian?;
    Some(OldStyle { text: format!("{from}/{to}"), earliest: Some(from), latest: Some(to) })
}

fn backwards_warning(one: &Term, other: &Term, warnings: &mut Warnings) {
    warnings.add(WarningKind::RunsBackwards, one.first, other.last, || "the second date is before the first".to_owned());
}

fn range_text(one: &Term, first: &Days, other: &Term, last: &Days, warnings: &mut Warnings, one_of: bool) -> (String, &'static str) {
    if first.first > last.last || first.last > last.last {
        backwards_warning(one, other, warnings);
        return (format!("[{}..{}]", first.first.min(last.first), first.last.max(last.last)), "range");
    }
    let same = first.form == last.form && matches!(first.form, Form::Day | Form::Month | Form::Year);
    let no_unit = |days: &Days| matches!(days.form, Form::Open(_) | Form::OpenMonth(_) | Form::OpenDay(_) | Form::Season(_));
    let single_units = !no_unit(first) && !no_unit(last);
    let text = |days: &Days, day: Day| if same { unit(days, day) } else { day.to_string() };
    if one_of {
        return (format!("[{}..{}]", text(first, first.first), text(last, last.last)), "between");
    }
    let marks = |term: &Term| mark(Marks { uncertain: term.query, approximate: term.about });
    let end = |days: &Days, day: Day| {
        if single_units && !matches!(days.form, Form::Days | Form::Years) { unit(days, day) } else { day.to_string() }
    };
    let edtf = format!("{}{}/{}{}", end(first, first.first), marks(one), end(last, last.last), marks(other));
    (edtf, "range")
}

/// Three dates and more: "28. Februar, 1. oder 2. März 1795", "9. oder 11. Februar bis 2. März 1800".
fn several(many: &[(Join, Term, Days)]) -> Said {
    let first = many.iter().map(|(_, term, days)| term.limit.map_or(days.first, |limit| edge(limit, days))).min();
    let last = many.iter().map(|(_, term, days)| term.limit.map_or(days.last, |limit| edge(limit, days))).max();
    let (Some(first), Some(last)) = (first, last) else { return plain(String::new(), "unread") };
    let limits = many.iter().any(|(_, term, _)| term.limit.is_some());
    let ranges = many.iter().any(|(join, ..)| matches!(join, Join::To | Join::Dash));
    let or = many.iter().any(|(join, ..)| *join == Join::Or);
    if limits || (ranges && or) {
        return plain(format!("[{first}..{last}]"), "between");
    }
    let mut text = String::from(if or { "[" } else { "{" });
    for (at, (_, _, days)) in many.iter().enumerate() {
        let range_follows = many.get(at + 1).is_some_and(|(join, ..)| matches!(join, Join::To | Join::Dash));
        text.push_str(&if range_follows { unit(days, days.first) } else { element(days) });
        if range_follows {
            text.push_str("..");
        } else if at + 1 < many.len() {
            text.push(',');
        }
    }
    text.push(if or { ']' } else { '}' });
    plain(text, if or { "one-of" } else { "all-of" })
}
