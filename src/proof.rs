//! Proofreading: what the letters and signs of a running text themselves show. One file per check.
//!
//! A check sees [`Passage`]s, which know where each of their letters stands in the file, and no Markdown. It reports only what a careful reader
//! would mark in the margin, and stays silent where a reading exists in which the text is right: transcriptions keep the slips of their sources,
//! and editors mark those with `sic:`, whose readings are not looked at.

mod broken_entity;
mod control_character;
mod doubled_word;
mod hyphen_debris;
mod invisible_character;
mod line_ends;
mod litter;
mod mixed_scripts;
mod mojibake;
pub mod passage;
mod quotation_marks;
mod signs;
mod stray_page_number;

use crate::base::path::ContentPath;
use crate::diag::{Code, Diagnostic};
pub use passage::{Passage, PassageKind};
use signs::Signs;
use std::collections::BTreeMap;

/// What a check may know of the document besides its words.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    /// BCP 47; empty when nothing is said.
    pub language: String,
    /// First and last page of the printed source.
    pub pages: Option<(u32, u32)>,
}

impl Setting {
    /// Whether the text is in one of these languages: first subtags, as `de`.
    fn speaks(&self, languages: &[&str]) -> bool {
        let own = self.language.split(['-', '_']).next().unwrap_or_default();
        languages.iter().any(|language| own.eq_ignore_ascii_case(language))
    }
}

/// Looks through a whole file, fields included: characters that no text has.
pub fn file(path: &ContentPath, text: &str, findings: &mut Vec<Diagnostic>) {
    line_ends::run(path, text, findings);
    control_character::run(path, text, findings);
    invisible_character::run(path, text, findings);
}

/// Findings of one kind that are shown of a file. A file with more of them has one fault, not many: the last one says how many there are.
const MOST: usize = 50;

/// Looks through the passages of a document, in the order of the text, notes last.
pub fn text(path: &ContentPath, passages: &[Passage], setting: &Setting, findings: &mut Vec<Diagnostic>) {
    let mut own = Vec::new();
    all(path, passages, setting, &mut own);
    let mut count: BTreeMap<Code, usize> = BTreeMap::new();
    for finding in &own {
        *count.entry(finding.code).or_default() += 1;
    }
    let mut seen: BTreeMap<Code, usize> = BTreeMap::new();
    for mut finding in own {
        let seen = seen.entry(finding.code).or_default();
        *seen += 1;
        let more = count[&finding.code].saturating_sub(MOST);
        if *seen == MOST && more > 0 {
            finding.help.push(format!("mend these first: there are {more} more of this kind in the file"));
        }
        if *seen <= MOST {
            findings.push(finding);
        }
    }
}

fn all(path: &ContentPath, passages: &[Passage], setting: &Setting, findings: &mut Vec<Diagnostic>) {
    let mut spoiled = vec![false; passages.len()];
    for (passage, spoiled) in passages.iter().zip(&mut spoiled) {
        let signs = Signs::of(&passage.text);
        broken_entity::run(path, passage, findings);
        doubled_word::run(path, passage, setting, findings);
        if signs.hyphen() {
            hyphen_debris::run(path, passage, setting, findings);
        }
        let count = findings.len();
        if signs.figure_or_rare_sign() {
            litter::run(path, passage, findings);
        }
        if signs.two_scripts() {
            mixed_scripts::run(path, passage, setting, findings);
        }
        if !passage.text.is_ascii() {
            mojibake::run(path, passage, findings);
        }
        *spoiled = findings[count..].iter().any(|finding| matches!(finding.code, Code::Mojibake | Code::OcrLitter));
    }
    quotation_marks::run(path, passages, &spoiled, setting, findings);
    stray_page_number::run(path, passages, setting, findings);
}
