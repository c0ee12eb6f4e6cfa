//! The words after a key in a citation: labelled places (`vol. 5, pp. 276–77`, `т. 2, с. 17 об.`) and the words after them.
//!
//! Labels are those of English, German, French and Russian apparatus. A number without a label is a page, as in Pandoc.

use crate::base::suggest::nearest;
use crate::diag::{Code, Diagnostic, Label};
use crate::model::locator::{Locator, LocatorKind};

/// Labels as typed, in small letters without a final stop. Where one is the beginning of another, white space or a digit must follow.
const LABELS: &[(LocatorKind, &[&str])] = &[
    (LocatorKind::Page, &["p", "pp", "page", "pages", "s", "seite", "seiten", "с", "стр", "страница", "страницы"]),
    (
        LocatorKind::Volume,
        &["vol", "vols", "volume", "volumes", "bd", "bde", "band", "bände", "t", "tome", "tomes", "т", "тт", "том", "тома"],
    ),
    (LocatorKind::Issue, &["issue", "issues", "iss", "heft", "h", "fasc", "fascicule", "вып", "выпуск"]),
    (
        LocatorKind::Document,
        &["no", "nos", "n°", "nº", "nr", "nrn", "num", "№", "№№", "doc", "docs", "document", "documents", "dok", "док", "документ"],
    ),
    (LocatorKind::Chapter, &["ch", "chs", "chap", "chaps", "chapter", "chapters", "kap", "kapitel", "chapitre", "гл", "глава"]),
    (LocatorKind::Column, &["col", "cols", "column", "columns", "sp", "spalte", "стб", "столбец"]),
    (LocatorKind::Folio, &["fol", "fols", "f", "ff", "folio", "folios", "bl", "blatt", "л", "лл", "лист", "листы"]),
    (LocatorKind::Line, &["l", "ll", "line", "lines", "z", "zeile", "zeilen", "ligne", "lignes", "строка"]),
    (LocatorKind::Note, &["n", "nn", "note", "notes", "anm", "fn", "прим", "примечание"]),
    (LocatorKind::Paragraph, &["para", "paras", "paragraph", "paragraphs", "¶", "¶¶", "abs", "absatz", "абз", "пункт", "п"]),
    (LocatorKind::Section, &["sec", "secs", "sect", "section", "sections", "§", "§§", "abschn", "abschnitt", "разд", "раздел"]),
    (LocatorKind::Part, &["pt", "pts", "part", "parts", "teil", "partie", "ч", "часть"]),
    (LocatorKind::Book, &["bk", "bks", "book", "books", "buch", "livre", "кн", "книга"]),
    (LocatorKind::Article, &["art", "arts", "article", "articles", "artikel", "ст", "статья"]),
    (LocatorKind::Figure, &["fig", "figs", "figure", "figures", "abb", "рис"]),
    (LocatorKind::Table, &["tab", "table", "tables", "tabelle", "tableau", "табл"]),
    (LocatorKind::Appendix, &["app", "appendix", "anhang", "annexe", "приложение"]),
    (LocatorKind::Supplement, &["suppl", "supplement", "beilage"]),
    (LocatorKind::Verse, &["v", "vv", "verse", "verses", "vers"]),
    (LocatorKind::SubVerbo, &["s.v", "s. v", "sub verbo", "s.vv"]),
    (LocatorKind::Version, &["version"]),
    (LocatorKind::Act, &["act", "acts", "akt"]),
    (LocatorKind::Scene, &["sc", "scene", "scenes", "szene"]),
    (LocatorKind::Rule, &["rule", "rules", "regel"]),
    (LocatorKind::Title, &["title", "titel"]),
    (LocatorKind::Opus, &["op", "opus"]),
];

/// Whether words after a key look like a place in the work that was not understood: an abbreviation and a number, `pg. 5`.
#[must_use]
pub fn looks_unread(suffix: &str) -> bool {
    if suffix.starts_with(':') && suffix[1..].trim_start().starts_with(|letter: char| letter.is_ascii_digit()) {
        return true;
    }
    let (word, rest) = suffix.split_once(char::is_whitespace).unwrap_or((suffix, ""));
    let abbreviation = word.strip_suffix('.').is_some_and(|word| !word.is_empty() && word.chars().all(char::is_alphabetic));
    abbreviation && word.chars().count() <= 8 && rest.trim_start().starts_with(|letter: char| letter.is_ascii_digit())
}

