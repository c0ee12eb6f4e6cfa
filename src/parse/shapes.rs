//! Values and fields whose form shows that another one was meant: fields without their braces or their indentation, signs of another list, an id with
//! the name of its register before it. Read as typed they would be printed as words, so they are reported.

use super::fields::{Fields, Reader, items};
use super::yaml::{self, Key, Node, NodeKind, Style};
use crate::base::script;
use crate::base::slug::{is_id, slug};
use crate::base::span::Spanned;
use crate::base::text as measure;
use crate::diag::Code;
use crate::model::entity::EntityKind;

/// The id that is meant by a name of a file or a link: `../letters/d52.md`, `person:lansing`, `[Lansing](person:lansing)`, `@lcw-45`.
/// Of other words the letters an id may have; empty when there are none.
pub(super) fn meant_id(typed: &str) -> String {
    let inner = linked(typed).map_or(typed, |(_, target)| target).trim();
    let target = inner.split('#').next().filter(|target| !target.is_empty()).unwrap_or(inner);
    let bare = match target.split_once(':') {
        Some((scheme, id)) if EntityKind::is_scheme(scheme) || matches!(scheme, "cite" | "at") => id,
        _ => target,
    };
    let name = match bare.strip_suffix(".md").or_else(|| bare.strip_suffix(".html")) {
        Some(stem) => stem.trim_end_matches(".md").rsplit(['/', '\\']).next().unwrap_or(stem),
        None if bare.starts_with("./") || bare.starts_with("../") || bare.starts_with('/') => bare.rsplit('/').next().unwrap_or(bare),
        None => bare,
    };
    // A Cyrillic `с` beside Latin letters was meant for the Latin one, and not for an `s`.
    let seen = if name.contains(|letter: char| letter.is_ascii_lowercase()) { latin(name) } else { name.to_owned() };
    slug(if is_id(&seen) { &seen } else { name })
}

/// The words with Latin letters in place of those that only look so.
fn latin(words: &str) -> String {
    words.chars().map(|letter| script::latin_double(letter).unwrap_or(letter)).collect()
}

/// Words and target of `[words](target)`.
fn linked(typed: &str) -> Option<(&str, &str)> {
    let (words, target) = typed.strip_prefix('[')?.strip_suffix(')')?.split_once("](")?;
    (!words.contains(['[', ']']) && !target.contains('(')).then_some((words, target))
}

/// The words, if any, and the id of `person:lansing` and `[Lansing](person:lansing)`.
fn tagged(typed: &str) -> Option<(Option<&str>, String)> {
    let (words, target) = linked(typed).map_or((None, typed), |(words, target)| (Some(words), target));
    let (scheme, id) = target.split_once(':')?;
    let id = latin(id.trim());
    (EntityKind::is_scheme(scheme) && is_id(&id)).then_some((words, id))
}

