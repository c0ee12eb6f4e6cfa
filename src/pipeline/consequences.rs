//! Findings that only follow from another: a register that cannot be read would be reported once for each mention of its entries, and the one
//! cause be lost among them. What the broken file still shows to be in it is not reported as lacking; everything else is.

use crate::base::path::ContentPath;
use crate::base::slug::slug;
use crate::diag::{Code, Diagnostic, Severity};
use crate::load::Inputs;
use crate::parse::config;
use crate::parse::register::HEADLESS;
use std::collections::{BTreeMap, BTreeSet};

/// Where a cause may stand, what follows from it, and the words of the finding before the name that is lacking.
const CAUSES: [(&str, Code, &str); 3] = [
    ("content/registers/", Code::UnknownEntity, "no register has the id `"),
    ("content/bibliography", Code::UnknownCite, "no bibliography entry has the key `"),
    (config::FILE, Code::UnknownNoteKind, "there is no note series `"),
];

/// Takes consequences out of `findings`; their causes stand in `findings` or in `before`.
pub(super) fn leave_out(findings: &mut Vec<Diagnostic>, before: &[Diagnostic], inputs: &Inputs) {
    // Fields without their first line of hyphens are no heading.
    let unread = without_fields(findings);
    findings.retain(|finding| {
        finding.code != Code::UnreadMarkup || !finding.message.starts_with("the line `---`") || !unread.contains(&finding.primary.file)
    });
    for (place, consequence, words) in CAUSES {
        if !findings.iter().any(|finding| finding.code == consequence) {
            continue;
        }
        let all = || before.iter().chain(findings.iter());
        let causes = all().filter(|finding| {
            finding.severity == Severity::Error && finding.code != consequence && finding.primary.file.as_str().starts_with(place)
        });
        let mut broken: BTreeMap<&ContentPath, (bool, bool)> = BTreeMap::new();
        for cause in causes {
            let (whole, headless) = broken.entry(&cause.primary.file).or_default();
            *whole |= is_of_whole(cause);
            *headless |= cause.message.starts_with(HEADLESS);
        }
        let mut known = BTreeSet::new();
        let mut blind = false;
        for (file, (whole, headless)) in broken {
            let text = inputs.content_file(file).and_then(|file| file.shown());
            // What is no text shows nothing of what is in it.
            let names = text.filter(|text| !text.contains('\0')).map(|text| names(text, headless)).unwrap_or_default();
            blind |= whole && names.is_empty();
            known.extend(names);
        }
        findings.retain(|finding| {
            let lacking = finding.message.strip_prefix(words).filter(|_| finding.code == consequence);
            lacking.is_none_or(|lacking| !blind && !known.contains(&slug(lacking.trim_end_matches('`'))))
        });
    }
}

/// Files whose fields could not be told from their text: nothing in them is where it seems to be.
pub(super) fn without_fields(findings: &[Diagnostic]) -> BTreeSet<ContentPath> {
    let unread = |finding: &&Diagnostic| {
        matches!(finding.code, Code::NotUtf8 | Code::FrontMatterMissing | Code::FrontMatterUnclosed | Code::FrontMatterTwice)
    };
    findings.iter().filter(unread).map(|finding| finding.primary.file.clone()).collect()
}

/// Whether nothing of the file may have been read.
fn is_of_whole(finding: &Diagnostic) -> bool {
    let unread = matches!(
        finding.code,
        Code::NotUtf8 | Code::UnreadableFile | Code::YamlSyntax | Code::JsonSyntax | Code::UnknownRegister | Code::MissingEdition
    );
    unread || matches!(finding.code, Code::WrongType | Code::MissingField | Code::ForeignFile)
}

/// What looks like the name of an entry: `lenin:`, `- id: lenin`, `@book{lenin,`, `"id": "lenin"`. Of entries without ids the words of their
/// names, since ids are mostly made of these.
fn names(text: &str, headless: bool) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for line in text.split(['\n', '\r']) {
        let line = line.trim_matches('\u{feff}').trim();
        let line = line.strip_prefix("- ").unwrap_or(line).trim_start_matches(['@', '{', ',']).trim_start();
        let Some(at) = line.find([':', '{', '(']) else {
            // The colon may be what is missing.
            names.extend((!line.contains(char::is_whitespace)).then(|| slug(line)));
            continue;
        };
        let name = line[..at].trim_matches(['"', '\'', ' ']);
        let named = if name.eq_ignore_ascii_case("id") || !line[at..].starts_with(':') { &line[at + 1..] } else { name };
        let named = named.split([',', '#']).next().unwrap_or_default();
        names.insert(slug(name));
        // An entry that has lost its id is known by its names.
        if headless && matches!(name, "name" | "sort" | "aliases") {
            names.extend(value_words(&line[at + 1..]));
        }
        names.insert(slug(named));
    }
    names.remove("");
    names
}

fn value_words(value: &str) -> impl Iterator<Item = String> {
    value.split([',', ' ', '[', ']', '"']).map(slug).filter(|word| word.len() > 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_entries_are_seen_in_every_form() {
        let text = "\u{feff}Lenin V: {name: V. I. Lenin}\n- id: stalin\n@book{lcw-45,\n@boook(dvp 5,\n  \"id\": \"frus\",\n\ttrotsky: Trotsky\nbukharin\n  name: N. Bukharin\n";
        let names = names(text, false);
        for name in ["lenin-v", "stalin", "lcw-45", "dvp-5", "frus", "trotsky", "bukharin"] {
            assert!(names.contains(name), "{name}: {names:?}");
        }
        assert!(!names.contains("kamenev"));
    }
}