/// The finding that a place in a work was not understood.
#[must_use]
pub fn unread(words: &str, at: Label) -> Diagnostic {
    if let Some(place) = words.strip_prefix(':') {
        let message = format!("no place in the work is understood from `{words}`; it is printed as typed");
        let many = place.contains(['-', '–', ',']);
        return Diagnostic::new(Code::UnreadLocator, message, at).help(format!(
            "type a comma and what the number is, as `, {} {}`",
            if many { "pp." } else { "p." },
            place.trim()
        ));
    }
    let word = words.split(['.', ' ']).next().unwrap_or_default();
    let known = LABELS.iter().flat_map(|(_, labels)| labels.iter().copied());
    let finding =
        Diagnostic::new(Code::UnreadLocator, format!("no place in the work is understood from `{words}`; it is printed as typed"), at);
    match nearest(&word.to_lowercase(), known).filter(|near| word.chars().count() > 1 || near.len() > 1) {
        Some(near) => finding.help(format!("did you mean `{near}.`?")),
        None => finding.help("begin with a label as `p.`, `vol.`, `no.`, `fol.`, `note`, or put the place in braces: `{…}`"),
    }
}

/// Reads `, vol. 5, pp. 276–77, and passim` into its locators and the words after them. Braces fix the border: `{p. 5, 7} and so on`.
#[must_use]
pub fn read(typed: &str) -> (Vec<Locator>, String) {
    let mut rest = typed.trim_start_matches([',', ' ']);
    if rest.is_empty() {
        return (Vec::new(), typed.trim_matches([',', ' ']).to_owned());
    }
    if let Some((inside, after)) = rest.strip_prefix('{').and_then(|inside| inside.split_once('}')) {
        let (mut locators, words) = read(inside);
        if !words.is_empty() || locators.is_empty() {
            locators = vec![Locator { kind: LocatorKind::Page, value: inside.trim().to_owned(), printed: inside.trim().to_owned() }];
        }
        return (locators, suffix(after));
    }
    let mut locators: Vec<Locator> = Vec::new();
    while let Some((locator, after)) = one(rest, locators.is_empty()) {
        locators.push(locator);
        rest = after;
        match after.trim_start().strip_prefix(',') {
            Some(next) if one(next.trim_start(), false).is_some() => rest = next.trim_start(),
            _ => match one(after.trim_start(), false) {
                Some(_) if after.starts_with(' ') => rest = after.trim_start(),
                _ => break,
            },
        }
    }
    if locators.is_empty() { (locators, suffix(typed)) } else { (locators, suffix(rest)) }
}

fn suffix(typed: &str) -> String {
    typed.trim().trim_start_matches(',').trim().to_owned()
}

/// One locator at the beginning of `typed` and what follows it.
fn one(typed: &str, unlabelled: bool) -> Option<(Locator, &str)> {
    let (kind, label) = match label(typed) {
        Some(found) => found,
        None if unlabelled && typed.starts_with(|letter: char| letter.is_ascii_digit()) => (LocatorKind::Page, 0),
        None => return None,
    };
    let after = typed[label..].trim_start();
    let begin = typed.len() - after.len();
    let length = value_length(after, kind);
    (length > 0).then(|| {
        let end = begin + length;
        let locator = Locator { kind, value: after[..length].to_owned(), printed: typed[..end].to_owned() };
        (locator, &typed[end..])
    })
}

/// Kind and length of the label at the beginning, with its stop.
fn label(typed: &str) -> Option<(LocatorKind, usize)> {
    let mut best: Option<(LocatorKind, usize)> = None;
    let first = typed.chars().next()?.to_lowercase().next()?;
    for (kind, labels) in LABELS {
        for label in labels.iter().filter(|label| label.starts_with(first)) {
            let Some(length) = starts(typed, label) else { continue };
            let after = &typed[length..];
            let stop = usize::from(after.starts_with('.'));
            let next = after[stop..].chars().next();
            let sign = label.ends_with(['§', '№', '¶', '°', 'º']);
            let border = sign || stop == 1 || next.is_some_and(|letter| letter.is_whitespace() || letter.is_ascii_digit());
            if border && next.is_some() && best.is_none_or(|(_, longest)| length + stop > longest) {
                best = Some((*kind, length + stop));
            }
        }
    }
    best
}

