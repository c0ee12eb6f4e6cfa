//! Values in brackets that do not close, close with the wrong bracket, or lack a comma: `[a, b`, `{ref: lansing ]`, `{ref: lansing as: Secretary}`.

use super::mend::{Words, indent, line_at, shortened_line, split};
use super::quoted_length;
use std::ops::Range;

/// What is wrong with the brackets that begin the value of this line.
pub(super) fn slip(source: &str, line: &Range<usize>, typed: &str) -> Option<Words> {
    let start = opening(typed)?;
    let value = line.start + start..end_of_value(source, line, typed);
    match scan(&source[value.clone()]) {
        Scan::Closed => None,
        Scan::Unclosed(at) => {
            let at = value.start + at;
            let letter = &source[at..=at];
            let close = closing(letter);
            let words = Words::new(format!("the bracket `{letter}` opened here is never closed"), at..at + 1);
            let end = match letter {
                "[" => "the list ends",
                _ => "these fields end",
            };
            Some(words.help(format!("type `{close}` where {end}, or put the whole value in quotation marks")))
        }
        Scan::Mismatch { open, close } => {
            let (opened, closed) = (&source[value.start + open..=value.start + open], &source[value.start + close..=value.start + close]);
            let right = closing(opened);
            let at = value.start + close;
            let words = Words::new(format!("`{opened}` is closed here by `{closed}`"), at..at + 1);
            let better = better(source, line, typed, at..at + 1, right);
            Some(words.help(format!("type `{right}` in its place{better}")))
        }
        Scan::Comma { end, name } => {
            let name = value.start + name.start..value.start + name.end;
            let end = value.start + end;
            let shown = &source[name.clone()];
            let words = Words::new(format!("a comma is missing before `{shown}:`"), name);
            let better = better(source, line, typed, end..end, ",");
            let words = words.help(format!("type a comma between two fields{better}"));
            Some(words.help("if these are the words of one field, put quotation marks around them"))
        }
    }
}

/// The line with `with` in place of some of its bytes, for a help; nothing when they are on another line.
fn better(source: &str, line: &Range<usize>, typed: &str, range: Range<usize>, with: &str) -> String {
    let end = line.start + typed.len();
    if range.end > end {
        return String::new();
    }
    let better = format!("{}{with}{}", &source[line.start..range.start], &source[range.end..end]);
    format!(": `{}`", shortened_line(better.trim()))
}

/// Where the value of `name: {…}` or `- {…}` begins.
fn opening(typed: &str) -> Option<usize> {
    let start = match split(typed) {
        Some(parts) => parts.value.start,
        None => typed.len() - typed.trim_start().strip_prefix("- ")?.trim_start().len(),
    };
    typed[start..].starts_with(['[', '{']).then_some(start)
}

/// The byte before the next line that is not deeper than the name on this one.
fn end_of_value(source: &str, line: &Range<usize>, typed: &str) -> usize {
    let column = indent(typed) + split(typed).map_or(0, |parts| parts.item.len());
    let mut end = line.end;
    while end < source.len() {
        let next = line_at(source, end);
        let words = source[next.clone()].trim();
        if !words.is_empty() && indent(&source[next.clone()]) <= column && !words.starts_with(['}', ']']) {
            break;
        }
        end = next.end;
    }
    end
}

/// What is found in a value in brackets.
enum Scan {
    /// All brackets fit.
    Closed,
    /// The byte of the outermost bracket that is still open at the end.
    Unclosed(usize),
    /// The bytes of two brackets that do not belong together.
    Mismatch { open: usize, close: usize },
    /// The byte behind a value, and the name after it that has no comma before it.
    Comma { end: usize, name: Range<usize> },
}

fn scan(value: &str) -> Scan {
    // Opening bracket, and whether a name with its colon has come since the last comma.
    let mut open: Vec<(usize, bool)> = Vec::new();
    let mut after = 0;
    for (at, letter) in value.char_indices() {
        if at < after {
            continue;
        }
        match letter {
            '"' | '\'' if value[..at].trim_end().ends_with(['[', '{', ',', ':']) => after = at + quoted_length(&value[at..]),
            '[' | '{' => open.push((at, false)),
            ']' | '}' => match open.pop() {
                Some((begin, _)) if closing(&value[begin..=begin]).starts_with(letter) => {
                    if open.is_empty() {
                        return Scan::Closed;
                    }
                }
                Some((begin, _)) => return Scan::Mismatch { open: begin, close: at },
                None => return Scan::Closed,
            },
            ',' => {
                if let Some(last) = open.last_mut() {
                    last.1 = false;
                }
            }
            ':' if value[at + 1..].starts_with([' ', '\n']) => {
                let Some(last) = open.last_mut() else { continue };
                let name = name_before(value, at);
                match (last.1, name) {
                    (true, Some(name)) if value[last.0..].starts_with('{') => {
                        return Scan::Comma { end: value[..name.start].trim_end().len(), name };
                    }
                    _ => last.1 = true,
                }
            }
            _ => {}
        }
    }
    open.first().map_or(Scan::Closed, |(at, _)| Scan::Unclosed(*at))
}

/// The word in small letters before the colon at `at`, with something but a colon before it.
fn name_before(value: &str, at: usize) -> Option<Range<usize>> {
    let start = value[..at].rfind(|letter: char| !(letter.is_ascii_lowercase() || letter == '_')).map_or(0, |before| before + 1);
    let before = value.get(..start)?;
    let apart = before.ends_with([' ', '\n']) && !before.trim_end().ends_with([':', ',', '{', '[']);
    (start < at && apart).then_some(start..at)
}

fn closing(open: &str) -> &'static str {
    if open == "[" { "]" } else { "}" }
}
