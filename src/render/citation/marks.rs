//! Runs as HTML and as plain text, and how a citation ends.

use crate::formats::csl::{Language, Part, Run};
use crate::render::escape::escape_html;
use std::borrow::Cow;

/// Words in another language that stand in runs: the words, their BCP 47.
pub type Foreign = [(String, String)];

/// Runs as HTML. `linked` makes addresses links.
#[must_use]
pub fn html(runs: &[Run], foreign: &Foreign, linked: bool) -> String {
    let mut out = String::new();
    for run in inflected(runs).iter() {
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
    inflected(runs).iter().map(|run| run.text.as_str()).collect()
}

/// Months as the words of citation styles have them, and beside the number of a day, in languages that tell the two apart.
const MONTHS: [(&str, &str); 47] = [
    ("январь", "января"),
    ("февраль", "февраля"),
    ("март", "марта"),
    ("апрель", "апреля"),
    ("май", "мая"),
    ("июнь", "июня"),
    ("июль", "июля"),
    ("август", "августа"),
    ("сентябрь", "сентября"),
    ("октябрь", "октября"),
    ("ноябрь", "ноября"),
    ("декабрь", "декабря"),
    ("січень", "січня"),
    ("лютий", "лютого"),
    ("березень", "березня"),
    ("квітень", "квітня"),
    ("травень", "травня"),
    ("червень", "червня"),
    ("липень", "липня"),
    ("серпень", "серпня"),
    ("вересень", "вересня"),
    ("жовтень", "жовтня"),
    ("листопад", "листопада"),
    ("грудень", "грудня"),
    ("styczeń", "stycznia"),
    ("luty", "lutego"),
    ("marzec", "marca"),
    ("kwiecień", "kwietnia"),
    ("maj", "maja"),
    ("czerwiec", "czerwca"),
    ("lipiec", "lipca"),
    ("sierpień", "sierpnia"),
    ("wrzesień", "września"),
    ("październik", "października"),
    ("listopad", "listopada"),
    ("grudzień", "grudnia"),
    ("leden", "ledna"),
    ("únor", "února"),
    ("březen", "března"),
    ("duben", "dubna"),
    ("květen", "května"),
    ("červen", "června"),
    ("červenec", "července"),
    ("srpen", "srpna"),
    ("září", "září"),
    ("říjen", "října"),
    ("prosinec", "prosince"),
];

/// "23 ноябрь 2026" as "23 ноября 2026": the words of a style know a month by itself only.
fn inflected(runs: &[Run]) -> Cow<'_, [Run]> {
    let holds = |run: &Run| run.part == Part::Date && MONTHS.iter().any(|(name, _)| run.text.contains(name));
    if !runs.iter().any(holds) {
        return Cow::Borrowed(runs);
    }
    let mut day = false;
    let words = runs.iter().map(|run| {
        let mut text = String::with_capacity(run.text.len());
        let mut words = run.text.split_inclusive(is_blank).peekable();
        while let Some(word) = words.next() {
            let bare = word.trim_end_matches(|letter| is_blank(letter) || letter == ',');
            let beside = day || words.peek().is_some_and(|next| is_day(next));
            let month = MONTHS.iter().find(|(name, _)| *name == bare).filter(|_| beside && run.part == Part::Date);
            text.push_str(month.map_or(bare, |(_, with_day)| with_day));
            text.push_str(&word[bare.len()..]);
            day = run.part == Part::Date && is_day(word) && !word.contains(',');
        }
        Run { text, ..run.clone() }
    });
    Cow::Owned(words.collect())
}

fn is_blank(letter: char) -> bool {
    matches!(letter, ' ' | '\u{a0}')
}

/// One or two figures.
fn is_day(word: &str) -> bool {
    let figures = word.trim_matches(|letter| is_blank(letter) || matches!(letter, '.' | ',' | '(' | ')'));
    matches!(figures.len(), 1 | 2) && figures.bytes().all(|byte| byte.is_ascii_digit())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_beside_a_day_are_inflected() {
        let date = |text: &str| Run { text: text.to_owned(), part: Part::Date, ..Run::default() };
        let other = |text: &str| Run { text: text.to_owned(), ..Run::default() };
        let said = |runs: &[Run]| (plain(runs), html(runs, &[], false));
        let both = |words: &str| (words.to_owned(), words.to_owned());
        assert_eq!(said(&[date("23 ноябрь 2026 г.")]), both("23 ноября 2026 г."));
        assert_eq!(said(&[other("1, "), date("ноябрь 2026")]), both("1, ноябрь 2026"));
        assert_eq!(said(&[date("2026, май 3")]), both("2026, мая 3"));
        assert_eq!(said(&[date("3 "), date("września"), date(" 1939")]), both("3 września 1939"));
        assert_eq!(said(&[date("1 "), date("wrzesień"), date(" 1939")]), both("1 września 1939"));
        assert_eq!(said(&[other("23 ноябрь"), date(", 1917")]), both("23 ноябрь, 1917"));
    }
}
