//! Latin and Cyrillic letters in one word: they look alike, and neither search nor sorting finds the word.

use super::passage::words;
use super::{Passage, Setting};
use crate::base::path::ContentPath;
use crate::base::script::ALIKE;
use crate::diag::{Code, Diagnostic, Label};

fn is_latin(letter: char) -> bool {
    letter.is_ascii_alphabetic() || matches!(letter, '\u{c0}'..='\u{24f}' if letter.is_alphabetic())
}

fn is_cyrillic(letter: char) -> bool {
    matches!(letter, '\u{400}'..='\u{52f}' if letter.is_alphabetic())
}

pub(super) fn run(path: &ContentPath, passage: &Passage, setting: &Setting, findings: &mut Vec<Diagnostic>) {
    for word in words(&passage.text) {
        let latin = word.text.chars().filter(|letter| is_latin(*letter)).count();
        let cyrillic = word.text.chars().filter(|letter| is_cyrillic(*letter)).count();
        if latin == 0 || cyrillic == 0 || is_numeral(word.text) {
            continue;
        }
        let to_cyrillic = cyrillic > latin || (cyrillic == latin && setting.speaks(&["ru", "uk", "be", "bg", "sr", "mk"]));
        let stranger = |letter: char| if to_cyrillic { is_latin(letter) } else { is_cyrillic(letter) };
        let odd: Vec<String> = word.text.chars().filter(|letter| stranger(*letter)).map(|letter| format!("`{letter}`")).collect();
        let script = if to_cyrillic { "Latin" } else { "Cyrillic" };
        let letters = if odd.len() == 1 { "letter" } else { "letters" };
        let span = passage.span(word.at, word.end());
        let mut finding = Diagnostic::new(
            Code::MixedScripts,
            format!("`{}` has {} {script} {letters} {}", word.text, odd.len(), odd.join(", ")),
            Label::new(path, span),
        )
        .help("type the whole word in one alphabet");
        let mended: Option<String> =
            word.text.chars().map(|letter| if stranger(letter) { alike(letter, to_cyrillic) } else { Some(letter) }).collect();
        if let Some(mended) = mended.filter(|_| passage.is_verbatim(word.at, word.end())) {
            finding = finding.fix(span, mended);
        }
        findings.push(finding);
    }
}

fn alike(letter: char, to_cyrillic: bool) -> Option<char> {
    let pair = ALIKE.iter().find(|(latin, cyrillic)| letter == if to_cyrillic { *latin } else { *cyrillic });
    pair.map(|(latin, cyrillic)| if to_cyrillic { *cyrillic } else { *latin })
}

/// `XVIIIго`, `IIй`: a Roman numeral with its ending.
fn is_numeral(word: &str) -> bool {
    let ending = word.trim_start_matches(['I', 'V', 'X', 'L', 'C', 'D', 'M']);
    ending.len() < word.len() && ending.chars().all(is_cyrillic) && ending.chars().count() < 4
}
