//! One line of text in Markdown: escapes, emphasis at word borders, links.

use super::super::text::Inline;
use super::may_hold_others;
use std::collections::BTreeSet;

/// Where a line stands, for what needs escapes there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Site {
    Paragraph,
    Heading,
    Cell,
}

/// Lines of a paragraph; all but the last end with the backslash of a kept line end.
#[must_use]
pub fn paragraph(text: &[Inline]) -> Vec<String> {
    let text = tidy(text, &mut Outside::default());
    let pieces = Printer::print(&text, Site::Paragraph);
    let mut lines: Vec<String> = pieces.split('\n').map(|line| guard(line.trim())).collect();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let first = lines.iter().take_while(|line| line.is_empty()).count();
    lines.drain(..first);
    let last = lines.len().saturating_sub(1);
    if let Some(line) = lines.get_mut(last)
        && let Some(rest) = line.strip_prefix('{')
        && line.ends_with('}')
    {
        // Would be read as an attribute line, whatever is escaped.
        *line = format!("&#123;{rest}");
    }
    for line in &mut lines[..last] {
        line.push('\\');
    }
    lines
}

/// Text of a heading: one line.
#[must_use]
pub fn one_line(text: &[Inline]) -> String {
    let text = tidy(text, &mut Outside::default());
    let line = Printer::print(&text, Site::Heading).replace('\n', " ").trim().to_owned();
    // `# C #` would lose its last sign, and braces would be attributes.
    let line = match line.strip_suffix('#') {
        Some(rest) => format!("{rest}\\#"),
        None => line,
    };
    match line.strip_suffix('}') {
        Some(rest) => format!("{rest}&#125;"),
        None => line,
    }
}

/// Text of a table cell.
#[must_use]
pub fn cell(text: &[Inline]) -> String {
    let text = tidy(text, &mut Outside::default());
    Printer::print(&text, Site::Cell).replace('\n', " ").trim().to_owned()
}

/// Running text as it would stand within a paragraph, for values of fields that are read as Markdown.
#[must_use]
pub fn inlines(text: &[Inline]) -> String {
    Printer::print(&tidy(text, &mut Outside::default()), Site::Paragraph).replace('\n', " ")
}

/// What stands around the text being tidied.
#[derive(Clone, Default)]
struct Outside {
    emphasis: bool,
    strong: bool,
    deleted: bool,
    /// Within a link that may hold no other.
    link: bool,
}

/// The same text in a form that Markdown can say: equal neighbours joined, no emphasis in emphasis, blanks and line ends outside of
/// emphasis, no link in a link.
fn tidy(text: &[Inline], outside: &mut Outside) -> Vec<Inline> {
    let mut out = Vec::new();
    for inline in text {
        match inline {
            Inline::Emphasis(inner) => wrapped(inner, outside, |outside| &mut outside.emphasis, Inline::Emphasis, &mut out),
            Inline::Strong(inner) => wrapped(inner, outside, |outside| &mut outside.strong, Inline::Strong, &mut out),
            Inline::Deleted(inner) => wrapped(inner, outside, |outside| &mut outside.deleted, Inline::Deleted, &mut out),
            Inline::Annotated { target, title, words } => annotated(target, title, words, outside, &mut out),
            other => push(&mut out, other.clone()),
        }
    }
    out
}

fn wrapped(
    inner: &[Inline],
    outside: &mut Outside,
    flag: impl Fn(&mut Outside) -> &mut bool,
    wrap: impl Fn(Vec<Inline>) -> Inline,
    out: &mut Vec<Inline>,
) {
    let before = std::mem::replace(flag(outside), true);
    let mut words = tidy(inner, outside);
    *flag(outside) = before;
    if before {
        words.into_iter().for_each(|word| push(out, word));
        return;
    }
    let mut tail = Vec::new();
    while let Some(blank) = edge(&mut words, false) {
        push(out, blank);
    }
    while let Some(blank) = edge(&mut words, true) {
        tail.insert(0, blank);
    }
    if !words.is_empty() {
        let deleted = wrap(Vec::new()) == Inline::Deleted(Vec::new());
        push(out, wrap(if deleted { words } else { without_stars(words) }));
    }
    tail.into_iter().for_each(|blank| push(out, blank));
}

