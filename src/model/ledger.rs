//! What readers may have cited: every address that was published, and the paragraphs of documents as they were then.

use super::date::Date;
use crate::base::path::{ContentPath, OutputPath};
use crate::base::span::{Span, Spanned};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// `content/ledger.txt`
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Ledger {
    /// Whether there is one.
    pub kept: bool,
    /// Where the edition was published.
    pub url: Option<Spanned<String>>,
    /// Every address that was published.
    pub addresses: BTreeMap<OutputPath, Address>,
}

/// An address that was published.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Address {
    /// Its line.
    pub span: Span,
    /// The version of the edition in which it first was.
    pub version: Option<String>,
    /// The date of that version.
    pub date: Option<Date>,
    /// Paragraph → its wordings, the first recorded first.
    pub paragraphs: BTreeMap<Number, Vec<Wording>>,
}

/// The words a paragraph had.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wording {
    /// Digest of the words.
    pub digest: String,
    /// The version of the edition in which they were recorded.
    pub version: Option<String>,
}

/// The lasting number of a paragraph: `3`, or `3a` for one that came later between 3 and 4.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Number {
    /// 3; 0 before the first.
    pub number: u32,
    /// `a`; mostly empty.
    pub letters: String,
}

impl Number {
    /// A number without letters.
    #[must_use]
    pub fn plain(number: u32) -> Self {
        Self { number, letters: String::new() }
    }

    /// Reads `3` or `3a`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let letters = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let number = text[..text.len() - letters.len()].parse().ok()?;
        letters.bytes().all(|byte| byte.is_ascii_lowercase()).then(|| Self { number, letters: letters.to_owned() })
    }

    /// A number for a paragraph that comes after this one, where those in `taken` are given away: 3a after 3, 3b after 3a, 3aa where 3b is taken.
    #[must_use]
    pub fn after(&self, taken: &BTreeSet<Self>) -> Self {
        let (stem, first) = match self.letters.char_indices().last() {
            Some((at, last)) => (&self.letters[..at], char::from(last as u8 + 1)),
            None => ("", 'a'),
        };
        let numbered = |letters: String| Self { number: self.number, letters };
        let beside = (first..='z').map(|letter| numbered(format!("{stem}{letter}")));
        let mut below = self.letters.clone();
        let below = std::iter::from_fn(move || {
            below.push('a');
            Some(numbered(below.clone()))
        });
        beside.chain(below).find(|number| !taken.contains(number)).unwrap_or_else(|| self.clone())
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.number, &self.letters).cmp(&(other.number, &other.letters))
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.number, self.letters)
    }
}

/// An address that is given up: the page there says why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tombstone {
    /// The file it stands in.
    pub file: ContentPath,
    /// The address as typed.
    pub address: Spanned<String>,
    /// Why there is nothing there any more.
    pub why: String,
    /// Since when.
    pub date: Option<Date>,
    /// Document that readers may want instead.
    pub see: Vec<Spanned<String>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_paragraph_gets_a_number_that_was_never_given() {
        let number = |text: &str| Number::read(text).expect(text);
        for (before, taken, after) in [("3", "", "3a"), ("3a", "", "3b"), ("3", "3a", "3b"), ("3z", "", "3za"), ("0", "", "0a")] {
            let taken = taken.split_whitespace().map(number).collect();
            assert_eq!(number(before).after(&taken).to_string(), after);
        }
        let all = ('a'..='z').map(|letter| number(&format!("3{letter}"))).collect();
        assert_eq!(number("3m").after(&all).to_string(), "3ma");
        assert_eq!(Number::read("a"), None);
        assert_eq!(Number::read("3A"), None);
        assert!(number("3") < number("3a") && number("3b") < number("4") && number("9") < number("10"));
    }
}
