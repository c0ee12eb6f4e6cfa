//! What is wrong with a `.bib` file that cannot be read: a second reading that knows where a line begins. A reader of BibTeX notices a brace that
//! was never closed only where the next entry begins; an editor types one field to a line, and the line that begins like a field tells where.

use crate::base::path::ContentPath;
use crate::base::slug::slug;
use crate::base::span::Span;
use crate::base::text::head;
use crate::diag::{Code, Diagnostic, Label};
use std::ops::Range;

/// Longest line of an entry that is shown as corrected.
const SHOWN: usize = 100;

/// A slip, and the entry it spoils.
pub(super) struct Slip {
    pub(super) entry: Range<usize>,
    pub(super) finding: Diagnostic,
    /// A reader of BibTeX passes it over.
    pub(super) is_silent: bool,
}

/// The slips of a text, in order. `types` are the names that may stand behind `@`.
pub(super) fn find(file: &ContentPath, text: &str, types: &[&str]) -> Vec<Slip> {
    let mut slips = Vec::new();
    let mut at = 0;
    while let Some(head) = next_head(text, at, types) {
        let reader = Entry { file, text, head: &head };
        match reader.read() {
            Ok(end) => at = end,
            Err(finding) => {
                let end = next_head(text, head.open + 1, types).map_or(text.len(), |next| next.start);
                let is_silent = !head.has_sign || finding.code == Code::MissingField || finding.message.contains("too many");
                slips.push(Slip { entry: head.start..end, finding: *finding, is_silent });
                at = end;
            }
        }
        at = at.max(head.open + 1);
    }
    slips
}

/// Where braces are nested deeper than `most`.
pub(super) fn too_deep(text: &str, most: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > most {
            return Some(at);
        }
    }
    None
}

/// `@book{key,` at the beginning of a line.
struct Head {
    /// The sign, or the name where the sign is missing.
    start: usize,
    /// The brace, or the parenthesis in its place.
    open: usize,
    kind: String,
    has_sign: bool,
}

/// The next line that begins an entry. Without its sign only what has the name of an entry type and a key does.
fn next_head(text: &str, from: usize, types: &[&str]) -> Option<Head> {
    let mut start = from;
    while start < text.len() {
        let end = text[start..].find('\n').map_or(text.len(), |end| start + end + 1);
        // Not in the middle of a line, unless an entry ended there.
        let line = &text[start..end];
        let blanks = line.len() - line.trim_start().len();
        let begins = start + blanks;
        let (has_sign, rest) = match line.trim_start().strip_prefix('@') {
            Some(rest) => (true, rest),
            None => (false, line.trim_start()),
        };
        let name = rest.split(|letter: char| !letter.is_ascii_alphanumeric()).next().unwrap_or_default();
        let after = rest[name.len()..].trim_start();
        let known = has_sign || types.contains(&name.to_lowercase().as_str()) && after.contains(',');
        if !name.is_empty() && known && after.starts_with(['{', '(']) {
            let open = end - after.len();
            return Some(Head { start: begins, open, kind: name.to_lowercase(), has_sign });
        }
        start = end;
    }
    None
}

struct Entry<'a> {
    file: &'a ContentPath,
    text: &'a str,
    head: &'a Head,
}

type Found<T> = Result<T, Box<Diagnostic>>;