/// The same words without italics and bold.
fn without_stars(words: Vec<Inline>) -> Vec<Inline> {
    let mut out = Vec::new();
    for word in words {
        match word {
            Inline::Emphasis(inner) | Inline::Strong(inner) => without_stars(inner).into_iter().for_each(|word| push(&mut out, word)),
            Inline::Deleted(inner) => push(&mut out, Inline::Deleted(without_stars(inner))),
            Inline::Annotated { target, title, words } => push(&mut out, Inline::Annotated { target, title, words: without_stars(words) }),
            other => push(&mut out, other),
        }
    }
    out
}

/// Takes a blank or line end from an edge of `words`.
fn edge(words: &mut Vec<Inline>, last: bool) -> Option<Inline> {
    let at = if last { words.len().checked_sub(1)? } else { 0 };
    match words.get_mut(at)? {
        Inline::Break => Some(words.remove(at)),
        Inline::Text(text) => {
            let kept = if last { text.trim_end() } else { text.trim_start() };
            if kept.is_empty() {
                return Some(words.remove(at)).filter(|inline| *inline != Inline::Text(String::new()));
            }
            if kept.len() == text.len() {
                return None;
            }
            *text = kept.to_owned();
            Some(Inline::Text(" ".into()))
        }
        _ => None,
    }
}

fn annotated(target: &str, title: &str, words: &[Inline], outside: &mut Outside, out: &mut Vec<Inline>) {
    if outside.link {
        // No link within a link: its words stay.
        if target.starts_with("page:") {
            push(out, Inline::Annotated { target: target.into(), title: title.into(), words: Vec::new() });
        }
        tidy(words, outside).into_iter().for_each(|word| push(out, word));
        return;
    }
    let holds = may_hold_others(target);
    outside.link = !holds;
    let mut words = tidy(words, outside);
    outside.link = false;
    let mut after = Vec::new();
    if !holds {
        hoist(&mut words, out, &mut after);
    }
    while let Some(blank) = edge(&mut words, false) {
        push(out, blank);
    }
    while let Some(blank) = edge(&mut words, true) {
        after.insert(0, blank);
    }
    push(out, Inline::Annotated { target: target.into(), title: title.into(), words });
    after.into_iter().for_each(|mark| push(out, mark));
}

/// Takes page breaks and notes out of the words of a link: the first before it, the second after it.
fn hoist(words: &mut Vec<Inline>, before: &mut Vec<Inline>, after: &mut Vec<Inline>) {
    let mut kept = Vec::with_capacity(words.len());
    for mut word in words.drain(..) {
        match &mut word {
            Inline::Note(_) => after.push(word),
            Inline::Annotated { .. } => push(before, word),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Deleted(inner) => {
                hoist(inner, before, after);
                if !inner.is_empty() {
                    kept.push(word);
                }
            }
            _ => kept.push(word),
        }
    }
    *words = kept;
}

