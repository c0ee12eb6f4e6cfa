//! Words and figures of source notes: where a sentence ends, what is a year, a day, a roman number.

/// Words with which a statement about the text begins.
const OPENINGS: [&str; 32] = [
    "First published",
    "First printed",
    "Published for the first time",
    "Published according to",
    "Published in English",
    "Published in full",
    "Published in part",
    "Published from",
    "Published in ",
    "Printed from",
    "Printed according to",
    "Reproduced from",
    "Translated from",
    "Written in ",
    "Written on ",
    "Written at ",
    "Written not ",
    "Written between ",
    "Written before ",
    "Written after ",
    "Dictated ",
    "Sent from ",
    "Sent to ",
    "Впервые опубликован",
    "Впервые напечатан",
    "Опубликовано",
    "Напечатано",
    "Печатается по",
    "Послано ",
    "Отправлено ",
    "Написано ",
    "Продиктовано ",
];

/// Words that end with a full stop of their own.
const SHORT: [&str; 40] = [
    "Vol", "vol", "Vols", "No", "no", "Nos", "Ed", "ed", "eds", "Eds", "p", "pp", "P", "Pt", "pt", "Bd", "Nr", "St", "Dr", "Mr", "Mrs",
    "Messrs", "cf", "vols", "г", "гг", "т", "тт", "с", "стр", "изд", "Изд", "кн", "сб", "ред", "им", "собр", "соч", "Полн", "вып",
];

const MONTHS: [&str; 36] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Jan",
    "Feb",
    "Mar",
    "Apr",
    "Jun",
    "Jul",
    "Aug",
    "Sept",
    "Sep",
    "Oct",
    "Nov",
    "Dec",
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];

/// Whether a statement about the text begins here.
pub fn begins_statement(text: &str) -> bool {
    let text = text.trim_start();
    OPENINGS.iter().any(|opening| text.starts_with(opening)) || written_on(text)
}

/// "Written December 20, 1904", but not "Written evidence shows".
fn written_on(text: &str) -> bool {
    text.strip_prefix("Written ").is_some_and(|rest| MONTHS.iter().any(|month| rest.starts_with(month)) || day_at_start(rest).is_some())
}

/// The sentences of a source note. A stop ends one when a statement begins after it, or when a capital follows and it is no abbreviation's.
pub fn sentences(text: &str) -> Vec<&str> {
    let text = text.trim();
    let mut out = Vec::new();
    let mut from = 0;
    for (at, stop) in text.char_indices().filter(|(_, letter)| matches!(letter, '.' | ';' | '\n')) {
        let after = at + stop.len_utf8();
        let rest = &text[after..];
        if at < from || !(rest.starts_with(char::is_whitespace) || stop == '\n') {
            continue;
        }
        let next = rest.trim_start();
        let ends = begins_statement(next) || stop == '.' && next.starts_with(char::is_uppercase) && !is_short(&text[from..at]);
        if ends && !text[from..after].trim().is_empty() {
            out.push(text[from..after].trim());
            from = after;
        }
    }
    if !text[from..].trim().is_empty() {
        out.push(text[from..].trim());
    }
    out
}

fn is_short(before: &str) -> bool {
    let word = before.rsplit(|letter: char| letter.is_whitespace() || matches!(letter, '(' | '.')).next().unwrap_or_default();
    word.chars().count() == 1 && word.chars().all(char::is_alphabetic) && !roman(word)
        || SHORT.contains(&word)
        || word == "I"
        || word == "V"
}

/// `XXXVI`
pub fn roman(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|letter| "IVXLCDM".contains(letter))
}

/// `1959` or `[1977]`.
pub fn year(word: &str) -> bool {
    let inner = word.strip_prefix('[').and_then(|word| word.strip_suffix(']')).unwrap_or(word);
    let inner = inner.strip_suffix('?').unwrap_or(inner);
    inner.len() == 4 && inner.bytes().all(|byte| byte.is_ascii_digit()) && matches!(inner.as_bytes()[0], b'1' | b'2')
}

fn month(word: &str) -> bool {
    MONTHS.contains(&word.trim_end_matches('.'))
}

fn day(word: &str) -> bool {
    !word.is_empty() && word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// The bytes of a date at the beginning: `1959`, `January 21, 1927`, `21 January 1927`, `March 1923`.
pub fn day_at_start(text: &str) -> Option<usize> {
    let mut words = Vec::new();
    let mut at = 0;
    for word in text.split_inclusive(' ').take(3) {
        let bare = word.trim_end().trim_end_matches(',');
        words.push((bare, at + bare.len()));
        at += word.len();
    }
    let name = |index: usize| words.get(index).map_or("", |(word, _)| *word);
    let end = |index: usize| words.get(index).map(|(_, end)| *end);
    if year(name(0)) {
        return end(0);
    }
    if month(name(0)) && day(name(1)) && year(name(2)) || day(name(0)) && month(name(1)) && year(name(2)) {
        return end(2);
    }
    if month(name(0)) && year(name(1)) { end(1) } else { None }
}

/// Where a date at the end begins, with the text before it: `…, January 21, 1927`, `…, 1913`.
pub fn day_at_end(text: &str) -> Option<(&str, &str)> {
    let commas: Vec<usize> = text.match_indices(", ").map(|(at, _)| at).collect();
    for at in commas.iter().rev().take(2).rev() {
        let date = &text[at + 2..];
        if day_at_start(date) == Some(date.len()) {
            return Some((&text[..*at], date));
        }
    }
    None
}

/// Pieces between commas outside brackets and quotation marks.
pub fn pieces(text: &str) -> Vec<&str> {
    let (mut out, mut from, mut depth) = (Vec::new(), 0, 0_i32);
    for (at, letter) in text.char_indices() {
        match letter {
            '(' | '[' | '“' | '«' => depth += 1,
            ')' | ']' | '”' | '»' => depth -= 1,
            ',' if depth <= 0 && text[at + 1..].starts_with(char::is_whitespace) => {
                out.push(text[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    out.push(text[from..].trim());
    out
}

/// What follows one of `labels` and a blank, when it begins with a figure or a roman number.
pub fn after_label<'a>(text: &'a str, labels: &[&str]) -> Option<&'a str> {
    labels.iter().find_map(|label| {
        let rest = text.strip_prefix(label)?.trim_start();
        let word = rest.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
        (rest.starts_with(|letter: char| letter.is_ascii_digit()) || roman(word)).then_some(rest)
    })
}
