//! Who speaks in a note, from the sign at its end: "—Ed.", "—Tr.", "—Lenin"; and the star that a copy wrote out: `[DUPLICATE "*".]`.

use crate::import::text::{Block, BlockKind, Inline};

/// Kind of a note and the sign that said so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// Kind as in `[^author:*]`.
    pub kind: &'static str,
    /// As printed.
    pub sign: String,
    /// The sign was taken out, since the series prints it.
    pub taken: bool,
}

const SIGNS: &[(&str, &str)] = &[
    ("Прим. авт.", "author"),
    ("Примечание автора", "author"),
    ("Примечание редакции", "editor"),
    ("Note by the author", "author"),
    ("Author’s note", "author"),
    ("Note by the editor", "editor"),
    ("Editor’s note", "editor"),
    ("Ed.", "editor"),
    ("Ed", "editor"),
    ("Eds.", "editor"),
    ("Editor", "editor"),
    ("Editor.", "editor"),
    ("Ред.", "editor"),
    ("Прим. ред.", "editor"),
    ("Прим. редакции", "editor"),
    ("Tr.", "tr"),
    ("Trans.", "tr"),
    ("Translator", "tr"),
    ("Translator.", "tr"),
    ("Прим. перев.", "tr"),
    ("Прим. переводчика", "tr"),
    ("Author", "author"),
    ("Author.", "author"),
    ("Прим. автора", "author"),
    ("Publisher", "publisher"),
];

/// Reads the sign at the end of a note. `author` is the family name of the document's author: "—Lenin" is an author's note.
/// "—Ed." is taken out, since the series of editors' notes prints it; other signs stay.
pub fn read(blocks: &mut [Block], author: Option<&str>) -> Option<Signed> {
    // The sign may end the first paragraph of a note that somebody went on with.
    let ends: Vec<usize> = [blocks.len().checked_sub(1)?, 0].into_iter().collect();
    ends.into_iter().find_map(|at| match &mut blocks[at].kind {
        BlockKind::Paragraph(text) => read_paragraph(text, author),
        _ => None,
    })
}

fn read_paragraph(text: &mut Vec<Inline>, author: Option<&str>) -> Option<Signed> {
    let (kind, sign) = {
        let mut words = String::new();
        gather(text, &mut words);
        let trimmed = words.trim_end();
        let inner = trimmed.strip_suffix([')', ']']).map_or(trimmed, |inner| inner);
        let at = inner.rfind(['—', '–', '(', '―', '[']).or_else(|| inner.rfind(" -").map(|at| at + 1))?;
        let opener = inner[at..].chars().next()?;
        if (opener == '(') != trimmed.ends_with(')') || (opener == '[') != trimmed.ends_with(']') {
            return None;
        }
        let name = inner[at + opener.len_utf8()..].trim();
        let name = if opener == '[' { name.trim_end_matches('.') } else { name };
        let known = SIGNS.iter().find(|(sign, _)| *sign == name).map(|(_, kind)| *kind);
        let own = author.filter(|author| {
            let bare = name.trim_end_matches('.').trim_start_matches("Note by ");
            bare == *author || bare.split(' ').next_back() == Some(author) && bare.chars().count() <= author.chars().count() + 8
        });
        (known.or(own.map(|_| "author"))?, trimmed[at..].to_owned())
    };
    let taken = kind == "editor" && matches!(sign.trim_start_matches(['—', '–', ' ']), "Ed." | "Ред.");
    if taken {
        let mut count = sign.chars().filter(|letter| !letter.is_whitespace()).count();
        cut(text, &mut count);
    }
    Some(Signed { kind, sign, taken })
}

fn gather(text: &[Inline], out: &mut String) {
    for inline in text {
        match inline {
            Inline::Text(words) => out.push_str(words),
            Inline::Break => out.push('\n'),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Deleted(inner) | Inline::Annotated { words: inner, .. } => {
                gather(inner, out)
            }
            Inline::Note(_) | Inline::Citation(_) => {}
        }
    }
}

