//! What is counted in a date and is no day of a month: halves, weeks, quarters, decades, centuries, days of a feast.

use super::Reader;
use super::{Feast, Kind, Part, Sense, Year};

impl Reader<'_> {
    /// "в 20-х числах"
    pub(super) fn take_tens(&mut self, value: u32) -> bool {
        let counts = matches!(self.kind(1), Some(Kind::Word(Sense::Unit))) && self.term.day.is_none() && self.term.part.is_none();
        if counts {
            self.term.part = u8::try_from(value).ok().map(Part::From);
            self.at += 1;
        }
        counts
    }

    /// "2. Weihnachtstag", "dritter Ostertag"
    pub(super) fn take_feast_day(&mut self, feast: Feast, number: u32) -> bool {
        let later = u8::try_from(number).unwrap_or(1) - 1;
        let wanted = self.term.feast.is_none() && !self.has_month();
        if wanted {
            self.term.feast = Some(match feast {
                Feast::Fixed(month, day, _) => Feast::Fixed(month, day + later, day + later),
                Feast::Easter(offset, _) => Feast::Easter(offset.saturating_add_unsigned(later), 1),
                Feast::Advent(..) => Feast::Advent(i8::try_from(later).unwrap_or(0) * 7, 1),
            });
            self.at += 1;
        }
        wanted
    }

    /// "la veille de Noël", "le lendemain de Noël"; without a feast after it the word says nothing.
    pub(super) fn take_beside_feast(&mut self, before: bool) -> bool {
        let mut ahead = 1;
        while matches!(self.kind(ahead), Some(Kind::Word(Sense::Filler))) {
            ahead += 1;
        }
        if let (Some(Kind::Word(Sense::Feast(feast))), false) = (self.kind(ahead), self.has_month() || self.term.feast.is_some()) {
            self.term.feast = Some(if before { feast.eve() } else { feast.morrow() });
            self.at += ahead;
        }
        true
    }

    /// "années 1860", but not "années 1860-1865".
    pub(super) fn take_years(&mut self) -> bool {
        let tens = self.number(1).filter(|number| number.digits == 4 && number.value.is_multiple_of(10));
        if let (Some(number), false) = (tens, matches!(self.kind(2), Some(Kind::Dash))) {
            self.at += 1;
            self.term.decade = true;
            self.set_year(number, 1);
        }
        true
    }

    /// "twenty-first"
    pub(super) fn take_twenty(&mut self, tens: u8) -> bool {
        let dash = usize::from(matches!(self.kind(1), Some(Kind::Dash)));
        let Some(Kind::Word(Sense::Ordinal(number @ 1..=9))) = self.kind(1 + dash) else { return false };
        self.at += 1 + dash;
        self.take_ordinal(u32::from(tens + number))
    }

    pub(super) fn take_century(&mut self) -> bool {
        let Some(number) = self.term.day.take() else { return false };
        self.term.century = true;
        let value = i32::try_from(number).unwrap_or(0) - 1;
        self.term.year = Some(Year { value: value * 100, short: false, open: 2, second: None, corrected: None });
        true
    }

    /// An ordinal and what it counts: half, ten days, week, quarter, "first days of".
    pub(super) fn take_ordinal(&mut self, number: u32) -> bool {
        let mut ahead = 1;
        while matches!(self.kind(ahead), Some(Kind::Word(Sense::Filler)) | Some(Kind::Dash)) {
            ahead += 1;
        }
        let count = u8::try_from(number).unwrap_or(u8::MAX);
        if let Some(Kind::Word(Sense::Month(_))) = self.kind(ahead) {
            // "the first of May", "premier mai", "letzter Februar": the last day is known with the month.
            self.at += ahead - 1;
            match count {
                0 => self.term.part = Some(Part::Last),
                _ => self.term.day = Some(number),
            }
            return !self.has_month();
        }
        if let (Some(Kind::Word(Sense::Feast(feast))), 1..=4, 1) = (self.kind(ahead), number, ahead) {
            return self.take_feast_day(feast, number);
        }
        let part = match (self.kind(ahead), count) {
            (Some(Kind::Word(Sense::Half)), 1 | 2) => Part::Half(count),
            (Some(Kind::Word(Sense::Half)), 0) => Part::Half(2),
            (Some(Kind::Word(Sense::Tenner | Sense::Unit)), 1) => Part::Begin,
            (Some(Kind::Word(Sense::Tenner)), 2) => Part::Middle,
            (Some(Kind::Word(Sense::Tenner | Sense::Unit)), 0) | (Some(Kind::Word(Sense::Tenner)), 3) => Part::End,
            // "в двадцатых числах"
            (Some(Kind::Word(Sense::Unit)), 10 | 20) => Part::From(count),
            // "the last day of May", "this fifteenth day of April"
            (Some(Kind::Word(Sense::OneDay)), 0) => Part::Last,
            (Some(Kind::Word(Sense::OneDay)), 1..=31) if !self.has_month() || self.term.month_first => {
                self.at += ahead;
                self.term.day = Some(number);
                return true;
            }
            // "nineteenth century"
            (Some(Kind::Word(Sense::Century)), 1..=21) if !self.has_month() => {
                self.at += ahead;
                self.term.day = Some(number);
                return self.take_century();
            }
            (Some(Kind::Word(Sense::Week)), 0..=4) => Part::Week(count),
            (Some(Kind::Word(Sense::Quarter)), 0) => Part::Quarter(4),
            (Some(Kind::Word(Sense::Quarter)), 1..=4) => Part::Quarter(count),
            _ => return false,
        };
        self.at += ahead;
        self.term.part = Some(part);
        true
    }
}
