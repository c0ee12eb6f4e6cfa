//! Numbers that open a paragraph of a real text and are no list: `1922. The year began …`, `593. Telegram`, `24. April 1922`.
//!
//! Markdown makes an ordered list of every number with a stop or parenthesis at the beginning of a line. Here such a list is a paragraph again
//! when it begins above 99, or has one item and does not begin with 0 or 1, or has one item that is marked as a part (`{.dateline}`);
//! always only if each item is a single paragraph. What was typed stays as it was typed.

use super::attributes;
use super::markdown::{Event, EventKind, Tag};
use crate::base::path::ContentPath;
use crate::base::span::Span;

/// Index of the end of each beginning; others hold their own index.
#[must_use]
pub fn ends(events: &[Event]) -> Vec<usize> {
    let mut ends: Vec<usize> = (0..events.len()).collect();
    let mut open = Vec::new();
    for (index, event) in events.iter().enumerate() {
        match event.kind {
            EventKind::Open(_) => open.push(index),
            EventKind::Close => {
                if let Some(begin) = open.pop() {
                    ends[begin] = index;
                }
            }
            _ => {}
        }
    }
    for begin in open {
        ends[begin] = events.len();
    }
    ends
}

/// End of the run of inline events that begins at `from`.
#[must_use]
pub fn run_end(events: &[Event], ends: &[usize], from: usize) -> usize {
    let mut at = from;
    while let Some(event) = events.get(at) {
        match &event.kind {
            EventKind::Open(tag) if tag.is_inline() => at = ends[at] + 1,
            EventKind::Open(_) | EventKind::Close | EventKind::Rule => break,
            _ => at += 1,
        }
    }
    at.min(events.len())
}

/// The number and sign at the beginning of an item, as typed: `1922.`
#[must_use]
pub fn marker(text: &str, item: Span) -> Option<&str> {
    let typed = text.get(item.range())?.trim_start();
    let digits = typed.bytes().take_while(u8::is_ascii_digit).count();
    (digits > 0 && matches!(typed.as_bytes().get(digits), Some(b'.' | b')'))).then(|| &typed[..=digits])
}

/// Turns such lists into paragraphs.
#[must_use]
pub fn dissolve(events: Vec<Event>, text: &str, file: &ContentPath) -> Vec<Event> {
    let ends = ends(&events);
    let mut lists: Vec<(usize, Vec<Single>)> = Vec::new();
    for (index, event) in events.iter().enumerate() {
        // A number directly within an item is a list in a list.
        let within = index > 0 && events[index - 1].kind == EventKind::Open(Tag::Item);
        if let (EventKind::Open(Tag::List(Some(start))), false) = (&event.kind, within)
            && let Some(items) = singles(&events, &ends, index)
        {
            let alone = items.len() == 1;
            let part = || {
                attributes::last_line(&events, items[0].from, items[0].to, text, file).is_some_and(|found| found.attributes.part.is_some())
            };
            if *start > 99 || alone && (*start > 1 || part()) {
                lists.push((index, items));
            }
        }
    }
    if lists.is_empty() {
        return events;
    }
    let mut out = Vec::with_capacity(events.len());
    let mut at = 0;
    for (list, items) in lists {
        out.extend_from_slice(&events[at..list]);
        for item in items {
            let span = events[item.item].span;
            let words = marker(text, span).unwrap_or_default();
            out.push(Event { kind: EventKind::Open(Tag::Paragraph), span });
            let begin = span.start as usize + text[span.range()].find(words).unwrap_or_default();
            out.push(Event { kind: EventKind::Text(format!("{words} ")), span: Span::new(begin, begin + words.len()) });
            out.extend_from_slice(&events[item.from..item.to]);
            out.push(Event { kind: EventKind::Close, span });
        }
        at = ends[list] + 1;
    }
    out.extend_from_slice(&events[at..]);
    out
}

/// An item that is a single paragraph: its index and its inline events.
struct Single {
    item: usize,
    from: usize,
    to: usize,
}

fn singles(events: &[Event], ends: &[usize], list: usize) -> Option<Vec<Single>> {
    let mut items = Vec::new();
    let mut at = list + 1;
    while at < ends[list] {
        let end = ends[at];
        let paragraph = matches!(events.get(at + 1)?.kind, EventKind::Open(Tag::Paragraph));
        let (from, to) = if paragraph { (at + 2, ends[at + 1]) } else { (at + 1, run_end(events, ends, at + 1)) };
        if to + usize::from(paragraph) != end || from == to || matches!(events[from].kind, EventKind::Task(_)) {
            return None;
        }
        items.push(Single { item: at, from, to });
        at = end + 1;
    }
    Some(items)
}
