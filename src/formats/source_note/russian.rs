//! Russian source notes: the legend under a document, and works as bibliographies name them.

use super::words::{after_label, day_at_start, roman, year};
use super::{Copy, Extent, Noun, Printed, Published, Statement};

/// The noun in the case that follows «в».
const NOUNS: [(&str, Noun); 5] = [
    ("журнале ", Noun::Journal),
    ("газете ", Noun::Newspaper),
    ("сборнике ", Noun::Collection),
    ("книге ", Noun::Book),
    ("брошюре ", Noun::Pamphlet),
];

/// Titles that are inflected in a sentence, with their own form.
const TITLES: [(&str, &str); 3] = [
    ("Ленинском сборнике", "Ленинский сборник"),
    ("Полном собрании сочинений", "Полное собрание сочинений"),
    ("Собрании сочинений", "Собрание сочинений"),
];

const COPIES: [(&str, &str); 9] = [
    ("машинописн", "typewritten-copy"),
    ("машинописи", "typewritten-copy"),
    ("фотокопии", "photocopy"),
    ("стенограмме", "shorthand-record"),
    ("телеграфн", "telegram"),
    ("подлиннику", "original"),
    ("рукописи", "manuscript"),
    ("автографу", "autograph"),
    ("тексту", "printed"),
];

/// Reads one sentence without its stop.
pub fn read(text: &str) -> Statement {
    if let Some(rest) = text.strip_prefix("Печатается по ") {
        let kind = COPIES.iter().find(|(words, _)| rest.contains(words)).map(|(_, kind)| *kind);
        return Statement::Copy(Copy { kind, hand: None, found: None });
    }
    if let Some(rest) = text.strip_prefix("Написано ").or_else(|| text.strip_prefix("Продиктовано ")) {
        return Statement::Written { place: None, date: Some(rest.to_owned()) };
    }
    let heads = ["Впервые напечатано ", "Впервые опубликовано ", "Опубликовано ", "Напечатано "];
    let Some(rest) = heads.iter().find_map(|head| text.strip_prefix(head)) else { return Statement::Other };
    published(rest).map_or(Statement::Other, Statement::Published)
}

fn published(text: &str) -> Option<Published> {
    let (extent, text) = match (text.strip_prefix("не полностью "), text.strip_prefix("полностью ")) {
        (Some(rest), _) => (Extent::Part, rest),
        (_, Some(rest)) => (Extent::Full, rest),
        _ => (Extent::Unsaid, text),
    };
    let mut out = Published { extent, ..Published::default() };
    let text = match text.strip_prefix("в ").filter(|rest| day_at_start(rest).is_some()) {
        Some(rest) => rest,
        None => text,
    };
    let mut rest = text;
    if let Some(end) = day_at_start(text) {
        out.date = Some(text[..end].to_owned());
        rest = text[end..].trim_start();
        rest = ["году", "г."].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest).trim();
    }
    let Some(mut container) = rest.strip_prefix("в ").or_else(|| rest.strip_prefix("во ")) else {
        return (rest.is_empty() && out.date.is_some()).then_some(out);
    };
    if let Some((noun, kind)) = NOUNS.iter().find(|(noun, _)| container.starts_with(noun)) {
        out.noun = Some(*kind);
        container = &container[noun.len()..];
    }
    if let Some(at) = container.rfind("№ ") {
        out.issue = Some(container[at + "№ ".len()..].to_owned());
        container = container[..at].trim_end().trim_end_matches(',');
    }
    if let Some((before, word)) = container.rsplit_once(' ').filter(|(_, word)| roman(word)) {
        out.volume = Some(word.to_owned());
        container = before;
    }
    // Words in a case of the sentence are no title: only quoted ones and those whose form is known are taken out.
    let quoted = container.strip_prefix('«').and_then(|inner| inner.strip_suffix('»')).filter(|inner| !inner.contains('»'));
    let known = TITLES.iter().find(|(inflected, _)| *inflected == container).map(|(_, title)| *title);
    out.container = Some(quoted.or(known)?.to_owned());
    Some(out)
}

/// Reads the words after «Источник:».
pub fn source(text: &str) -> Printed {
    let mut out = Printed::default();
    let mut rest = text.replace(" — ", ". ").replace(" – ", ". ");
    if let Some((author, length)) = author(&rest) {
        out.author = Some(author);
        rest.drain(..length);
    }
    let mut title = Vec::new();
    for piece in parts(&rest) {
        let piece = piece.trim().trim_end_matches(',');
        if let Some(volume) = after_label(piece, &["Т.", "т.", "Том", "том"]) {
            out.volume = Some(volume.trim_end_matches('.').to_owned());
        } else if let Some(pages) = after_label(piece, &["С.", "с.", "Стр.", "стр."]) {
            out.pages = Some(pages.trim_end_matches('.').to_owned());
        } else if let Some((place, publisher)) = piece.split_once(':').filter(|(place, _)| place.chars().count() <= 12) {
            out.location = Some(place.trim().to_owned());
            out.publisher = Some(publisher.trim().to_owned());
        } else if year(piece.trim_end_matches('.').trim_end_matches(" г")) {
            out.date = Some(piece.trim_end_matches('.').trim_end_matches(" г").to_owned());
        } else if piece.trim_end_matches('.').ends_with(" изд") || piece.ends_with("издание") {
            out.edition = Some(piece.to_owned());
        } else if matches!(piece, "М." | "Л." | "СПб." | "Пг." | "Москва" | "Ленинград") {
            out.location = Some(piece.to_owned());
        } else if !piece.is_empty() {
            title.push(piece.trim_end_matches('.').to_owned());
        }
    }
    out.title = (!title.is_empty()).then(|| title.join(", "));
    out
}

