//! Typed access to what an editor typed: text, lists, ids, words of a vocabulary, maps with known fields.
//!
//! Nothing here stops at the first slip: a value of the wrong form is reported and left out, and the next one is read.

use super::date::DateContext;
use super::other_names;
use super::shapes;
use super::yaml::{Key, Node, NodeKind};
use crate::base::path::ContentPath;
use crate::base::script;
use crate::base::slug;
use crate::base::span::{Span, Spanned};
use crate::base::suggest;
use crate::base::text as measure;
use crate::diag::{Code, Diagnostic, Label};

/// Reads values of one file and collects findings.
pub(super) struct Reader<'a> {
    /// The file.
    pub(super) file: &'a ContentPath,
    /// Its whole text, for corrected lines.
    pub(super) text: &'a str,
    /// How its dates are read.
    pub(super) dates: DateContext,
    /// What was found.
    pub(super) findings: Vec<Diagnostic>,
}

/// How many of the last findings may be of the map that is being read.
const RECENT: usize = 40;

/// The fields of one map, all of them known.
#[derive(Clone, Copy)]
pub(super) struct Fields<'n> {
    entries: &'n [(Key, Node)],
}

impl<'n> Fields<'n> {
    /// No fields.
    pub(super) const NONE: Self = Self { entries: &[] };

    /// The value of a field that has one.
    pub(super) fn get(&self, name: &str) -> Option<&'n Node> {
        let (_, node) = self.entries.iter().find(|(key, _)| key.text == name)?;
        (!matches!(node.kind, NodeKind::Null | NodeKind::Unreadable)).then_some(node)
    }

    /// Whether the field was typed, with or without a readable value.
    pub(super) fn has(&self, name: &str) -> bool {
        self.key(name).is_some()
    }

    /// The name as typed.
    pub(super) fn key(&self, name: &str) -> Option<&'n Key> {
        self.entries.iter().map(|(key, _)| key).find(|key| key.text == name)
    }

    /// All fields as typed.
    pub(super) fn entries(&self) -> &'n [(Key, Node)] {
        self.entries
    }
}

/// The values of a list, or the one value that stands for a list of one.
pub(super) fn items(node: &Node) -> &[Node] {
    match &node.kind {
        NodeKind::List(items) => items,
        NodeKind::Null | NodeKind::Unreadable => &[],
        _ => std::slice::from_ref(node),
    }
}

/// Whether the value is a map that has one of these names.
pub(super) fn has_any(node: &Node, names: &[&str]) -> bool {
    matches!(&node.kind, NodeKind::Map(entries) if entries.iter().any(|(key, _)| names.contains(&key.text.as_str())))
}

impl<'a> Reader<'a> {
    /// A reader of `file`.
    pub(super) fn new(file: &'a ContentPath, text: &'a str, dates: DateContext) -> Self {
        Self { file, text, dates, findings: Vec::new() }
    }

    /// A place in this file.
    pub(super) fn label(&self, span: Span) -> Label {
        Label::new(self.file, span)
    }

    /// Reports a finding; the answer takes help and other places.
    pub(super) fn report(&mut self, code: Code, message: impl Into<String>, span: Span) -> &mut Diagnostic {
        let place = self.label(span);
        self.findings.push(Diagnostic::new(code, message, place));
        self.findings.last_mut().expect("a finding was pushed the line before")
    }

