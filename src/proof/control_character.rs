//! Characters that command machines and are no text: NUL, form feed, escape. No export can hold them.

use crate::base::path::ContentPath;
use crate::base::span::Span;
use crate::base::text::find_byte;
use crate::diag::{Code, Diagnostic, Label};
use std::collections::BTreeMap;

/// One finding for each character of a file, with its number.
pub(super) fn run(path: &ContentPath, text: &str, findings: &mut Vec<Diagnostic>) {
    let bytes = text.as_bytes();
    if find_byte(bytes, |byte| ((byte < 0x20) & (byte != b'\t') & (byte != b'\n') & (byte != b'\r')) | (byte == 0x7f) | (byte == 0xc2))
        .is_none()
    {
        return;
    }
    let mut found: BTreeMap<char, Vec<Span>> = BTreeMap::new();
    for (at, byte) in bytes.iter().enumerate() {
        let length = match byte {
            b'\t' | b'\n' | b'\r' => continue,
            0..=0x1f | 0x7f => 1,
            0xc2 if bytes.get(at + 1).is_some_and(|next| (0x80..0xa0).contains(next) && *next != 0x85) => 2,
            _ => continue,
        };
        // Part of letters in the wrong encoding, which are found as such.
        let misread = length == 2 && text[..at].ends_with(['Ã', 'Â', 'â', '€', 'Ð', 'Ñ', 'Р', 'С', '\u{201a}']);
        if let Some(letter) = text[at..].chars().next().filter(|_| !misread) {
            found.entry(letter).or_default().push(Span::new(at, at + length));
        }
    }
    for (letter, places) in found {
        let more = super::invisible_character::more(places.len());
        let name = match letter {
            '\0' => " (NUL)",
            '\u{0c}' => " (form feed)",
            '\u{1b}' => " (escape)",
            _ => "",
        };
        let message = format!("the control character U+{:04X}{name} stands here{more}", letter as u32);
        let finding = Diagnostic::new(Code::ControlCharacter, message, Label::new(path, places[0]));
        // The signs of windows-1252 at U+0080–009F were read as if they were those of ISO-8859-1.
        let meant = super::mojibake::windows_1252(letter);
        let finding = finding.help(match (meant, letter) {
            (Some(meant), _) => format!("it was `{meant}` before the file was read in the wrong encoding: `ibid check --fix` restores it"),
            (None, '\u{0c}') => {
                "remove it, as `ibid check --fix` does; where it begins a page of the source, write `[](page:…)`".to_owned()
            }
            (None, _) => "remove it, as `ibid check --fix` does".to_owned(),
        });
        let with: String = meant.into_iter().collect();
        findings.push(places.iter().fold(finding, |finding, place| finding.fix(*place, with.as_str())));
    }
}
