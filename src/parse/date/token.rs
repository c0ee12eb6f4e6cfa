//! Text to tokens: numerals, words of dates, signs, and which brackets stand around them.
//!
//! Brackets and question marks become attributes of the tokens they touch, so the grammar never sees them.
//! One pass over the text. This file refuses to know what a date is.

mod named;
mod print;
mod spelled;

use super::lexicon::{self, Sense};

/// A numeral as printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub value: u32,
    /// Digits printed.
    pub digits: u8,
    /// What stood before a bracket inside the numeral: `3[5?]` has 3.
    pub head: Option<u32>,
    /// "1st", "3.", "5ten".
    pub ordinal: bool,
    /// "1860s".
    pub decade: bool,
    /// `'96`.
    pub apostrophe: bool,
    /// `19l8`: a letter stands for a figure, or a space between them.
    pub garbled: bool,
}

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Number(Number),
    /// I–XII in capitals, or I–XXXIX.
    Roman(u32),
    Word(Sense),
    /// A word that is none of dates.
    Other,
    Comma,
    /// Any run of dashes or underscores.
    Dash,
    Slash,
}

/// A token with the signs that touch it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
    /// In square brackets: supplied by the editors.
    pub square: bool,
    /// Number of the innermost bracket of any kind it stands in; 0 is none.
    pub group: u16,
    /// A question mark follows.
    pub query: bool,
    /// A full stop follows at once.
    pub dot: bool,
    /// A colon follows at once.
    pub colon: bool,
}

/// Longest word looked up, in bytes; longer ones are no words of dates.
const LONGEST: usize = 40;

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    groups: Vec<(u16, char)>,
    next_group: u16,
    /// A question mark stands before the next token.
    doubt: bool,
    tokens: Vec<Token>,
}

/// The tokens of a text, in order.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer { text, at: 0, groups: Vec::new(), next_group: 1, doubt: false, tokens: Vec::with_capacity(16) };
    while let Some(char) = lexer.peek() {
        lexer.step(char);
    }
    lexer.tokens
}