/// «Ленин В. И. » or «В. И. Ленин, » at the beginning, as `Ленин, В. И.` and its length.
fn author(text: &str) -> Option<(String, usize)> {
    let initial = |word: &str| word.ends_with('.') && word.chars().count() == 2 && word.starts_with(char::is_uppercase);
    let words: Vec<&str> = text.split_inclusive(' ').take(3).collect();
    let [one, two, three] = words.as_slice() else { return None };
    let [first, second, third] = [one.trim(), two.trim(), three.trim()];
    let length = one.len() + two.len() + three.len();
    if initial(second) && initial(third.trim_end_matches(',')) && first.trim_end_matches(',').chars().all(char::is_alphabetic) {
        return Some((format!("{}, {second} {}", first.trim_end_matches(','), third.trim_end_matches(',')), length));
    }
    if initial(first) && initial(second) {
        return Some((format!("{}, {first} {second}", third.trim_end_matches([',', '.'])), length));
    }
    None
}

/// Pieces between commas and stops; the stop of an abbreviation before a figure ends none.
fn parts(text: &str) -> Vec<&str> {
    let (mut out, mut from) = (Vec::new(), 0);
    for (at, sign) in text.char_indices().filter(|(_, letter)| matches!(letter, ',' | '.')) {
        let rest = &text[at + 1..];
        let label = ["Т", "т", "С", "с", "стр", "Стр"].contains(&text[from..at].trim());
        if !rest.starts_with(' ') || sign == '.' && (label || rest.trim_start().starts_with(|letter: char| letter.is_lowercase())) {
            continue;
        }
        // The stop of «М.» and «изд.» stays with its word.
        let end = if sign == '.' { at + 1 } else { at };
        out.push(text[from..end].trim());
        from = at + 1;
    }
    out.push(text[from..].trim());
    out
}

/// Prints a statement without its stop.
pub fn print(statement: &Statement) -> Option<String> {
    match statement {
        Statement::Published(published) => print_published(published),
        Statement::Printed(printed) => print_source(printed),
        Statement::Copy(_) | Statement::Sent { .. } | Statement::Written { .. } | Statement::Other => None,
    }
}

fn print_published(published: &Published) -> Option<String> {
    let head = match published.extent {
        Extent::Unsaid => "Впервые напечатано",
        Extent::Part => "Впервые напечатано не полностью",
        Extent::Full => "Напечатано полностью",
    };
    let date = match &published.date {
        Some(date) if year(date) => format!(" в {date} г."),
        Some(date) => format!(" {date} г."),
        None => String::new(),
    };
    let Some(title) = &published.container else { return Some(format!("{head}{date}")) };
    let inflected = TITLES.iter().find(|(_, own)| own == title).map(|(inflected, _)| (*inflected).to_owned());
    let title = inflected.unwrap_or_else(|| format!("«{title}»"));
    let noun = published.noun.and_then(|noun| NOUNS.iter().find(|(_, kind)| *kind == noun)).map_or("", |(words, _)| words);
    let volume = published.volume.as_ref().map(|volume| format!(" {volume}")).unwrap_or_default();
    let issue = published.issue.as_ref().map(|issue| format!(" № {issue}")).unwrap_or_default();
    Some(format!("{head}{date} в {noun}{title}{volume}{issue}"))
}

fn print_source(source: &Printed) -> Option<String> {
    let mut out = String::new();
    if let Some(author) = &source.author {
        out.push_str(&format!("{} ", author.replace(", ", " ")));
    }
    out.push_str(&format!("{}.", source.title.as_ref()?));
    if let Some(edition) = &source.edition {
        out.push_str(&format!(" {}.", edition.trim_end_matches('.')));
    }
    match (&source.location, &source.publisher, &source.date) {
        (Some(location), Some(publisher), Some(date)) => out.push_str(&format!(" {location}: {publisher}, {date}.")),
        (Some(location), None, Some(date)) => out.push_str(&format!(" {location}, {date}.")),
        (None, None, Some(date)) => out.push_str(&format!(" {date}.")),
        (None, None, None) => {}
        _ => return None,
    }
    if let Some(volume) = &source.volume {
        out.push_str(&format!(" Т. {volume}."));
    }
    if let Some(pages) = &source.pages {
        out.push_str(&format!(" С. {pages}."));
    }
    Some(out.trim_end_matches('.').to_owned())
}
