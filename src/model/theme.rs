//! A theme: templates, files, words. What the built-in theme has and an edition's own theme does not override.

use crate::base::digest::Digest;
use crate::base::watch::{self, State};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `theme.yaml`
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Manifest {
    /// Shown to editors.
    pub name: String,
    /// What it looks like.
    pub description: String,
    /// Its licence, and those of its fonts.
    pub licence: String,
    /// Who made it.
    pub authors: Vec<String>,
    /// The theme it changes; its files stand in for those that are not here.
    pub base: Option<String>,
    /// Files under `static/` that are published with every site, under `theme/`.
    #[serde(rename = "static")]
    pub published: Vec<String>,
    /// Which of them to fetch before the stylesheet is read.
    pub preload: Vec<String>,
    /// What a theme based on this one may set in its `tokens.css`.
    pub tokens: Tokens,
}

/// Names of custom properties that make up a theme's look.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Tokens {
    /// Colours.
    pub colours: Vec<String>,
    /// The family.
    pub family: String,
    /// Lengths.
    pub lengths: Vec<String>,
}

/// A theme with everything it takes from its base.
#[derive(Clone, Debug, Default)]
pub struct Theme {
    /// The chosen theme's manifest.
    pub manifest: Manifest,
    /// Template name → text.
    pub templates: BTreeMap<String, String>,
    /// Path under `theme/` → bytes.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Interface words of the edition's language.
    pub words: Words,
}

impl Theme {
    /// The state of all that pages are made with.
    #[must_use]
    pub fn state(&self) -> State {
        let files: Vec<(&String, Digest)> = self.files.iter().map(|(name, bytes)| (name, Digest::of(bytes))).collect();
        watch::state(&(&self.words, &self.templates, files))
    }
}

/// Interface words in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Words(pub BTreeMap<String, String>);

impl Words {
    /// The word for `key`; the key itself where a theme has none, so that nothing vanishes.
    #[must_use]
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.0.get(key).map_or(key, String::as_str)
    }

    /// The word for `key` with `{name}` replaced by values.
    #[must_use]
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut rest = self.get(key);
        let mut text = String::with_capacity(rest.len() + 32);
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let named = after.split_once('}').and_then(|(name, left)| {
                let (_, value) = values.iter().find(|(known, _)| *known == name)?;
                Some((value, left))
            });
            match named {
                Some((value, left)) => {
                    text.push_str(value);
                    rest = left;
                }
                None => {
                    text.push('{');
                    rest = after;
                }
            }
        }
        text.push_str(rest);
        text
    }

    /// `{count}` things: `key_one`, `key_few` or `key_many` by the rule of `language` (CLDR cardinal plurals for the languages we ship).
    #[must_use]
    pub fn count(&self, language: &str, key: &str, count: usize) -> String {
        let form = plural(language, count);
        self.fill(&format!("{key}_{form}"), &[("count", &number(language, count))])
    }
}

/// A count as it is printed in a language: "1,140" in English, "1140" and "11 400" elsewhere, since four figures are not parted there.
#[must_use]
pub fn number(language: &str, count: usize) -> String {
    let english = matches!(language.split('-').next(), Some("en"));
    let figures = count.to_string();
    if figures.len() < if english { 4 } else { 5 } {
        return figures;
    }
    let mut parted = String::with_capacity(figures.len() + 4);
    for (at, figure) in figures.char_indices() {
        if at > 0 && (figures.len() - at).is_multiple_of(3) {
            parted.push(if english { ',' } else { '\u{202f}' });
        }
        parted.push(figure);
    }
    parted
}

fn plural(language: &str, count: usize) -> &'static str {
    match language.split('-').next().unwrap_or(language) {
        "ru" | "uk" | "be" => match (count % 10, count % 100) {
            (1, tens) if tens != 11 => "one",
            (2..=4, tens) if !(12..=14).contains(&tens) => "few",
            _ => "many",
        },
        "fr" if count < 2 => "one",
        _ if count == 1 => "one",
        _ => "many",
    }
}
