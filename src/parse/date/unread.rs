//! What of a text was not read as its date: named, so that nothing is passed over in silence.

use super::lexicon::Sense;
use super::term::Run;
use super::token::{Kind, Token};
use super::{DateWarning, WarningKind, Warnings, aside};
use crate::base::span::Span;

/// Figures and months outside the date are named, so that nothing is passed over in silence.
pub(super) fn left_over(aside: &aside::Aside, (first, last): (usize, usize), dayless: bool, warnings: &mut Warnings) {
    // "5. Erntmond 1790": a numeral before a date without a day may be the day.
    let before = aside.tokens[..first.min(aside.tokens.len())].iter().rposition(|token| !matches!(token.kind, Kind::Other));
    if let Some(at) = before.filter(|_| dayless && first < last)
        && first - at <= 2
        && matches!(aside.tokens[at].kind, Kind::Number(number) if (1..=2).contains(&number.digits) && (1..=31).contains(&number.value))
    {
        warnings.add(WarningKind::ReadInPart, at, first, || "the date was read without this".to_owned());
    }
    // "28 Dean Street", "Matthäikirchstr. 31": beside a whole day a numeral next to a name is of the name.
    let named = |at: usize| {
        let other = |at: Option<usize>| at.and_then(|at| aside.tokens.get(at)).is_some_and(|token| token.kind == Kind::Other);
        let comma = |at: usize| usize::from(aside.tokens.get(at).is_some_and(|token| token.kind == Kind::Comma));
        let before = at.checked_sub(1).and_then(|before| at.checked_sub(1 + comma(before)));
        !dayless && (before.is_some_and(|before| before >= last && other(Some(before))) || other(Some(at + 1 + comma(at + 1))))
    };
    let month = |at: usize| matches!(aside.tokens.get(at), Some(Token { kind: Kind::Word(Sense::Month(_)) | Kind::Roman(_), .. }));
    let Some((at, _)) = aside.tokens.iter().enumerate().skip(last).find(|(at, token)| {
        matches!(token.kind, Kind::Word(Sense::Month(_)))
            || matches!(token.kind, Kind::Number(number) if number.digits > 0 && (month(at + 1) || number.digits > 3 || !named(*at)))
    }) else {
        return;
    };
    let year_apart = warnings.list.iter().any(|warning| warning.kind == WarningKind::YearApart);
    if first < last && !year_apart {
        let end = aside.tokens.len();
        warnings.add(WarningKind::ReadInPart, at, end, || "the date was read without this".to_owned());
    }
}

/// "Ostermesse 1790", "Donnerstag nach Invocavit 1522": a day is named, and only its year is read.
pub(super) fn day_unread(aside: &aside::Aside, run: &Run, warnings: &mut Warnings) {
    let [(_, term)] = run.terms.as_slice() else { return };
    let year_only = term.year.is_some() && term.month.is_none() && term.feast.is_none() && term.season.is_none() && term.part.is_none();
    let names_day =
        |token: &Token| matches!(token.kind, Kind::Word(Sense::DayName | Sense::OneDay | Sense::Eve | Sense::Morrow | Sense::Feast(_)));
    if !year_only || term.century || term.decade {
        return;
    }
    let named =
        aside.tokens.iter().position(|token| names_day(token) || token.kind == Kind::Other && sounds_like_day(warnings.text, token));
    let span = match (named, aside.weekday) {
        (Some(at), _) => Span::new(aside.tokens[at].start, aside.tokens[at].end),
        (None, Some((_, span))) => span,
        _ => return,
    };
    let message = "a day is named that is not read; only its year is taken: type the day beside it as `edtf`".to_owned();
    warnings.list.push(DateWarning { kind: WarningKind::ReadInPart, message, span });
}

/// "Totensonntag", "Osterwoche", "Lammas", "Wintersemester": a name for a time of the year; assemblies of estates are none.
fn sounds_like_day(text: &str, token: &Token) -> bool {
    const ENDINGS: [&str; 17] = [
        "tag",
        "tage",
        "tages",
        "fest",
        "messe",
        "nacht",
        "day",
        "night",
        "mas",
        "tide",
        "woche",
        "semester",
        "week",
        "term",
        "неделя",
        "неделе",
        "день",
    ];
    const ASSEMBLIES: [&str; 6] = ["landtag", "reichstag", "bundestag", "parteitag", "kirchentag", "thomas"];
    let word = text[token.start..token.end].to_lowercase();
    ENDINGS.iter().any(|ending| word.ends_with(ending)) && !ASSEMBLIES.iter().any(|assembly| word.ends_with(assembly))
}

pub(super) fn unread(text: &str, aside: &aside::Aside, warnings: &mut Warnings) {
    if aside.other_calendar {
        let span = Span::new(0, text.len());
        let message = "a date of another calendar is not converted".to_owned();
        warnings.list.push(DateWarning { kind: WarningKind::OtherCalendar, message, span });
    } else if warnings.list.is_empty() {
        let message = if text.trim().is_empty() { "there is no text" } else { "no date was found" }.to_owned();
        warnings.list.push(DateWarning { kind: WarningKind::Unread, message, span: Span::new(0, text.len()) });
    }
}
