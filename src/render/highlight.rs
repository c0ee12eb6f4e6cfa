//! Code and Markdown with classes for colours: the door to the highlighter.

use std::sync::LazyLock;
use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::{SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

/// Grammars are loaded once for all pages: loading takes milliseconds, and they never change.
static GRAMMARS: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Longer texts are shown plain: highlighting is linear but slow.
const LONGEST: usize = 400_000;

/// `code` in `language` (a name or file extension) as HTML spans; plain escaped text where the language is not known.
#[must_use]
pub fn highlight(language: &str, code: &str) -> String {
    let grammar = find(language).filter(|_| code.len() <= LONGEST);
    grammar.and_then(|grammar| spans(grammar, code)).unwrap_or_else(|| super::entry_words::escaped(code))
}

fn find(language: &str) -> Option<&'static SyntaxReference> {
    let name = match language.to_lowercase().as_str() {
        "" => return None,
        "tei" => "xml".to_owned(),
        "biblatex" => "bib".to_owned(),
        other => other.to_owned(),
    };
    GRAMMARS.find_syntax_by_token(&name)
}

fn spans(grammar: &SyntaxReference, code: &str) -> Option<String> {
    let style = ClassStyle::SpacedPrefixed { prefix: "hl-" };
    let mut writer = ClassedHTMLGenerator::new_with_class_style(grammar, &GRAMMARS, style);
    for line in LinesWithEndings::from(code) {
        writer.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(writer.finalize())
}
