//! Lines of attributes that were typed in another way than `{.dateline}` on the line below the words, so that they would be printed.

use crate::base::slug::{is_id, slug};
use crate::base::suggest::nearest;
use crate::model::block::Part;

/// What is wrong in a line, and what to type.
pub(super) struct Slip {
    /// First byte in the line.
    pub(super) from: usize,
    /// End in the line.
    pub(super) to: usize,
    pub(super) help: String,
}

/// Longest line of attributes, in bytes.
const LONGEST: usize = 60;

/// Looks at the last line of a paragraph.
pub(super) fn last(line: &str) -> Option<Slip> {
    let trimmed = line.trim_end();
    let from = trimmed.rfind(['{', '['])?;
    // `{.dateline}{.heading}`
    let mut begin = from;
    while trimmed[..begin].ends_with('}') {
        begin = trimmed[..begin].rfind('{')?;
    }
    let typed = &trimmed[begin..];
    if typed.len() > LONGEST {
        return None;
    }
    let slip = |help: String| Some(Slip { from: begin, to: trimmed.len(), help });
    let names: Vec<&str> = typed.split(['{', '}', '[', ']', ' ', '.']).filter(|name| !name.is_empty()).collect();
    let part = || names.first().and_then(|name| Part::read(name).map(|_| *name).or_else(|| nearest(name, Part::ALL.map(|(_, name)| name))));
    let own_line = trimmed[..begin].trim().is_empty();
    let inner = typed.trim_start_matches(['{', '[']).trim_start();
    let closed = typed.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).filter(|inner| !inner.contains(['{', '}']));
    match (closed, inner.chars().next()?) {
        // `{dateline}`
        (Some(name), letter) if letter.is_alphabetic() && own_line => {
            let part = nearest(name.trim(), Part::ALL.map(|(_, name)| name)).filter(|_| name.trim().chars().all(char::is_alphabetic))?;
            slip(format!("type a stop before the part: `{{.{part}}}`"))
        }
        // `{#my part}`
        (Some(name), '#') if own_line => {
            let id = slug(name.trim_start_matches(['#', ' ']));
            (!id.is_empty()).then(|| format!("an id has no blanks: type `{{#{id}}}`")).and_then(slip)
        }
        // `Moscow {.dateline}`
        (Some(name), '.' | '#')
            if !own_line && (name.starts_with('#') && is_id(&name[1..]) && name[1..].contains(char::is_alphabetic) || part().is_some()) =>
        {
            slip(format!("type `{typed}` on the next line, by itself"))
        }
        (None, '.') if typed.starts_with('{') && typed.matches('{').count() > 1 => {
            slip(format!("a paragraph plays one part: type `{{.{}}}`", part()?))
        }
        // `{.dateline}.`
        (None, '.') if typed.starts_with('{') && typed.contains('}') => {
            let behind = &typed[typed.find('}')? + 1..];
            let sign = behind.chars().count() == 1 && behind.chars().all(|letter| letter.is_ascii_punctuation());
            sign.then(|| format!("remove `{behind}` behind the bracket")).and_then(slip)
        }
        // `{.dateline`, `[.dateline]`
        (None, '.') if names.len() == 1 && (typed.starts_with('{') || typed.ends_with(']')) => {
            let part = part()?;
            slip(if own_line { format!("type `{{.{part}}}`") } else { format!("type `{{.{part}}}` on the next line, by itself") })
        }
        _ => None,
    }
}

/// Looks at the first line of a paragraph of several: `{.dateline}` above the words.
pub(super) fn first(line: &str) -> Option<Slip> {
    let typed = line.trim();
    let inner = typed.strip_prefix('{')?.strip_suffix('}')?;
    let ours = inner.strip_prefix('.').is_some_and(|name| Part::read(name).is_some()) || inner.starts_with('#') && !inner.contains(' ');
    let from = line.len() - line.trim_start().len();
    ours.then(|| Slip { from, to: from + typed.len(), help: "put this line below the words it belongs to".to_owned() })
}
