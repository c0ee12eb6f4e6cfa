//! Keys of the bibliography in brackets without their sign, which would be printed as they stand: `[lcw-45, p. 5]`, `[@ lcw-45]`.
//!
//! Only keys that have a figure or a hyphen are looked for bare: `[lenin]` may be a supplied name.

use crate::base::text::window;
use crate::diag::{Code, Diagnostic, Label};
use crate::model::document::Summary;
use crate::proof::Passage;
use crate::resolve::Site;

/// Longest key, in bytes.
const LONGEST: usize = 100;

/// Looks through the passages of one document.
pub fn run(site: &Site, summary: &Summary, passages: &[Passage], findings: &mut Vec<Diagnostic>) {
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
