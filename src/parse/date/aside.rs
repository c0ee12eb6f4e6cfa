//! What stands beside a date and is none: time of day, day of the week, note of receipt, numbers of telegrams,
//! dates of calendars that are not read. Each is put aside with its place before the grammar begins.

mod friends;
mod reigns;

pub(super) use reigns::ReignYear;

use super::DateContext;
use super::lexicon::{self, Sense};
use super::token::{self, Kind, Number, Token};
use crate::base::span::Span;

/// The tokens that may be the date, and what was found beside them.
#[derive(Debug, Default)]
pub(super) struct Aside {
    pub tokens: Vec<Token>,
    pub time: Option<Span>,
    /// 0 Monday – 6 Sunday.
    pub weekday: Option<(u8, Span)>,
    pub received_year: Option<i32>,
    pub received_month: Option<u8>,
    /// Moons and months of other calendars were named.
    pub other_calendar: bool,
    /// Tokens read as a month one letter off: index, month, its name.
    pub misspelt: Vec<(usize, u8, &'static str)>,
    /// A month that is named by its number: where, which it is, and whether the year began in March.
    pub counted_month: Option<(Span, u8, bool)>,
    /// "12 Eliz. I": a year of a reign.
    pub reign: Option<ReignYear>,
    /// "In der Nacht zum 10.": the day before belongs to it.
    pub night_before: bool,
    /// "Week of September 8", "week ending September 8": days from the one printed.
    pub week: Option<(i32, i32)>,
}

/// Puts aside what is no date.
pub(super) fn put_aside(text: &str, tokens: &[Token], context: &DateContext) -> Aside {
    let mut aside = Aside::default();
    let end = receipt(tokens, &mut aside);
    let mut tokens = tokens[..end].to_vec();
    reigns::years_of_reigns(text, &mut tokens, &mut aside);
    evenings_before(text, &mut tokens);
    shelf_marks(&mut tokens);
    torn_years(&mut tokens);
    roman_days(&mut tokens);
    since_creation(&mut tokens);
    french_about(text, &mut tokens, context);
    hours_of_the_day(&mut tokens);
    friends::months_of_friends(text, &mut tokens, &mut aside, context);
    aside.night_before = night_before(text, &tokens);
    aside.week = week(text, &tokens);
    let tokens = &tokens[..];
    let moon_group = moons(tokens, &mut aside);
    let mut at = 0;
    while at < tokens.len() {
        if let Some(length) = time(tokens, at, context) {
            let span = Span::new(tokens[at].start, tokens[at + length - 1].end);
            let joined = aside.time.is_some_and(|time| text[time.end as usize..tokens[at].start].trim().is_empty());
            aside.time = Some(aside.time.map_or(span, |time| if joined { time.to(span) } else { time }));
            // "19 au soir": the small word goes with the time.
            while aside.tokens.last().is_some_and(|token| matches!(token.kind, Kind::Dash | Kind::Comma | Kind::Word(Sense::To))) {
                aside.tokens.pop();
            }
            at += length;
            continue;
        }
        let token = tokens[at];
        match token.kind {
            Kind::Word(Sense::Weekday(day)) => {
                aside.weekday.get_or_insert((day, Span::new(token.start, token.end)));
                // "Wed., " and "Freitags den": the comma goes with it.
                at += usize::from(matches!(tokens.get(at + 1), Some(next) if next.kind == Kind::Comma && aside.tokens.is_empty()));
            }
            Kind::Word(Sense::Not) if numbered(tokens, at) => at += 1,
            Kind::Word(Sense::NumberSign) => {
                aside.tokens.push(Token { kind: Kind::Other, ..token });
                at += usize::from(matches!(tokens.get(at + 1), Some(Token { kind: Kind::Number(_), .. })));
            }
            Kind::Word(Sense::Old | Sense::New) => {
                let style = style(tokens, at);
                // "по старому стилю"
                if style.kind != Kind::Other && aside.tokens.last().is_some_and(|last| last.kind == Kind::Word(Sense::To)) {
                    aside.tokens.pop();
                }
                aside.tokens.push(style);
            }
            // "по ст. ст."
            Kind::Word(Sense::OldStyle | Sense::NewStyle) => {
                if aside.tokens.last().is_some_and(|last| last.kind == Kind::Word(Sense::To)) {
                    aside.tokens.pop();
                }
                aside.tokens.push(token);
            }
            _ if foreign(tokens, at, aside.other_calendar, moon_group) => {}
            _ => aside.tokens.push(token),
        }
        at += 1;
    }
    misspelt(text, &mut aside);
    aside
}

/// "в 3 часа дня" is a time, "ноября 7-го дня" is a day.
fn hours_of_the_day(tokens: &mut Vec<Token>) {
    for at in 0..tokens.len() {
        if tokens[at].kind != Kind::Word(Sense::OfDay) {
            continue;
        }
        let kind = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at)).map(|token| token.kind);
        let hour = matches!(kind(1), Some(Kind::Number(number)) if !number.ordinal);
        let of_month = matches!(kind(2), Some(Kind::Word(Sense::Month(_))));
        let time = matches!(kind(1), Some(Kind::Word(Sense::Clock))) || hour && !of_month && !month_at(tokens, at + 1);
        if time {
            tokens[at].kind = Kind::Word(Sense::TimeOfDay);
        } else if at > 0 {
            tokens[at - 1].end = tokens[at].end;
        }
    }
    tokens.retain(|token| token.kind != Kind::Word(Sense::OfDay));
}

