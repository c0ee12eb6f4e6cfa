//! The years of a date: whole, with digits left open, two years, the last digits only.

use super::super::lexicon::Sense;
use super::super::term::Year;
use super::super::token::{Kind, Number, Token};
use super::Reader;

impl Reader<'_> {
    /// "18—" and "18??" after a day and month: the century is printed, not the year.
    pub(super) fn century_digits(&mut self, number: Number) -> bool {
        let open = self.open_digits(number);
        if open > 0 && self.term.year.is_none() && (self.has_month() || self.term.day.is_none()) {
            self.set_year(number, open);
            return true;
        }
        false
    }

    pub(super) fn open_digits(&self, number: Number) -> u8 {
        let (Some(token), next) = (self.token(0), self.token(1)) else { return 0 };
        let dash = next.is_some_and(|next| next.kind == Kind::Dash && next.start == token.end);
        let followed = self.number(2).is_some() || matches!(self.kind(2), Some(Kind::Word(Sense::Month(_) | Sense::Century)));
        if number.ordinal {
            return 0;
        }
        if (number.digits == 3 && token.query)
            || (dash && !followed && (10..=20).contains(&number.value) && number.digits == 2)
            || (dash && !followed && number.digits == 3)
        {
            4 - number.digits
        } else {
            0
        }
    }

    pub(super) fn set_year(&mut self, number: Number, open: u8) {
        let scale = 10_u32.pow(u32::from(if self.term.decade { 0 } else { open }));
        let value = i32::try_from(number.value.saturating_mul(scale)).unwrap_or(i32::MAX / 2);
        self.term.year = Some(Year { value, short: false, open, second: None, corrected: None });
    }

    pub(super) fn take_long_year(&mut self, number: Number, token: Token) -> bool {
        let value = i32::try_from(number.value).unwrap_or(i32::MAX / 2);
        if number.digits > 4 {
            return false;
        }
        if let Some(year) = &mut self.term.year {
            // "12. Febr. 97 [1797]"
            if token.square && year.short && value % 100 == year.value {
                (year.value, year.short) = (value, false);
                return true;
            }
            // "1918 [1919]"
            let correction = token.square && year.corrected.is_none() && !year.short;
            if correction {
                year.corrected = Some(value);
            }
            return correction;
        }
        let open = self.open_digits(number);
        self.set_year(number, open);
        if number.digits == 4 && self.take_year_first() {
            return true;
        }
        if open > 0 {
            self.at += usize::from(matches!(self.kind(1), Some(Kind::Dash)));
        }
        self.second_of_years(value, number.digits);
        true
    }

    /// "1807/08", "1750/1", "1904–05": a second year printed short.
    pub(super) fn second_of_years(&mut self, value: i32, digits: u8) {
        let (Some(sign), Some(next)) = (self.token(1).copied(), self.number(2)) else { return };
        // "1649[/50]", "[1649/]50": a bracket may stand between.
        let joined = |one: &Token, other: &Token| one.end == other.start || one.end + 1 == other.start && one.group != other.group;
        let adjacent = self.token(0).is_some_and(|token| joined(token, &sign)) && self.token(2).is_some_and(|token| joined(&sign, token));
        let joins = matches!(sign.kind, Kind::Slash | Kind::Dash);
        // "1862–8" is years, "1862-8" may be a month.
        let hyphen = sign.kind == Kind::Dash && sign.end - sign.start == 1;
        let time = self.token(2).is_some_and(|token| token.colon);
        let month_follows = matches!(self.kind(3), Some(Kind::Word(Sense::Month(_))));
        // "January 30, 1648-9", before the new year of old.
        let scale = if next.digits == 1 { 10 } else { 100 };
        let old_year =
            self.term.month.is_some_and(|month| month <= 3) && i32::try_from(next.value).is_ok_and(|next| (value + 1) % scale == next);
        let hyphen = hyphen && !(old_year && self.term.day.is_some());
        // "10. 12. 1911–13. 1. 1912": the numeral begins another day.
        let dash_after_day = sign.kind == Kind::Dash && self.term.day.is_some() && !old_year;
        let begins_date = dash_after_day || month_follows || self.token(2).is_some_and(|token| token.dot) && self.number(3).is_some();
        if digits != 4 || !joins || !adjacent || next.digits > 2 || time || begins_date || (hyphen && next.digits < 2) {
            return;
        }
        let second = value - value % scale + i32::try_from(next.value).unwrap_or(0);
        if second > value
            && let Some(year) = &mut self.term.year
        {
            year.second = Some(second);
            self.at += 2;
        }
    }

    pub(super) fn take_short_year(&mut self, number: Number) -> bool {
        if self.term.year.is_some() || number.digits > 2 || !self.has_month() || number.ordinal {
            return false;
        }
        let era = matches!(self.kind(1), Some(Kind::Word(Sense::Bce | Sense::Ce)));
        self.set_year(number, 0);
        if let Some(year) = &mut self.term.year {
            year.short = !era;
        }
        true
    }
}
