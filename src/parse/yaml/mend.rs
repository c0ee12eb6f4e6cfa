//! Slips in YAML: what can be read as it was meant, and the sentence for what cannot.
//!
//! A value on one line of which YAML can make nothing (`title: Letter: a draft`, `title: "A" and "B"`) is read as the words typed,
//! since quotation marks around all of it are the only reading. Everything else is explained, and the outermost field it stands in set aside.
//! Nothing here guesses across lines.

use super::slips;
use crate::base::path::ContentPath;
use crate::base::span::Span;
use crate::base::text;
use crate::diag::{Code, Diagnostic, Label};
use std::ops::Range;

/// The source with some places read as if other text stood there.
pub(super) struct Patch<'a> {
    source: &'a str,
    edits: Vec<Edit>,
}

struct Edit {
    range: Range<usize>,
    with: String,
    broken: bool,
}

impl<'a> Patch<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        Self { source, edits: Vec::new() }
    }

    /// The text the parser is given.
    pub(super) fn text(&self) -> String {
        let mut out = String::with_capacity(self.source.len() + 16 * self.edits.len());
        let mut from = 0;
        for edit in &self.edits {
            out.push_str(&self.source[from..edit.range.start]);
            out.push_str(&edit.with);
            from = edit.range.end;
        }
        out.push_str(&self.source[from..]);
        out
    }

    /// The byte of the source for a byte of the patched text; inside an edit, its start.
    pub(super) fn original(&self, at: usize) -> usize {
        let (mut old, mut new) = (0, 0);
        for edit in &self.edits {
            let begin = new + (edit.range.start - old);
            if at < begin {
                break;
            }
            new = begin + edit.with.len();
            old = edit.range.end;
            if at < new {
                return edit.range.start;
            }
        }
        (old + (at - new)).min(self.source.len())
    }

    /// The mended value that begins at `at`.
    pub(super) fn covering(&self, at: usize) -> Option<Range<usize>> {
        self.edits.iter().find(|edit| !edit.broken && edit.range.start == at).map(|edit| edit.range.clone())
    }

    /// Whether a value that was set aside begins in this range.
    pub(super) fn is_broken(&self, range: Range<usize>) -> bool {
        self.edits.iter().any(|edit| edit.broken && range.contains(&edit.range.start))
    }

    /// Whether a part of this range was set aside.
    pub(super) fn is_aside(&self, range: &Range<usize>) -> bool {
        self.edits.iter().any(|edit| edit.broken && edit.range.start < range.end && range.start < edit.range.end)
    }

    /// Adds an edit; smaller ones inside it go. `false` when it lies inside one that is there.
    fn add(&mut self, edit: Edit) -> bool {
        if self.edits.iter().any(|other| other.range.start <= edit.range.start && edit.range.end <= other.range.end) {
            return false;
        }
        self.edits.retain(|other| other.range.end <= edit.range.start || edit.range.end <= other.range.start);
        let at = self.edits.partition_point(|other| other.range.start < edit.range.start);
        self.edits.insert(at, edit);
        true
    }
}

/// A finding before it knows its file.
pub(super) struct Words {
    message: String,
    range: Range<usize>,
    help: Vec<String>,
}

impl Words {
    pub(super) fn new(message: impl Into<String>, range: Range<usize>) -> Self {
        Self { message: message.into(), range, help: Vec::new() }
    }

    pub(super) fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    pub(super) fn finding(self, file: &ContentPath, start: usize) -> Diagnostic {
        let place = Label::new(file, Span::from(self.range).shifted(start));
        let mut finding = Diagnostic::new(Code::YamlSyntax, self.message, place);
        finding.help = self.help;
        finding
    }
}

/// What became of a slip.
pub(super) enum Verdict {
    /// Readable now.
    Mended,
    /// The field was set aside.
    Explained(Words),
    /// Reading cannot go on.
    Stop(Words),
}

