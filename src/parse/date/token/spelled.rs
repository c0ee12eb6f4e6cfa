//! Numbers in words: "one thousand eight hundred and sixty-three", "quatre-vingt-neuf", "achtzehnhundertdreizehn", "двадцать первого".
//!
//! Proclamations, treaties and deeds write days and years out. A year is taken where it stands; a day only beside a month, since "Seven Oaks"
//! is a place. Words of one language follow each other, but none is asked for: a word has one value in all four.

use super::super::lexicon::{self, SLOTS, Sense, hash};
use super::{Folded, Kind, Lexer, Number, Token};

/// A word of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Atom {
    Value(u32),
    Hundred,
    Thousand,
    /// "and", "und", "et".
    Joiner,
}

#[rustfmt::skip]
const ATOMS: &[(Atom, &[&str])] = &[
    (Atom::Value(1), &["one", "un", "une", "ein", "eine", "eins", "один", "одна", "одну", "first", "unieme", "первого", "первое", "первый", "первом"]),
    (Atom::Value(2), &["two", "deux", "zwei", "zwey", "zwo", "два", "две", "second", "второго", "второе", "второй", "втором"]),
    (Atom::Value(3), &["three", "trois", "drei", "drey", "три", "third", "drit", "третьего", "третье", "третий", "третьем"]),
    (Atom::Value(4), &["four", "quatre", "vier", "четыре", "fourth", "quatrieme", "четвертого", "четвертое", "четвертый", "четвертом"]),
    (Atom::Value(5), &["five", "cinq", "funf", "пять", "fifth", "cinquieme", "пятого", "пятое", "пятый", "пятом"]),
    (Atom::Value(6), &["six", "sechs", "sech", "шесть", "sixth", "sixieme", "шестого", "шестое", "шестой", "шестом"]),
    (Atom::Value(7), &["seven", "sept", "sieben", "sieb", "семь", "seventh", "septieme", "седьмого", "седьмое", "седьмой", "седьмом"]),
    (Atom::Value(8), &["eight", "huit", "acht", "ach", "восемь", "eighth", "huitieme", "восьмого", "восьмое", "восьмой", "восьмом"]),
    (Atom::Value(9), &["nine", "neuf", "neun", "девять", "ninth", "neuvieme", "девятого", "девятое", "девятый", "девятом"]),
    (Atom::Value(10), &["ten", "dix", "zehn", "zehen", "десять", "tenth", "dixieme", "десятого", "десятое", "десятый", "десятом"]),
    (Atom::Value(11), &["eleven", "onze", "elf", "eilf", "одиннадцать", "eleventh", "onzieme", "одиннадцатого", "одиннадцатое"]),
    (Atom::Value(12), &["twelve", "douze", "zwolf", "двенадцать", "twelfth", "douzieme", "двенадцатого", "двенадцатое"]),
    (Atom::Value(13), &["thirteen", "treize", "тринадцать", "thirteenth", "treizieme", "тринадцатого", "тринадцатое"]),
    (Atom::Value(14), &["fourteen", "quatorze", "четырнадцать", "fourteenth", "quatorzieme", "четырнадцатого", "четырнадцатое"]),
    (Atom::Value(15), &["fifteen", "quinze", "пятнадцать", "fifteenth", "quinzieme", "пятнадцатого", "пятнадцатое"]),
    (Atom::Value(16), &["sixteen", "seize", "шестнадцать", "sixteenth", "seizieme", "шестнадцатого", "шестнадцатое"]),
    (Atom::Value(17), &["seventeen", "семнадцать", "seventeenth", "семнадцатого", "семнадцатое"]),
    (Atom::Value(18), &["eighteen", "восемнадцать", "eighteenth", "восемнадцатого", "восемнадцатое"]),
    (Atom::Value(19), &["nineteen", "девятнадцать", "nineteenth", "девятнадцатого", "девятнадцатое"]),
    (Atom::Value(20), &["twenty", "vingt", "vingts", "zwanzig", "двадцать", "twentieth", "vingtieme", "двадцатого", "двадцатое"]),
    (Atom::Value(30), &["thirty", "trente", "dreissig", "dreißig", "dreyssig", "dreyßig", "тридцать", "thirtieth", "trentieme", "тридцатого", "тридцатое"]),
    (Atom::Value(40), &["forty", "quarante", "vierzig", "сорок", "fortieth", "сорокового"]),
    (Atom::Value(50), &["fifty", "cinquante", "funfzig", "пятьдесят", "fiftieth", "пятидесятого"]),
    (Atom::Value(60), &["sixty", "soixante", "sechzig", "шестьдесят", "sixtieth", "шестидесятого"]),
    (Atom::Value(70), &["seventy", "siebzig", "siebenzig", "семьдесят", "seventieth", "septante", "семидесятого"]),
    (Atom::Value(80), &["eighty", "achtzig", "восемьдесят", "eightieth", "huitante", "octante", "восьмидесятого"]),
    (Atom::Value(90), &["ninety", "neunzig", "девяносто", "ninetieth", "nonante", "девяностого"]),
    (Atom::Value(100), &["сто", "сотого"]),
    (Atom::Value(200), &["двести"]), (Atom::Value(300), &["триста"]), (Atom::Value(400), &["четыреста"]),
    (Atom::Value(500), &["пятьсот", "пятисотого"]), (Atom::Value(600), &["шестьсот", "шестисотого"]),
    (Atom::Value(700), &["семьсот", "семисотого"]), (Atom::Value(800), &["восемьсот", "восьмисотого"]),
    (Atom::Value(900), &["девятьсот", "девятисотого"]),
    (Atom::Hundred, &["hundred", "cent", "cents", "hundert", "hundredth"]),
    (Atom::Thousand, &["thousand", "mil", "mille", "tausend", "тысяча", "тысячу", "тысячи", "тысячного", "двухтысячного"]),
    (Atom::Joiner, &["and", "und", "et"]),
];

