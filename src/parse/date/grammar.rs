//! The grammar of one term: in which order day, month, year and the words around them may stand.
//!
//! Reads as long as each token adds to the term and stops at the first that does not. Nothing is calculated here, and
//! nothing is dropped that could be a part of a date.

mod counted;
mod figures;
mod other;
mod years;

use super::lexicon::{Feast, Part, Sense};
use super::term::{Beside, Limit, Second, Term, Year};
use super::token::{Kind, Number, Token};
use crate::model::date::Calendar;

/// The term that begins at token `at`, and the token after it; `base` is the index of the first token in the whole text.
pub(super) fn term(tokens: &[Token], at: usize, base: usize) -> (Term, usize) {
    let mut reader = Reader { tokens, at, term: Term { first: base + at, ..Term::default() }, negated: false };
    reader.term();
    // The date begins and ends with what says something.
    let says = |index: &usize| !matches!(tokens[*index].kind, Kind::Word(Sense::Filler));
    reader.term.last = base + (at..reader.at).rev().find(says).map_or(reader.at, |last| last + 1);
    let rest_of_other = |index: &usize| matches!(tokens[*index].kind, Kind::Word(Sense::OneDay | Sense::Unit) | Kind::Comma);
    reader.term.first = base + (at..reader.at).find(|index| !rest_of_other(index)).unwrap_or(at);
    (reader.term, reader.at)
}

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    term: Term,
    negated: bool,
}