/// Mends or explains the slip at byte `at`, of which the parser says `info`.
pub(super) fn mend(source: &str, at: usize, info: &str, patch: &mut Patch) -> Verdict {
    let at = at.min(source.len());
    if info.starts_with("nested too") || info.starts_with("too many") {
        return Verdict::Stop(Words::new(format!("the values are {info}").replace("are too many values", "are too many"), at..at));
    }
    let here = line_at(source, at);
    let lines = [Some(here.clone()), line_before(source, here.start)];
    for line in lines.into_iter().flatten() {
        if continues(source, &line) || within_words(source, &line) {
            continue;
        }
        if let Some(value) = mendable(&source[line.clone()]) {
            let range = line.start + value.start..line.start + value.end;
            let typed = within_marks(&source[range.clone()]).unwrap_or(&source[range.clone()]);
            let with = format!("'{}'", typed.replace('\'', "''"));
            if patch.add(Edit { range, with, broken: false }) {
                return Verdict::Mended;
            }
        }
    }
    let words = match slips::find(source, at, patch) {
        Some(words) => words,
        None => explain(source, at, info),
    };
    // Where the field itself was set aside before, the one above it still troubles the parser.
    let field = field_around(source, words.range.start.min(at));
    let above = line_before(source, field.start).map(|line| field_around(source, line.start));
    let aside = set_aside(source, field, patch) || above.is_some_and(|above| set_aside(source, above, patch));
    if aside { Verdict::Explained(words) } else { Verdict::Stop(words) }
}

/// Replaces the value of the outermost field at `field` by nothing; `false` when that was done before.
fn set_aside(source: &str, field: Range<usize>, patch: &mut Patch) -> bool {
    let first = line_at(source, field.start);
    let start = match split(&source[first.clone()]) {
        Some(parts) if parts.item.is_empty() => first.start + parts.colon + 1,
        _ => field.start,
    };
    let newline = if source[..field.end].ends_with('\n') { "\n" } else { "" };
    start < field.end && patch.add(Edit { range: start..field.end, with: newline.into(), broken: true })
}

/// From the line at the outermost indentation at or before `at` to the next such line.
pub(super) fn field_around(source: &str, at: usize) -> Range<usize> {
    let outermost = |line: &str| {
        let text = line.trim_end();
        !text.is_empty() && !text.starts_with([' ', '\t', '#', '}', ']'])
    };
    let mut start = line_at(source, at.min(source.len()));
    while start.start > 0 && !outermost(&source[start.clone()]) {
        start = line_at(source, start.start - 1);
    }
    let listed = source[start.clone()].starts_with("- ");
    let mut end = start.end;
    for line in source[start.end..].split_inclusive('\n') {
        if outermost(line) && (listed || !line.starts_with("- ")) {
            break;
        }
        end += line.len();
    }
    start.start..end
}

/// The line that holds `at`, with its end.
pub(super) fn line_at(source: &str, at: usize) -> Range<usize> {
    let start = source[..at].rfind('\n').map_or(0, |at| at + 1);
    let end = source[at..].find('\n').map_or(source.len(), |length| at + length + 1);
    start..end
}

/// The last line before `start` with something on it.
pub(super) fn line_before(source: &str, start: usize) -> Option<Range<usize>> {
    let mut start = start;
    while start > 0 {
        let line = line_at(source, start - 1);
        if !source[line.clone()].trim().is_empty() {
            return Some(line);
        }
        start = line.start;
    }
    None
}

/// Whether the value of this line goes on in the next: deeper than its name.
fn continues(source: &str, line: &Range<usize>) -> bool {
    let next = source[line.end..].lines().find(|next| !next.trim().is_empty());
    let own = split(&source[line.clone()]).map_or(0, |parts| parts.item.len() + indent(&source[line.clone()]));
    next.is_some_and(|next| !next.trim_start().starts_with('#') && indent(next) > own)
}