impl Lexer<'_> {
    fn peek(&self) -> Option<char> {
        let byte = *self.text.as_bytes().get(self.at)?;
        if byte.is_ascii() { Some(char::from(byte)) } else { self.text[self.at..].chars().next() }
    }

    fn step(&mut self, char: char) {
        let start = self.at;
        match char {
            '0'..='9' | 'I' | 'l' | 'O' | 'О' | 'З' if self.garbled_number() => {}
            '0'..='9' => self.number(false),
            '[' | '(' | '<' | '〈' | '⟨' | '{' | '‹' => {
                self.groups.push((self.next_group, char));
                self.next_group = self.next_group.saturating_add(1);
                self.at += char.len_utf8();
            }
            ']' | ')' | '>' | '〉' | '⟩' | '}' | '›' => {
                self.groups.pop();
                self.at += char.len_utf8();
            }
            // "[?5 May]": before what it doubts.
            '?' if self.opens_doubt() => {
                self.at += 1;
                self.doubt = true;
            }
            '?' => {
                self.at += 1;
                if let Some(last) = self.tokens.iter_mut().rev().find(|token| !matches!(token.kind, Kind::Comma)) {
                    last.query = true;
                }
            }
            '.' => {
                self.at += 1;
                self.mark(start, |token| token.dot = true);
            }
            ':' => {
                self.at += 1;
                self.mark(start, |token| token.colon = true);
            }
            ',' | ';' => self.sign(Kind::Comma, char),
            '/' => self.sign(Kind::Slash, char),
            '-' | '_' | '–' | '—' | '‒' | '―' | '−' | '‐' | '‑' => {
                while self.peek().is_some_and(is_dash) {
                    self.at += self.peek().map_or(1, char::len_utf8);
                }
                self.push(Kind::Dash, start);
            }
            '\'' | '’' if self.text.as_bytes().get(self.at + char.len_utf8()).is_some_and(u8::is_ascii_digit) => {
                self.at += char.len_utf8();
                self.number(true);
            }
            '№' | '&' | '§' => {
                self.at += char.len_utf8();
                let sense = if char == '&' { Sense::And } else { Sense::NumberSign };
                self.push(Kind::Word(sense), start);
            }
            'n' | 'N' if self.text[self.at + 1..].starts_with(['°', 'º']) => {
                self.at += 1;
                self.push(Kind::Word(Sense::NumberSign), start);
            }
            _ if char.is_alphabetic() => self.word(),
            _ => self.at += char.len_utf8(),
        }
    }

    fn opens_doubt(&self) -> bool {
        let alphanumeric = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
        let before = self.text[..self.at].chars().next_back();
        let bracketed = matches!(before, Some('[' | '('));
        let rest = &self.text[self.at + 1..];
        // "[? March 1832]"
        let rest = if bracketed { rest.strip_prefix([' ', '\u{a0}']).unwrap_or(rest) } else { rest };
        alphanumeric(rest.chars().next()) && (bracketed || matches!(before, None | Some(' ' | '\u{a0}')))
    }

    fn sign(&mut self, kind: Kind, char: char) {
        let start = self.at;
        self.at += char.len_utf8();
        self.push(kind, start);
    }

    fn push(&mut self, kind: Kind, start: usize) {
        let square = self.groups.iter().any(|group| group.1 == '[');
        let group = self.groups.last().map_or(0, |group| group.0);
        let query = std::mem::take(&mut self.doubt);
        self.tokens.push(Token { kind, start, end: self.at, square, group, query, dot: false, colon: false });
    }

    /// Marks the last token if it (or its closing bracket or question mark) ends near `at`.
    fn mark(&mut self, at: usize, set: fn(&mut Token)) {
        if let Some(last) = self.tokens.last_mut()
            && self.text[last.end..at].chars().all(|char| matches!(char, ']' | ')' | '?' | ' ' | '\u{a0}' | '\u{202f}'))
        {
            set(last);
        }
    }

    /// Digits, over brackets inside them: `1[2?]`, `191[0]`, `189[9?]`; then an ordinal ending.
    fn number(&mut self, apostrophe: bool) {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut number = Number { value: 0, digits: 0, head: None, ordinal: false, decade: false, apostrophe, garbled: false };
        let mut square = false;
        loop {
            match bytes.get(self.at) {
                Some(digit @ b'0'..=b'9') => {
                    number.value = number.value.saturating_mul(10).saturating_add(u32::from(digit - b'0'));
                    number.digits = number.digits.saturating_add(1);
                    self.at += 1;
                }
                // Four digits make a year: what follows in brackets is another.
                Some(b'[') if number.digits < 4 && bytes.get(self.at + 1).is_some_and(u8::is_ascii_digit) => {
                    number.head = Some(number.value);
                    self.groups.push((self.next_group, '['));
                    self.next_group = self.next_group.saturating_add(1);
                    square = true;
                    self.at += 1;
                }
                Some(b']')
                    if bytes.get(self.at + 1).is_some_and(u8::is_ascii_digit) && number.digits < 4 && self.groups.pop().is_some() =>
                {
                    square = true;
                    self.at += 1;
                }
                // "[2?]1 May"
                Some(b'?')
                    if bytes.get(self.at + 1) == Some(&b']')
                        && bytes.get(self.at + 2).is_some_and(u8::is_ascii_digit)
                        && number.digits < 4
                        && self.groups.pop().is_some() =>
                {
                    square = true;
                    self.doubt = true;
                    self.at += 2;
                }
                _ => break,
            }
        }
        if self.day_and_hour(start, &number) {
            return;
        }
        let end = self.at;
        self.ordinal_ending(&mut number);
        let outer = self.groups.len().saturating_sub(usize::from(number.head.is_some() && square));
        let group = outer.checked_sub(1).and_then(|index| self.groups.get(index)).map_or(0, |group| group.0);
        let square = square || self.groups.iter().any(|group| group.1 == '[');
        let end = if number.ordinal || number.decade { self.at } else { end };
        let query = std::mem::take(&mut self.doubt);
        self.tokens.push(Token { kind: Kind::Number(number), start, end, square, group, query, dot: false, colon: false });
        self.left_open(number);
    }

    fn ordinal_ending(&mut self, number: &mut Number) {
        let rest = &self.text[self.at..];
        // "1825-го года": the ending of a year says nothing.
        if let Some(ending) = ["-го", "-й", "-м", "-му"].iter().find(|ending| number.digits == 4 && rest.starts_with(**ending))
            && !rest[ending.len()..].starts_with(char::is_alphabetic)
        {
            self.at += ending.len();
            return;
        }
        let dash = usize::from(rest.starts_with('-'));
        let word = &rest[dash..];
        let length = word.find(|char: char| !char.is_alphabetic()).unwrap_or(word.len());
        let word = &word[..length];
        let decade = number.value.is_multiple_of(10) && number.digits >= 4;
        if decade && let Some(length) = ["'s", "’s"].iter().find(|ending| rest.starts_with(**ending)).map(|ending| ending.len()) {
            number.decade = true;
            self.at += length;
            return;
        }
        match word {
            "s" | "er" | "ers" | "х" | "е" | "ые" if decade => number.decade = true,
            // "в 20-х числах", "20-е числа": the days from the 20th on.
            "х" if number.digits == 2 && number.value.is_multiple_of(10) => number.decade = true,
            "е" if number.digits == 2 && number.value.is_multiple_of(10) && rest[dash + length..].starts_with(" числа") => {
                number.decade = true;
            }
            "st" | "nd" | "rd" | "th" | "d" | "t" | "ten" | "te" | "ter" | "tes" | "er" | "e" | "re" | "º" | "ème" | "me" | "го"
            | "ого" | "е" | "ого́" | "я" | "й" | "ое" | "ая" | "ую" | "ste" | "sten" | "tens" | "stes"
                if number.digits <= 2 =>
            {
                number.ordinal = true;
            }
            "bre" | "ber" | "bris" | "br" if dash == 0 && (7..=10).contains(&number.value) => {
                let start = self.at - usize::from(number.digits);
                self.at += length;
                self.push(Kind::Word(Sense::Month(number.value as u8 + 2)), start);
                // The numeral itself is spent: an empty one is dropped by the grammar.
                number.digits = 0;
                return;
            }
            _ => return,
        }
        self.at += dash + length;
    }

    fn word(&mut self) {
        let start = self.at;
        let rest = &self.text[start..];
        let length = rest
            .char_indices()
            .find(|&(at, char)| !(char.is_alphabetic() || matches!(char, '\'' | '’') && rest[at + char.len_utf8()..].starts_with("clock")))
            .map_or(rest.len(), |(at, _)| at);
        if rest.starts_with("б/д") {
            self.at = start + "б/д".len();
            self.push(Kind::Word(Sense::Undated), start);
            return;
        }
        if let Some((sense, end)) = self.abbreviation(start) {
            self.at = end;
            self.push(Kind::Word(sense), start);
            return;
        }
        if let Some((month, end)) = self.spaced_month(start) {
            self.at = end;
            self.push(Kind::Word(month), start);
            return;
        }
        self.at = start + length;
        let word = &rest[..length];
        if let Some(kind) = roman(word).map(Kind::Roman).or_else(|| roman_year(word).map(Kind::Number)) {
            self.push(kind, start);
            return;
        }
        let mut folded = Folded::default();
        let known = folded.fold(word);
        if let Some((feast, end)) = self.day_of_saint(start, folded.as_str()) {
            self.at = end;
            self.push(Kind::Word(Sense::Feast(feast)), start);
            return;
        }
        if let Some((number, end)) = self.spelled_number(start, folded.as_str()) {
            self.at = end;
            self.push(Kind::Number(number), start);
            return;
        }
        let sense = if known { lexicon::sense(folded.as_str()).and_then(|sense| self.in_place(sense, word)) } else { None };
        if let Some((feast, end)) =
            sense.filter(|sense| lexicon::opens_phrase(*sense)).and_then(|_| lexicon::phrase(folded.as_str(), |rest| self.follows(rest)))
        {
            self.at = end;
            self.push(Kind::Word(feast), start);
            return;
        }
        if sense.is_none()
            && known
            && let Some(month) = lexicon::german_month(folded.as_str())
        {
            self.push(Kind::Word(Sense::Month(month)), start);
            return;
        }
        if sense.is_none()
            && known
            && let Some((month, part)) = lexicon::compound(folded.as_str())
        {
            // "erste Maihälfte" is read as "erste Hälfte Mai".
            self.push(Kind::Word(part), start);
            self.push(Kind::Word(month), start);
            return;
        }
        self.push(sense.filter(|sense| *sense != Sense::Opens).map_or(Kind::Other, Kind::Word), start);
        // "post-1830": the hyphen joins.
        let joined = self.text[self.at..].strip_prefix('-').is_some_and(|rest| rest.starts_with(|char: char| char.is_ascii_digit()));
        self.at += usize::from(joined && matches!(sense, Some(Sense::Before | Sense::After)));
    }

    /// The sense a word has as it is written and where it stands; `None` makes it a name.
    fn in_place(&self, sense: Sense, word: &str) -> Option<Sense> {
        let next = self.text[self.at..].chars().next();
        let last = self.tokens.last().map(|token| token.kind);
        match (sense, word) {
            // "Army Post", "ad Aquas": only as prepositions, only as an era.
            (Sense::Before, "pre" | "Pre") if next != Some('-') => None,
            (Sense::After, "Post") | (Sense::Before, "Ante") | (Sense::Ce, "ad" | "Ad") | (Sense::Circa, "C") => None,
            (Sense::Filler, "CE") => Some(Sense::Ce),
            // "Ap. 5th" and "brum. an VIII" are months, "AP" and "Mess" are not.
            (Sense::Month(4), _) if word.eq_ignore_ascii_case("ap") && next != Some('.') => None,
            (Sense::Republican(_), _) if word.chars().count() <= 6 && word.to_lowercase() != "nivôse" && next != Some('.') => None,
            // "18 t. Octobr": an ordinal ending apart from its numeral.
            (Sense::Filler, "t") if !matches!(last, Some(Kind::Number(number)) if number.digits <= 2) => None,
            (Sense::Zone, _) if !matches!(last, Some(Kind::Number(number)) if number.digits == 4 || number.digits <= 2) => None,
            // German "3. u. 4. Mai"
            (Sense::And, "u" | "U") if word == "U" || next != Some('.') => None,
            // "à la Saint-Jean" is a day, "Saint-Cloud" is a place.
            (Sense::Saint, _) if named::opens_day(self.before_word()) => Some(Sense::DayName),
            (Sense::Saint, _) => None,
            // "mai à juin"
            (Sense::Filler, "à") if matches!(last, Some(Kind::Word(Sense::Month(_)) | Kind::Number(_))) => Some(Sense::To),
            // "44 avant J.-C."
            (Sense::Before, "avant") if self.follows("j c").is_some() => Some(Sense::Bce),
            (Sense::After, "après") if self.follows("j c").is_some() => Some(Sense::Ce),
            // "XIX в." and "XVIIe s." are centuries, "в мае" is not.
            (Sense::Filler, "в" | "s") if next == Some('.') && matches!(last, Some(Kind::Roman(_) | Kind::Number(_))) => {
                Some(Sense::Century)
            }
            _ => Some(sense),
        }
    }

    /// The text before the last word read.
    fn before_word(&self) -> &str {
        let text = &self.text[..self.at];
        text.trim_end_matches(char::is_alphabetic)
    }

    /// Where the words `rest` end, if they stand next; between them may be spaces, hyphens and apostrophes.
    fn follows(&self, rest: &str) -> Option<usize> {
        let mut at = self.at;
        for wanted in rest.split(' ') {
            let gap = self.text[at..].find(|char: char| !matches!(char, ' ' | '\u{a0}' | '-' | '\'' | '’' | '.'))?;
            at += gap;
            let word = &self.text[at..];
            let length = word.find(|char: char| !char.is_alphabetic()).unwrap_or(word.len());
            let mut folded = Folded::default();
            if gap == 0 || !folded.fold(&word[..length]) || folded.as_str() != wanted {
                return None;
            }
            at += length;
        }
        Some(at)
    }

    /// `p. m.`, `o. D.`, `ст. ст.`, `av. J.-C.`: two to four short words with dots.
    fn abbreviation(&self, start: usize) -> Option<(Sense, usize)> {
        let bytes = self.text.as_bytes();
        let first = self.text[start..].char_indices().take(5).find(|(_, char)| !char.is_alphabetic())?;
        if first.1 != '.' {
            return None;
        }
        let mut joined = Folded::default();
        let mut at = start;
        let mut found = None;
        for part in 0..4 {
            let rest = &self.text[at..];
            let length = rest.find(|char: char| !char.is_alphabetic()).unwrap_or(rest.len());
            if length == 0 || length > 16 || (part > 0 && !joined.push_byte(b'.')) || !joined.fold(&rest[..length]) {
                break;
            }
            at += length;
            if part > 0
                && let Some(sense) = lexicon::abbreviation(joined.as_str())
            {
                found = Some((sense, at + usize::from(bytes.get(at) == Some(&b'.'))));
            }
            if bytes.get(at) != Some(&b'.') {
                break;
            }
            at += 1;
            while let Some(char) = self.text[at..].chars().next().filter(|char| char.is_whitespace() || *char == '-') {
                at += char.len_utf8();
            }
        }
        found
    }
}

