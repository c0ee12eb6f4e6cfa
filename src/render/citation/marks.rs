//! Runs as HTML and as plain text, and how a citation ends.

use crate::formats::csl::{Language, Part, Run};
use crate::render::escape::escape_html;

/// Words in another language that stand in runs: the words, their BCP 47.
pub type Foreign = [(String, String)];

/// Runs as HTML. `linked` makes addresses links.
#[must_use]
pub fn html(runs: &[Run], foreign: &Foreign, linked: bool) -> String {
    let mut out = String::new();
    for run in runs {
        let mut close = Vec::new();
        if let Some(url) = run.url.as_deref().filter(|url| linked && (url.starts_with("https://") || url.starts_with("http://"))) {
            out.push_str("<a href=\"");
            escape_html(url, &mut out);
            out.push_str("\" rel=\"external\">");
            close.push("</a>");
        }
        let mut look = |on: bool, open: &str, end: &'static str| {
            if on {
                out.push_str(open);
                close.push(end);
            }
        };
        look(run.raised > 0, "<sup>", "</sup>");
        look(run.raised < 0, "<sub>", "</sub>");
        look(run.bold, "<b>", "</b>");
        look(run.underline, "<u>", "</u>");
        look(run.small_caps, "<span class=\"sc\">", "</span>");
        let found = foreign.iter().find(|(words, _)| !words.is_empty() && run.text.contains(words.as_str()));
        let whole = found.filter(|(words, _)| run.text == *words);
        let language = |language: &str| {
            let mut value = String::from(" lang=\"");
            escape_html(language, &mut value);
            value.push('"');
            value
        };
        if run.italic {
            out.push_str(&format!("<i{}>", whole.map(|(_, tag)| language(tag)).unwrap_or_default()));
            close.push("</i>");
        } else if let Some((_, tag)) = whole {
            out.push_str(&format!("<span{}>", language(tag)));
            close.push("</span>");
        }
        match found
            .filter(|_| whole.is_none())
            .and_then(|(words, tag)| run.text.split_once(words.as_str()).map(|(before, after)| (before, words, tag, after)))
        {
            Some((before, words, tag, after)) => {
                escape_html(before, &mut out);
                out.push_str(&format!("<span{}>", language(tag)));
                escape_html(words, &mut out);
                out.push_str("</span>");
                escape_html(after, &mut out);
            }
            None => escape_html(&run.text, &mut out),
        }
        close.iter().rev().for_each(|end| out.push_str(end));
    }
    out
}

/// Runs as plain text.
#[must_use]
pub fn plain(runs: &[Run]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// Ends a citation with a full stop, inside a closing quotation mark where the language has it so.
pub fn stop(runs: &mut Vec<Run>, language: &Language) {
    while runs.last().is_some_and(|run| run.text.trim_end().is_empty()) {
        runs.pop();
    }
    let Some(last) = runs.last_mut() else { return };
    last.text.truncate(last.text.trim_end().len());
    let quote = language.closing_quote();
    let inner = last.text.strip_suffix(quote).unwrap_or(&last.text);
    if inner.ends_with(['.', '?', '!', '…']) {
        return;
    }
    if last.text.ends_with(quote) && language.stops_inside_quotes() {
        let at = inner.len();
        last.text.insert(at, '.');
    } else if last.url.is_some() || last.italic || last.bold || last.raised != 0 || last.underline {
        runs.push(Run { text: ".".into(), ..Run::default() });
    } else {
        last.text.push('.');
    }
}

/// A cite without the names at its beginning, for a text that has said them already.
#[must_use]
pub fn without_names(runs: &[Run]) -> Vec<Run> {
    let names = runs.iter().take_while(|run| run.part == Part::Names).count();
    let mut rest: Vec<Run> = runs[names..].to_vec();
    if names > 0
        && let Some(first) = rest.first_mut()
    {
        first.text = first.text.trim_start_matches([',', '.', ':', ';', ' ']).to_owned();
    }
    rest.retain(|run| !run.text.is_empty());
    rest
}

/// The names at the beginning of a cite.
#[must_use]
pub fn names(runs: &[Run]) -> Vec<Run> {
    runs.iter().take_while(|run| run.part == Part::Names).cloned().collect()
}
