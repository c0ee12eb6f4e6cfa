//! Days of saints: "St. Valentine's Day", "Feast of St. Michael", "la Saint-Jean", "am Tage Petri und Pauli".
//!
//! The name of a saint alone is no day: it is that of a place, a church or a man.

use super::super::lexicon::{self, Feast};
use super::{Folded, Lexer};

/// Words after which the name of a saint is a day.
const BEFORE: [&str; 22] = [
    "eve of",
    "vigil of",
    "morrow of",
    "veille de",
    "lendemain de",
    "la",
    "feast of",
    "day of",
    "feast day of",
    "festival of",
    "jour de",
    "fete de",
    "fête de",
    "tag",
    "tage",
    "tags",
    "fest",
    "feste",
    "день",
    "праздник",
    "festo",
    "die",
];

/// Words behind a name that make it a day, and whether it is the one before.
const BEHIND: [(&str, bool); 8] =
    [("day", false), ("tag", false), ("tage", false), ("tags", false), ("eve", true), ("even", true), ("abend", true), ("feast", false)];

/// The text before a name says that a day follows.
pub(super) fn opens_day(before: &str) -> bool {
    let before = before.trim_end().to_lowercase();
    let before = ["des heiligen", "der heiligen", "des hl.", "the", "saint", "st."]
        .iter()
        .find_map(|word| before.strip_suffix(word))
        .map_or(&*before, str::trim_end);
    BEFORE.iter().any(|word| before.strip_suffix(word).is_some_and(|head| !head.ends_with(char::is_alphanumeric)))
}

impl Lexer<'_> {
    /// The day of the saint whose name (or a word of honour before it) stands at `start`, and where it ends.
    pub(super) fn day_of_saint(&self, start: usize, first: &str) -> Option<(Feast, usize)> {
        let honoured = lexicon::honours(first);
        let opened = || opens_day(&self.text[..start]);
        let may_be = honoured || first.len() > 2 && self.capital_at(start) && opened();
        if !may_be {
            return None;
        }
        let named = if honoured { self.gap(self.at)? } else { start };
        let (feast, end) = self.name_of_saint(named)?;
        let (behind, eve) = self.day_behind(end);
        if !honoured && behind.is_none() && lexicon::sense(first).is_some() {
            return None;
        }
        let feast = if eve { feast.eve() } else { feast };
        behind.or_else(|| opened().then_some(end)).map(|end| (feast, end))
    }

    fn capital_at(&self, at: usize) -> bool {
        self.text[at..].starts_with(char::is_uppercase)
    }

    /// The next word begins after stops, spaces and hyphens.
    fn gap(&self, at: usize) -> Option<usize> {
        let gap = self.text[at..].find(|char: char| !matches!(char, ' ' | '\u{a0}' | '.' | '-' | '‑'))?;
        Some(at + gap).filter(|at| self.capital_at(*at))
    }

    /// The longest name of one to four words.
    fn name_of_saint(&self, start: usize) -> Option<(Feast, usize)> {
        let mut name = String::new();
        let mut found = None;
        let mut at = start;
        for _ in 0..4 {
            let rest = &self.text[at..];
            let length = rest.find(|char: char| !char.is_alphabetic()).unwrap_or(rest.len());
            let mut folded = Folded::default();
            if length == 0 || !folded.fold(&rest[..length]) {
                break;
            }
            name.push_str(folded.as_str());
            at += length;
            if let Some(feast) = lexicon::saint(&name) {
                found = Some((feast, at));
            } else if let Some((head, day)) = ["tag", "stag"].iter().find_map(|tail| Some((name.strip_suffix(tail)?, at)))
                && let Some(feast) = lexicon::saint(head)
            {
                // "St. Martinstag" says that it is a day itself: the mark is left for `day_behind`.
                found = Some((feast, day - "tag".len()));
            }
            let Some(gap) = self.text[at..].find(|char: char| !matches!(char, ' ' | '\u{a0}' | '-' | '\'' | '’')) else { break };
            if gap == 0 {
                break;
            }
            at += gap;
            name.push(' ');
        }
        found
    }

    /// "'s Day", "-Tag", " eve" behind a name: where it ends, and whether it is the day before.
    fn day_behind(&self, end: usize) -> (Option<usize>, bool) {
        let rest = &self.text[end..];
        let own = ["'s", "’s", "s'", "s’", "'", "’"].iter().find_map(|own| rest.strip_prefix(*own)).unwrap_or(rest);
        let word = own.trim_start_matches([' ', '\u{a0}', '-']);
        let length = word.find(|char: char| !char.is_alphabetic()).unwrap_or(word.len());
        let found = BEHIND.iter().find(|(day, _)| word[..length].eq_ignore_ascii_case(day));
        match found {
            Some((_, eve)) => (Some(self.text.len() - word.len() + length), *eve),
            None => (None, false),
        }
    }
}