/// "am Abend Johannis": the day before the feast; an evening stands apart from it.
fn evenings_before(text: &str, tokens: &mut [Token]) {
    for at in 1..tokens.len() {
        let close = text.get(tokens[at - 1].end..tokens[at].start).is_some_and(|gap| gap.trim().is_empty());
        let evening = text[tokens[at - 1].start..tokens[at - 1].end].eq_ignore_ascii_case("abend");
        if close && evening && matches!(tokens[at].kind, Kind::Word(Sense::Feast(_))) {
            tokens[at - 1].kind = Kind::Word(Sense::Eve);
        }
    }
}

/// "Nacht zum 10.", "Nacht auf den 10.", "в ночь на 4": it began on the day before.
fn night_before(text: &str, tokens: &[Token]) -> bool {
    let word = |at: usize| tokens.get(at).map_or("", |token| &text[token.start..token.end]);
    let night = |at: usize| ["nacht", "ночь"].iter().any(|night| word(at).to_lowercase() == *night);
    (0..tokens.len()).any(|at| {
        let article = usize::from(matches!(word(at + 2), "den" | "dem"));
        night(at) && matches!(word(at + 1), "zum" | "auf" | "на" | "zu") && number(tokens, at + 2 + article).is_some()
    })
}

/// "Week of September 8, 1770", "week ending 8 September 1770", "semaine du 8 septembre", "Woche vom 8. September": seven days.
fn week(text: &str, tokens: &[Token]) -> Option<(i32, i32)> {
    let at = tokens.iter().position(|token| token.kind == Kind::Word(Sense::Week))?;
    let counted = at > 0 && matches!(tokens[at - 1].kind, Kind::Word(Sense::Ordinal(_)) | Kind::Number(_));
    let word = tokens.get(at + 1).map_or("", |token| &text[token.start..token.end]);
    let day = (at + 2..tokens.len().min(at + 5)).any(|at| number(tokens, at).is_some());
    match word {
        _ if counted || !day => None,
        "of" | "du" | "vom" | "с" | "from" | "beginning" => Some((0, 6)),
        "ending" | "ended" => Some((-6, 0)),
        _ => None,
    }
}

/// French "v. 1860" is "vers".
fn french_about(text: &str, tokens: &mut [Token], context: &DateContext) {
    let short = |token: &Token| token.dot && &text[token.start..token.end] == "v";
    for token in tokens.iter_mut().filter(|token| context.is_french() && short(token)) {
        token.kind = Kind::Word(Sense::Circa);
    }
}

