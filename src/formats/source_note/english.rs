//! English source notes, as the Collected Works and the archives that copy them print them.

use super::words::{after_label, day_at_end, day_at_start, pieces, roman, year};
use super::{Copy, Extent, Noun, Printed, Published, Statement};

const NOUNS: [(&str, Noun); 6] = [
    ("the journal ", Noun::Journal),
    ("the magazine ", Noun::Magazine),
    ("the newspaper ", Noun::Newspaper),
    ("the collection ", Noun::Collection),
    ("the book ", Noun::Book),
    ("the pamphlet ", Noun::Pamphlet),
];

/// What a text was printed from → kind. Longer words before shorter ones.
const COPIES: [(&str, &str); 16] = [
    ("typewritten copy", "typewritten-copy"),
    ("typed copy", "typewritten-copy"),
    ("typescript", "typewritten-copy"),
    ("handwritten copy", "hand-copy"),
    ("copy in ", "hand-copy"),
    ("photocopy", "photocopy"),
    ("photostat", "photocopy"),
    ("shorthand", "shorthand-record"),
    ("verbatim", "shorthand-record"),
    ("telegraph", "telegram"),
    ("telegram", "telegram"),
    ("manuscript", "manuscript"),
    ("original", "original"),
    ("newspaper", "printed"),
    ("text of", "printed"),
    ("text in", "printed"),
];

/// Reads one sentence without its stop.
pub fn read(text: &str) -> Statement {
    if let Some(rest) = ["Printed from ", "Printed according to ", "Published according to ", "Published from ", "Reproduced from "]
        .iter()
        .find_map(|head| text.strip_prefix(head))
    {
        return Statement::Copy(copy(rest));
    }
    if let Some(rest) = text.strip_prefix("Sent ") {
        return sent(rest);
    }
    if let Some(rest) = text.strip_prefix("Written ").or_else(|| text.strip_prefix("Dictated ")) {
        return written(rest);
    }
    let (extent, rest) = if let Some(rest) = text.strip_prefix("First published").or_else(|| text.strip_prefix("First printed")) {
        let rest = rest.trim_start_matches(':').trim_start();
        let part = rest.strip_prefix("in part ").or_else(|| rest.strip_prefix("abridged "));
        let full = rest.strip_prefix("in full ");
        match (part, full) {
            (Some(rest), _) => (Extent::Part, rest),
            (_, Some(rest)) => (Extent::Full, rest),
            _ => (Extent::Unsaid, rest),
        }
    } else if let Some(rest) = text.strip_prefix("Published in full ") {
        (Extent::Full, rest)
    } else if let Some(rest) = text.strip_prefix("Published in part ") {
        (Extent::Part, rest)
    } else if let Some(rest) = text.strip_prefix("Published ") {
        (Extent::Unsaid, rest)
    } else {
        return Statement::Other;
    };
    published(extent, rest.trim()).map_or(Statement::Other, Statement::Published)
}

fn published(extent: Extent, text: &str) -> Option<Published> {
    let mut out = Published { extent, ..Published::default() };
    let text = text.strip_prefix("for the first time ").unwrap_or(text);
    let text = text.strip_prefix("in English for the first time ").unwrap_or(text);
    let text = text.strip_prefix("on ").or_else(|| text.strip_prefix("in ")).unwrap_or(text);
    let text = match day_at_start(text) {
        Some(end) => {
            out.date = Some(text[..end].to_owned());
            text[end..].trim_start_matches(',').trim()
        }
        None => text,
    };
    let text = text.strip_prefix("in ").unwrap_or(text);
    if text.is_empty() {
        return out.date.is_some().then_some(out);
    }
    // Two publications in one sentence: which year belongs to which is for the editor to say.
    if text.contains(" and in ") || text.contains("; ") {
        return None;
    }
    container(text, &mut out);
    Some(out)
}