/// Adds a piece, joined to the last when both are of one kind.
fn push(out: &mut Vec<Inline>, inline: Inline) {
    match (out.last_mut(), inline) {
        (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
        (Some(Inline::Emphasis(before)), Inline::Emphasis(inner)) | (Some(Inline::Strong(before)), Inline::Strong(inner)) => {
            inner.into_iter().for_each(|word| push(before, word));
        }
        (Some(Inline::Deleted(before)), Inline::Deleted(inner)) => inner.into_iter().for_each(|word| push(before, word)),
        (_, Inline::Text(text)) if text.is_empty() => {}
        // Stars of two emphases side by side could be read in two ways: the second stands plain.
        (Some(Inline::Emphasis(_)), Inline::Strong(inner)) | (Some(Inline::Strong(_)), Inline::Emphasis(inner)) => {
            without_stars(inner).into_iter().for_each(|word| out.push(word));
        }
        (_, inline) => out.push(inline),
    }
}

/// A run of signs that begins or ends an emphasis, and where it stands in the text printed so far.
struct Sign {
    at: usize,
    length: usize,
    opens: bool,
    nested: bool,
}

struct Printer {
    out: String,
    signs: Vec<Sign>,
    site: Site,
    depth: usize,
}

impl Printer {
    fn print(text: &[Inline], site: Site) -> String {
        let mut printer = Self { out: String::new(), signs: Vec::new(), site, depth: 0 };
        printer.all(text);
        printer.flanked()
    }

    fn all(&mut self, text: &[Inline]) {
        for (index, inline) in text.iter().enumerate() {
            match inline {
                Inline::Text(words) => self.words(words, text.get(index.wrapping_sub(1))),
                Inline::Break => self.out.push('\n'),
                Inline::Emphasis(inner) => self.wrap("*", inner),
                Inline::Strong(inner) => self.wrap("**", inner),
                Inline::Deleted(inner) => self.wrap("~~", inner),
                Inline::Note(label) => {
                    self.no_image();
                    self.out.push_str(&format!("[^{}]", label_of(label)));
                }
                Inline::Citation(inside) => {
                    self.no_image();
                    self.out.push_str(&format!("[{}]", inside.replace(['[', ']', '\n'], " ")));
                }
                Inline::Annotated { target, title, words } => {
                    self.no_image();
                    self.out.push('[');
                    self.all(words);
                    self.out.push_str("](");
                    self.out.push_str(&destination(target));
                    if !title.is_empty() {
                        self.out.push_str(&format!(" \"{}\"", quoted(title)));
                    }
                    self.out.push(')');
                }
            }
        }
    }

    fn wrap(&mut self, sign: &str, inner: &[Inline]) {
        let nested =
            self.depth > 0 || inner.iter().any(|inline| matches!(inline, Inline::Emphasis(_) | Inline::Strong(_) | Inline::Deleted(_)));
        self.depth += 1;
        self.sign(sign, true, nested);
        self.all(inner);
        self.sign(sign, false, nested);
        self.depth -= 1;
    }

    fn sign(&mut self, sign: &str, opens: bool, nested: bool) {
        self.signs.push(Sign { at: self.out.len(), length: sign.len(), opens, nested });
        self.out.push_str(sign);
    }

    /// `!` before a bracket would make an image of it.
    fn no_image(&mut self) {
        let escapes = self.out.strip_suffix('!').map(|before| before.len() - before.trim_end_matches('\\').len());
        if escapes.is_some_and(|count| count % 2 == 0) {
            self.out.pop();
            self.out.push_str("\\!");
        }
    }

    fn words(&mut self, words: &str, before: Option<&Inline>) {
        let mut letters = words.chars().peekable();
        let mut last = self.out.chars().next_back();
        if matches!(before, Some(Inline::Note(_))) && words.starts_with(':') {
            // `[^1]:` at the beginning of a line would define the note.
            self.out.push('\\');
        }
        let mut rest = words;
        while let Some(letter) = letters.next() {
            let next = letters.peek().copied();
            let escaped = match letter {
                '\\' | '`' | '*' | '_' | '[' | ']' | '~' => true,
                '<' => next.is_some_and(|next| !next.is_whitespace()),
                '|' => self.site == Site::Cell,
                // `[^` would begin a note's mark.
                '^' => self.out.ends_with('['),
                // `[^1](` would begin a link.
                '(' => self.out.ends_with(']') && !self.out.ends_with("\\]"),
                '&' => is_entity(rest),
                '@' => {
                    let key = next.is_some_and(|next| next.is_alphanumeric() || matches!(next, '_' | '{'));
                    // A letter before it that is the first of its piece may yet be written as a reference.
                    key && (!last.is_some_and(char::is_alphanumeric) || words.len() - rest.len() <= 4)
                }
                _ => false,
            };
            if escaped {
                self.out.push('\\');
            }
            match letter {
                // Unicode's own line ends and control characters would end a line of the file or vanish.
                '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => self.out.push(' '),
                _ => self.out.push(letter),
            }
            last = Some(letter);
            rest = &rest[letter.len_utf8()..];
        }
    }

    /// The text with emphasis that begins or ends where CommonMark would not see it (0.31.2, section 6.2) made visible: the letter next to
    /// the sign is written as a numeric reference, which counts as punctuation.
    fn flanked(mut self) -> String {
        let mut changes: BTreeSet<usize> = BTreeSet::new();
        // A letter between two signs that is changed for one of them looks different to the other.
        while self.hidden(&mut changes) {}
        for at in changes.into_iter().rev() {
            if let Some(letter) = self.out[at..].chars().next() {
                self.out.replace_range(at..at + letter.len_utf8(), &format!("&#{};", u32::from(letter)));
            }
        }
        self.out
    }

    /// Adds the letters that hide a sign; whether there were any.
    fn hidden(&self, changes: &mut BTreeSet<usize>) -> bool {
        let count = changes.len();
        let mut index = 0;
        while index < self.signs.len() {
            // Signs side by side are one run.
            let start = self.signs[index].at;
            let mut end = start;
            let (mut opens, mut closes, mut nested) = (false, false, false);
            while let Some(sign) = self.signs.get(index).filter(|sign| sign.at == end) {
                end += sign.length;
                opens |= sign.opens;
                closes |= !sign.opens;
                nested |= sign.nested;
                index += 1;
            }
            let before = self.out[..start].char_indices().next_back();
            let after = self.out[end..].chars().next().map(|letter| (end, letter));
            let sign = |letter: Option<(usize, char)>| letter.is_some_and(|(at, letter)| is_punctuation(letter) || changes.contains(&at));
            let word = |letter: Option<(usize, char)>| letter.is_some_and(|(_, letter)| !letter.is_whitespace()) && !sign(letter);
            let both = nested && word(before) && word(after);
            let first = before.filter(|_| opens && word(before) && (sign(after) || both));
            let second = after.filter(|_| closes && word(after) && (sign(before) || both));
            changes.extend(first.into_iter().chain(second).map(|(at, _)| at));
        }
        changes.len() > count
    }
}

/// Whether CommonMark takes a character for punctuation: ASCII signs, and all of Unicode's punctuation and symbols.
fn is_punctuation(letter: char) -> bool {
    letter.is_ascii_punctuation() || (!letter.is_ascii() && !letter.is_alphanumeric() && !letter.is_whitespace())
}

/// Whether `&` begins a reference to a character.
fn is_entity(rest: &str) -> bool {
    let inside = &rest[1..];
    let length = inside.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '#').unwrap_or(inside.len());
    length > 0 && inside.as_bytes().get(length) == Some(&b';')
}