/// Endings of German ordinals.
const GERMAN_ENDINGS: [&str; 8] = ["sten", "ster", "stes", "ste", "ten", "ter", "tes", "te"];

/// The pieces German makes one word of.
#[rustfmt::skip]
const GERMAN: &[&str] = &[
    "ein", "zwei", "zwey", "zwo", "drei", "drey", "drit", "vier", "funf", "sechs", "sech", "sieben", "sieb", "acht", "ach", "neun", "zehn", "zehen", "elf", "eilf", "zwolf",
    "zwanzig", "dreissig", "dreißig", "dreyssig", "dreyßig", "vierzig", "funfzig", "sechzig", "siebzig", "siebenzig", "achtzig", "neunzig", "hundert", "tausend", "und",
];

/// Row and word of `ATOMS` by hash, plus one: most words of a text are asked once and are none.
static TABLE: [(u8, u8); SLOTS] = build();

const fn build() -> [(u8, u8); SLOTS] {
    let mut table = [(0, 0); SLOTS];
    let mut row = 0;
    while row < ATOMS.len() {
        let mut word = 0;
        while word < ATOMS[row].1.len() {
            let mut slot = hash(ATOMS[row].1[word].as_bytes());
            while table[slot].0 != 0 {
                slot = (slot + 1) % SLOTS;
            }
            table[slot] = (row as u8 + 1, word as u8);
            word += 1;
        }
        row += 1;
    }
    table
}

fn atom(word: &str) -> Option<Atom> {
    let mut slot = hash(word.as_bytes());
    loop {
        let (row, at) = TABLE[slot];
        let (atom, words) = ATOMS.get(usize::from(row).checked_sub(1)?)?;
        if words.get(usize::from(at)) == Some(&word) {
            return Some(*atom);
        }
        slot = (slot + 1) % SLOTS;
    }
}

/// The number so far: thousands, the part below them, and the last value.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    thousands: u32,
    below: u32,
    last: u32,
    words: u32,
}

impl Sum {
    /// The number with one more word; `None` if the word does not go on with it.
    fn with(self, atom: Atom) -> Option<Sum> {
        let mut sum = Sum { words: self.words + 1, ..self };
        match atom {
            Atom::Joiner => return (self.words > 0).then_some(sum),
            Atom::Thousand if self.thousands == 0 && self.below < 10 => (sum.thousands, sum.below) = (self.below.max(1) * 1000, 0),
            Atom::Hundred if self.below < 20 => sum.below = self.below.max(1) * 100,
            Atom::Thousand | Atom::Hundred => return None,
            // "quatre-vingt"
            Atom::Value(20) if self.last == 4 => sum.below = self.below - 4 + 80,
            // "soixante-douze", "quatre-vingt-dix": teens go on with sixty and eighty; "dreizehn" is three and ten.
            Atom::Value(value) => {
                let rest = self.below % 100;
                let fits = match (rest, value) {
                    (0, _) => true,
                    (60 | 80, 1..=19) => true,
                    (10, 7..=9) => true,
                    (20.., 1..=9) => rest.is_multiple_of(10),
                    // "einundzwanzig": the one before the ten.
                    (1..=9, 10 | 20 | 30 | 40 | 50 | 60 | 70 | 80 | 90) => true,
                    _ => false,
                };
                if !fits || value >= 100 && self.below != 0 {
                    return None;
                }
                sum.below += value;
            }
        }
        sum.last = if let Atom::Value(value) = atom { value } else { 0 };
        Some(sum)
    }