/// "861.00/345", "1918/345": numerals joined without spaces that can be no date are the number of a file.
fn shelf_marks(tokens: &mut [Token]) {
    let number = |token: &Token| match token.kind {
        Kind::Number(number) => Some(number),
        _ => None,
    };
    let mut at = 0;
    while at < tokens.len() {
        let mut end = at;
        let mut numbers = Vec::new();
        while let Some(found) = tokens.get(end).and_then(number) {
            numbers.push(found);
            let close = |one: usize, other: usize, gap: usize| tokens.get(other).is_some_and(|next| next.start == tokens[one].end + gap);
            if tokens[end].dot && close(end, end + 1, 1) {
                end += 1;
            } else if close(end, end + 1, 0)
                && tokens.get(end + 1).is_some_and(|sign| sign.kind == Kind::Slash)
                && close(end + 1, end + 2, 0)
            {
                end += 2;
            } else {
                break;
            }
        }
        let long = |place: usize| numbers.get(place).is_some_and(|number| number.digits == 3 || number.digits > 4);
        if numbers.len() > 1 && (0..numbers.len()).any(long) {
            let last = end.min(tokens.len() - 1);
            tokens[at..=last].iter_mut().for_each(|token| token.kind = Kind::Other);
        }
        at = end + 1;
    }
}

/// "No. 23": the numeral is no day.
fn numbered(tokens: &[Token], at: usize) -> bool {
    tokens[at].dot && matches!(tokens.get(at + 1), Some(Token { kind: Kind::Number(_), .. }))
}

/// "old style", "neuen Stils": a calendar; "New York": a name.
fn style(tokens: &[Token], at: usize) -> Token {
    let token = tokens[at];
    let styled = matches!(tokens.get(at + 1), Some(next) if next.kind == Kind::Word(Sense::Style))
        || at.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(|before| before.kind == Kind::Word(Sense::Style));
    let kind = match (styled, token.kind) {
        (true, Kind::Word(Sense::Old)) => Kind::Word(Sense::OldStyle),
        (true, _) => Kind::Word(Sense::NewStyle),
        (false, _) => Kind::Other,
    };
    Token { kind, ..token }
}

/// Everything from "(Received" on is of another event; its year may help. Gives the number of tokens before.
fn receipt(tokens: &[Token], aside: &mut Aside) -> usize {
    let Some(at) = tokens.iter().position(|token| token.kind == Kind::Word(Sense::Received)).filter(|at| *at > 0) else {
        return tokens.len();
    };
    for token in &tokens[at..] {
        match token.kind {
            Kind::Number(number) if number.digits == 4 => {
                aside.received_year = aside.received_year.or(i32::try_from(number.value).ok());
            }
            Kind::Word(Sense::Month(month)) => aside.received_month = aside.received_month.or(Some(month)),
            _ => {}
        }
    }
    at
}

/// "(Tungchow, 9th year, 8th moon, 16th day.)": notes the calendar; gives the bracket it stands in.
fn moons(tokens: &[Token], aside: &mut Aside) -> Option<u16> {
    let numbered_unit = |at: usize| {
        matches!(tokens[at].kind, Kind::Word(Sense::Unit | Sense::OneDay))
            && !of_month(tokens, at)
            && at
                .checked_sub(1)
                .and_then(|before| tokens.get(before))
                .is_some_and(|before| matches!(before.kind, Kind::Number(number) if number.ordinal))
    };
    let at =
        (0..tokens.len()).find(|at| matches!(tokens[*at].kind, Kind::Word(Sense::Moon | Sense::ForeignMonth)) || numbered_unit(*at))?;
    aside.other_calendar = true;
    Some(tokens[at].group).filter(|group| *group > 0)
}

/// "лета 7205": a year since the creation of the world, not a summer.
fn since_creation(tokens: &mut [Token]) {
    for at in 1..tokens.len() {
        let year = matches!(tokens[at].kind, Kind::Number(number) if number.digits == 4 && number.value > 6000);
        if year && tokens[at - 1].kind == Kind::Word(Sense::Season(2)) {
            tokens[at - 1].kind = Kind::Word(Sense::Filler);
        }
    }
}

