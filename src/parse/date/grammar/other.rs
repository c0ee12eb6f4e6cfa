//! What belongs to other ways of counting: months of the French Republic, the tens of a century.

use super::super::lexicon::Sense;
use super::super::term::Year;
use super::super::token::Kind;
use super::{Reader, is_day};

impl Reader<'_> {
    /// "18 brumaire an VIII"
    pub(super) fn take_republican(&mut self, month: u8) -> bool {
        if self.has_month() || self.term.season.is_some() || self.term.feast.is_some() || self.term.year.is_some_and(|year| year.value > 99)
        {
            return false;
        }
        self.term.republican = true;
        self.term.month_first = self.term.day.is_none();
        self.term.month = Some(month);
        true
    }

    /// "an II, 22 prairial": the year of the Republic before its day and month.
    pub(super) fn year_before_republican(&self) -> bool {
        let kind = |ahead: usize| self.kind(ahead);
        let comma = usize::from(kind(1) == Some(Kind::Comma));
        let republican = |at: usize| matches!(kind(at), Some(Kind::Word(Sense::Republican(_))));
        let day = matches!(kind(1 + comma), Some(Kind::Number(number)) if is_day(number));
        self.empty() && self.after_year_word() && (republican(1 + comma) || day && republican(2 + comma))
    }

    /// "an 8": the numeral is a year.
    pub(super) fn after_year_word(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        matches!(before.map(|token| token.kind), Some(Kind::Word(Sense::YearWord)))
    }

    /// "August 32, 1862": the numeral before a whole year is a day, and there is none such.
    pub(super) fn long_year_after_comma(&self) -> bool {
        let ahead = if self.kind(1) == Some(Kind::Comma) { 2 } else { 1 };
        self.term.year.is_none() && self.number(ahead).is_some_and(|number| number.digits == 4)
    }

    /// "vierziger Jahre des 19. Jahrhunderts", "20-е годы XIX века": ten years of a century.
    pub(super) fn take_tens_of_century(&mut self, tens: u32) -> bool {
        let mut ahead = 1;
        while matches!(self.kind(ahead), Some(Kind::Word(Sense::Filler | Sense::YearWord | Sense::Years)) | Some(Kind::Comma)) {
            ahead += 1;
        }
        let century = match self.kind(ahead) {
            Some(Kind::Roman(value)) => value,
            Some(Kind::Number(number)) if is_day(number) => number.value,
            _ => return false,
        };
        let named = matches!(self.kind(ahead + 1), Some(Kind::Word(Sense::Century)));
        if !named || century == 0 || self.term.year.is_some() {
            return false;
        }
        let value = i32::try_from((century - 1) * 100 + tens).unwrap_or(0);
        self.term.decade = true;
        self.term.year = Some(Year { value, short: false, open: 1, second: None, corrected: None });
        self.at += ahead + 1;
        true
    }
}
