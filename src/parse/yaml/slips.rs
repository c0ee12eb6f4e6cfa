//! Slips of one line that YAML notices late, or at another line: a blank that is missing behind a colon or a hyphen, a bracket that is not closed,
//! a comma forgotten in braces, a remark of another language.
//!
//! Only asked where the parser has stopped. It looks at the field it stopped in and at the one above, from the top, and names the first line that
//! can be nothing but a slip; what may be words of a longer text is passed over.

use super::brackets;
use super::mend::{Patch, Words, field_around, indent, line_at, line_before, shortened_line, split};
use crate::base::script;
use crate::model::entity::EntityKind;
use std::ops::Range;

/// Signs that stand for the hyphen of a list.
const BULLETS: [char; 8] = ['—', '–', '−', '‐', '‑', '•', '·', '*'];

/// The first certain slip at or above the line of byte `at`.
pub(super) fn find(source: &str, at: usize, patch: &Patch) -> Option<Words> {
    let here = line_at(source, at);
    let field = field_around(source, here.start);
    let first = line_before(source, field.start).map_or(field.start, |line| field_around(source, line.start).start);
    let mut deeper_than = None;
    let mut from = first;
    while from < here.end.min(source.len()) {
        let line = line_at(source, from);
        from = line.end;
        let typed = source[line.clone()].trim_end();
        if typed.trim().is_empty() || typed.trim_start().starts_with('#') || patch.is_aside(&line) {
            continue;
        }
        let column = indent(typed);
        if deeper_than.is_some_and(|above| column > above) {
            continue;
        }
        if let Some(words) = slip(source, &line, typed) {
            return Some(words);
        }
        deeper_than = match split(typed) {
            Some(parts) if parts.value.is_empty() => None,
            Some(parts) => Some(column + parts.item.len()),
            None => (typed.trim() != "-").then_some(column),
        };
    }
    None
}

/// What is wrong with this line.
fn slip(source: &str, line: &Range<usize>, typed: &str) -> Option<Words> {
    behind_colon(line.start, typed)
        .or_else(|| remark(line.start, typed))
        .or_else(|| list_item(source, line, typed))
        .or_else(|| brackets::slip(source, line, typed))
}

/// Where the name of a field begins and ends in `- name`, and the sign behind it.
fn name_of(typed: &str) -> Option<(Range<usize>, char)> {
    let mut start = indent(typed);
    while let Some(rest) = typed[start..].strip_prefix("- ") {
        start = typed.len() - rest.trim_start_matches(' ').len();
    }
    let length = typed[start..].find(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '_' | '-')))?;
    let sign = typed[start + length..].chars().next()?;
    let word = typed[start..].chars().next().is_some_and(char::is_lowercase);
    (length > 0 && word).then_some((start..start + length, sign))
}

/// `name:value`, a tab or a no-break space after the colon, a colon of another script.
fn behind_colon(start: usize, typed: &str) -> Option<Words> {
    let (name, colon) = name_of(typed)?;
    let behind = name.end + colon.len_utf8();
    let value = typed[behind..].trim_start();
    let item = &typed[indent(typed)..name.start];
    let better = || shortened_line(&format!("{item}{}: {value}", &typed[name.clone()]));
    let at = |begin: usize, end: usize| start + begin..start + end;
    if matches!(colon, '：' | '﹕' | '︓') {
        let words = Words::new("a full-width colon stands after the name, which YAML takes for a letter", at(name.end, behind));
        return Some(words.help(format!("type the common colon and a blank: `{}`", better())));
    }
    if colon != ':' || value.is_empty() {
        return None;
    }
    let gap = &typed[behind..typed.len() - value.len()];
    if let Some((odd, blank)) = gap.char_indices().find(|(_, blank)| *blank != ' ') {
        let words = match blank {
            '\t' => "a tab stands after the colon".to_owned(),
            _ => format!("{} stands after the colon, which YAML takes for a letter", script::blank_name(blank)),
        };
        let words = Words::new(words, at(behind + odd, behind + odd + blank.len_utf8()));
        return Some(words.help(format!("type a common blank: `{}`", better())));
    }
    let address = value.starts_with('/') || !item.is_empty() && EntityKind::is_scheme(&typed[name.clone()]);
    (gap.is_empty() && !address).then(|| {
        let words = Words::new("there is no blank after the colon, so that this is no field", at(name.start, typed.len()));
        words.help(format!("type a blank after the colon: `{}`", better()))
    })
}