/// "3 mai 1 842", "3 мая 191 8": a year torn apart after a day and its month.
fn torn_years(tokens: &mut Vec<Token>) {
    let number = |token: &Token| match token.kind {
        Kind::Number(number) if !number.ordinal && !number.apostrophe => Some(number),
        _ => None,
    };
    let dated = |tokens: &[Token], at: usize| {
        let kind = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at)).map(|token| token.kind);
        let month = |kind: Option<Kind>| matches!(kind, Some(Kind::Word(Sense::Month(_))));
        let day = |kind: Option<Kind>| matches!(kind, Some(Kind::Number(number)) if number.digits <= 2);
        let comma = usize::from(kind(1) == Some(Kind::Comma));
        month(kind(1 + comma)) && day(kind(2 + comma)) || comma == 1 && day(kind(2)) && month(kind(3))
    };
    for at in 2..tokens.len() {
        let (mut value, mut digits, mut end) = (0, 0, at);
        while let Some(piece) = tokens.get(end).and_then(number).filter(|piece| digits + piece.digits <= 4) {
            if end > at && (tokens[end - 1].dot || tokens[end].start != tokens[end - 1].end + 1) {
                break;
            }
            value = value * 10_u32.pow(u32::from(piece.digits)) + piece.value;
            digits += piece.digits;
            end += 1;
        }
        if end > at + 1 && digits == 4 && (1400..=2100).contains(&value) && dated(tokens, at) {
            let last = tokens[end - 1];
            if let Kind::Number(number) = &mut tokens[at].kind {
                (number.value, number.digits, number.garbled) = (value, 4, true);
            }
            (tokens[at].end, tokens[at].dot, tokens[at].query) = (last.end, last.dot, last.query);
            tokens.drain(at + 1..end);
            return;
        }
    }
}

/// "a. d. V Id. Apr.": words of the Roman month are of a date only before a month; what says "before" with them goes.
fn roman_days(tokens: &mut Vec<Token>) {
    let mut at = 0;
    while at < tokens.len() {
        let pridie = tokens[at].kind == Kind::Word(Sense::Pridie);
        if matches!(tokens[at].kind, Kind::Word(Sense::Roman(_))) || pridie {
            let mut ahead = at + 1;
            while matches!(tokens.get(ahead), Some(Token { kind: Kind::Word(Sense::Filler), .. })) {
                ahead += 1;
            }
            let point = matches!(tokens.get(ahead), Some(Token { kind: Kind::Word(Sense::Roman(_)), .. }));
            let month = matches!(tokens.get(ahead), Some(Token { kind: Kind::Word(Sense::Month(_)), .. }));
            match pridie {
                true if !point => tokens[at].kind = Kind::Other,
                false if !month => tokens[at].kind = Kind::Other,
                _ => at = drop_before(tokens, at),
            }
        }
        at += 1;
    }
}

/// Takes out "a. d." and "ante" before the count of a Roman day at `at`; gives where that stands now.
fn drop_before(tokens: &mut Vec<Token>, at: usize) -> usize {
    let counted = at.checked_sub(1).is_some_and(|before| matches!(tokens[before].kind, Kind::Roman(_) | Kind::Number(_)));
    let count = if counted { at - 1 } else { at };
    let says_before = |token: &Token| matches!(token.kind, Kind::Word(Sense::Ce | Sense::Before | Sense::Filler));
    let Some(first) = count.checked_sub(1).filter(|first| says_before(&tokens[*first])) else { return at };
    tokens.remove(first);
    at - 1
}