/// Whether this line is no field but goes on with the words of a line above it that is less indented.
fn within_words(source: &str, line: &Range<usize>) -> bool {
    let mut column = indent(&source[line.clone()]);
    let mut start = line.start;
    while column > 0 {
        let Some(above) = line_before(source, start) else { return false };
        start = above.start;
        let typed = &source[above];
        if indent(typed) >= column || typed.trim_start().starts_with('#') {
            continue;
        }
        match split(typed) {
            // `- title: …` above `  kind: …`: a neighbour, not a parent.
            Some(parts) if indent(typed) + parts.item.len() >= column => {}
            Some(parts) if parts.value.is_empty() => {}
            None if typed.trim() == "-" => {}
            _ => return true,
        }
        column = indent(typed);
    }
    false
}

/// A line `- name: value`.
pub(super) struct Parts<'a> {
    /// `- ` once or more; often empty.
    pub(super) item: &'a str,
    /// Byte of the colon.
    colon: usize,
    /// Bytes of the value, without white space and comment.
    pub(super) value: Range<usize>,
}

/// Takes a line `name: value` apart; `None` when it is none.
pub(super) fn split(line: &str) -> Option<Parts<'_>> {
    let line = line.trim_end();
    let indent = line.len() - line.trim_start_matches(' ').len();
    let mut name = indent;
    while line[name..].starts_with("- ") {
        name += 2;
        name += line[name..].len() - line[name..].trim_start_matches(' ').len();
    }
    let colon = name + line[name..].find(':')?;
    let word = &line[name..colon];
    if word.is_empty() || !word.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '.' | '/')) {
        return None;
    }
    let after = &line[colon + 1..];
    if !after.is_empty() && !after.starts_with([' ', '\t']) {
        return None;
    }
    let start = colon + 1 + (after.len() - after.trim_start().len());
    let end = line[start..].find(" # ").map_or(line.len(), |at| start + at);
    let end = start + line[start..end].trim_end().len();
    Some(Parts { item: &line[indent..name], colon, value: start..end })
}

/// The value of a line of which YAML can make nothing unless it is put in quotation marks as a whole.
fn mendable(line: &str) -> Option<Range<usize>> {
    let range = split(line)?.value;
    let value = &line[range.clone()];
    let first = value.chars().next()?;
    let hopeless = match first {
        '"' | '\'' => {
            let length = super::quoted_length(value);
            length < value.len() && length > 1
        }
        // A citation as in the text: `[@lcw-45, p. 5]`.
        '[' if value.starts_with("[@") && value.ends_with(']') => true,
        '[' | '{' => closed_at(value).is_some_and(|end| end < value.len()),
        '&' | '?' => value[1..].starts_with(' '),
        '|' | '>' | '!' | '#' => false,
        '@' | '`' | '%' | '*' | ',' => true,
        _ => value.contains(": ") || value.ends_with(':') || value.starts_with("- "),
    };
    hopeless.then_some(range)
}

/// The words of `'Lenin's letter'` and of `"The "April" letter"`, where the first and the last mark stand around the value: the second one is an
/// apostrophe, or opens. In `"Peace" and "Land"` it closes, and all four belong to the words.
fn within_marks(value: &str) -> Option<&str> {
    let mark = value.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    let inner = value.strip_prefix(mark)?.strip_suffix(mark)?;
    let second = inner.find(mark)?;
    let (before, after) = (inner[..second].chars().next_back(), inner[second + 1..].chars().next());
    let letter = |side: Option<char>| side.is_some_and(char::is_alphanumeric);
    let opens = letter(after) && before.is_some_and(|before| before.is_whitespace() || before == '(');
    (opens || letter(before) && letter(after)).then_some(inner)
}