    /// The fields of a map; names that are not `known` and names without a value are reported. `what` is said of other values.
    pub(super) fn fields<'n>(&mut self, node: &'n Node, what: &str, known: &[&str]) -> Option<Fields<'n>> {
        if self.unbraced(node, other_names::bare(what), known) {
            return None;
        }
        let fields = self.entries(node, what)?;
        let glued = self.glued(node, fields.entries, known);
        let mut within = 0;
        for (at, (key, value)) in fields.entries.iter().enumerate() {
            if within > 0 || glued.contains(&at) {
                within = usize::saturating_sub(within, 1);
                continue;
            }
            if known.contains(&key.text.as_str()) {
                within = self.lost_indentation(fields.entries, at, known, other_names::fields_within(&key.text));
                if within == 0 {
                    self.report_empty(what, key, value);
                }
                continue;
            }
            if value.kind == NodeKind::Null && at > 0 && self.stray_words(node, &fields.entries[at - 1], key) {
                continue;
            }
            let help = instead(&key.text, known);
            let message = format!("{what} has no field `{}`", measure::head(&key.text, 60).0);
            self.report(Code::UnknownField, message, key.span).help.push(help);
        }
        Some(fields)
    }

    /// `{ printed: April 24, 1922 }`: in braces a comma ends the value, and what follows it has no colon.
    fn stray_words(&mut self, map: &Node, before: &(Key, Node), key: &Key) -> bool {
        let text = self.text;
        let typed = |span: Span| text.get(span.range()).unwrap_or("");
        let NodeKind::Scalar { .. } = before.1.kind else { return false };
        if !typed(map.span).starts_with('{') {
            return false;
        }
        let whole = typed(before.1.span.to(key.span));
        let finding =
            self.report(Code::UnknownField, format!("a comma in braces ends the value, and `{}` is no field", key.text), key.span);
        finding.help.push(format!("write `{}: {}`", before.0.text, super::yaml::quoted(whole)));
        true
    }

    /// The fields of a map whose names are free, as ids are.
    pub(super) fn open_fields<'n>(&mut self, node: &'n Node, what: &str) -> Option<Fields<'n>> {
        let fields = self.entries(node, what)?;
        let inner = other_names::fields_of_entry(what);
        let mut within = 0;
        for (at, (key, value)) in fields.entries.iter().enumerate() {
            if within > 0 {
                within -= 1;
                continue;
            }
            within = self.lost_indentation(fields.entries, at, &[], inner);
            if within == 0 {
                self.report_empty(what, key, value);
            }
        }
        Some(fields)
    }

    fn report_empty(&mut self, what: &str, key: &Key, value: &Node) {
        if value.kind != NodeKind::Null {
            return;
        }
        let name = measure::head(&key.text, 60).0;
        if other_names::is_needed(what, name) {
            let help = format!("type it behind the colon: `{name}: …`");
            self.report(Code::MissingField, format!("{what} has an empty `{name}`"), key.span).help.push(help);
        } else {
            self.report(Code::EmptyValue, format!("`{name}` has no value"), key.span)
                .help
                .push("leave the line out until there is a value".into());
        }
    }

    fn entries<'n>(&mut self, node: &'n Node, what: &str) -> Option<Fields<'n>> {
        match &node.kind {
            NodeKind::Map(entries) => Some(Fields { entries }),
            NodeKind::Null | NodeKind::Unreadable => None,
            _ => {
                let message = format!("{what} must be a map of fields, but is {}", kind_of(node));
                let typed = self.text.get(node.span.range()).unwrap_or_default();
                let help = other_names::example(other_names::bare(what), typed);
                self.report(Code::WrongType, message, node.span).help.push(help);
                None
            }
        }
    }

    /// Words; `name` is the field's.
    pub(super) fn spanned(&mut self, node: &Node, name: &str) -> Option<Spanned<String>> {
        match &node.kind {
            NodeKind::Scalar { text, .. } if text.trim().is_empty() => {
                self.report(Code::EmptyValue, format!("`{name}` has no value"), node.span)
                    .help
                    .push("leave it out until there is a value".into());
                None
            }
            NodeKind::Scalar { text, .. } => Some(Spanned::new(text.trim().to_owned(), node.span)),
            NodeKind::Null => {
                self.report(Code::EmptyValue, format!("an item of `{name}` has no value"), node.span).help.push("leave it out".into());
                None
            }
            NodeKind::Unreadable => None,
            NodeKind::List(_) | NodeKind::Map(_) => {
                let typed = self.text.get(node.span.range()).unwrap_or("");
                let help = match typed.contains('\n') || typed.len() > 120 {
                    true => format!("write the words of `{name}` in quotation marks"),
                    false => format!("if these are words, put them in quotation marks: `{}`", super::yaml::quoted(typed)),
                };
                let message = format!("`{name}` must be text, but is {}", kind_of(node));
                self.report(Code::WrongType, message, node.span).help.push(help);
                None
            }
        }
    }

    /// A field with words and their place.
    pub(super) fn spanned_of(&mut self, fields: &Fields, name: &str) -> Option<Spanned<String>> {
        fields.get(name).and_then(|node| self.spanned(node, name))
    }

    /// A field with words.
    pub(super) fn text_of(&mut self, fields: &Fields, name: &str) -> Option<String> {
        self.spanned_of(fields, name).map(|words| words.value)
    }

    /// A field with a web address; anything else is reported, since readers would click on it.
    pub(super) fn web_of(&mut self, fields: &Fields, name: &str) -> Option<String> {
        let words = self.spanned_of(fields, name)?;
        self.web(words, name)
    }

    /// A web address.
    pub(super) fn web(&mut self, words: Spanned<String>, name: &str) -> Option<String> {
        if measure::is_web_address(&words.value) {
            return Some(words.value);
        }
        let message = format!("`{name}` is no web address: `{}`", measure::head(&words.value, 60).0);
        self.report(Code::UnknownValue, message, words.span)
            .help
            .push("write the whole address, as `https://example.org/letters/1`".into());
        None
    }

    /// A field with one text or several.
    pub(super) fn texts_of(&mut self, fields: &Fields, name: &str) -> Vec<Spanned<String>> {
        self.several_of(fields, name, &[]).iter().filter_map(|node| self.spanned(node, name)).collect()
    }

    /// A field in the form of an id.
    pub(super) fn id_of(&mut self, fields: &Fields, name: &str) -> Option<Spanned<String>> {
        let words = self.spanned_of(fields, name)?;
        self.check_id(&words, name).then_some(words)
    }

    /// A field with one id or several.
    pub(super) fn ids_of(&mut self, fields: &Fields, name: &str) -> Vec<Spanned<String>> {
        let mut ids = self.texts_of(fields, name);
        ids.retain(|id| self.check_id(id, name));
        ids
    }

    /// Reports what has not the form of an id; `name` is the field's, empty when the id itself is the name.
    pub(super) fn check_id(&mut self, words: &Spanned<String>, name: &str) -> bool {
        let good = slug::is_id(&words.value);
        if !good {
            let shown = measure::head(&words.value, 60).0;
            let better = shapes::meant_id(&words.value);
            let place = if name.is_empty() { String::new() } else { format!(" in `{name}`") };
            let strange = script::strange_letters(&words.value, &better).map(|why| format!(": {why}"));
            let blank = words.value.chars().find(|letter| letter.is_whitespace() && *letter != ' ');
            let why = strange.or_else(|| blank.map(|blank| format!(": {} stands in it", script::blank_name(blank)))).unwrap_or_default();
            let finding = self.report(Code::BadId, format!("`{shown}`{place} is no id{why}"), words.span);
            let ids: Vec<&str> = words.value.split_whitespace().collect();
            if ids.len() > 1 && ids.iter().all(|id| slug::is_id(id) && id.contains('-')) {
                finding.help.push(format!("type a comma between two ids: `[{}]`", ids.join(", ")));
            } else if better.is_empty() {
                finding.help.push("use small letters a–z, digits and hyphens".into());
            } else {
                finding.help.push(format!("write `{better}`"));
            }
        }
        good
    }

    /// A field with one word of a vocabulary.
    pub(super) fn word_of<T: Copy>(&mut self, fields: &Fields, name: &str, known: &[(T, &str)]) -> Option<T> {
        let words = self.spanned_of(fields, name)?;
        let found = known.iter().find(|(_, word)| *word == words.value).map(|(value, _)| *value);
        if found.is_none() {
            self.unknown_word(&words, name, known.iter().map(|(_, word)| *word));
        }
        found
    }

    /// Reports a word outside a vocabulary.
    pub(super) fn unknown_word<'w>(&mut self, words: &Spanned<String>, name: &str, known: impl Iterator<Item = &'w str> + Clone) {
        let message = format!("`{name}` cannot be `{}`", measure::head(&words.value, 60).0);
        let near = suggest::nearest(&words.value, known.clone());
        let help = match near {
            Some(word) => suggest::did_you_mean(&words.value, word),
            None => format!("use one of {}", listed(&known.collect::<Vec<_>>())),
        };
        self.report(Code::UnknownValue, message, words.span).help.push(help);
    }

    /// A field with a language as BCP 47 names it: `en`, `de-CH`, `sr-Latn`.
    pub(super) fn language_of(&mut self, fields: &Fields, name: &str) -> Option<String> {
        let words = self.spanned_of(fields, name)?;
        self.check_language(&words, name).then_some(words.value)
    }

    /// Reports what is no language code.
    pub(super) fn check_language(&mut self, words: &Spanned<String>, name: &str) -> bool {
        if is_language(&words.value) {
            return true;
        }
        let message = format!("`{name}` must be a language code, but is `{}`", measure::head(&words.value, 60).0);
        self.report(Code::UnknownValue, message, words.span).help.push("write a code such as `en`, `ru` or `de-CH`".into());
        false
    }

    /// A field with a whole number.
    pub(super) fn number_of(&mut self, fields: &Fields, name: &str) -> Option<i32> {
        let words = self.spanned_of(fields, name)?;
        let number = words.value.parse().ok();
        if number.is_none() {
            let message = format!("`{name}` must be a whole number, but is `{}`", measure::head(&words.value, 60).0);
            self.report(Code::WrongType, message, words.span).help.push("write digits only, as `10`".into());
        }
        number
    }

    /// Reports a field that must be there; `at` is the place of what lacks it.
    ///
    /// Nothing is said where another name was typed that was taken for this one: to mend it mends both.
    pub(super) fn missing(&mut self, what: &str, name: &str, at: Span) {
        let meant = format!("did you mean `{name}`?");
        let misspelt =
            |finding: &Diagnostic| finding.code == Code::UnknownField && finding.help.contains(&meant) && finding.message.starts_with(what);
        // `{ref:lansing}` was reported as such.
        let typed = self.text.get(at.range()).unwrap_or_default();
        let own = |start: usize| !typed[..start].ends_with(|letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_'));
        let glued = |end: usize| !typed[end..].starts_with([' ', '\n']);
        let named = format!("{name}:");
        let there = typed.match_indices(&named).any(|(start, _)| own(start) && glued(start + named.len()));
        if there || self.findings.iter().rev().take(RECENT).any(misspelt) {
            return;
        }
        self.report(Code::MissingField, format!("{what} has no `{name}`"), at).help.push(format!("add `{name}: …`"));
    }
}

/// Whether the text has the form of a language tag (RFC 5646): two or three letters, then subtags of two to eight letters or digits.
pub(super) fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let main = parts.next().unwrap_or("");
    matches!(main.len(), 2 | 3)
        && main.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| matches!(part.len(), 1..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Known words for a sentence, at most twelve.
fn instead(typed: &str, known: &[&str]) -> String {
    if let Some(words) = other_names::inside(typed, known) {
        return words;
    }
    let near = other_names::meant(typed, known).or_else(|| suggest::nearest(typed, known.iter().copied())).or_else(|| {
        let other = typed.replace('-', "_").to_lowercase();
        known.iter().copied().find(|word| *word == other)
    });
    near.map_or_else(|| format!("use one of {}", listed(known)), |word| suggest::did_you_mean(typed, word))
}

pub(super) fn listed(known: &[&str]) -> String {
    let mut out = known.iter().take(12).map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    if known.len() > 12 {
        out.push_str(" …");
    }
    out
}

fn kind_of(node: &Node) -> &'static str {
    match node.kind {
        NodeKind::Scalar { .. } => "text",
        NodeKind::List(_) => "a list",
        NodeKind::Map(_) => "a map of fields",
        NodeKind::Null | NodeKind::Unreadable => "empty",
    }
}