/// Title, volume, number, place, date and pages of what a text appeared in, from the end.
fn container(text: &str, out: &mut Published) {
    let mut text = text;
    if let Some((noun, kind)) = NOUNS.iter().find(|(noun, _)| text.starts_with(noun)) {
        out.noun = Some(*kind);
        text = &text[noun.len()..];
    }
    if let Some(at) = text.rfind(", p")
        && let Some(pages) = after_label(&text[at + 2..], &["pp.", "p.", "pages", "page"])
    {
        out.pages = Some(pages.to_owned());
        text = &text[..at];
    }
    if out.date.is_none()
        && let Some((before, date)) = day_at_end(text)
    {
        out.date = Some(date.to_owned());
        text = before;
        let place = text.rfind(", ").map(|at| (&text[..at], &text[at + 2..]));
        if let Some((before, place)) = place.filter(|(_, place)| is_place(place)) {
            out.location = Some(place.to_owned());
            text = before;
        }
    }
    for label in [", No. ", " No. ", ", Nos. ", " Nos. "] {
        if let Some(at) = text.rfind(label).filter(|at| figures(&text[at + label.len()..])) {
            out.issue = Some(text[at + label.len()..].to_owned());
            text = &text[..at];
            break;
        }
    }
    if let Some(at) = text.rfind([',', ' ']) {
        let word = text[at + 1..].trim();
        if roman(word) && !text[..at].ends_with(['.', ',']) && !text[..at].trim_end().ends_with("Part") {
            out.volume = Some(word.to_owned());
            text = text[..at].trim_end_matches(',');
        }
    }
    if let Some(at) = text.rfind(", ").filter(|_| out.volume.is_none()) {
        let piece = &text[at + 2..];
        if let Some(volume) = after_label(piece, &["Vol.", "Volume", "vol."]) {
            out.volume = Some(volume.to_owned());
            text = &text[..at];
        } else if after_label(piece, &["Bd.", "Band", "t.", "T."]).is_some() {
            out.volume = Some(piece.to_owned());
            text = &text[..at];
        }
    }
    out.container = Some(text.trim().to_owned());
}

fn figures(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_digit()) && !text.contains(char::is_whitespace)
}

/// One to three capitalised words without figures.
fn is_place(text: &str) -> bool {
    let count = text.split(' ').count();
    (1..=3).contains(&count)
        && text.split([' ', '-']).all(|word| word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic))
}

fn copy(text: &str) -> Copy {
    let lower = text.to_lowercase();
    let kind = COPIES.iter().find(|(words, _)| lower.contains(words)).map(|(_, kind)| *kind);
    let hand = text.split_once(" in ").and_then(|(_, rest)| {
        let rest = rest.strip_suffix(" handwriting").or_else(|| rest.strip_suffix(" hand"))?;
        rest.strip_suffix("’s").or_else(|| rest.strip_suffix("'s")).map(str::to_owned)
    });
    let found = text.find("found in ").map(|at| text[at..].to_owned());
    Copy { kind, hand, found }
}

fn sent(text: &str) -> Statement {
    let (from, to) = match text.strip_prefix("from ") {
        Some(rest) => match rest.split_once(" to ") {
            Some((from, to)) => (Some(from), Some(to)),
            None => (Some(rest), None),
        },
        None => (None, text.strip_prefix("to ")),
    };
    let places = [from, to].into_iter().flatten().all(is_address);
    if (from.is_none() && to.is_none()) || !places {
        return Statement::Other;
    }
    Statement::Sent { from: from.map(str::to_owned), to: to.map(str::to_owned) }
}

/// "St. Petersburg", "Kuokkala (Finland)".
fn is_address(text: &str) -> bool {
    text.split(' ').count() <= 4 && text.split(' ').all(|word| word.trim_start_matches('(').starts_with(char::is_uppercase))
}

fn written(text: &str) -> Statement {
    let mut place = None;
    let mut date = text;
    if let Some(rest) = text.strip_prefix("in ") {
        let ends = [" in ", " on ", " at ", " not ", " between ", " before ", " after ", " about ", " early ", " late "];
        let cut = ends.iter().filter_map(|end| rest.find(end)).min();
        let name = cut.map_or(rest, |cut| &rest[..cut]);
        if is_place(name.trim_end_matches(',')) && day_at_start(&format!("{name} 1900")).is_none() && !starts_with_month(name) {
            place = Some(name.trim_end_matches(',').to_owned());
            date = cut.map_or("", |cut| rest[cut..].trim());
        }
    }
    let date = date.strip_prefix("on ").or_else(|| date.strip_prefix("in ")).unwrap_or(date).trim();
    Statement::Written { place, date: (!date.is_empty()).then(|| date.to_owned()) }
}

fn starts_with_month(text: &str) -> bool {
    let word = text.split([' ', '–', '-', '—']).next().unwrap_or_default();
    day_at_start(&format!("{word} 1900")).is_some()
}