/// Takes the last `count` letters out of a text, and the blanks at its end.
fn cut(text: &mut Vec<Inline>, count: &mut usize) {
    while let Some(last) = text.last_mut() {
        match last {
            Inline::Text(words) => {
                while *count > 0 || words.ends_with(char::is_whitespace) {
                    match words.pop() {
                        Some(letter) => *count -= usize::from(!letter.is_whitespace()),
                        None => break,
                    }
                }
                if !words.is_empty() {
                    return;
                }
                text.pop();
            }
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Deleted(inner) if *count > 0 => {
                cut(inner, count);
                if !inner.is_empty() {
                    return;
                }
                text.pop();
            }
            Inline::Break => {
                text.pop();
            }
            _ => return,
        }
    }
}

/// Whether a line ends with the sign of an editor, author or translator.
#[must_use]
pub fn is_signed(line: &str) -> bool {
    let line = line.trim_end();
    let inner = line.strip_suffix(')').unwrap_or(line);
    inner.rfind(['—', '–', '(', '―']).is_some_and(|at| {
        let name = inner[at..].trim_start_matches(['—', '–', '(', '―', ' ']);
        SIGNS.iter().any(|(sign, _)| *sign == name)
            || name.split(' ').count() <= 2 && name.starts_with(char::is_uppercase) && !line.ends_with(')')
    })
}

/// The printed star that a copy flattened into a number and wrote into the note: `[DUPLICATE "*".] …`, `["**"] …`.
/// Takes it out and returns the sign and the words that said it.
pub fn flattened(blocks: &mut [Block]) -> Option<(String, String)> {
    let BlockKind::Paragraph(text) = &mut blocks.first_mut()?.kind else { return None };
    let Some(Inline::Text(words)) = text.first_mut() else { return None };
    let rest = words.trim_start().strip_prefix('[')?;
    let end = rest.find(']')?;
    let inside = rest[..end].trim_end_matches('.');
    let inside = inside.strip_prefix("DUPLICATE").unwrap_or(inside).trim().trim_end_matches('.');
    let sign = inside.trim_matches(['"', '“', '”', '\'']);
    if sign.len() == inside.len()
        || sign.is_empty()
        || sign.chars().count() > 4
        || !sign.chars().all(|letter| matches!(letter, '*' | '†' | '‡'))
    {
        return None;
    }
    let sign = sign.to_owned();
    let said = format!("[{}]", &rest[..end]);
    *words = rest[end + 1..].trim_start().to_owned();
    Some((sign, said))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::text;

    #[test]
    fn signs_say_who_speaks() {
        let cases = [
            ("See p. 5.—Ed.", Some(("editor", true)), "See p. 5."),
            ("The G. V. — Ed.", Some(("editor", true)), "The G. V."),
            ("A slip of the pen. —Lenin", Some(("author", false)), "A slip of the pen. —Lenin"),
            ("Literally. (Tr.)", Some(("tr", false)), "Literally. (Tr.)"),
            ("Так в рукописи. — Ред.", Some(("editor", true)), "Так в рукописи."),
            ("It was he who did it—Trotsky", None, "It was he who did it—Trotsky"),
            ("Published in 1905 (first edition)", None, "Published in 1905 (first edition)"),
        ];
        for (note, expected, left) in cases {
            let mut blocks = vec![Block::paragraph(vec![Inline::text(note)])];
            let signed = read(&mut blocks, Some("Lenin"));
            assert_eq!(signed.as_ref().map(|signed| (signed.kind, signed.taken)), expected, "{note}");
            let BlockKind::Paragraph(text) = &blocks[0].kind else { panic!("a paragraph") };
            assert_eq!(text::words(text), left);
        }
    }

    #[test]
    fn flattened_stars_come_back() {
        for (note, sign) in [("[DUPLICATE \"*\".] The manuscript", "*"), ("[\"**\"] The manuscript", "**")] {
            let mut blocks = vec![Block::paragraph(vec![Inline::text(note)])];
            assert_eq!(flattened(&mut blocks).map(|(sign, _)| sign).as_deref(), Some(sign));
            assert_eq!(blocks, [Block::paragraph(vec![Inline::text("The manuscript")])]);
        }
        let mut other = vec![Block::paragraph(vec![Inline::text("[London,] 1853")])];
        assert_eq!(flattened(&mut other), None);
    }
}
