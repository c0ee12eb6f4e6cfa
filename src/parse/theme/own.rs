//! The themes of an edition: manifests and words as somebody typed them, and what is nearly right in them.

use super::{Files, Link};
use crate::base::span::{Span, Spanned};
use crate::base::suggest::nearest;
use crate::diag::{Code, Diagnostic, Label};
use crate::load::File;
use crate::model::theme::{Manifest, Tokens};
use crate::parse::date::DateContext;
use crate::parse::fields::{Fields, Reader};
use crate::parse::yaml::{self, Node, NodeKind};
use std::collections::{BTreeMap, BTreeSet};

const FIELDS: [&str; 8] = ["name", "description", "licence", "authors", "base", "static", "preload", "tokens"];
/// Beginnings of words that are completed by a word of the edition's own: its kinds of documents, its note series, its languages.
const OPEN: [&str; 4] = ["kind_", "kinds_", "series_", "language_"];

/// Reads a manifest.
pub(super) fn link(name: &str, file: &File, findings: &mut Vec<Diagnostic>) -> Link {
    let mut link = Link { name: name.to_owned(), manifest: Manifest::default(), base: None, lists_files: false, lists_preload: false };
    with_fields(file, "the theme", Some(&FIELDS), findings, |reader, fields| {
        link.base = reader.spanned_of(fields, "base");
        link.lists_files = fields.has("static");
        link.lists_preload = fields.has("preload");
        let texts = |reader: &mut Reader, fields: &Fields, name: &str| -> Vec<String> {
            reader.texts_of(fields, name).into_iter().map(|text| text.value).collect()
        };
        let tokens = fields.get("tokens").and_then(|node| reader.fields(node, "`tokens`", &["colours", "family", "lengths"]));
        let tokens = tokens.map(|tokens| Tokens {
            colours: texts(reader, &tokens, "colours"),
            family: reader.text_of(&tokens, "family").unwrap_or_default(),
            lengths: texts(reader, &tokens, "lengths"),
        });
        link.manifest = Manifest {
            name: reader.text_of(fields, "name").unwrap_or_default(),
            description: reader.text_of(fields, "description").unwrap_or_default(),
            licence: reader.text_of(fields, "licence").unwrap_or_default(),
            authors: texts(reader, fields, "authors"),
            base: link.base.clone().map(|base| base.value),
            published: texts(reader, fields, "static"),
            preload: texts(reader, fields, "preload"),
            tokens: tokens.unwrap_or_default(),
        };
    });
    link
}

/// Reads words of the interface.
pub(super) fn words(file: &File, findings: &mut Vec<Diagnostic>) -> BTreeMap<String, String> {
    let mut words = BTreeMap::new();
    with_fields(file, "a list of words", None, findings, |reader, fields| {
        for (key, node) in fields.entries() {
            match &node.kind {
                NodeKind::Scalar { text, .. } => drop(words.insert(key.text.clone(), text.clone())),
                _ => drop(reader.spanned(node, &key.text)),
            }
        }
    });
    words
}

/// Reads a map of fields; `known` are the names it may have, if they are fixed.
fn with_fields(
    file: &File,
    what: &str,
    known: Option<&[&str]>,
    findings: &mut Vec<Diagnostic>,
    mut read: impl FnMut(&mut Reader, &Fields),
) {
    let text = match file.text() {
        Ok(text) => text,
        Err(finding) => return findings.push(*finding),
    };
    let tree = yaml::read(&file.path, text, Span::new(0, text.len()));
    let mut reader = Reader::new(&file.path, text, DateContext::default());
    reader.findings = tree.findings;
    let open = |reader: &mut Reader, node: &Node| match (known, &node.kind) {
        (Some(known), _) => reader.fields(node, what, known).map(|fields| read(reader, &fields)),
        (None, _) => reader.open_fields(node, what).map(|fields| read(reader, &fields)),
    };
    if let Some(node) = &tree.value {
        let mut open = open;
        open(&mut reader, node);
    }
    findings.extend(reader.findings);
}

/// Finds names that lead nowhere: files that are not there, words that no page has, tokens that no stylesheet uses.
pub(super) fn check(files: &Files, chain: &[Link], findings: &mut Vec<Diagnostic>) {
    for link in chain {
        let own = |inside: &str| files.own.get(format!("{}/{inside}", link.name).as_str()).copied();
        if let Some(manifest) = own("theme.yaml") {
            check_files(files, chain, link, manifest, findings);
        }
        if let Some(tokens) = own("static/tokens.css") {
            check_tokens(files, chain, tokens, findings);
        }
        for language in ["en", "de", "fr", "ru"] {
            for part in ["words", "words/phrases"] {
                if let Some(file) = own(&format!("{part}/{language}.yaml")) {
                    check_words(files, chain, file, findings);
                }
            }
        }
    }
}

