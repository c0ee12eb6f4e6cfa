//! `content/ledger.txt`: the addresses that were published, one to a line, so that git can put the lines of two branches together.
//!
//! ```text
//! url https://example.org/letters/
//! documents/1861-10-11-lyons-seward.html 1.0 2026-11-23
//! documents/1861-10-11-lyons-seward.html#p1 6f0c2a9b41 1.0
//! ```
//!
//! Behind an address stand the version and date in which it first was, behind a paragraph the digest of its words and the version that had them.
//! A paragraph whose words have changed has several lines, the first recorded first.

use super::date::{self, DateContext};
use crate::base::path::{self, ContentPath, OutputPath};
use crate::base::span::{Span, Spanned};
use crate::diag::{Checked, Code, Diagnostic, Label};
use crate::model::date::Date;
use crate::model::ledger::{Address, Ledger, Number, Wording};

/// Where it stands.
pub const FILE: &str = "content/ledger.txt";

/// Reads the ledger. A line that cannot be read is reported, and left out.
#[must_use]
pub fn read(file: &ContentPath, text: &str) -> Checked<Ledger> {
    let mut ledger = Ledger { kept: true, ..Ledger::default() };
    let mut findings = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        let span = Span::new(at, at + line.trim_end().len());
        at += line.len();
        if !words.is_empty() && !words.starts_with('#') && take(&mut ledger, words, span).is_none() {
            let finding = Diagnostic::new(Code::BadLedger, format!("this line is no address: `{words}`"), Label::new(file, span));
            findings.push(finding.help("write the file as `ibid record` left it, or take it back from git; the line `documents/a.html 1.0 2026-11-23` shows the form"));
        }
    }
    Checked::new(ledger, findings)
}

fn take(ledger: &mut Ledger, words: &str, span: Span) -> Option<()> {
    let mut words = words.split_whitespace();
    let first = words.next()?;
    if first == "url" {
        ledger.url = Some(Spanned::new(words.next()?.to_owned(), span));
        return words.next().is_none().then_some(());
    }
    let (address, place) = first.split_once('#').map_or((first, None), |(address, place)| (address, Some(place)));
    let address = path::join("", address).filter(|inside| inside == address && inside.ends_with(".html"))?;
    let known = ledger.addresses.entry(OutputPath::new(address)).or_insert_with(|| Address { span, ..Address::default() });
    let Some(place) = place else {
        known.span = span;
        // The earlier of two versions that two branches have written is as good as the other.
        known.version = known.version.take().or(words.next().filter(|word| *word != "-").map(str::to_owned));
        known.date = known.date.take().or(words.next().and_then(day));
        return words.next().is_none().then_some(());
    };
    let number = Number::read(place.strip_prefix('p')?)?;
    let digest = words.next().filter(|word| word.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    let version = words.next().map(str::to_owned);
    let wordings = known.paragraphs.entry(number).or_default();
    if wordings.iter().all(|wording| wording.digest != digest) {
        wordings.push(Wording { digest: digest.to_owned(), version });
    }
    words.next().is_none().then_some(())
}

fn day(word: &str) -> Option<Date> {
    date::read(word, &DateContext::default()).date
}
