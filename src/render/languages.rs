//! The last step of a page: words in a foreign script get their language, wherever they stand, in text, notes, names or lists.
//!
//! Works on pages of any theme, so that no template has to think of it. Reads tags only to know which language surrounds a text; what an
//! element with `lang` says is believed, and words that can be in that language are left alone. Changes nothing else.

use crate::base::script::{self, Script};
use crate::base::text::find_byte;
use crate::resolve::tongues::Tongues;

/// Elements whose text is no running text.
const CLOSED: [&str; 7] = ["script", "style", "title", "textarea", "option", "svg", "math"];

/// Elements that hold nothing, so that their language surrounds nothing.
const EMPTY: [&str; 8] = ["br", "hr", "img", "input", "link", "meta", "source", "wbr"];

/// Marks the words of a page.
#[must_use]
pub fn mark(html: Vec<u8>, tongues: &Tongues) -> Vec<u8> {
    if find_byte(&html, may_begin_foreign).is_none() {
        return html;
    }
    match String::from_utf8(html) {
        Ok(text) => marked(&text, tongues).into_bytes(),
        // Templates are text, and so is what they print; bytes of another kind are no words.
        Err(error) => error.into_bytes(),
    }
}

/// First bytes of letters in scripts we know: from U+0370 on, without general punctuation (E2).
fn may_begin_foreign(byte: u8) -> bool {
    (byte >= 0xCD) & (byte != 0xE2) & (byte < 0xF0)
}

/// An element with `lang`, and how many elements of its name are open in it.
struct Open<'p> {
    name: &'p str,
    language: &'p str,
    nested: u32,
}

fn marked(page: &str, tongues: &Tongues) -> String {
    let mut out = String::with_capacity(page.len() + page.len() / 16);
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut rest = page;
    while !rest.is_empty() {
        let Some(at) = rest.find('<') else {
            text(rest, open.last().map_or("", |element| element.language), tongues, &mut out);
            break;
        };
        text(&rest[..at], open.last().map_or("", |element| element.language), tongues, &mut out);
        let end = tag_end(&rest[at..]).map_or(rest.len(), |length| at + length);
        let tag = &rest[at..end];
        out.push_str(tag);
        rest = &rest[end..];
        let name = tag_name(tag);
        if tag.starts_with("</") {
            if let Some(last) = open.last_mut().filter(|last| last.name == name) {
                last.nested -= 1;
                if last.nested == 0 {
                    open.pop();
                }
            }
            continue;
        }
        if CLOSED.contains(&name) && !tag.ends_with("/>") {
            let close = rest.find(&format!("</{name}")).unwrap_or(rest.len());
            out.push_str(&rest[..close]);
            rest = &rest[close..];
        }
        match language_of(tag).filter(|_| !EMPTY.contains(&name)) {
            Some(language) => open.push(Open { name, language, nested: 1 }),
            None => {
                if let Some(last) = open.last_mut().filter(|last| last.name == name && !tag.ends_with("/>")) {
                    last.nested += 1;
                }
            }
        }
    }
    out
}

/// Length of the tag, comment or declaration at the beginning of `rest`; `None` when it never ends.
fn tag_end(rest: &str) -> Option<usize> {
    if rest.starts_with("<!--") {
        return rest.find("-->").map(|at| at + 3);
    }
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (byte, quote) {
            (b'>', None) => return Some(at + 1),
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    None
}

fn tag_name(tag: &str) -> &str {
    let inside = tag.trim_start_matches(['<', '/']);
    let end = inside.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '-').unwrap_or(inside.len());
    &inside[..end]
}

/// The value of `lang` as our templates and writers print it.
fn language_of(tag: &str) -> Option<&str> {
    let (_, after) = tag.split_once(" lang=\"")?;
    after.split_once('"').map(|(language, _)| language)
}

fn text(words: &str, around: &str, tongues: &Tongues, out: &mut String) {
    if find_byte(words.as_bytes(), may_begin_foreign).is_none() {
        return out.push_str(words);
    }
    let mut last = "";
    for (script, run) in script::runs(words) {
        let language = script.filter(|script| !script.writes(around)).map_or("", |script: Script| tongues.language(script));
        if language != last {
            if !last.is_empty() {
                out.push_str("</span>");
            }
            if !language.is_empty() {
                out.push_str(&format!("<span lang=\"{language}\">"));
            }
            last = language;
        }
        out.push_str(run);
    }
    if !last.is_empty() {
        out.push_str("</span>");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::config;
    use std::collections::BTreeMap;

    fn page(html: &str) -> String {
        let mut settings = config::defaults();
        settings.languages = vec!["en".into(), "ru".into()];
        let tongues = Tongues::of(&settings, &[], &BTreeMap::new());
        String::from_utf8(mark(html.as_bytes().to_vec(), &tongues)).expect("text stays text")
    }

    #[test]
    fn words_get_the_language_that_surrounds_them_not() {
        for (html, expected) in [
            ("<html lang=\"en\"><p>Plain – “words”</p>", "<html lang=\"en\"><p>Plain – “words”</p>"),
            ("<html lang=\"en\"><p>in «Правда», № 5.</p>", "<html lang=\"en\"><p>in «<span lang=\"ru\">Правда</span>», № 5.</p>"),
            (
                "<html lang=\"en\"><i lang=\"ru\">Правда <i>и</i> жизнь</i> Ленин",
                "<html lang=\"en\"><i lang=\"ru\">Правда <i>и</i> жизнь</i> <span lang=\"ru\">Ленин</span>",
            ),
            (
                "<html lang=\"en\"><img lang=\"ru\" alt=\"x\">Ленин",
                "<html lang=\"en\"><img lang=\"ru\" alt=\"x\"><span lang=\"ru\">Ленин</span>",
            ),
            ("<html lang=\"ru\"><p>Правда <b lang=\"en\">Truth</b></p>", "<html lang=\"ru\"><p>Правда <b lang=\"en\">Truth</b></p>"),
            (
                "<html lang=\"en\"><title>Правда</title><a title=\"a>b Правда\">Λόγος</a>",
                "<html lang=\"en\"><title>Правда</title><a title=\"a>b Правда\"><span lang=\"el\">Λόγος</span></a>",
            ),
            (
                "<html lang=\"en\"><i lang=\"ru-Latn\">Pravda Правда</i>",
                "<html lang=\"en\"><i lang=\"ru-Latn\">Pravda <span lang=\"ru\">Правда</span></i>",
            ),
        ] {
            assert_eq!(page(html), expected);
        }
    }
}
