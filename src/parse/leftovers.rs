//! Signs of markup that stand in the words of a text as they were typed, since something is missing beside them: `[Name] (person:id)`, `**word`,
//! `##Heading`, a table without its line of hyphens. Each of them would be printed and never seen by the one who typed it.
//!
//! Sees passages, where all that was read as markup is gone. What has a backslash before it is meant as it stands. Linear in the text.

use super::annotation::is_ours;
use super::parts_typed as parts;
use crate::base::path::ContentPath;
use crate::base::span::Span;
use crate::base::text::{head, window};
use crate::diag::{Code, Diagnostic, Label};
use crate::proof::passage::OBJECT;
use crate::proof::{Passage, PassageKind};

/// Longest words in brackets that are looked at, in bytes.
const LONGEST: usize = 120;

/// Longest mark of a page within its brackets, in bytes.
const PAGE: usize = 24;

/// Looks through all passages.
pub(super) fn run(file: &ContentPath, text: &str, passages: &[Passage], findings: &mut Vec<Diagnostic>) {
    for passage in passages {
        let mut look = Look { file, text, passage, findings };
        look.annotations();
        look.links();
        look.braces();
        look.citations();
        if passage.note == 0 {
            look.pages();
        }
        look.emphasis('*');
        look.emphasis('_');
        look.spans();
        if passage.kind == PassageKind::Heading {
            look.underlined();
        }
        if passage.kind == PassageKind::Paragraph {
            look.remains();
            look.bullets();
            look.heading();
            look.part();
            look.table();
        }
    }
}

struct Look<'a, 'f> {
    file: &'a ContentPath,
    text: &'a str,
    passage: &'a Passage,
    findings: &'f mut Vec<Diagnostic>,
}