/// Where the bracket that begins `value` is closed; `None` when it is not.
fn closed_at(value: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut after = 0;
    for (at, letter) in value.char_indices() {
        match letter {
            _ if at < after => {}
            // Words in quotation marks may hold brackets; an apostrophe inside a word is none.
            '"' | '\'' if value[..at].trim_end().ends_with(['[', '{', ',', ':']) => after = at + super::quoted_length(&value[at..]),
            '[' | '{' => depth += 1,
            ']' | '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// The line with its value in quotation marks, `#` and all, without indentation; `None` when it is no `name: value` or has no value.
pub(super) fn quoted_line(line: &str) -> Option<String> {
    let line = line.trim();
    let parts = split(line)?;
    let value = line[parts.value.start..].trim().trim_matches('"');
    (!value.is_empty()).then(|| format!("{}: {}", &line[..parts.colon], quoted(value)))
}

/// Words in quotation marks, as YAML wants them.
pub(in crate::parse) fn quoted(value: &str) -> String {
    if value.contains(['"', '\\']) { format!("'{}'", value.replace('\'', "''")) } else { format!("\"{value}\"") }
}

/// At most 60 characters, for messages.
pub(super) fn shortened(value: &str) -> String {
    let (head, cut) = text::head(value, 60);
    if cut { format!("{head}…") } else { head.to_owned() }
}

/// The sentence for what the parser calls `info`.
fn explain(source: &str, at: usize, info: &str) -> Words {
    let mut line = line_at(source, at);
    let before = line_before(source, line.start);
    let fieldless = |line: &Range<usize>| {
        let typed = &source[line.clone()];
        !typed.starts_with([' ', '\t', '-', '#', '[', '{', ']', '}']) && split(typed).is_none()
    };
    // The parser often notices a line without a name only at the next one.
    if let Some(before) = before.filter(|before| source[line.clone()].trim().is_empty() || !fieldless(&line) && fieldless(before)) {
        line = before;
    }
    let typed = &source[line.clone()];
    let begin = line.start + (typed.len() - typed.trim_start().len());
    let words = begin..(line.start + typed.trim_end().len()).max(begin);
    let bracketed = split(typed).is_some_and(|parts| typed[parts.value].starts_with(['[', '{']));
    let suggest = |words: Words| match quoted_line(typed) {
        _ if continues(source, &line) => words.help("put the whole value in quotation marks, to the end of its last line"),
        _ if bracketed => words.help("put quotation marks around each item of the list that has such characters"),
        Some(better) => words.help(format!("write `{}`", shortened_line(&better))),
        None => words,
    };
    if let Some(words) = stray_tab(source, at, info) {
        return words;
    }
    if info.contains("block scalar") {
        let words = Words::new("words stand on the line of `|` or `>`, which announce a text of several lines", words)
            .help("begin the words on the next line, with spaces before them");
        return match quoted_line(typed) {
            Some(better) => words.help(format!("if the sign is one of the words, write `{}`", shortened_line(&better))),
            None => words,
        };
    }
    if info.contains("escape") || info.contains("hexadecimal") {
        return unknown_escape(typed, words);
    }
    if info.contains("quoted scalar") && !info.contains("trailing") {
        let mark = source[at..].chars().next().map_or(1, char::len_utf8);
        return suggest(Words::new("the quotation mark opened here is never closed", at..(at + mark).min(source.len())));
    }
    if info.contains("trailing") {
        return suggest(Words::new("words follow the closing quotation mark", words));
    }
    if info.contains("flow") || info.contains("bracket") {
        return unclosed(source, at, words);
    }
    if let Some(bracket) =
        [Some(line.clone()), line_before(source, line.start)].into_iter().flatten().find_map(|line| open_bracket(source, line.start))
    {
        return bracket;
    }
    if info.contains("mapping values") {
        if let Some(words) = indented_field(source, &line).or_else(|| bare_key(source, at)) {
            return words;
        }
        return suggest(Words::new("a colon followed by a space stands inside this value", words));
    }
    if info.contains("unexpected character") || info.contains("unknown anchor") {
        return suggest(Words::new("this value begins with a character that YAML keeps for itself", words));
    }
    if info.contains("comment") {
        return suggest(Words::new("the value goes on after a `#`, which begins a comment", words));
    }
    if split(typed).is_none() && !typed.trim_start().starts_with('-') {
        if let Some(words) = bare_key(source, line.start) {
            return words;
        }
        return no_field(typed, words);
    }
    misplaced(source, &line, info)
}

/// Explains a backslash that begins no escape.
fn unknown_escape(typed: &str, place: Range<usize>) -> Words {
    let words = Words::new("a backslash between these quotation marks begins no escape that YAML knows", place);
    match split(typed) {
        Some(parts) => {
            let value = typed[parts.value].trim_matches('"').replace('\'', "''");
            words.help(format!("use single quotation marks: `{}: '{}'`", typed[..parts.colon].trim_start(), shortened(&value)))
        }
        None => words.help("use single quotation marks"),
    }
}

/// Blanks before the first letter of a line.
pub(super) fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// Explains blanks before a field below a line whose value is whole: they make it a part of that value. Often it is the line above that has lost its.
fn indented_field(source: &str, line: &Range<usize>) -> Option<Words> {
    let typed = &source[line.clone()];
    let blanks = typed.len() - typed.trim_start().len();
    let before = line_before(source, line.start)?;
    let above = &source[before.clone()];
    let parts = split(above)?;
    let (value, column) = (above[parts.value.clone()].trim(), indent(above) + parts.item.len());
    split(typed.trim_start())?;
    let plain = !value.is_empty() && !value.starts_with(['|', '>', '[', '{', '"', '\'', '#']);
    if blanks <= column || !plain {
        return None;
    }
    let next_above = line_before(source, before.start).map_or("", |line| &source[line]);
    let column_above = split(next_above).map_or(0, |parts| indent(next_above) + parts.item.len());
    if column_above == blanks && parts.item.is_empty() {
        let words = Words::new(
            "this line has fewer blanks before it than the lines above and below",
            before.start..before.start + above.trim_end().len(),
        );
        return Some(words.help(format!("type {blanks} blanks before `{}`", shortened_line(above.trim()))));
    }
    let better = shortened_line(typed.trim());
    let words = Words::new("blanks stand before this line, which makes it a part of the value above", line.start..line.start + blanks);
    let less = match column {
        0 => format!("write `{better}` without them"),
        1 => format!("write `{better}` with one blank before it, like the line above"),
        _ => format!("write `{better}` with {column} blanks before it, like the line above"),
    };
    Some(words.help(format!("{less}; if it does go on with the value above, put the whole value in quotation marks")))
}

/// Blanks that this line needs to stand beside the one above, or below it where that one has no value of its own.
fn wanted(source: &str, line: &Range<usize>) -> usize {
    let Some(above) = line_before(source, line.start).map(|line| &source[line]) else { return 0 };
    match split(above) {
        Some(parts) if parts.value.is_empty() => indent(above) + parts.item.len() + 2,
        Some(parts) => indent(above) + parts.item.len(),
        None => indent(above),
    }
}

/// The sentence for a line that is neither below nor beside the lines above.
fn misplaced(source: &str, line: &Range<usize>, info: &str) -> Words {
    // The parser notices blanks or a tab before a field one line too early.
    let next = line_at(source, line.end.min(source.len()));
    let tab = || source[next.clone()].trim_start_matches(' ').starts_with('\t').then(|| stray_tab(source, next.start, info)).flatten();
    if let Some(words) = indented_field(source, &next).or_else(tab) {
        return words;
    }
    let typed = &source[line.clone()];
    let begin = line.start + (typed.len() - typed.trim_start().len());
    let words = Words::new(
        "this line does not fit the lines above: its indentation differs",
        begin..(line.start + typed.trim_end().len()).max(begin),
    );
    let above = line_before(source, line.start).map_or("", |line| &source[line]);
    let listed = above.trim_start().starts_with("- ") && !typed.trim_start().starts_with("- ");
    let wanted = indent(above) + if listed { 2 } else { 0 };
    match wanted == indent(typed) || above.is_empty() {
        true => words.help("give the fields of one list or map the same number of spaces before them"),
        false => words.help(format!(
            "{} blanks stand before it, and {wanted} before its neighbour above: give the fields of one list or map the same number",
            indent(typed)
        )),
    }
}

/// Explains a tab that stands where YAML counts spaces.
fn stray_tab(source: &str, at: usize, info: &str) -> Option<Words> {
    let line = line_at(source, at);
    let typed = &source[line.clone()];
    let tab = typed.find('\t')?;
    if !info.contains("tab") && !typed[..tab].trim().is_empty() {
        return None;
    }
    let better = match typed[..tab].trim().is_empty() {
        true => " ".repeat(wanted(source, &line)) + typed.trim(),
        false => typed.trim_end().replace('\t', "  "),
    };
    let words = Words::new("a tab stands where spaces are needed", line.start + tab..line.start + tab + 1);
    Some(words.help(format!("write `{}`", shortened_line(&better))))
}

/// Explains a bracket: the one that was not closed, or the one too many.
fn unclosed(source: &str, at: usize, words: Range<usize>) -> Words {
    // The parser often notices a bracket that was not closed only at the next field.
    let before = line_before(source, line_at(source, at).start);
    let open = open_bracket(source, at).or_else(|| open_bracket(source, before?.start));
    open.unwrap_or_else(|| {
        let words = Words::new("the brackets in this value do not fit together", words);
        match quoted_line(&source[line_at(source, at)]) {
            Some(better) => words.help(format!("if these are words, write `{}`", shortened_line(&better))),
            None => words,
        }
    })
}

/// The sentence for a bracket that begins the value of the outermost field at `at` and is not closed in it.
fn open_bracket(source: &str, at: usize) -> Option<Words> {
    let field = field_around(source, at);
    let first = line_at(source, field.start);
    let bracket = first.start + split(&source[first])?.value.start;
    let letter = source[bracket..field.end].chars().next().filter(|letter| matches!(letter, '[' | '{'))?;
    if closed_at(&source[bracket..field.end]).is_some() {
        return None;
    }
    let close = if letter == '[' { ']' } else { '}' };
    let words = Words::new(format!("the bracket `{letter}` opened here is never closed"), bracket..bracket + 1);
    Some(words.help(format!("type `{close}` where the list ends, or put the whole value in quotation marks")))
}

/// The sentence for an entry whose colon was forgotten: a name alone on its line, above fields that stand further in.
fn bare_key(source: &str, at: usize) -> Option<Words> {
    let alone = |line: &Range<usize>| {
        let typed = source[line.clone()].trim_end();
        !typed.is_empty() && typed.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '_'))
    };
    let own = line_at(source, at);
    let name = [Some(own.clone()), line_before(source, own.start)].into_iter().flatten().find(alone)?;
    let typed = source[name.clone()].trim_end();
    let below = source.get(name.end..)?.trim_start_matches(['\r', '\n']).lines().next()?;
    (below.starts_with([' ', '\t']) && split(below).is_some()).then(|| {
        Words::new(format!("the colon behind `{typed}` is missing"), name.start..name.start + typed.len()).help(format!("type `{typed}:`"))
    })
}

/// The sentence for a line that is no field.
fn no_field(typed: &str, place: Range<usize>) -> Words {
    let words = Words::new("this line is no field: it has no `name: value`", place);
    words.help(match unspaced(typed) {
        Some((name, value)) => format!("type a blank after the colon: `{name}: {}`", shortened(value)),
        None if typed.contains('=') && unspaced(&typed.replacen('=', ":", 1).replacen(" :", ":", 1).replacen(": ", ":", 1)).is_some() => {
            let (name, value) = typed.split_once('=').unwrap_or_default();
            format!("type a colon in place of `=`: `{}: {}`", name.trim(), shortened(value.trim()))
        }
        None => "begin the line with the name of a field and a colon, or indent it if it continues the line above".to_owned(),
    })
}

/// Name and value of a line `name:value`.
fn unspaced(typed: &str) -> Option<(&str, &str)> {
    let (name, value) = typed.trim().split_once(':')?;
    let word = !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '_' | '-'));
    (word && !value.starts_with(char::is_whitespace) && !value.starts_with('/')).then_some((name, value))
}

pub(super) fn shortened_line(line: &str) -> String {
    let (head, cut) = text::head(line, 160);
    if cut { format!("{head}…") } else { head.to_owned() }
}