/// Reads the words after "Source:".
pub fn source(text: &str) -> Printed {
    let mut out = Printed::default();
    let mut title: Vec<String> = Vec::new();
    for (index, piece) in pieces(text).into_iter().enumerate() {
        let piece = piece.trim_end_matches(';');
        if let Some(pages) = after_label(piece, &["pages", "page", "pp.", "p.", "pp", "Pages"]).filter(|_| index > 0) {
            out.pages = Some(pages.to_owned());
        } else if let Some(volume) = after_label(piece, &["Volume", "Vol.", "vol.", "volume"]).filter(|_| index > 0) {
            out.volume = Some(volume.to_owned());
        } else if year(piece) {
            out.date = Some(piece.to_owned());
        } else if let Some(number) = after_label(piece, &["Document", "Doc.", "No."]).filter(|_| index > 0) {
            out.number = Some(number.to_owned());
        } else if index > 0 && out.edition.is_none() && (piece.ends_with("Edition") || piece.ends_with(" Ed.") || piece.ends_with(" ed.")) {
            out.edition = Some(piece.to_owned());
        } else if index > 0 && out.publisher.is_none() && is_publisher(piece) {
            out.publisher = Some(piece.to_owned());
        } else if index > 0 && out.location.is_none() && is_place(piece) {
            out.location = Some(piece.to_owned());
        } else {
            title.push(piece.to_owned());
        }
    }
    let mut title = title.join(", ");
    for label in [" Volume ", " Vol. ", " vol. "] {
        if let Some(at) = title.rfind(label).filter(|at| out.volume.is_none() && figures(&title[at + label.len()..])) {
            out.volume = Some(title[at + label.len()..].to_owned());
            title.truncate(at);
        }
    }
    let (author, own) = author_and_title(&title);
    if !author.is_empty() {
        out.author = Some(author.to_owned());
        title = own.to_owned();
    }
    out.title = (!title.is_empty()).then_some(title);
    out
}

/// An author's name before the title of collected works.
pub fn author_and_title(title: &str) -> (&str, &str) {
    let works = ["Collected Works", "Selected Works", "Complete Works", "Selected Correspondence"];
    match works.iter().find_map(|work| title.find(work)).filter(|at| *at > 0) {
        Some(at) => (title[..at].trim().trim_end_matches([',', ':']), &title[at..]),
        None => ("", title),
    }
}

fn is_publisher(piece: &str) -> bool {
    ["Publish", "Press", "Verlag", "House", "Bookshop", "Printing", " & ", "Books", "Éditions", "Editions"]
        .iter()
        .any(|word| piece.contains(word))
}

/// Prints a statement without its stop.
pub fn print(statement: &Statement) -> Option<String> {
    match statement {
        Statement::Published(published) => print_published(published),
        Statement::Sent { from, to } => {
            let from = from.as_ref().map(|from| format!(" from {from}")).unwrap_or_default();
            let to = to.as_ref().map(|to| format!(" to {to}")).unwrap_or_default();
            Some(format!("Sent{from}{to}"))
        }
        Statement::Printed(printed) => print_source(printed),
        Statement::Copy(_) | Statement::Written { .. } | Statement::Other => None,
    }
}

fn print_published(published: &Published) -> Option<String> {
    let head = match published.extent {
        Extent::Unsaid => "First published",
        Extent::Part => "First published in part",
        Extent::Full => "Published in full",
    };
    let Some(title) = &published.container else { return Some(format!("{head} in {}", published.date.as_ref()?)) };
    let noun = published.noun.and_then(|noun| NOUNS.iter().find(|(_, kind)| *kind == noun)).map_or("", |(words, _)| words);
    let mut container = format!("{noun}{title}");
    if let Some(volume) = &published.volume {
        container.push_str(&match volume {
            volume if roman(volume) => format!(" {volume}"),
            volume if volume.starts_with(|letter: char| letter.is_ascii_digit()) => format!(", Vol. {volume}"),
            volume => format!(", {volume}"),
        });
    }
    if let Some(issue) = &published.issue {
        container.push_str(&format!(" No. {issue}"));
    }
    if let Some(location) = &published.location {
        container.push_str(&format!(", {location}"));
    }
    let pages = published.pages.as_ref().map(|pages| page_words(pages, ", pp. ", ", p. ")).unwrap_or_default();
    Some(match &published.date {
        Some(date) if year(date) && published.location.is_none() => format!("{head} in {date} in {container}{pages}"),
        Some(date) => format!("{head} in {container}, {date}{pages}"),
        None => format!("{head} in {container}{pages}"),
    })
}

fn page_words(pages: &str, many: &str, one: &str) -> String {
    format!("{}{pages}", if pages.contains(['-', '–', ',']) { many } else { one })
}

fn print_source(source: &Printed) -> Option<String> {
    let title = source.title.as_ref()?;
    let mut out = source.author.as_ref().map_or_else(|| title.clone(), |author| format!("{author} {title}"));
    for part in [&source.edition, &source.publisher, &source.date, &source.location].into_iter().flatten() {
        out.push_str(&format!(", {part}"));
    }
    if let Some(volume) = &source.volume {
        out.push_str(&format!(", Volume {volume}"));
    }
    if let Some(number) = &source.number {
        out.push_str(&format!(", Document {number}"));
    }
    if let Some(pages) = &source.pages {
        out.push_str(&page_words(pages, ", pages ", ", page "));
    }
    Some(out)
}