/// A numeral of a moon, a year of a reign, or anything in the bracket of one.
fn foreign(tokens: &[Token], at: usize, other_calendar: bool, moon_group: Option<u16>) -> bool {
    if moon_group.is_some() && moon_group == Some(tokens[at].group) {
        return true;
    }
    let named = |kind: Option<Kind>| {
        matches!(kind, Some(Kind::Word(Sense::Moon | Sense::Unit | Sense::OneDay | Sense::YearWord | Sense::ForeignMonth)))
    };
    let kind = |at: usize| tokens.get(at).map(|token| token.kind);
    // "15 Ramadan 1334": the day before and the year after are of that calendar.
    let month_beside = |at: Option<usize>| matches!(at.and_then(kind), Some(Kind::Word(Sense::ForeignMonth)));
    match tokens[at].kind {
        Kind::Word(Sense::Moon | Sense::ForeignMonth) => true,
        Kind::Number(_) if month_beside(at.checked_sub(1)) || month_beside(Some(at + 1)) => true,
        Kind::Number(number) if number.digits <= 2 => {
            // "44 г." is a year of ours where no moon is named.
            if !other_calendar && matches!(kind(at + 1), Some(Kind::Word(Sense::YearWord))) {
                return false;
            }
            // "6th of the 12th Month": the day goes with its moon.
            let mut ahead = at + 1;
            while matches!(kind(ahead), Some(Kind::Word(Sense::Filler))) {
                ahead += 1;
            }
            let next_is_unit = named(kind(ahead)) && !matches!(kind(ahead), Some(Kind::Word(Sense::YearWord))) || named(kind(at + 1));
            let counts = ahead > at + 1 && matches!(kind(ahead), Some(Kind::Number(_))) && named(kind(ahead + 1));
            let ordinal_or_moon = number.ordinal || !matches!(kind(at + 1), Some(Kind::Word(Sense::Unit | Sense::OneDay)));
            (next_is_unit && ordinal_or_moon && !counts_days(tokens, at) && !of_month(tokens, ahead)) || counts
        }
        _ => false,
    }
}

/// "the 3rd day of May": a unit before one of our months.
fn of_month(tokens: &[Token], unit: usize) -> bool {
    let mut ahead = unit + 1;
    while matches!(tokens.get(ahead), Some(Token { kind: Kind::Word(Sense::Filler), .. })) {
        ahead += 1;
    }
    // "4th Day. (December 17": the bracket is another date.
    let republican = matches!(tokens.get(ahead), Some(Token { kind: Kind::Word(Sense::Republican(_)), .. }));
    (republican || month_at(tokens, ahead)) && tokens[ahead].group == tokens[unit].group
}

/// "first 10 days of May" is of our calendar, and "1860 г." has no more than a year word after it.
fn counts_days(tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1)
        .and_then(|before| tokens.get(before))
        .is_some_and(|before| matches!(before.kind, Kind::Word(Sense::Ordinal(_) | Sense::Month(_))))
}

fn number(tokens: &[Token], at: usize) -> Option<Number> {
    match tokens.get(at)?.kind {
        Kind::Number(number) if number.digits > 0 && number.digits <= 2 => Some(number),
        _ => None,
    }
}

/// How many tokens from `at` are a time of day; `None` if none are.
fn time(tokens: &[Token], at: usize, context: &DateContext) -> Option<usize> {
    let kind = |at: usize| tokens.get(at).map(|token| token.kind);
    let mut next = at;
    if let Some(length) = half_hour(tokens, at) {
        next += length;
    } else if hours_of_four_digits(tokens, at) {
        next += 1;
    } else if let Some(hour) = number(tokens, at).filter(|hour| hour.value <= 24 && !is_day_of_month(tokens, at)) {
        next += 1;
        let token = tokens.get(at)?;
        let joined = tokens.get(next).is_some_and(|minute| minute.start <= token.end + 2);
        let minutes =
            (token.dot || token.colon) && joined && number(tokens, next).is_some_and(|minute| minute.value < 60 && minute.digits == 2);
        next += usize::from(minutes);
        let clock = match kind(next) {
            Some(Kind::Word(Sense::HalfDay | Sense::Clock | Sense::TimeOfDay)) => true,
            Some(Kind::Word(Sense::Am)) => !context.is_german() && !is_german_on(tokens, next),
            _ => minutes && token.colon,
        };
        if !clock || (matches!(kind(next), Some(Kind::Word(Sense::TimeOfDay))) && !minutes && hour.ordinal) {
            return None;
        }
    } else if !matches!(kind(at), Some(Kind::Word(Sense::TimeOfDay | Sense::HalfDay))) {
        return None;
    }
    loop {
        match kind(next) {
            Some(Kind::Word(Sense::HalfDay | Sense::TimeOfDay)) => next += 1,
            Some(Kind::Word(Sense::Zone)) if next > at => next += 1,
            Some(Kind::Word(Sense::Clock)) => {
                next += 1;
                let minutes = number(tokens, next).is_some_and(|minute| minute.value < 60) && !month_at(tokens, next + 1);
                let minute_named = matches!(kind(next + 1), Some(Kind::Word(Sense::Clock | Sense::TimeOfDay)));
                let close = tokens.get(next).is_some_and(|minute| tokens[next - 1].end + 2 >= minute.start);
                next += usize::from(minutes && (minute_named || close));
            }
            Some(Kind::Word(Sense::Am)) if next > at && number(tokens, next - 1).is_some() => next += 1,
            Some(Kind::Word(Sense::Filler)) if matches!(kind(next + 1), Some(Kind::Word(Sense::TimeOfDay | Sense::HalfDay))) => next += 2,
            _ => break,
        }
    }
    (next > at).then_some(next - at)
}