impl Reader<'_> {
    /// The values of a field that may have several; lists and fields that were typed in another form are reported and left out.
    pub(super) fn several_of<'n>(&mut self, fields: &Fields<'n>, name: &str, known: &[&str]) -> &'n [Node] {
        let Some(node) = fields.get(name) else { return &[] };
        if self.other_list(node, name) || self.single_fields(node, name, known) {
            return &[];
        }
        items(node)
    }

    /// Reports `author: [ref: lansing, as: Secretary]`, where each field became an item of its own.
    pub(super) fn single_fields(&mut self, node: &Node, name: &str, known: &[&str]) -> bool {
        let NodeKind::List(list) = &node.kind else { return false };
        let typed = self.text.get(node.span.range()).unwrap_or_default();
        let mut names: Vec<&str> = Vec::new();
        for item in list {
            match &item.kind {
                NodeKind::Map(entries) if entries.len() == 1 && !self.text[item.span.start as usize..].starts_with('{') => {
                    names.push(entries[0].0.text.as_str());
                }
                _ => return false,
            }
        }
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        if all < 2 || names.len() < all || !typed.starts_with('[') || !names.iter().all(|name| known.contains(name)) {
            return false;
        }
        let inner = typed.trim_start_matches('[').trim_end_matches(']').trim();
        let help = format!("type braces around the fields of one entry: `{name}: {{ {} }}`", measure::head(inner, 120).0);
        self.report(Code::WrongType, format!("each field in the brackets of `{name}` is read as an entry of its own"), node.span)
            .help
            .push(help);
        true
    }

    /// Reports `author: ref: lansing, as: Secretary`: fields without braces, read as words.
    pub(super) fn unbraced(&mut self, node: &Node, name: &str, known: &[&str]) -> bool {
        let NodeKind::Scalar { text, style: Style::Plain } = &node.kind else { return false };
        let Some((first, _)) = text.split_once(": ").filter(|(first, _)| known.contains(&first.trim())) else { return false };
        let message = format!("`{name}` has the field `{first}` in it, but no braces: it is read as words");
        let help = format!("type braces around its fields: `{name}: {{ {} }}`", measure::head(text, 120).0);
        self.report(Code::WrongType, message, node.span).help.push(help);
        true
    }

    /// Reports a value on lines of its own that begin with a dash or a bullet, or with a hyphen that has no blank: no list, but words.
    fn other_list(&mut self, node: &Node, name: &str) -> bool {
        let NodeKind::Scalar { style: Style::Plain, .. } = node.kind else { return false };
        let start = node.span.start as usize;
        let own_line = self.text.get(..start).is_some_and(|before| before.trim_end_matches(' ').ends_with('\n'));
        let typed = self.text.get(node.span.range()).unwrap_or_default();
        let lines: Option<Vec<String>> = typed.lines().map(|line| yaml::hyphened(line.trim())).collect();
        let Some(lines) = lines.filter(|_| own_line) else { return false };
        let sign = typed.chars().next().unwrap_or('-');
        let message = match sign {
            '-' => format!("`{name}` is no list, since there is no blank after the hyphen"),
            _ => format!("`{name}` is no list, since its lines begin with `{sign}`"),
        };
        let shown: Vec<String> = lines.iter().take(3).map(|line| format!("`{}`", measure::head(line, 60).0)).collect();
        let each = if lines.len() > 1 { "each line" } else { "the line" };
        let help = format!("begin {each} with a hyphen and a blank: {}", shown.join(", "));
        self.report(Code::WrongType, message, node.span).help.push(help);
        true
    }

    /// Reports an id with its register before it, which would be printed as it stands; `field` says how words are given with an id there.
    pub(super) fn tagged_id(&mut self, words: &Spanned<String>, name: &str, with_words: bool) -> bool {
        let Some((printed, id)) = tagged(&words.value) else { return false };
        let message =
            format!("`{}` in `{name}` would be printed as it stands: in a field the id stands alone", measure::head(&words.value, 60).0);
        let strange = script::strange_letters(&words.value, &latin(&words.value)).map(|why| format!("; in what is typed, {why}"));
        let help = match printed.filter(|_| with_words) {
            Some(printed) => format!("write `{name}: {{ ref: {id}, as: {} }}`", yaml::quoted(printed)),
            None => format!("write `{id}`"),
        } + &strange.unwrap_or_default();
        self.report(Code::WrongType, message, words.span).help.push(help);
        true
    }

    /// `keywords: war; peace` and `keywords: war, peace, bread`: one value with the signs of a list.
    pub(super) fn joined(&mut self, node: &Node, name: &str) {
        let NodeKind::Scalar { text, style: Style::Plain } = &node.kind else { return };
        let parts: Vec<&str> = text
            .split(if text.contains(';') { ';' } else { ',' })
            .map(|part| part.trim_matches([' ', '[', ']', '.']))
            .filter(|part| !part.is_empty())
            .collect();
        let small = |part: &&str| part.starts_with(char::is_lowercase);
        let list = parts.len() > 1 && (text.contains(';') || parts.len() > 2 || parts.iter().all(small));
        if !list {
            return;
        }
        let shown = measure::head(text, 60).0;
        let finding = self.report(Code::WrongType, format!("`{name}` is one text, `{shown}`, and not a list"), node.span);
        finding.help.push(format!("type a list: `{name}: [{}]`", parts.join(", ")));
        finding.help.push(format!("if it is one, put it in quotation marks: `{name}: {}`", yaml::quoted(shown)));
    }

    /// Reports fields that stand beside the one they belong in, which is empty, as if their indentation was lost: how many they are.
    pub(super) fn lost_indentation(&mut self, entries: &[(Key, Node)], at: usize, known: &[&str], inner: &[&str]) -> usize {
        let (key, value) = &entries[at];
        if value.kind != NodeKind::Null {
            return 0;
        }
        let below = entries[at + 1..].iter().take_while(|(name, _)| inner.contains(&name.text.as_str())).count();
        let theirs = &entries[at + 1..=at + below];
        if theirs.iter().all(|(name, _)| known.contains(&name.text.as_str())) {
            return 0;
        }
        let names: Vec<String> = theirs.iter().map(|(name, _)| format!("`{}`", name.text)).collect();
        let lines = if below == 1 { "this line" } else { "these lines" };
        let span = theirs[0].0.span.to(theirs[below - 1].1.span);
        let (belong, their) = if below == 1 { ("belongs", "its") } else { ("belong", "their") };
        let message = format!("{} {belong} in `{}`, which has no value: {their} indentation is lost", names.join(", "), key.text);
        let place = self.label(key.span).saying("this field has no value of its own");
        let finding = self.report(Code::UnknownField, message, span);
        finding.others.push(place);
        finding.help.push(format!("type two blanks before {lines}"));
        below
    }

    /// Reports names that have no blank, or a blank of another kind, behind their colon: `{ref:lansing, as:Secretary}`. Says whether there are any.
    pub(super) fn glued(&mut self, map: &Node, entries: &[(Key, Node)], known: &[&str]) -> Vec<usize> {
        let odd = |(key, value): &(Key, Node)| -> Option<Option<char>> {
            let (name, rest) = key.text.split_once(':')?;
            let blank = rest.chars().next().filter(|sign| sign.is_whitespace());
            let read = known.contains(&name) && (blank.is_some() || value.kind == NodeKind::Null);
            read.then_some(blank)
        };
        let found: Vec<(usize, Option<char>)> = entries.iter().enumerate().filter_map(|(at, entry)| Some((at, odd(entry)?))).collect();
        let Some((first, blank)) = found.first() else { return Vec::new() };
        let key = &entries[*first].0;
        let message = match blank {
            Some(blank) => format!("{} stands after a colon, which YAML takes for a letter", script::blank_name(*blank)),
            None => "there is no blank after the colon, so that this is no field".to_owned(),
        };
        let mut better = self.text.get(map.span.range()).unwrap_or_default().to_owned();
        for (at, blank) in &found {
            let name = entries[*at].0.text.split(':').next().unwrap_or_default();
            let wrong = blank.map_or_else(|| format!("{name}:"), |blank| format!("{name}:{blank}"));
            better = better.replacen(&wrong, &format!("{name}: "), 1);
        }
        let whole = better.starts_with('{') && !better.contains('\n');
        let line = match whole {
            true => better,
            false => {
                let line = self.text[key.span.start as usize..].lines().next().unwrap_or_default();
                let (name, value) = line.split_once(':').unwrap_or_default();
                format!("{name}: {}", value.trim())
            }
        };
        let help = format!("type a blank after each colon: `{}`", measure::head(&line, 160).0);
        self.report(Code::UnknownField, message, key.span).help.push(help);
        found.into_iter().map(|(at, _)| at).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_known_in_names_and_links() {
        let cases = [
            ("frus1918-d52.md", "frus1918-d52"),
            ("../frus/frus1918-d52.md#p3", "frus1918-d52"),
            ("letters/d52.html", "d52"),
            ("../frus/d52", "d52"),
            ("person:lansing", "lansing"),
            ("[Lansing](person:lansing)", "lansing"),
            ("[the reply](d52.md)", "d52"),
            ("@lcw-45", "lcw-45"),
            ("сhicherin", "chicherin"),
            ("ф. 5/12", "f-5-12"),
            ("letter.md.md", "letter"),
        ];
        cases.iter().for_each(|(typed, id)| assert_eq!(meant_id(typed), *id, "{typed}"));
    }
}