fn is_dash(char: char) -> bool {
    matches!(char, '-' | '_' | '–' | '—' | '‒' | '―' | '−' | '‐' | '‑')
}

/// I to XXXIX in Latin or look-alike Cyrillic capitals; an ordinal ending in small letters may follow: "XVIIe".
fn roman(word: &str) -> Option<u32> {
    let ending = ["ième", "ème", "e", "es", "th", "st", "го"].iter().find_map(|ending| word.strip_suffix(ending));
    let word = ending.filter(|head| head.chars().count() > 1).unwrap_or(word);
    let mut total = 0;
    let mut last = 0;
    for char in word.chars() {
        let value = match char {
            'I' | 'І' => 1,
            'V' => 5,
            'X' | 'Х' => 10,
            _ => return None,
        };
        if value > last && last != 0 {
            total += value - 2 * last;
        } else {
            total += value;
        }
        last = value;
    }
    Some(total).filter(|total| *total < 40)
}

/// "MDCCXC": a year from 1400 on in Roman numerals of at least five letters, written as they are written.
fn roman_year(word: &str) -> Option<Number> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if word.len() < 5 || !word.starts_with('M') {
        return None;
    }
    let (mut rest, mut value) = (word, 0);
    for (sign_value, sign) in SIGNS {
        let mut times = 0;
        while let Some(shorter) = rest.strip_prefix(sign).filter(|_| times < 3) {
            (rest, value, times) = (shorter, value + sign_value, times + 1);
        }
    }
    let number = Number { value, digits: 4, head: None, ordinal: false, decade: false, apostrophe: false, garbled: false };
    (rest.is_empty() && (1400..2100).contains(&value)).then_some(number)
}