impl<'a> Look<'a, '_> {
    /// Where the bytes stand; `None` when the sign was typed with a backslash or as an entity.
    fn place(&self, from: usize, to: usize) -> Option<Span> {
        let words = &self.passage.text;
        let first = from + words[from..].chars().next()?.len_utf8();
        let begin = self.passage.span(from, first);
        let meant = begin.start > 0 && self.text.as_bytes().get(begin.start as usize - 1) == Some(&b'\\');
        (self.text.get(begin.range()) == words.get(from..first) && !meant).then(|| self.passage.span(from, to))
    }

    fn report(&mut self, code: Code, message: impl Into<String>, span: Span, help: impl Into<String>) {
        self.findings.push(Diagnostic::new(code, message, Label::new(self.file, span)).help(help));
    }

    /// `[Name] (person:id)`, `[Name(person:id)`, `(Name)[person:id]`, `[Name][person:id]`.
    fn annotations(&mut self) {
        let words = self.passage.text.as_str();
        for (colon, _) in words.match_indices(':') {
            let begin = words[..colon].trim_end_matches(|letter: char| letter.is_ascii_lowercase()).len();
            let (Some(sign), scheme) = (words[..begin].chars().next_back(), &words[begin..colon]) else { continue };
            if !matches!(sign, '(' | '[' | '{') || !is_ours(scheme) {
                continue;
            }
            let (before, at) = (&words[..begin - 1], begin - 1);
            let near = colon + words[colon..].char_indices().nth(LONGEST).map_or(words.len() - colon, |(end, _)| end);
            let length = words[colon..near].find([')', ']', '}', '|', '\n', ' ']).map_or(near, |end| colon + end);
            let target = &words[begin..length];
            let wiki = || of_a_wiki(before, sign, &words[length..near]);
            let Some((name, message)) = unread(before, sign).or_else(wiki) else { continue };
            // `\[Name\] (person:id)` is meant as it stands.
            let end = before.trim_end().len();
            let hinge = before[..end].chars().next_back().map_or(end, |letter| end - letter.len_utf8());
            if self.place(hinge, end).is_none() {
                continue;
            }
            let Some(span) = self.place(at, (length + 1).min(words.len())) else { continue };
            self.report(
                Code::UnknownScheme,
                format!("this `{scheme}:` is not read as an annotation: {message}"),
                span,
                format!("type `[{name}]({target})`"),
            );
        }
    }

    /// `[page 535]`, `[p. 535]`: the beginning of a page, as other transcripts mark it.
    fn pages(&mut self) {
        const WORDS: [&str; 9] = ["page ", "Page ", "p. ", "p.", "S. ", "Seite ", "с. ", "стр. ", "f. "];
        let words = self.passage.text.as_str();
        for (at, _) in words.match_indices('[') {
            let near = window(&words[at + 1..], PAGE);
            let Some(inside) = near.split_once(']').map(|(inside, _)| inside).filter(|_| !words[..at].ends_with("cite")) else { continue };
            let Some(page) = WORDS.iter().find_map(|word| inside.strip_prefix(word)) else { continue };
            let sheet = page.strip_suffix(['r', 'v', 'a', 'b']).unwrap_or(page);
            if sheet.is_empty() || !sheet.bytes().all(|byte| byte.is_ascii_digit()) {
                continue;
            }
            let Some(span) = self.place(at, at + inside.len() + 2) else { continue };
            let help = format!("type `[](page:{page})` where a page of the source begins, or `\\[{inside}]` where the source prints this");
            self.report(Code::StrayPageNumber, format!("`[{inside}]` is printed as words of the text"), span, help);
        }
    }

    /// `{@key, p. 5}`: a citation in the wrong brackets.
    fn braces(&mut self) {
        for (at, _) in self.passage.text.match_indices('{') {
            let Some((typed, from, line)) = self.cite_behind(at) else { continue };
            let Some(end) = line.find('}').filter(|end| !line[..*end].contains('{')) else { continue };
            let Some(span) = self.place(at, from + end + 1) else { continue };
            let help = format!("type `[{typed}{}]`", &line[..end]);
            self.report(Code::UnreadMarkup, "this citation is printed in curly brackets", span, help);
        }
    }

    /// `[@key, p. 5` that no bracket closes.
    fn citations(&mut self) {
        for (at, _) in self.passage.text.match_indices('[') {
            let Some((typed, from, line)) = self.cite_behind(at) else { continue };
            if line.find(']').is_some_and(|end| !line[..end].contains('[')) {
                continue;
            }
            let Some(span) = self.place(at, from) else { continue };
            let help = format!("type `]` where the citation ends, as in `[{typed}, p. 5]`");
            self.report(Code::UnreadMarkup, format!("the bracket before `{typed}` is not closed"), span, help);
        }
    }

    /// The citation `@key` directly behind the sign at `at`: as typed, where its words go on, and the rest of its line.
    fn cite_behind(&self, at: usize) -> Option<(&'a str, usize, &'a str)> {
        let from = at + 1 + OBJECT.len_utf8();
        let behind = self.passage.text[at + 1..].strip_prefix(OBJECT)?;
        let typed = self.text.get(self.passage.span(at + 1, from).range()).filter(|typed| typed.starts_with('@'))?;
        Some((typed, from, window(behind, LONGEST).split('\n').next().unwrap_or_default()))
    }

    /// `[words](my file.md)` and `[words](file.md and on`.
    fn links(&mut self) {
        let words = self.passage.text.as_str();
        for (at, _) in words.match_indices("](") {
            let near = &words[at + 2..];
            let near = &near[..near.char_indices().nth(LONGEST).map_or(near.len(), |(end, _)| end)];
            let line = near.split('\n').next().unwrap_or_default();
            let end = line.find(')').filter(|end| !line[..*end].contains('('));
            let target = &line[..end.unwrap_or(line.len())];
            let first = target.split_whitespace().next().unwrap_or_default();
            let leads = |typed: &str| {
                is_image(typed)
                    || typed.ends_with(".md")
                    || typed.contains(".md#")
                    || typed.starts_with("http://")
                    || typed.starts_with("https://")
            };
            let closed = end.is_some() && leads(target.trim());
            if !(closed || leads(first)) || target.trim() == first && closed {
                continue;
            }
            let Some(span) = self.place(at, at + 2 + if closed { target.len() + 1 } else { first.len() }) else { continue };
            let (message, help) = match closed {
                true => (
                    "this is not read as a link, since its target has blanks",
                    format!("type angle brackets around it: `(<{}>)`", target.trim()),
                ),
                false => ("this is not read as a link: there is no `)` behind its target", format!("type `({first})`")),
            };
            self.report(Code::UnreadMarkup, message, span, help);
        }
    }

    /// A run of stars or underscores that opens an emphasis and is the only one of its paragraph.
    fn emphasis(&mut self, sign: char) {
        let words = self.passage.text.as_str();
        let mut runs = words.match_indices(sign);
        let Some((at, _)) = runs.next() else { return };
        let length = words[at..].chars().take_while(|letter| *letter == sign).count();
        if runs.count() + 1 > length || length > 3 {
            return;
        }
        let (before, after) = (words[..at].chars().next_back(), words[at + length..].chars().next());
        let spaced = before.is_none_or(|letter| letter.is_whitespace() || matches!(letter, '(' | '[' | '“' | '«' | '„' | '"'));
        // A star before the first word may be the mark of a note of the source, one behind a word mostly is.
        let opens = spaced && after.is_some_and(char::is_alphabetic) && (length > 1 || before.is_some());
        let closes = length > 1 && before.is_some_and(char::is_alphanumeric) && after.is_none_or(|letter| !letter.is_alphanumeric());
        if self.passage.kind == PassageKind::Cell || !(opens || closes) {
            return;
        }
        let Some(span) = self.place(at, at + length) else { return };
        let typed = sign.to_string().repeat(length);
        let help = format!(
            "type `{typed}` on both sides of the words, or `{}` if the sign belongs to the text",
            format!("\\{sign}").repeat(length)
        );
        let what = if opens { "opens an emphasis that is never closed" } else { "closes an emphasis that was never opened" };
        self.report(Code::UnreadMarkup, format!("`{typed}` {what}, and is shown as it stands"), span, help);
    }

    /// `##Heading`
    fn heading(&mut self) {
        let words = self.passage.text.as_str();
        let title = words.trim_start_matches('#');
        let level = words.len() - title.len();
        let first = title.chars().next();
        if !(1..=6).contains(&level) || !first.is_some_and(|letter| letter.is_alphabetic() && (level > 1 || letter.is_uppercase())) {
            return;
        }
        let Some(span) = self.place(0, level) else { return };
        let line = crate::base::text::head(title.lines().next().unwrap_or_default(), 40).0;
        self.report(
            Code::UnreadMarkup,
            "this is not read as a heading",
            span,
            format!("type a blank behind the sign: `{} {line}`", "#".repeat(level)),
        );
    }

    /// A line of attributes that is not read as one.
    fn part(&mut self) {
        let words = self.passage.text.as_str();
        let first = words.split('\n').next().unwrap_or_default();
        let last = words.rsplit('\n').next().unwrap_or_default();
        let Some((line, slip)) = parts::last(last).map(|slip| (last, slip)).or_else(|| {
            let more = first.len() < words.len();
            parts::first(first).filter(|_| more).map(|slip| (first, slip))
        }) else {
            return;
        };
        let from = line.as_ptr() as usize - words.as_ptr() as usize;
        let Some(span) = self.place(from + slip.from, from + slip.to) else { return };
        self.report(Code::UnknownPart, format!("`{}` is shown as it stands", &line[slip.from..slip.to]), span, slip.help);
    }

    /// `[words]{.underline}`, as Pandoc has it.
    fn spans(&mut self) {
        let words = self.passage.text.as_str();
        for (at, _) in words.match_indices("]{.") {
            let near = window(&words[at + 1..], LONGEST);
            let Some(end) = near.find('}') else { continue };
            let before = &words[..at];
            let begin = before.char_indices().rev().take(LONGEST).find(|(_, letter)| *letter == '[').map(|(begin, _)| begin);
            let Some((begin, span)) = begin.and_then(|begin| Some((begin, self.place(begin, at + 1 + end + 1)?))) else { continue };
            let inner = &words[begin + 1..at];
            let help = format!("type `*{inner}*` where the source sets it off, or the words alone");
            self.report(Code::UnreadMarkup, format!("`{}` is shown as it stands", &near[..=end]), span, help);
        }
    }

    /// A paragraph that has become a heading by the `---` or `===` directly below it.
    fn underlined(&mut self) {
        let words = self.passage.text.trim_end();
        let span = self.passage.span(0, self.passage.text.len());
        let below = self.text.get(span.end as usize..).unwrap_or_default().trim_start_matches([' ', '\r']);
        let line = below.strip_prefix('\n').and_then(|rest| rest.lines().next()).unwrap_or_default().trim();
        let rule = line.len() > 1 && (line.bytes().all(|byte| byte == b'-') || line.bytes().all(|byte| byte == b'='));
        let sentence = words.ends_with(['.', ';', ':', ',', '!', '?', '”']) || words.chars().count() > 120 || words.contains('\n');
        if !rule || !sentence {
            return;
        }
        let message = format!("the line `{}` below it makes this paragraph a heading", head(line, 12).0);
        let help = format!("type an empty line before `{}`; a heading begins with `## `", head(line, 12).0);
        self.report(Code::UnreadMarkup, message, span, help);
    }

    /// A line `=======` by itself, which git leaves between two versions.
    fn remains(&mut self) {
        let words = self.passage.text.as_str();
        let Some(line) = words.split('\n').find(|line| *line == "=======") else { return };
        // With the other lines of a conflict, it has a finding of its own.
        if self.text.contains("\n<<<<<<< ") {
            return;
        }
        let from = line.as_ptr() as usize - words.as_ptr() as usize;
        let Some(span) = self.place(from, from + line.len()) else { return };
        self.report(
            Code::UnreadMarkup,
            "this line is what git puts between two versions of a text",
            span,
            "keep one version, and remove the line",
        );
    }

    /// Lines that begin with a printed bullet, as word processors make them.
    fn bullets(&mut self) {
        let words = self.passage.text.as_str();
        let bullet = |line: &&str| {
            let mut letters = line.trim_start().chars();
            letters.next().is_some_and(|letter| matches!(letter, '•' | '▪' | '◦' | '‣' | '\u{f0b7}'))
                && letters.next().is_some_and(char::is_whitespace)
        };
        let mut lines = words.split('\n').filter(bullet);
        let (Some(first), tabbed) = (lines.next(), words.contains("•\t")) else { return };
        if lines.next().is_none() && !tabbed {
            return;
        }
        let sign = first.trim_start().chars().next().unwrap_or('•');
        let from = first.as_ptr() as usize - words.as_ptr() as usize + first.len() - first.trim_start().len();
        let Some(span) = self.place(from, from + sign.len_utf8()) else { return };
        self.report(Code::UnreadMarkup, "this is not read as a list", span, format!("begin each item with `- ` in place of `{sign}`"));
    }

    /// Lines between `|` that are no table.
    fn table(&mut self) {
        let words = self.passage.text.as_str();
        let row = |line: &str| line.len() > 2 && line.starts_with('|') && line.ends_with('|');
        let mut lines = words.split('\n').map(str::trim);
        let (Some(first), Some(second)) = (lines.next(), lines.next()) else { return };
        if !row(first) || !row(second) {
            return;
        }
        let cells = first.matches('|').count() - 1;
        let Some(span) = self.place(words.find('|').unwrap_or(0), first.len()) else { return };
        let drawn = second.chars().all(|letter| matches!(letter, '|' | '-' | ':' | ' '));
        let dashed = !drawn && second.chars().all(|letter| matches!(letter, '|' | '-' | '–' | '—' | ':' | ' '));
        let message = match drawn {
            _ if dashed => "this is not read as a table: a dash stands in its second line, where hyphens belong",
            true => "this is not read as a table: its second line has another number of cells than its first",
            false => "this is not read as a table: its second line is none of hyphens",
        };
        self.report(Code::UnreadMarkup, message, span, format!("let the second line be `|{}`", "---|".repeat(cells.clamp(1, 12))));
    }
}