impl Entry<'_> {
    /// Where the entry ends, or what is wrong with it.
    fn read(&self) -> Found<usize> {
        let Head { start, open, kind, has_sign } = self.head;
        if !has_sign {
            let help = format!("type `@{}`", self.line(*start));
            return Err(self.say(Code::BibtexSyntax, "the `@` before this entry is missing", *start..*open, help));
        }
        if self.text[*open..].starts_with('(') {
            let help = format!("type `{}`, and `}}` in place of the `)` at its end", self.line(*start).replacen('(', "{", 1));
            return Err(self.say(Code::BibtexSyntax, "this entry stands in parentheses, not in braces", *open..open + 1, help));
        }
        if matches!(kind.as_str(), "comment" | "preamble" | "string") {
            return Ok(self.braced(*open).unwrap_or(self.text.len()));
        }
        let mut at = self.key()?;
        let mut last = *start..*open;
        loop {
            at = self.blank(at);
            let rest = &self.text[at..];
            if rest.starts_with('}') {
                return self.end(at + 1);
            }
            let name = name_of(rest);
            if rest.is_empty() || rest.starts_with('@') || name.is_empty() {
                return Err(self.never_ends(last));
            }
            let field = at;
            at = self.blank(at + name.len());
            if !self.text[at..].starts_with('=') {
                let help = format!("type `{name} = {{…}}`");
                return Err(self.say(Code::BibtexSyntax, format!("the `=` behind `{name}` is missing"), field..field + name.len(), help));
            }
            let end = self.value(field, name, self.blank(at + 1))?;
            last = field..end;
            at = self.blank(end);
            match self.text[at..].chars().next() {
                Some(',') => at += 1,
                Some('}') => {}
                Some(letter) if letter.is_alphabetic() => return Err(self.no_comma(field, name, end)),
                _ => return Err(self.never_ends(last)),
            }
        }
    }

    /// The byte behind the key and its comma.
    fn key(&self) -> Found<usize> {
        let from = self.blank(self.head.open + 1);
        let length = self.text[from..].find([',', '}', '=', '\n', '{', '"']).unwrap_or(self.text.len() - from);
        let key = self.text[from..from + length].trim();
        let behind = self.text[from + length..].chars().next();
        if key.is_empty() || behind == Some('=') {
            let help = format!("type a key behind the brace, by which texts can name the work: `@{}{{lenin-1918,`", self.head.kind);
            return Err(self.say(Code::MissingField, "this entry has no key", self.head.start..from, help));
        }
        if behind == Some('\n') || behind.is_none() {
            let at = from + length - (length - self.text[from..from + length].trim_end().len());
            return Err(self.say(Code::BibtexSyntax, "the comma behind the key is missing", from..at, format!("type `{key},`")));
        }
        if key.contains(char::is_whitespace) {
            let start = from + (self.text[from..from + length].len() - self.text[from..from + length].trim_start().len());
            return Err(self.say(
                Code::BadId,
                format!("`{}` is no key", head(key, 60).0),
                start..start + key.len(),
                format!("write `{}`", slug(key)),
            ));
        }
        Ok(from + length + usize::from(behind == Some(',')))
    }

    /// The byte behind a value; a value that takes in the next field or entry was not closed.
    fn value(&self, field: usize, name: &str, from: usize) -> Found<usize> {
        let mut at = from;
        loop {
            let rest = &self.text[at..];
            let (end, mark) = match rest.chars().next() {
                Some('{') => (self.braced(at), '}'),
                Some('"') => (self.quoted(at), '"'),
                _ => (Some(at + rest.find([',', '}', '#', '\n']).unwrap_or(rest.len())), ' '),
            };
            let end = end.unwrap_or(self.text.len());
            if let Some(next) = self.begins_another(at, end).filter(|_| mark != ' ') {
                let own = self.text[field..next].trim_end();
                let own = own.strip_suffix(',').unwrap_or(own).trim_end();
                let line = own.lines().next_back().unwrap_or(own).trim();
                let help = match line.len() <= SHOWN {
                    true => format!("type `{line}{mark},`"),
                    false => format!("type `{mark},` at its end"),
                };
                let message = format!("the `{mark}` that ends `{name}` is missing");
                return Err(self.say(Code::BibtexSyntax, message, field..field + own.len(), help));
            }
            at = self.blank(end);
            if !self.text[at..].starts_with('#') {
                return Ok(end);
            }
            at = self.blank(at + 1);
        }
    }

    /// Where, within a value, a line begins that is another field, an entry, or the end of this one.
    fn begins_another(&self, from: usize, to: usize) -> Option<usize> {
        let inside = &self.text[from..to];
        let lines = inside.match_indices('\n').map(|(at, _)| from + at);
        lines.into_iter().find(|&newline| {
            let line = self.text[newline + 1..].lines().next().unwrap_or_default().trim_start();
            let name = name_of(line);
            let value = line[name.len()..].trim_start().strip_prefix('=').map(str::trim_start);
            let field = !name.is_empty() && value.is_some_and(|value| value.starts_with(['{', '"', '0', '1', '2']));
            let kind = line.strip_prefix('@').map(name_of).filter(|kind| !kind.is_empty());
            let entry = kind.is_some_and(|kind| line[1 + kind.len()..].trim_start().starts_with(['{', '(']));
            field || entry
        })
    }

    /// After the brace that ends an entry: a field that follows was cut off by it.
    fn end(&self, at: usize) -> Found<usize> {
        let next = self.blank(at);
        let rest = &self.text[next..];
        let cut = rest.strip_prefix(',').map(str::trim_start).unwrap_or(rest);
        let name = name_of(cut);
        let is_field = !name.is_empty() && cut[name.len()..].trim_start().starts_with('=');
        if is_field {
            let message = format!("a `}}` too many ends this entry before `{name}`");
            return Err(self.say(Code::BibtexSyntax, message, at - 1..at, "take out one `}`".to_owned()));
        }
        Ok(at)
    }

    fn no_comma(&self, field: usize, name: &str, end: usize) -> Box<Diagnostic> {
        let line = self.text[field..end].lines().next_back().unwrap_or_default().trim();
        let help = if line.len() <= SHOWN { format!("type `{line},`") } else { "type a comma at its end".to_owned() };
        self.say(Code::BibtexSyntax, format!("the comma behind `{name}` is missing"), field..end, help)
    }

    fn never_ends(&self, last: Range<usize>) -> Box<Diagnostic> {
        let place = self.head.start..self.head.open;
        let mut finding = self.say(
            Code::BibtexSyntax,
            "the `}` that ends this entry is missing",
            place,
            "type `}` on a line of its own behind its last field".to_owned(),
        );
        let first = self.text[last.clone()].lines().next().map_or(0, str::len);
        finding.others.push(Label::new(self.file, Span::new(last.start, last.start + first)).saying("its last field"));
        finding
    }

    fn say(&self, code: Code, message: impl Into<String>, at: Range<usize>, help: String) -> Box<Diagnostic> {
        Box::new(Diagnostic::new(code, message, Label::new(self.file, Span::from(at))).help(help))
    }

    /// The line at a byte, from there on.
    fn line(&self, at: usize) -> &str {
        head(self.text[at..].lines().next().unwrap_or_default().trim_end(), SHOWN).0
    }

    /// The next byte that is no white space and in no comment.
    fn blank(&self, mut at: usize) -> usize {
        loop {
            let rest = &self.text[at..];
            at += rest.len() - rest.trim_start().len();
            if !self.text[at..].starts_with('%') {
                return at;
            }
            at += self.text[at..].find('\n').unwrap_or(self.text.len() - at);
        }
    }

    /// The byte behind the brace that closes the one at `open`.
    fn braced(&self, open: usize) -> Option<usize> {
        let mut depth = 0_usize;
        self.marks(open).find_map(|(at, mark)| {
            match mark {
                b'{' => depth += 1,
                b'}' => depth -= 1,
                _ => {}
            }
            (depth == 0).then_some(at + 1)
        })
    }

    fn quoted(&self, open: usize) -> Option<usize> {
        self.marks(open).skip(1).find(|(_, mark)| *mark == b'"').map(|(at, _)| at + 1)
    }

    /// Braces and quotation marks that have no backslash before them.
    fn marks(&self, from: usize) -> impl Iterator<Item = (usize, u8)> {
        let mut escaped = false;
        self.text.as_bytes()[from..].iter().enumerate().filter_map(move |(at, byte)| {
            let counts = !escaped && matches!(byte, b'{' | b'}' | b'"');
            escaped = !escaped && *byte == b'\\';
            counts.then_some((from + at, *byte))
        })
    }
}

/// The name of a field or type at the beginning of a text.
fn name_of(text: &str) -> &str {
    let length =
        text.find(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '-' | '_' | ':' | '.' | '+')).unwrap_or(text.len());
    let name = &text[..length];
    if name.starts_with(char::is_alphabetic) { name } else { "" }
}