/// A word in lower case without accents, on the stack.
struct Folded {
    bytes: [u8; LONGEST],
    length: usize,
}

impl Default for Folded {
    fn default() -> Folded {
        Folded { bytes: [0; LONGEST], length: 0 }
    }
}

impl Folded {
    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or("")
    }

    fn push_byte(&mut self, byte: u8) -> bool {
        let room = self.length < LONGEST;
        if room {
            self.bytes[self.length] = byte;
            self.length += 1;
        }
        room
    }

    /// Appends the folded word; false if it is too long to be a word of dates.
    fn fold(&mut self, word: &str) -> bool {
        for char in word.chars() {
            let plain = match char {
                'A'..='Z' => char.to_ascii_lowercase(),
                'a'..='z' => char,
                'à' | 'â' | 'ä' | 'á' | 'Ä' | 'À' => 'a',
                'é' | 'è' | 'ê' | 'ë' | 'É' | 'È' => 'e',
                'î' | 'ï' | 'í' => 'i',
                'ô' | 'ö' | 'ó' | 'Ö' => 'o',
                'û' | 'ü' | 'ù' | 'ú' | 'Ü' => 'u',
                'ç' => 'c',
                'ё' | 'Ё' | 'ѣ' | 'Ѣ' => 'е',
                // The spelling before 1918.
                'і' | 'І' | 'ѵ' => 'и',
                'ѳ' => 'ф',
                '\u{300}'..='\u{36f}' => continue,
                _ => char.to_lowercase().next().unwrap_or(char),
            };
            let mut buffer = [0; 4];
            for byte in plain.encode_utf8(&mut buffer).bytes() {
                if !self.push_byte(byte) {
                    return false;
                }
            }
        }
        if word.ends_with('ъ') {
            self.length -= 'ъ'.len_utf8();
        }
        true
    }
}

/// A word folded as the lexicon has it, for the search of misspelt months.
pub(super) fn folded(word: &str) -> String {
    let mut folded = Folded::default();
    if folded.fold(word) { folded.as_str().to_owned() } else { String::new() }
}
