//! What print, scanners and telegraphs do to dates: figures left open, letters in place of figures, words spaced out, day and hour in one.

use super::super::lexicon::{self, Sense};
use super::{Folded, Kind, Lexer, Number, Token};

impl Lexer<'_> {
    /// "060900Z June 1944": day and hour of a military telegram.
    pub(super) fn day_and_hour(&mut self, start: usize, number: &Number) -> bool {
        if number.digits != 6 {
            return false;
        }
        let rest = &self.text[self.at..];
        let zone = rest.starts_with(|char: char| char.is_ascii_uppercase()) && !rest[1..].starts_with(char::is_alphanumeric);
        let (day, time) = (number.value / 10_000, number.value % 10_000);
        if !zone || !(1..=31).contains(&day) || time / 100 > 23 || time % 100 > 59 {
            return false;
        }
        self.at = start + 2;
        self.push(Kind::Number(Number { value: day, digits: 2, ordinal: true, ..*number }), start);
        self.at = start + 7;
        self.push(Kind::Word(Sense::TimeOfDay), start + 2);
        true
    }

    /// Marks after the first figures of a year that stand for those left open: "18..", "16??", "184*", "186.".
    pub(super) fn left_open(&mut self, number: Number) {
        let rest = &self.text[self.at..];
        let marks = |chars: &[char]| rest.chars().take_while(|char| chars.contains(char)).count();
        let length = match number.digits {
            2 if marks(&['.']) >= 2 => marks(&['.']),
            2 if rest.starts_with('…') => '…'.len_utf8(),
            2 if rest.starts_with("??") || rest.starts_with("**") => 2,
            3 if rest.starts_with('*') => 1,
            // A stop may end the sentence, but no year of ours has three figures.
            3 if rest.starts_with('.') && rest[1..].trim_end_matches([']', ')', ' ']).is_empty() => 1,
            _ => return,
        };
        let first = number.value / 10_u32.pow(u32::from(number.digits.saturating_sub(2)));
        if number.head.is_none() && (10..=20).contains(&first) {
            let start = self.at;
            self.at += length;
            self.push(Kind::Dash, start);
        }
    }

    /// "19l8", "I9I8", "l2": of two or four signs, of which some are letters that are taken for figures in print.
    pub(super) fn garbled_number(&mut self) -> bool {
        let (mut value, mut figures, mut length, mut end) = (0, 0, 0, self.at);
        for char in self.text[self.at..].chars().take_while(|char| char.is_alphanumeric()) {
            let Some(digit) = figure_of(char).filter(|_| length < 4) else { return false };
            value = value * 10 + digit;
            figures += usize::from(char.is_ascii_digit());
            length += 1;
            end += char.len_utf8();
        }
        let (run, before) = (&self.text[self.at..end], self.text[..self.at].chars().next_back());
        if run.len() == 1 && self.is_day_after_month(run, end) {
            let start = self.at;
            self.at = end;
            let number = Number { value: 1, digits: 1, head: None, ordinal: false, decade: false, apostrophe: false, garbled: true };
            self.push(Kind::Number(number), start);
            return true;
        }
        let year = length == 4 && figures >= 2 && (1400..=2100).contains(&value);
        // "1o" is an ordinal.
        let day = length == 2 && figures == 1 && (1..=31).contains(&value) && !run.ends_with(['o', 'о', 'I']) && !run.starts_with('I');
        if figures == length || !(year || day) || before.is_some_and(|char| char.is_alphanumeric() || char == '/') {
            return false;
        }
        let digits = if year { 4 } else { 2 };
        let start = self.at;
        self.at += run.len();
        let number = Number { value, digits, head: None, ordinal: false, decade: false, apostrophe: false, garbled: true };
        self.push(Kind::Number(number), start);
        true
    }

    /// "Oct. l, 1918": between a month and a whole year.
    fn is_day_after_month(&self, run: &str, end: usize) -> bool {
        let month = matches!(self.tokens.last(), Some(Token { kind: Kind::Word(Sense::Month(_)), .. }));
        let year = self.text[end..].strip_prefix('.').unwrap_or(&self.text[end..]).strip_prefix(',').map(str::trim_start);
        let figures = year.map_or(0, |year| year.bytes().take_while(u8::is_ascii_digit).count());
        matches!(run, "l" | "I") && month && figures == 4
    }

    /// "M a i", "3 м а я": a month spaced out, or torn apart by a scanner; one piece at least is a single letter.
    pub(super) fn spaced_month(&self, start: usize) -> Option<(Sense, usize)> {
        let single_letter = |text: &str| !text.chars().nth(1).is_some_and(char::is_alphabetic);
        let first = &self.text[start..];
        let next = first.trim_start_matches(char::is_alphabetic).strip_prefix([' ', '\u{a0}'])?;
        // Most words are asked no more than this.
        if !next.starts_with(char::is_alphabetic) || !(single_letter(first) || single_letter(next)) {
            return None;
        }
        let mut joined = Folded::default();
        let (mut at, mut single) = (start, false);
        let mut found = None;
        for piece in 0..10 {
            let rest = &self.text[at..];
            let length = rest.find(|char: char| !char.is_alphabetic()).unwrap_or(rest.len());
            if length == 0 || !joined.fold(&rest[..length]) {
                break;
            }
            single |= rest[..length].chars().count() == 1;
            at += length;
            let month = if piece > 0 && single { lexicon::sense(joined.as_str()) } else { None };
            if let Some(month @ Sense::Month(_)) = month {
                found = Some((month, at));
            }
            match self.text[at..].strip_prefix([' ', '\u{a0}']) {
                Some(next) if next.starts_with(char::is_alphabetic) && (single || piece == 0) => at = self.text.len() - next.len(),
                _ => break,
            }
        }
        found
    }
}

/// The figure that a sign is, or is taken for in print.
fn figure_of(char: char) -> Option<u32> {
    match char {
        '0'..='9' => char.to_digit(10),
        'I' | 'l' => Some(1),
        'O' | 'o' | 'О' | 'о' => Some(0),
        'З' | 'з' => Some(3),
        _ => None,
    }
}
