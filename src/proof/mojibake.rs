//! Letters read in the wrong encoding: `Ð¡Ñ‚Ð°Ð»Ð¸Ð½`, `РЎС‚Р°Р»РёРЅ`, `â€œ`; and `�` where a letter was lost for good.

use super::Passage;
use crate::base::path::ContentPath;
use crate::diag::{Code, Diagnostic, Label};

/// windows-1252, bytes 80–9F; a bullet stands for bytes that have no letter.
const WINDOWS_1252: &str = "€•‚ƒ„…†‡ˆ‰Š‹Œ•Ž••‘’“”•–—˜™š›œ•žŸ";
/// windows-1251, bytes 80–BF.
const WINDOWS_1251: &str = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{98}™љ›њќћџ\u{a0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{ad}®Ї°±Ііґµ¶·ё№є»јЅѕї";

/// The sign of windows-1252 that stands at the number of a control character U+0080–009F.
pub(super) fn windows_1252(letter: char) -> Option<char> {
    let at = (letter as usize).checked_sub(0x80)?;
    WINDOWS_1252.chars().nth(at).filter(|sign| *sign != '•' || at == 0x15)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Page {
    Western,
    Cyrillic,
}

impl Page {
    /// The byte that this letter is read from.
    fn byte(self, letter: char) -> Option<u8> {
        let number = letter as u32;
        match self {
            Self::Western => match number {
                0x80..=0xff => u8::try_from(number).ok(),
                // No sign of the table is Cyrillic.
                ..0x80 | 0x400..=0x4ff => None,
                _ => position(WINDOWS_1252, letter).map(|at| 0x80 + at),
            },
            Self::Cyrillic => match number {
                0x410..=0x44f => u8::try_from(number - 0x410 + 0xc0).ok(),
                ..0x80 => None,
                _ => position(WINDOWS_1251, letter).map(|at| 0x80 + at),
            },
        }
    }

    /// Whether a single pair of letters is proof enough, since no text has them side by side.
    fn is_proof(self, first: char, meant: char) -> bool {
        match self {
            Self::Western => match first {
                'Ã' => matches!(meant, 'à'..='ÿ' | 'À'..='ß'),
                'Â' => matches!(meant, '\u{a0}'..='¿'),
                'â' => matches!(meant, '\u{2010}'..='\u{203a}' | '€' | '№' | '™'),
                _ => false,
            },
            Self::Cyrillic => first == 'в' && matches!(meant, '\u{2010}'..='\u{203a}' | '№' | '€'),
        }
    }

    /// Whether a run of at least two pairs that gives this letter is proof.
    fn is_likely(self, meant: char) -> bool {
        match self {
            Self::Western => {
                matches!(meant, '\u{a0}'..='ž' | '\u{370}'..='\u{3ff}' | '\u{400}'..='\u{4ff}' | '\u{2010}'..='\u{203a}' | '€' | '№' | '™')
            }
            Self::Cyrillic => matches!(meant, '\u{400}'..='\u{4ff}' | '\u{2010}'..='\u{203a}' | '«' | '»' | '\u{a0}' | '№'),
        }
    }
}

fn position(table: &str, letter: char) -> Option<u8> {
    if letter == '•' {
        return Some(0x15);
    }
    table.chars().position(|known| known == letter).and_then(|at| u8::try_from(at).ok())
}

pub(super) fn run(path: &ContentPath, passage: &Passage, findings: &mut Vec<Diagnostic>) {
    let text = passage.text.as_str();
    if let Some((at, lost)) = text.match_indices('\u{fffd}').next() {
        findings.push(
            Diagnostic::new(Code::Mojibake, "`�` stands where a letter was lost", Label::new(path, passage.span(at, at + lost.len())))
                .help("type the letter of the source; the text was once read in the wrong encoding, and other letters may be lost too"),
        );
    }
    let runs = runs(text);
    let Some((from, to, meant)) = runs.first() else { return };
    let more = if runs.len() > 1 { format!(", and {} more in this paragraph", runs.len() - 1) } else { String::new() };
    let mut finding = Diagnostic::new(
        Code::Mojibake,
        format!("`{}` was read in the wrong encoding: it means `{meant}`{more}", &text[*from..*to]),
        Label::new(path, passage.span(*from, *to)),
    )
    .help(format!("type `{meant}`, or run `ibid check --fix`; to read a whole file anew, open it in its real encoding"));
    for (from, to, meant) in runs.iter().filter(|(from, to, _)| passage.is_verbatim(*from, *to)) {
        finding = finding.fix(passage.span(*from, *to), meant.clone());
    }
    findings.push(finding);
}

/// The runs of wrongly read letters: first and last byte, what they mean.
fn runs(text: &str) -> Vec<(usize, usize, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let Some(next) = text[at..].find(['Ã', 'Â', 'â', 'Ð', 'Ñ', 'Р', 'С', 'в', 'Ä', 'Å', 'Î', 'Ï']) else { break };
        at += next;
        let run = [Page::Western, Page::Cyrillic].into_iter().find_map(|page| run_at(&text[at..], page));
        match run {
            Some((length, meant)) => {
                found.push((at, at + length, meant));
                at += length;
            }
            None => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    found
}

/// Bytes of the run that begins here, and what it means; white space between the words of one run belongs to it.
fn run_at(text: &str, page: Page) -> Option<(usize, String)> {
    let mut meant = String::new();
    let (mut length, mut pairs, mut proof) = (0, 0, false);
    while let Some((bytes, letter)) = pair(&text[length..], page) {
        let first = text[length..].chars().next().unwrap_or_default();
        proof |= page.is_proof(first, letter);
        if !proof && !page.is_likely(letter) {
            break;
        }
        meant.push(letter);
        length += bytes;
        pairs += 1;
        // Words are read wrongly together.
        let gap = text[length..].len() - text[length..].trim_start_matches([' ', '\n']).len();
        if gap > 0 && pair(&text[length + gap..], page).is_some_and(|(_, letter)| page.is_likely(letter)) && pairs > 1 {
            meant.push_str(&text[length..length + gap]);
            length += gap;
        }
    }
    // What was encoded twice is read once more.
    let twice = run_whole(&meant);
    (proof || pairs > 1).then(|| (length, twice.unwrap_or(meant)))
}

/// A whole text that is one run.
fn run_whole(text: &str) -> Option<String> {
    let mut meant = String::new();
    let mut length = 0;
    while length < text.len() {
        let (bytes, letter) = pair(&text[length..], Page::Western).filter(|(_, letter)| Page::Western.is_likely(*letter))?;
        meant.push(letter);
        length += bytes;
    }
    Some(meant)
}

/// The letter that the first letters of `text` mean when their bytes are read as UTF-8, and how many bytes of `text` they take.
fn pair(text: &str, page: Page) -> Option<(usize, char)> {
    let mut bytes = [0_u8; 4];
    let mut letters = text.chars();
    let first = letters.next()?;
    bytes[0] = page.byte(first)?;
    let count = match bytes[0] {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let mut length = first.len_utf8();
    for byte in &mut bytes[1..count] {
        let letter = letters.next()?;
        *byte = page.byte(letter)?;
        length += letter.len_utf8();
    }
    let meant = std::str::from_utf8(&bytes[..count]).ok()?.chars().next()?;
    Some((length, meant))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrongly_read_words_are_found_and_right_ones_not() {
        let meant = |text: &str| runs(text).into_iter().map(|(_, _, meant)| meant).collect::<Vec<_>>();
        assert_eq!(meant("Ð¡Ñ‚Ð°Ð»Ð¸Ð½"), ["Сталин"]);
        assert_eq!(meant("РЎС‚Р°Р»РёРЅ РїРёС€РµС‚"), ["Сталин пишет"]);
        assert_eq!(meant("â€œLa dÃ©pÃªcheâ€\u{9d}"), ["“", "éê".chars().next().map(String::from).unwrap_or_default().as_str(), "ê", "”"]);
        assert_eq!(meant("dÃƒÂ©pÃªche"), ["é", "ê"]);
        for right in ["«СССР»", "ESPAÑA", "„Ä“ und „Ü“", "TRÊS", "С«Р", "Ровно в 5 ч.", "Âge", "«à»", "Spaß“", "Рёв, Сёмга", "CÔTÉ «"]
        {
            assert_eq!(meant(right), Vec::<String>::new(), "{right}");
        }
    }
}