/// "1/2 8 Uhr": the fraction before the hour; what follows is read as the hour.
fn half_hour(tokens: &[Token], at: usize) -> Option<usize> {
    let (over, under) = (number(tokens, at)?, number(tokens, at + 2)?);
    let slash = tokens.get(at + 1).is_some_and(|sign| sign.kind == Kind::Slash);
    let clock = |at: usize| matches!(tokens.get(at), Some(Token { kind: Kind::Word(Sense::Clock | Sense::TimeOfDay), .. }));
    let fraction = slash && matches!((over.value, under.value), (1, 2) | (1 | 3, 4));
    (fraction && (clock(at + 3) || number(tokens, at + 3).is_some() && clock(at + 4)))
        .then(|| 3 + usize::from(number(tokens, at + 3).is_some()))
}

/// "1330 hours"
fn hours_of_four_digits(tokens: &[Token], at: usize) -> bool {
    let clock = matches!(tokens.get(at + 1), Some(Token { kind: Kind::Word(Sense::Clock | Sense::Zone), .. }));
    let time = |number: Number| number.digits == 4 && number.value / 100 <= 24 && number.value % 100 < 60;
    clock && matches!(tokens.get(at), Some(Token { kind: Kind::Number(number), .. }) if time(*number))
}

/// "мая 5 дня", "May 5 evening": directly after a month that has no day yet.
fn is_day_of_month(tokens: &[Token], at: usize) -> bool {
    let before = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at)).map(|token| token.kind);
    matches!(before(1), Some(Kind::Word(Sense::Month(_)))) && !matches!(before(2), Some(Kind::Number(number)) if number.digits <= 2)
}

fn month_at(tokens: &[Token], at: usize) -> bool {
    matches!(tokens.get(at), Some(Token { kind: Kind::Word(Sense::Month(_)) | Kind::Roman(_), .. }))
}

/// "… am 5. Mai": the German word, not the hour.
fn is_german_on(tokens: &[Token], at: usize) -> bool {
    tokens.get(at + 1).is_some_and(|next| next.dot && matches!(next.kind, Kind::Number(_)))
}

/// If no month is named and a word is one letter off a month beside a numeral, it is taken for it.
fn misspelt(text: &str, aside: &mut Aside) {
    let month = |token: &Token| matches!(token.kind, Kind::Word(Sense::Month(_) | Sense::Republican(_)) | Kind::Roman(1..=12));
    let has_month = aside.tokens.iter().any(month);
    let has_day = aside.tokens.iter().any(|token| matches!(token.kind, Kind::Number(number) if (1..=2).contains(&number.digits)));
    if has_month || !has_day {
        return;
    }
    for at in 0..aside.tokens.len() {
        let token = aside.tokens[at];
        let beside = |at: Option<usize>| at.and_then(|at| aside.tokens.get(at)).is_some_and(|token| matches!(token.kind, Kind::Number(_)));
        if token.kind != Kind::Other || !(beside(at.checked_sub(1)) || beside(Some(at + 1))) {
            continue;
        }
        let word = token::folded(&text[token.start..token.end]);
        if let Some((month, name)) = lexicon::nearly_month(&word).filter(|_| word.chars().count() >= 4) {
            aside.tokens[at].kind = Kind::Word(Sense::Month(month));
            aside.misspelt.push((at, month, name));
        }
    }
}
