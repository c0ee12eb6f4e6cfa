//! Keys of the bibliography without their sign, which would be printed as they stand: `[lcw-45, p. 5]`, `[@ lcw-45]` in the text, and sentences
//! about the source that should be fields, `source: lcw-45, p. 5`.
//!
//! Only keys that have a figure or a hyphen are looked for bare: `[lenin]` may be a supplied name.

use crate::base::text::window;
use crate::diag::{Code, Diagnostic, Label};
use crate::model::document::{StatedIn, Summary};
use crate::proof::Passage;
use crate::resolve::Site;

/// Longest key, in bytes.
const LONGEST: usize = 100;

/// Looks through the fields and passages of one document.
pub fn run(site: &Site, summary: &Summary, passages: &[Passage], findings: &mut Vec<Diagnostic>) {
    fields(site, summary, findings);
    for passage in passages {
        for (at, _) in passage.text.match_indices('[') {
            let near = window(&passage.text[at + 1..], LONGEST);
            let bare = near.trim_start_matches(['@', ' ']);
            let sign = &near[..near.len() - bare.len()];
            let key =
                &bare[..bare.find(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '-' | '_' | '.')).unwrap_or(bare.len())];
            let ends = bare[key.len()..].starts_with([']', ',', ';', ' ']);
            let plain = sign.is_empty() && !key.contains(|letter: char| letter == '-' || letter.is_numeric());
            if !ends || plain || !matches!(sign, "" | "@ ") || !site.entries.contains_key(key) {
                continue;
            }
            let span = passage.span(at, at + 1 + sign.len() + key.len());
            let message = match sign {
                "" => format!("`{key}` is a work of the bibliography, but without its sign this is no citation"),
                _ => format!("a blank stands between `@` and `{key}`, so this is no citation"),
            };
            findings.push(
                Diagnostic::new(Code::UnreadMarkup, message, Label::new(&summary.file, span))
                    .help(format!("type `[@{key}`, and the rest as it is")),
            );
        }
    }
}

/// Sentences about the source that begin with a key.
fn fields(site: &Site, summary: &Summary, findings: &mut Vec<Diagnostic>) {
    for (place, sentence) in &summary.front.keyed {
        let typed = sentence.value.trim_matches(['[', '@', ']']);
        let (key, rest) = typed.split_at(typed.find([' ', ',', ';']).unwrap_or(typed.len()));
        if !site.entries.contains_key(key) {
            continue;
        }
        let (field, work) = match place {
            StatedIn::FirstPublished => ("first_published", "in"),
            StatedIn::CopyText => ("copy_text", "work"),
            _ => ("source", "work"),
        };
        let pages = pages(rest).map(|pages| format!(", pages: {pages}")).unwrap_or_default();
        let help = match place {
            StatedIn::FirstPublished => format!("type `first_published: [{{ {work}: {key}{pages} }}]`"),
            StatedIn::CopyText => format!("a printed source belongs to `source: {{ {work}: {key}{pages} }}`"),
            _ => format!("type `source: {{ {work}: {key}{pages} }}`"),
        };
        let message = format!("`{key}` is a work of the bibliography, but a sentence in `{field}` is printed as it stands");
        findings.push(Diagnostic::new(Code::UnreadMarkup, message, Label::new(&summary.file, sentence.span)).help(help));
    }
}

/// The pages behind a key: `533-34` of `, pp. 533–34`.
fn pages(rest: &str) -> Option<String> {
    let rest = rest.trim_matches([',', ' ', '.']);
    let bare = ["pp.", "p.", "S.", "с.", "pages", "page"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest).trim();
    let own = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '–');
    (bare.starts_with(|letter: char| letter.is_ascii_digit()) && bare.chars().all(own)).then(|| bare.replace('–', "-"))
}