impl Reader<'_> {
    fn token(&self, ahead: usize) -> Option<&Token> {
        self.tokens.get(self.at + ahead)
    }

    fn kind(&self, ahead: usize) -> Option<Kind> {
        self.token(ahead).map(|token| token.kind)
    }

    fn number(&self, ahead: usize) -> Option<Number> {
        match self.kind(ahead)? {
            Kind::Number(number) => Some(number),
            _ => None,
        }
    }

    fn has_month(&self) -> bool {
        self.term.month.is_some()
    }

    /// Reads tokens as long as each adds to the term.
    fn term(&mut self) {
        while let Some(token) = self.token(0).copied() {
            let took = match token.kind {
                Kind::Number(number) => self.take_number(number, token),
                Kind::Roman(value) => self.take_roman(value),
                Kind::Word(sense) => self.take_word(sense, token),
                Kind::Comma => self.pass_comma(),
                Kind::Dash => self.take_dash(),
                Kind::Slash => self.take_slash(),
                Kind::Other => false,
            };
            if !took {
                return;
            }
            self.term.query |= token.query;
            self.at += 1;
        }
    }

    fn empty(&self) -> bool {
        !self.term.says_something()
    }

    fn take_word(&mut self, sense: Sense, token: Token) -> bool {
        match sense {
            Sense::Month(month) => return self.take_month(month, token),
            Sense::Season(season) if self.empty_or_year_or_part() => self.term.season = Some(season),
            Sense::Feast(feast) if !self.has_month() && self.term.feast.is_none() => self.term.feast = Some(feast),
            Sense::Republican(month) => return self.take_republican(month),
            Sense::Roman(point) if !self.has_month() && self.term.roman.is_none() => self.term.roman = Some(point),
            Sense::Pridie if self.empty() => self.term.day = Some(2),
            Sense::Tens(tens) if self.empty() || self.term.part.is_some() => return self.take_tens_of_century(u32::from(tens)),
            Sense::Part(part) if !self.has_month() && self.term.part.is_none() && self.term.day.is_none() => self.term.part = Some(part),
            Sense::Ordinal(number) if self.term.day.is_none() && (self.term.part.is_none() || self.century_follows()) => {
                return self.take_ordinal(u32::from(number));
            }
            Sense::Twenty(tens) if self.term.day.is_none() => return self.take_twenty(tens),
            Sense::Circa if self.empty() => self.term.about = true,
            Sense::Perhaps if self.empty() => self.term.query = true,
            Sense::Around if self.empty() => self.term.around = true,
            Sense::OldStyle => self.term.style = Some(Calendar::Julian),
            Sense::NewStyle => self.term.style = Some(Calendar::Gregorian),
            Sense::Eve | Sense::Morrow => return self.take_beside_feast(sense == Sense::Eve),
            Sense::From if self.empty() => self.term.from = true,
            Sense::Years if self.empty() => return self.take_years(),
            Sense::Century if self.term.day.is_some() && !self.has_month() => return self.take_century(),
            Sense::UntilBefore if matches!(self.kind(1), Some(Kind::Word(Sense::Ce))) => {
                self.at += 1;
                self.set_era(true);
            }
            Sense::Bce | Sense::Ce => self.set_era(sense == Sense::Bce),
            Sense::Filler
            | Sense::From
            | Sense::YearWord
            | Sense::Years
            | Sense::Unit
            | Sense::OneDay
            | Sense::DateWord
            | Sense::Half
            | Sense::Style
            | Sense::Am => {}
            _ if self.empty() => return self.take_limit(sense),
            _ => return false,
        }
        true
    }

    /// "early nineteenth century"
    fn century_follows(&self) -> bool {
        matches!(self.kind(1), Some(Kind::Word(Sense::Century)))
    }

    fn empty_or_year_or_part(&self) -> bool {
        self.term.day.is_none() && self.term.month.is_none() && self.term.season.is_none()
    }

    /// Words before the date that say on which side of it.
    fn take_limit(&mut self, sense: Sense) -> bool {
        let negated = self.negated;
        let pick = |plain: Limit, negative: Limit| Some(if negated { negative } else { plain });
        self.term.limit = match sense {
            Sense::Not => {
                self.negated = true;
                return true;
            }
            Sense::Before => pick(Limit::Before, Limit::NotBefore),
            Sense::After => pick(Limit::After, Limit::NotAfter),
            Sense::BeforeCounted => pick(Limit::BeforeCounted, Limit::NotBefore),
            Sense::AfterCounted => pick(Limit::AfterCounted, Limit::NotAfter),
            Sense::Earlier => pick(Limit::Before, Limit::NotBefore),
            Sense::Later => pick(Limit::After, Limit::NotAfter),
            Sense::UntilBefore => Some(Limit::Before),
            Sense::Until | Sense::NotAfter => Some(Limit::NotAfter),
            Sense::NotBefore => Some(Limit::NotBefore),
            Sense::Since => Some(Limit::Since),
            // "in or about"
            Sense::Or if self.term.limit.is_none() && !self.limit_follows() => return true,
            // "vor dem oder am": the day itself is allowed.
            Sense::Or => {
                let lower = self.following_limit_is_lower();
                self.at += usize::from(self.term.limit.is_none());
                Some(if self.term.limit.map_or(lower, Limit::is_lower) { Limit::NotBefore } else { Limit::NotAfter })
            }
            Sense::To => return true,
            _ => return false,
        };
        true
    }

    fn limit_follows(&self) -> bool {
        let limit = matches!(
            self.kind(1),
            Some(Kind::Word(
                Sense::Before
                    | Sense::After
                    | Sense::BeforeCounted
                    | Sense::AfterCounted
                    | Sense::Earlier
                    | Sense::Later
                    | Sense::UntilBefore
            ))
        );
        limit
    }

    fn following_limit_is_lower(&self) -> bool {
        matches!(self.kind(1), Some(Kind::Word(Sense::After | Sense::AfterCounted | Sense::Later)))
    }

    fn take_month(&mut self, month: u8, token: Token) -> bool {
        let has_month = self.has_month();
        if let Some(second) = &mut self.term.second
            && second.month.is_none()
            && self.term.year.is_none()
            && has_month
            && token.group > 0
        {
            second.month = Some(month);
            return true;
        }
        if self.has_month() {
            // "March 27 (April 8), 1898"
            let day = self.number(1).filter(|number| is_day(*number));
            if let (true, Some(day)) = (self.opens_second(token), day) {
                self.term.second = Some(Second { beside: beside(token), day: day.value, month: Some(month), year: None });
                self.at += 1;
                self.second_year(token.group);
                return true;
            }
            return false;
        }
        if self.term.season.is_some() || self.term.feast.is_some() {
            return false;
        }
        self.term.month_first = self.term.day.is_none();
        self.term.month = Some(month);
        true
    }

    /// In a bracket that began after a day and a month were complete.
    fn opens_second(&self, token: Token) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(0, |token| token.group);
        let republican = self.term.republican || matches!(self.kind(1), Some(Kind::Word(Sense::Republican(_))));
        self.term.day.is_some() && self.has_month() && self.term.second.is_none() && token.group > 0 && token.group != before && !republican
    }

    /// A year in the same bracket as the second date: `(January 7, 1918)`.
    fn second_year(&mut self, group: u16) {
        let skip = 1 + usize::from(matches!(self.kind(1), Some(Kind::Comma)));
        let year = self.token(skip).filter(|token| token.group == group && self.term.year.is_some());
        if let (Some(_), Some(number), Some(second)) = (year, self.number(skip), self.term.second)
            && number.digits >= 3
        {
            self.term.second = Some(Second { year: i32::try_from(number.value).ok(), ..second });
            self.at += skip;
        }
    }

    fn take_number(&mut self, number: Number, token: Token) -> bool {
        if number.digits == 0 {
            return true;
        }
        if self.year_before_republican() {
            self.set_year(number, 0);
            return true;
        }
        if self.term.republican && self.term.year.is_none() && (self.term.day.is_some() || self.after_year_word()) {
            self.set_year(number, 0);
            return true;
        }
        let tens = number.digits == 2 && number.value.is_multiple_of(10) && (number.decade || number.ordinal);
        if tens && self.take_tens_of_century(number.value) {
            return true;
        }
        if number.decade && number.digits == 2 {
            return self.take_tens(number.value);
        }
        if number.decade && self.term.year.is_none() {
            self.term.decade = true;
            self.set_year(number, 1);
            return true;
        }
        if number.digits >= 3 && !self.is_split_day(number) {
            return self.take_long_year(number, token);
        }
        let no_day = number.value > 31 && !self.is_split_day(number) && !self.long_year_after_comma();
        if number.apostrophe || (self.has_month() && self.term.day.is_none() && no_day) {
            return self.take_short_year(number);
        }
        match (self.term.day, self.has_month()) {
            (None, _) => self.take_day(number, token),
            (Some(_), month) => {
                if month && self.opens_second(token) && is_day(number) {
                    self.term.second = Some(Second { beside: beside(token), day: number.value, month: None, year: None });
                    self.month_of_second(token);
                    self.second_year(token.group);
                    return true;
                }
                if !month && self.opens_bare_second(token) && is_day(number) {
                    self.term.second = Some(Second { beside: beside(token), day: number.value, month: None, year: None });
                    return true;
                }
                self.century_digits(number) || (month && self.take_short_year(number))
            }
        }
    }

    /// "20 ноября (3 декабря)", "20.XI (3.XII)", "20/XI (3/XII)", "20.11(03.12)": the month of the second day.
    fn month_of_second(&mut self, day: Token) {
        let slash = usize::from(self.kind(1) == Some(Kind::Slash));
        let same = self.token(1 + slash).is_some_and(|token| token.group == day.group);
        let month = match self.kind(1 + slash) {
            Some(Kind::Word(Sense::Month(month))) if slash == 0 => Some(month),
            Some(Kind::Roman(value @ 1..=12)) if same => u8::try_from(value).ok(),
            Some(Kind::Number(number)) if same && self.term.numeric && day.dot && number.digits <= 2 => u8::try_from(number.value).ok(),
            _ => return,
        };
        self.at += 1 + slash;
        self.term.second = self.term.second.map(|second| Second { month, ..second });
    }

    /// "7 (20) November"
    fn opens_bare_second(&self, token: Token) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).map_or(0, |token| token.group);
        self.term.second.is_none() && token.group > 0 && token.group != before
    }

    /// `3[5?]`: not a long numeral.
    fn is_split_day(&self, number: Number) -> bool {
        number.head.is_some() && number.digits <= 2
    }

    fn take_day(&mut self, number: Number, token: Token) -> bool {
        if self.has_month() && !self.term.month_first {
            return false;
        }
        // "Jeudi Saint 26 mars": the day beside a feast is a date of its own.
        if self.term.feast.is_some() && self.month_at(1) {
            return false;
        }
        if self.term.year.is_none() && !self.has_month() && self.century_digits(number) {
            self.at += usize::from(matches!(self.kind(1), Some(Kind::Dash)));
            return true;
        }
        // "2. Hälfte", "1-я половина", "3rd week"
        if matches!(self.kind(1), Some(Kind::Word(Sense::Half | Sense::Tenner | Sense::Week | Sense::Quarter))) {
            return self.take_ordinal(number.value);
        }
        if let (Some(Kind::Word(Sense::Feast(feast))), 1..=4) = (self.kind(1), number.value) {
            return self.take_feast_day(feast, number.value);
        }
        self.term.day = Some(number.value);
        self.term.day_head = number.head;
        self.term.day_ordinal = number.ordinal || token.dot;
        if !self.has_month() {
            self.numeric_month(token);
        }
        true
    }

    fn take_roman(&mut self, value: u32) -> bool {
        if self.year_before_republican() {
            let value = i32::try_from(value).unwrap_or(0);
            self.term.year = Some(Year { value, short: false, open: 0, second: None, corrected: None });
            return true;
        }
        if self.term.republican && self.term.year.is_none() {
            let value = i32::try_from(value).unwrap_or(0);
            self.term.year = Some(Year { value, short: false, open: 0, second: None, corrected: None });
            return true;
        }
        if matches!(self.kind(1), Some(Kind::Word(Sense::Roman(_)))) && self.term.day.is_none() {
            self.term.day = Some(value);
            return true;
        }
        if let Some(Kind::Word(Sense::Century)) = self.kind(1) {
            self.term.day = Some(value);
            return true;
        }
        if matches!(self.kind(1), Some(Kind::Word(Sense::Quarter))) {
            return self.take_ordinal(value);
        }
        // "XIX—XX вв."
        let centuries = matches!(
            (self.kind(1), self.kind(2), self.kind(3)),
            (Some(Kind::Dash), Some(Kind::Roman(_)), Some(Kind::Word(Sense::Century)))
        );
        if centuries && self.empty() {
            self.term.day = Some(value);
            return self.take_century();
        }
        // "5 Geo. III. 1765": the number of a sovereign.
        if self.at == 0 && self.term.first > 0 && self.term.day.is_none() {
            return false;
        }
        // "le XIX septembre 1740"
        if self.term.day.is_none()
            && !self.has_month()
            && (1..=31).contains(&value)
            && matches!(self.kind(1), Some(Kind::Word(Sense::Month(_))))
        {
            self.term.day = Some(value);
            return true;
        }
        // "1842 V 3"
        let year_first = self.term.year.is_some() && self.number(1).is_some_and(is_day);
        let dated = self.term.day.is_some() || year_first || self.number(1).is_some_and(|number| number.digits == 4);
        let month = u8::try_from(value).ok().filter(|month| (1..=12).contains(month));
        if self.has_month() || month.is_none() || !dated {
            return false;
        }
        self.term.month = month;
        self.term.month_first = self.term.day.is_none();
        true
    }

    fn set_era(&mut self, before: bool) {
        self.term.before_christ |= before;
        self.term.era = true;
        match (&mut self.term.year, self.term.day, self.term.month) {
            (Some(year), ..) => year.short = false,
            // "44 BC"
            (None, Some(day), None) => {
                self.term.day = None;
                let value = i32::try_from(day).unwrap_or(0);
                self.term.year = Some(Year { value, short: false, open: 0, second: None, corrected: None });
            }
            // "A.D. 79"
            _ => {
                if let Some(number) = self.number(1) {
                    self.at += 1;
                    self.set_year(number, 0);
                }
            }
        }
    }

    /// A comma belongs to the term if the next token completes it.
    fn pass_comma(&mut self) -> bool {
        if self.empty() {
            return self.term.query || self.term.about || self.term.limit.is_some();
        }
        let mut ahead = 1;
        while matches!(
            self.kind(ahead),
            Some(Kind::Word(Sense::Filler | Sense::From | Sense::YearWord | Sense::Unit | Sense::OneDay)) | Some(Kind::Comma)
        ) {
            ahead += 1;
        }
        let term = &self.term;
        match self.kind(ahead) {
            // "May, ___ 1861": the day was left blank.
            Some(Kind::Dash) => {
                let year = self.number(ahead + 1).is_some_and(|number| number.digits == 4);
                let blank = year && term.year.is_none() && term.day.is_none() && self.has_month();
                self.at += if blank { ahead } else { 0 };
                blank
            }
            // "9 Thermidor, an IIe"
            Some(Kind::Number(_) | Kind::Roman(_)) if term.republican => term.year.is_none(),
            // "an II, 22 prairial"
            Some(Kind::Number(number)) if is_day(number) && term.year.is_some_and(|year| year.value <= 14 && !year.short) => {
                matches!(self.kind(ahead + 1), Some(Kind::Word(Sense::Republican(_))))
            }
            Some(Kind::Number(number)) if number.digits >= 3 => term.year.is_none() && !self.empty(),
            Some(Kind::Number(number)) if number.digits > 0 => {
                let day_wanted = self.has_month() && term.day.is_none() && term.part.is_none()
                    // "1895, 5. September"
                    || (term.year.is_some() && term.day.is_none() && term.part.is_none() && is_day(number) && self.month_at(ahead + 1));
                let in_bracket = self.token(ahead).is_some_and(|token| token.group > 0);
                let era = matches!(self.kind(ahead + 1), Some(Kind::Word(Sense::Bce | Sense::Ce)));
                day_wanted
                    || (era && term.year.is_none())
                    || (in_bracket && term.day.is_some())
                    || (number.apostrophe && term.year.is_none())
            }
            Some(Kind::Word(Sense::Month(_))) => {
                !self.has_month() && (term.year.is_some() || term.day.is_some())
                    || self.token(ahead).is_some_and(|token| token.group > 0) && term.day.is_some()
            }
            Some(Kind::Word(Sense::Part(_))) => term.year.is_some() && !self.has_month(),
            Some(Kind::Word(Sense::OldStyle | Sense::NewStyle | Sense::Bce | Sense::Ce)) => !self.empty(),
            _ => false,
        }
    }

    /// A month by name or in Roman numerals, small words aside.
    fn month_at(&self, mut ahead: usize) -> bool {
        while matches!(self.kind(ahead), Some(Kind::Word(Sense::Filler)) | Some(Kind::Slash)) {
            ahead += 1;
        }
        matches!(self.kind(ahead), Some(Kind::Word(Sense::Month(_)) | Kind::Roman(1..=12)))
    }

    /// "July —, 1870": the day was left blank. "Mid-May": the dash joins.
    fn take_dash(&mut self) -> bool {
        if self.term.part.is_some() && !self.has_month() && self.term.year.is_none() {
            return true;
        }
        let comma = usize::from(matches!(self.kind(1), Some(Kind::Comma)));
        let year = self.number(1 + comma).is_some_and(|number| number.digits == 4);
        let blank = self.has_month() && self.term.day.is_none() && self.term.year.is_none() && (year || comma == 1);
        // "5/V—1918": the dash joins the year.
        let (dash, next) = (self.token(0).copied(), self.token(1).copied());
        let tight = matches!((dash, next), (Some(dash), Some(next)) if dash.end == next.start);
        // "9-May-1961", "May-9-1961"
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        let close = tight && matches!((before, dash), (Some(before), Some(dash)) if before.end == dash.start);
        let to_month = self.term.day.is_some() && !self.has_month() && matches!(self.kind(1), Some(Kind::Word(Sense::Month(_))));
        let to_day = self.has_month()
            && self.term.day.is_none()
            && self.kind(2) == Some(Kind::Dash)
            && self.number(3).is_some_and(|year| year.digits == 4);
        if close && self.term.year.is_none() && (to_month || to_day && self.number(1).is_some_and(is_day)) {
            return true;
        }
        let dated = self.has_month() && self.term.day.is_some() && self.term.year.is_none();
        let roman = self.at.checked_sub(1).and_then(|at| self.tokens.get(at)).is_some_and(|token| matches!(token.kind, Kind::Roman(_)));
        if dated
            && (roman && tight && self.number(1).is_some() || self.number(1).is_some_and(|number| number.digits == 4 && !number.decade))
        {
            return true;
        }
        let joins_numeral =
            !self.has_month() && self.term.day.is_some() && matches!(self.kind(1), Some(Kind::Roman(_) | Kind::Word(Sense::Century)));
        blank || joins_numeral
    }

    /// "7/20 ноября", "May 2/15, 1917", "20/XII": a second day or a Roman month.
    fn take_slash(&mut self) -> bool {
        // "3/VIII/1914"
        if self.has_month() && self.term.day.is_some() && self.term.year.is_none() && self.number(1).is_some_and(|year| year.digits == 4) {
            return true;
        }
        if self.term.day.is_none() || self.term.year.is_some() {
            return false;
        }
        if matches!(self.kind(1), Some(Kind::Roman(_))) {
            return !self.has_month();
        }
        let Some(number) = self.number(1).filter(|number| is_day(*number)) else { return false };
        let next = self.kind(2);
        let named = matches!(next, Some(Kind::Word(Sense::Month(_)) | Kind::Roman(_)));
        let slash_roman = matches!((next, self.kind(3)), (Some(Kind::Slash), Some(Kind::Roman(_))));
        let numeric = self.token(2).is_some_and(|token| token.dot) && self.number(3).is_some_and(|year| year.digits == 4);
        if self.term.second.is_some() || (self.has_month() && (named || !self.term.month_first)) {
            return false;
        }
        self.at += 1;
        self.term.second = Some(Second { beside: Beside::Slash, day: number.value, month: None, year: None });
        if numeric
            && !self.has_month()
            && let Some(month) = self.number(1)
        {
            self.term.month = u8::try_from(month.value).ok();
            self.term.numeric = true;
            self.at += 1;
        } else if slash_roman {
            self.at += 1;
        }
        true
    }
}

fn is_day(number: Number) -> bool {
    number.digits > 0 && number.digits <= 2 && (1..=31).contains(&number.value)
}

fn beside(token: Token) -> Beside {
    if token.square { Beside::Square } else { Beside::Round }
}