/// Remarks as other languages write them, and signs of Markdown around a name.
fn remark(start: usize, typed: &str) -> Option<Words> {
    let words = typed.trim();
    let place = start + indent(typed)..start + typed.len();
    let marks = [("//", ""), ("<!--", "-->"), ("/*", "*/"), (";", ""), ("--", ""), ("%", "")];
    if let Some((open, close)) = marks.into_iter().find(|(open, _)| words.starts_with(open) && !words.starts_with("---")) {
        let inner = words.trim_start_matches(open).trim_end_matches(close).trim();
        let message = format!("a remark in the fields begins with `#`, not with `{open}`");
        return Some(Words::new(message, place).help(format!("write `# {}`", shortened_line(inner))));
    }
    let (name, value) = words.trim_start_matches("- ").split_once(':')?;
    // `**kind**: letter`, `**kind:** letter`.
    let bare = name.trim_matches(['*', '_', '`', '~']);
    let value = value.trim_start_matches(['*', '_', '`', '~']).trim();
    let is_name = !bare.is_empty() && bare.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-'));
    (bare != name && is_name && name.starts_with(['*', '_', '`', '~'])).then(|| {
        let words = Words::new("signs of Markdown stand around the name of this field", place);
        words.help(format!("write `{bare}: {}`", shortened_line(value)))
    })
}

/// `-francis`, `— francis`, and an item whose hyphen is missing.
fn list_item(source: &str, line: &Range<usize>, typed: &str) -> Option<Words> {
    let words = typed.trim_start();
    let column = indent(typed);
    let above = source[line_before(source, line.start)?].trim_end();
    let place = line.start + column..line.start + typed.len();
    let item_above = above.trim_start().starts_with(['-', '—', '–', '−', '•', '·']);
    let begins = item_above || split(above).is_some_and(|parts| parts.value.is_empty());
    if !begins {
        return None;
    }
    if let Some(better) = hyphened(words) {
        let bullet = words.chars().next()?;
        let message = match bullet {
            '-' => "there is no blank after the hyphen, so that this is no item of a list".to_owned(),
            _ => format!("an item of a list begins with a hyphen, not with `{bullet}`"),
        };
        let place = place.start..place.start + bullet.len_utf8();
        return Some(Words::new(message, place).help(format!("type a hyphen and a blank: `{}`", shortened_line(&better))));
    }
    let beside = item_above && indent(above) == column;
    let plain = words.starts_with(|letter: char| letter.is_alphanumeric() || matches!(letter, '"' | '{' | '['));
    (beside && plain && split(typed).is_none()).then(|| {
        Words::new("the hyphen is missing before this item of the list", place)
            .help(format!("type a hyphen and a blank: `- {}`", shortened_line(words)))
            .help("if it goes on with the line above, indent it more than that one's hyphen")
    })
}

/// `-francis` and `— francis` as an item of a list.
pub(in crate::parse) fn hyphened(words: &str) -> Option<String> {
    let bullet = words.chars().next().filter(|sign| *sign == '-' || BULLETS.contains(sign))?;
    let rest = &words[bullet.len_utf8()..];
    let first = rest.trim_start().chars().next()?;
    let begins = first.is_alphanumeric() || matches!(first, '"' | '\'' | '{' | '[' | '«' | '“');
    let meant = match bullet {
        '-' => rest.starts_with(first),
        '*' | '·' => !rest.starts_with(first),
        _ => true,
    };
    (begins && meant).then(|| format!("- {}", rest.trim_start()))
}
