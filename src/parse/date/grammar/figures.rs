//! Months and days in figures: "12. 7. 1897", "20/12 1904", "1944/06/06".

use super::super::lexicon::Sense;
use super::super::token::{Kind, Token};
use super::Reader;

impl Reader<'_> {
    /// "1944/06/06", "1918-5-3", "1918.5.3": after the year the month, then the day.
    pub(super) fn take_year_first(&mut self) -> bool {
        let (Some(year), Some(month), Some(last)) = (self.number_and_sign(0), self.number_and_sign(1), self.figure_after_signs(2)) else {
            return false;
        };
        let (Some(month_value), Some(day)) = (self.number(month.1), self.number(last)) else { return false };
        if self.has_month() || self.term.day.is_some() || year.0 != month.0 || month_value.digits > 2 || day.digits > 2 || day.ordinal {
            return false;
        }
        self.term.month = u8::try_from(month_value.value).ok();
        self.term.day = Some(day.value);
        self.at += last;
        true
    }

    /// The sign that joins the figure `place` to the next without a space, and how far ahead the figure is.
    fn number_and_sign(&self, place: usize) -> Option<(Option<Kind>, usize)> {
        let ahead = self.figure_after_signs(place)?;
        let (token, next) = (self.token(ahead)?, self.token(ahead + 1)?);
        let sign = matches!(next.kind, Kind::Slash | Kind::Dash) && next.start == token.end && next.end - next.start == 1;
        let stop = token.dot && next.start == token.end + 1 && matches!(next.kind, Kind::Number(_));
        (sign || stop).then_some((sign.then_some(next.kind), ahead))
    }

    /// How far ahead the figure `place` of a run is: 0, 1, 2 joined by stops, 0, 2, 4 by other signs.
    fn figure_after_signs(&self, place: usize) -> Option<usize> {
        let step = if matches!(self.kind(1)?, Kind::Slash | Kind::Dash) { 2 } else { 1 };
        self.number(place * step).map(|_| place * step)
    }

    /// "12. 7. 1897", "20/12 1904", "3-5-1918": a month in figures.
    pub(super) fn numeric_month(&mut self, day: Token) {
        let sign = match self.token(1) {
            Some(token) if matches!(token.kind, Kind::Slash) => 1,
            Some(token) if matches!(token.kind, Kind::Dash) && token.start == day.end => 1,
            _ if day.dot => 0,
            _ => return,
        };
        let Some(month) = self.number(1 + sign).filter(|number| number.digits <= 2) else { return };
        let Some(token) = self.token(1 + sign).copied() else { return };
        let same_sign = sign == 1 && self.kind(3) == self.kind(1);
        let after = 2 + sign + usize::from(same_sign);
        let year = self.number(after).is_some_and(|number| number.digits >= 2);
        let dash = matches!(self.kind(1), Some(Kind::Dash));
        let closed = after == 2 + sign;
        let month_named = matches!(self.kind(2 + sign), Some(Kind::Word(Sense::Month(_)) | Kind::Roman(_)));
        // "20.11(03.12).1917"
        let bracket = self.token(2).is_some_and(|second| second.dot && second.group > token.group)
            && self.number(2).is_some()
            && self.number(3).is_some();
        let bare = !year && sign == 0 && (token.dot || bracket);
        if month_named || !(year || bare) || (dash && closed) {
            return;
        }
        // "7/20. 11. 1912" has its month still to come.
        if sign == 1 && token.dot && self.number(after + 1).is_some() {
            return;
        }
        self.term.month = u8::try_from(month.value).ok();
        self.term.numeric = true;
        self.term.query |= token.query;
        self.at += after - 1;
    }
}