    /// A German word of several: "einundzwanzigsten", "achtzehnhundertdreizehn".
    fn with_word(self, word: &str) -> Option<Sum> {
        if let Some(atom) = atom(word) {
            return self.with(atom);
        }
        let own = |word: &str| {
            let (mut rest, mut sum) = (word, self);
            while !rest.is_empty() {
                // The longest word first: "achtzig" before "acht".
                let (length, atom) = (2..=rest.len())
                    .rev()
                    .filter(|end| rest.is_char_boundary(*end))
                    .find_map(|end| Some((end, atom(&rest[..end]).filter(|_| GERMAN.contains(&&rest[..end]))?)))?;
                sum = sum.with(atom)?;
                rest = &rest[length..];
            }
            Some(sum)
        };
        // Few words are asked for their pieces: those with a hundred or a ten in them, and short ordinals.
        let large = ["zig", "ßig", "ssig", "zehn", "zehen", "hundert", "tausend", "und"].iter().any(|piece| word.contains(piece));
        let ordinal = word.len() < 9 && word.ends_with(['n', 'e', 'r', 's']) && GERMAN.iter().any(|piece| word.starts_with(piece));
        if word.len() < 5 || !(large || ordinal) {
            return None;
        }
        own(word).or_else(|| GERMAN_ENDINGS.iter().find_map(|ending| own(word.strip_suffix(ending)?)))
    }

    fn value(self) -> u32 {
        self.thousands + self.below
    }
}

impl Lexer<'_> {
    /// The number in words at `start`, whose first word is `first` folded, and where it ends.
    pub(super) fn spelled_number(&self, start: usize, first: &str) -> Option<(Number, usize)> {
        let mut sum = Sum::default().with_word(first)?;
        let mut end = self.at;
        let mut whole = (sum, end);
        loop {
            let rest = &self.text[end..];
            let Some(gap) = rest.find(|char: char| !matches!(char, ' ' | '\u{a0}' | '-' | '\n')) else { break };
            let length = rest[gap..].find(|char: char| !char.is_alphabetic()).unwrap_or(rest.len() - gap);
            let mut folded = Folded::default();
            if gap == 0 || gap > 2 || length == 0 || !folded.fold(&rest[gap..gap + length]) {
                break;
            }
            let Some(next) = sum.with_word(folded.as_str()) else { break };
            sum = next;
            end += gap + length;
            // "and" does not end a number.
            if atom(folded.as_str()) != Some(Atom::Joiner) {
                whole = (sum, end);
            }
        }
        let (sum, end) = whole;
        let number = Number { value: sum.value(), digits: 4, head: None, ordinal: false, decade: false, apostrophe: false, garbled: false };
        match number.value {
            // "mil" alone is no year: "l'an mil VIc".
            1001..=2100 => Some((number, end)),
            // What the lexicon knows alone is left to it.
            1..=31 if (sum.words > 1 || lexicon::sense(first).is_none()) && self.beside_month(start, end) => {
                Some((Number { digits: 2, ordinal: true, ..number }, end))
            }
            _ => None,
        }
    }

    /// A month is the word before, or stands behind, small words aside.
    fn beside_month(&self, start: usize, end: usize) -> bool {
        let month = |word: &str| {
            let mut folded = Folded::default();
            folded.fold(word)
                && (matches!(lexicon::sense(folded.as_str()), Some(Sense::Month(_) | Sense::Republican(_)))
                    || lexicon::german_month(folded.as_str()).is_some())
        };
        let small = |word: &str| {
            matches!(word, "of" | "de" | "du" | "d" | "des" | "the" | "day" | "jour" | "Tag" | "Tage" | "день" | "числа" | "дня" | "month")
        };
        let words = self.text[end..].split(|char: char| !char.is_alphabetic()).filter(|word| !word.is_empty());
        let follows = words.take(4).find(|word| !small(word)).is_some_and(month);
        let before =
            self.tokens.last().is_some_and(|last: &Token| matches!(last.kind, Kind::Word(Sense::Month(_))) && start <= last.end + 2);
        follows || before
    }
}