/// Length in bytes of `label` at the beginning of `typed` regardless of case.
fn starts(typed: &str, label: &str) -> Option<usize> {
    let mut letters = typed.char_indices();
    for wanted in label.chars() {
        let (_, letter) = letters.next()?;
        if !letter.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    Some(typed.len() - letters.as_str().len())
}

/// Length of a value: numbers, ranges and lists of them, Roman numbers, `533b-534a`, `17 об.`, `14 ff.`; for `s. v.` a word.
fn value_length(typed: &str, kind: LocatorKind) -> usize {
    if matches!(kind, LocatorKind::SubVerbo | LocatorKind::Title) {
        return typed.find([',', ';']).unwrap_or(typed.len());
    }
    let mut end = 0;
    let mut at = 0;
    loop {
        let word_length = word(&typed[at..]);
        let tail = &typed[at..at + word_length];
        if word_length == 0 || !(numeric(tail) || end > 0 && side(tail)) {
            break;
        }
        end = at + word_length;
        let after = &typed[end..];
        if let Some(extra) =
            [" об.", " ff.", " f.", " sq.", " sqq.", " verso", " recto", " r.", " v."].iter().find(|extra| after.starts_with(**extra))
        {
            end += extra.len();
        }
        let after = &typed[end..];
        // A comma continues the value only before a plain number: `pp. 5, 7`.
        let gap = [", ", ",", " – ", " - ", " & ", " и ", " und ", " et ", " and "].iter().find(|gap| after.starts_with(**gap));
        match gap {
            Some(gap) if after[gap.len()..].starts_with(|letter: char| letter.is_ascii_digit()) => at = end + gap.len(),
            _ => break,
        }
    }
    end
}

/// Length of the run of letters, digits and what joins them.
fn word(text: &str) -> usize {
    let length = text
        .find(|letter: char| {
            !(letter.is_alphanumeric() || matches!(letter, '-' | '–' | '—' | '/' | ':' | '.' | '°' | '*' | '[' | '(' | ')' | '?'))
        })
        .unwrap_or(text.len());
    let trimmed = text[..length].trim_end_matches(['.', ':', '-', '–', '—']);
    if trimmed.ends_with(')') && !trimmed.contains('(') { trimmed.trim_end_matches(')').len() } else { trimmed.len() }
}

fn numeric(word: &str) -> bool {
    word.chars().any(|letter| letter.is_ascii_digit()) || word.split(['-', '–', '—', '/']).all(roman)
}

fn roman(word: &str) -> bool {
    !word.is_empty() && (word.chars().all(|letter| "IVXLCDM".contains(letter)) || word.chars().all(|letter| "ivxlcdm".contains(letter)))
}

fn side(word: &str) -> bool {
    matches!(word, "r" | "v" | "a" | "b")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Locators as `kind=value|`, then the suffix.
    fn shown(typed: &str) -> String {
        let (locators, suffix) = read(typed);
        let mut out: String =
            locators.iter().map(|locator| format!("{:?}={} ‹{}›|", locator.kind, locator.value, locator.printed)).collect();
        out.push_str(&suffix);
        out
    }

    #[test]
    fn labels_of_four_languages_are_read() {
        let cases = [
            (", pp. 276–77", "Page=276–77 ‹pp. 276–77›|"),
            (", p. 533b-534a", "Page=533b-534a ‹p. 533b-534a›|"),
            (" 33, 35-37, and elsewhere", "Page=33, 35-37 ‹33, 35-37›|and elsewhere"),
            (", vol. 45, no. 704", "Volume=45 ‹vol. 45›|Document=704 ‹no. 704›|"),
            (", Bd. II, S. 17 f.", "Volume=II ‹Bd. II›|Page=17 f. ‹S. 17 f.›|"),
            (", Nr. 12", "Document=12 ‹Nr. 12›|"),
            (", t. 3, p. 5", "Volume=3 ‹t. 3›|Page=5 ‹p. 5›|"),
            (", т. 45, с. 163—164", "Volume=45 ‹т. 45›|Page=163—164 ‹с. 163—164›|"),
            (", № 98, стр. 2", "Document=98 ‹№ 98›|Page=2 ‹стр. 2›|"),
            (", л. 17 об.", "Folio=17 об. ‹л. 17 об.›|"),
            (", § 5", "Section=5 ‹§ 5›|"),
            (", note 3", "Note=3 ‹note 3›|"),
            (", chap. IV", "Chapter=IV ‹chap. IV›|"),
            (", {ch. 5 and so} on", "Page=ch. 5 and so ‹ch. 5 and so›|on"),
            (", passim", "passim"),
            (", page of honour", "page of honour"),
            ("", ""),
        ];
        for (typed, expected) in cases {
            assert_eq!(shown(typed), expected, "{typed}");
        }
    }
}