fn check_files(files: &Files, chain: &[Link], link: &Link, manifest: &File, findings: &mut Vec<Diagnostic>) {
    let Ok(text) = manifest.text() else { return };
    let there: BTreeSet<&str> = chain
        .iter()
        .flat_map(|link| {
            let prefix = format!("{}/static/", link.name);
            files.all.keys().filter_map(move |path| path.strip_prefix(prefix.as_str())).collect::<Vec<_>>()
        })
        .collect();
    for (field, listed) in [("static", &link.manifest.published), ("preload", &link.manifest.preload)] {
        for name in listed.iter().filter(|name| !there.contains(name.as_str())) {
            let at = text.find(name.as_str()).map(|at| Span::new(at, at + name.len()));
            let message = format!("`{field}` names `{name}`, and no file of this name is in `static/` of the theme or its base");
            let place = at.map_or_else(|| Label::file(&manifest.path), |at| Label::new(&manifest.path, at));
            let help = match nearest(name, there.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("put the file into `themes/{}/static/`, or take its name out of the list", link.name),
            };
            findings.push(Diagnostic::new(Code::UnknownValue, message, place).help(help));
        }
    }
}

/// Custom properties that are set in `tokens.css`, and neither known to a theme nor used in the theme's own stylesheets.
fn check_tokens(files: &Files, chain: &[Link], tokens: &File, findings: &mut Vec<Diagnostic>) {
    let Ok(text) = tokens.text() else { return };
    let known: BTreeSet<&str> = chain
        .iter()
        .flat_map(|link| {
            let tokens = &link.manifest.tokens;
            tokens.colours.iter().chain(&tokens.lengths).chain([&tokens.family]).map(String::as_str)
        })
        .filter(|token| !token.is_empty())
        .collect();
    let sheets: String = chain
        .iter()
        .flat_map(|link| {
            let prefix = format!("{}/static/", link.name);
            let sheets = files.all.iter().filter(move |(path, _)| path.starts_with(&prefix) && path.ends_with(".css"));
            sheets.map(|(_, bytes)| String::from_utf8_lossy(bytes)).collect::<Vec<_>>()
        })
        .collect();
    for name in set_in(text) {
        let used = ["(", "( "].iter().any(|open| sheets.contains(&format!("var{open}{}", name.value)));
        if known.contains(name.value.as_str()) || used {
            continue;
        }
        let message = format!("no stylesheet uses `{}`", name.value);
        let help = match nearest(&name.value, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the theme takes `{}`", known.iter().copied().collect::<Vec<_>>().join("`, `")),
        };
        findings.push(Diagnostic::new(Code::UnknownField, message, Label::new(&tokens.path, name.span)).help(help));
    }
}

/// The custom properties that a stylesheet sets: `--name:` outside of comments.
fn set_in(text: &str) -> Vec<Spanned<String>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(step) = text[at..].find("--").map(|next| at + next) {
        if let Some(comment) = text[at..step].rfind("/*").map(|comment| at + comment)
            && !text[comment..step].contains("*/")
        {
            at = text[step..].find("*/").map_or(text.len(), |end| step + end);
            continue;
        }
        let name = text[step + 2..].find(|letter: char| !letter.is_alphanumeric() && letter != '-' && letter != '_');
        let end = name.map_or(text.len(), |length| step + 2 + length);
        if text[end..].trim_start().starts_with(':') && !text[..step].trim_end().ends_with('(') {
            found.push(Spanned::new(text[step..end].to_owned(), Span::new(step, end)));
        }
        at = end.max(step + 2);
    }
    found
}

/// Words that no built-in theme has and no template of the edition uses.
fn check_words(files: &Files, chain: &[Link], file: &File, findings: &mut Vec<Diagnostic>) {
    let Ok(text) = file.text() else { return };
    let mut known: BTreeSet<String> = BTreeSet::new();
    for (path, bytes) in files.builtin.iter().filter(|(path, _)| path.contains("/words/")) {
        let mut ignored = Vec::new();
        known.extend(super::read_words(path, bytes, &mut ignored).into_keys());
    }
    let templates: String = chain
        .iter()
        .flat_map(|link| {
            let prefix = format!("{}/templates/", link.name);
            let own = files.own.iter().filter(move |(path, _)| path.starts_with(&prefix));
            own.filter_map(|(_, file)| file.text().ok()).collect::<Vec<_>>()
        })
        .collect();
    let tree = yaml::read(&file.path, text, Span::new(0, text.len()));
    let Some(Node { kind: NodeKind::Map(entries), .. }) = &tree.value else { return };
    for (key, _) in entries {
        let word = key.text.as_str();
        let open = OPEN.iter().any(|open| word.starts_with(open));
        if known.contains(word) || open || templates.contains(word) {
            continue;
        }
        let help = match nearest(word, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "take the line out: no page has this word".to_owned(),
        };
        let message = format!("no template uses the word `{word}`");
        findings.push(Diagnostic::new(Code::UnknownField, message, Label::new(&file.path, key.span)).help(help));
    }
}