/// The ends of names of images and other media.
fn is_image(target: &str) -> bool {
    let end = target.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default();
    target.contains('/') && matches!(end.as_str(), "jpg" | "jpeg" | "png" | "gif" | "webp" | "svg" | "avif" | "tif" | "tiff" | "pdf")
}

/// `[[person:lenin|Lenin]]`: the words behind the target.
fn of_a_wiki<'w>(before: &str, sign: char, behind: &'w str) -> Option<(&'w str, &'static str)> {
    let name = behind.strip_prefix('|')?.split(']').next()?;
    (sign == '[' && before.ends_with('[')).then_some((name, "links have another form in wikis"))
}

/// The name before a target that was not read, and why it was not.
fn unread(before: &str, sign: char) -> Option<(&str, &'static str)> {
    let near = &before[before.char_indices().rev().nth(LONGEST).map_or(0, |(at, _)| at)..];
    let trimmed = near.trim_end();
    let inside = |open: char, close: char| {
        let inner = trimmed.strip_suffix(close)?;
        inner.rfind([open, close]).filter(|at| inner[*at..].starts_with(open)).map(|at| &inner[at + 1..])
    };
    match sign {
        '(' => {
            if let Some(name) = inside('[', ']') {
                return (trimmed.len() < near.len()).then_some((name, "a blank stands between its brackets"));
            }
            let open = trimmed.rfind(['[', ']']).filter(|at| trimmed[*at..].starts_with('['))?;
            let name = &trimmed[open + 1..];
            (!name.is_empty()).then_some((name, "the bracket around the words is not closed"))
        }
        '{' => inside('[', ']').filter(|_| trimmed.len() == near.len()).map(|name| (name, "its target stands in curly brackets")),
        _ => match (inside('(', ')'), inside('[', ']')) {
            (Some(name), _) => Some((name, "round and square brackets are exchanged")),
            (_, Some(name)) => Some((name, "its target stands in square brackets")),
            _ => None,
        },
    }
}