/// Escapes what would make the beginning of a line a heading, quotation, list or rule.
fn guard(line: &str) -> String {
    let first = line.chars().next();
    let second = line.chars().nth(1);
    let open = |letter: Option<char>| letter.is_none_or(char::is_whitespace);
    match first {
        Some('#' | '>') => format!("\\{line}"),
        Some(sign @ ('+' | '-' | '=')) if open(second) || second == Some(sign) => format!("\\{line}"),
        Some('0'..='9') => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let rest = &line[digits..];
            if digits <= 9 && rest.starts_with(['.', ')']) && open(rest.chars().nth(1)) {
                return format!("{}\\{rest}", &line[..digits]);
            }
            line.to_owned()
        }
        _ => line.to_owned(),
    }
}

/// A label that Markdown can hold.
#[must_use]
pub fn label_of(label: &str) -> String {
    // What would open HTML, code or another bracket, or end a cell of a table, ends the mark as well.
    let opens = |letter: char| matches!(letter, '[' | ']' | '\\' | '<' | '>' | '&' | '`' | '|' | '$');
    label.chars().map(|letter| if letter.is_whitespace() || letter.is_control() || opens(letter) { '-' } else { letter }).collect()
}

fn destination(target: &str) -> String {
    let plain = !target.is_empty()
        && !target.contains(|letter: char| letter.is_whitespace() || letter.is_control() || "()<>\\&\"'".contains(letter));
    if plain {
        return target.to_owned();
    }
    let mut out = String::from("<");
    for letter in target.chars() {
        match letter {
            '<' | '>' | '\\' | '&' => {
                out.push('\\');
                out.push(letter);
            }
            letter if letter.is_whitespace() || letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out.push('>');
    out
}

fn quoted(title: &str) -> String {
    let mut out = String::new();
    for letter in title.chars() {
        match letter {
            '"' | '\\' | '&' => {
                out.push('\\');
                out.push(letter);
            }
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

/// The text as it will be read again, for tests.
#[cfg(test)]
pub(super) fn tidied(text: &[Inline]) -> Vec<Inline> {
    tidy(text, &mut Outside::default())
}
