//! Keys of the bibliography without their sign, which would be printed as they stand: `[lcw-45, p. 5]`, `[@ lcw-45]` in the text, and sentences
//! about the source that should be fields, `source: lcw-45, p. 5`.
//!
//! Only keys that have a figure or a hyphen are looked for bare: `[lenin]` may be a supplied name.

use crate::base::text::window;
use crate::diag::{Code, Diagnostic, Label};
use crate::model::document::{StatedIn, Summary};
use crate::proof::Passage;
use crate::resolve::Site;

/// Most letters before the `cite` of a command.
const PREFIX: usize = 8;

/// Longest key, in bytes.
const LONGEST: usize = 100;

/// Looks through the fields and passages of one document.
pub fn run(site: &Site, summary: &Summary, passages: &[Passage], findings: &mut Vec<Diagnostic>) {
    fields(site, summary, findings);
    passages.iter().for_each(|passage| commands(site, summary, passage, findings));
    for passage in passages {
        for (at, _) in passage.text.match_indices('[') {
            let near = window(&passage.text[at + 1..], LONGEST);
            let bare = near.trim_start_matches(['@', ' ', '^']);
            let sign = &near[..near.len() - bare.len()];
            let key =
                &bare[..bare.find(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '-' | '_' | '.')).unwrap_or(bare.len())];
            let ends = bare[key.len()..].starts_with([']', ',', ';', ' ']);
            let plain = sign.is_empty() && !key.contains(|letter: char| letter == '-' || letter.is_numeric());
            if !ends || plain || !matches!(sign, "" | "@ " | "^") || !site.entries.contains_key(key) {
                continue;
            }
            let span = passage.span(at, at + 1 + sign.len() + key.len());
            let message = match sign {
                "^" => format!("`{key}` is a work of the bibliography, and `^` is the sign of notes"),
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

/// `\cite{key}`, as LaTeX has it.
fn commands(site: &Site, summary: &Summary, passage: &Passage, findings: &mut Vec<Diagnostic>) {
    for (at, command) in passage.text.match_indices("cite") {
        // `\footcite`, `\autocite`: the longest has eight letters before.
        let name = passage.text.as_bytes()[..at].iter().rev().take(PREFIX).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let before = &passage.text[..at - name];
        let near = window(&passage.text[at + command.len()..], LONGEST)
            .trim_start_matches(|letter: char| letter.is_ascii_alphabetic() || letter == '*');
        let place = near.strip_prefix('[').and_then(|rest| rest.split_once(']'));
        let (place, rest) = place.map_or(("", near), |(place, rest)| (place, rest));
        let Some((key, behind)) = rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) else { continue };
        if !before.ends_with('\\') || !site.entries.contains_key(key) {
            continue;
        }
        let end = behind.as_ptr() as usize - passage.text.as_ptr() as usize;
        let span = passage.span(before.len() - 1, end);
        let place = if place.is_empty() { String::new() } else { format!(", {place}") };
        let message = "commands of LaTeX are printed as they stand".to_owned();
        findings
            .push(Diagnostic::new(Code::UnreadMarkup, message, Label::new(&summary.file, span)).help(format!("type `[@{key}{place}]`")));
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
