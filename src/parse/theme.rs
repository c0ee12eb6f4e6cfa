//! Themes: from files to templates, words and files to publish. An edition's own theme stands in file by file for the built-in one of the same name.

use crate::base::path::ContentPath;
use crate::diag::{Checked, Code, Diagnostic, Label};
use crate::formats::yaml;
use crate::load::File;
use crate::model::config::Config;
use crate::model::theme::{Manifest, Theme};
use std::collections::BTreeMap;

/// Themes deeper than this are taken for a circle.
const DEEPEST: usize = 8;

/// The edition's theme with all it takes from its bases. `builtin` are the files embedded in the program, by path under `themes/`.
#[must_use]
pub fn read(config: &Config, own: &[File], builtin: &[(&'static str, &'static [u8])]) -> Checked<Theme> {
    let mut findings = Vec::new();
    let mut files: BTreeMap<&str, &[u8]> = builtin.iter().map(|(path, bytes)| (*path, *bytes)).collect();
    files.extend(own.iter().filter_map(|file| Some((file.path.as_str().strip_prefix("themes/")?, file.bytes()))));
    let mut chain = Vec::new();
    let mut name = config.theme.value.clone();
    loop {
        let Some(manifest) = manifest(&files, &name, &mut findings) else {
            findings.push(unknown(config, &files, &name));
            break;
        };
        let base = manifest.base.clone();
        chain.push((name, manifest));
        match base {
            Some(base) if chain.len() < DEEPEST && chain.iter().all(|(known, _)| *known != base) => name = base,
            _ => break,
        }
    }
    let theme = assemble(config, &files, &chain, &mut findings);
    Checked::new(theme, findings)
}

fn assemble(config: &Config, files: &BTreeMap<&str, &[u8]>, chain: &[(String, Manifest)], findings: &mut Vec<Diagnostic>) -> Theme {
    let find = |inside: &str| chain.iter().find_map(|(name, _)| files.get(format!("{name}/{inside}").as_str()).copied());
    let mut theme = Theme { manifest: chain.first().map(|(_, manifest)| manifest.clone()).unwrap_or_default(), ..Theme::default() };
    for (name, _) in chain {
        let prefix = format!("{name}/templates/");
        for (path, bytes) in files.range(prefix.as_str()..).take_while(|(path, _)| path.starts_with(&prefix)) {
            let text = String::from_utf8_lossy(bytes).into_owned();
            theme.templates.entry(path[prefix.len()..].to_owned()).or_insert(text);
        }
    }
    for published in &theme.manifest.published {
        if let Some(bytes) = find(&format!("static/{published}")) {
            theme.files.insert(published.clone(), bytes.to_vec());
        }
    }
    let language = config.language.split('-').next().unwrap_or("en");
    // English words stand in where a language has none.
    for language in ["en", language] {
        for (name, _) in chain.iter().rev() {
            for part in ["words/phrases", "words"] {
                let path = format!("{name}/{part}/{language}.yaml");
                if let Some(bytes) = files.get(path.as_str()) {
                    theme.words.0.extend(read_words(&path, bytes, findings));
                }
            }
        }
    }
    theme
}

/// A theme's `theme.yaml`; `None` when there is no such theme.
fn manifest(files: &BTreeMap<&str, &[u8]>, name: &str, findings: &mut Vec<Diagnostic>) -> Option<Manifest> {
    let path = format!("{name}/theme.yaml");
    let bytes = files.get(path.as_str())?;
    match yaml::read::<Manifest>(&String::from_utf8_lossy(bytes)) {
        Ok(manifest) => Some(manifest),
        Err(error) => {
            findings.push(unreadable(&path, &error));
            Some(Manifest::default())
        }
    }
}

fn read_words(path: &str, bytes: &[u8], findings: &mut Vec<Diagnostic>) -> BTreeMap<String, String> {
    yaml::read(&String::from_utf8_lossy(bytes)).unwrap_or_else(|error| {
        findings.push(unreadable(path, &error));
        BTreeMap::new()
    })
}

fn unreadable(path: &str, error: &yaml::YamlError) -> Diagnostic {
    let file = ContentPath::new(format!("themes/{path}"));
    let message = format!("`{file}` cannot be read: {} (line {}, column {})", error.message, error.line, error.column);
    Diagnostic::new(Code::TemplateError, message, Label::file(&file)).help("correct the file, or remove it to go back to the built-in one")
}

fn unknown(config: &Config, files: &BTreeMap<&str, &[u8]>, name: &str) -> Diagnostic {
    let known: Vec<&str> = files.keys().filter_map(|path| path.strip_suffix("/theme.yaml")).collect();
    let help = crate::base::suggest::nearest(name, known.iter().copied()).map_or_else(
        || format!("themes are `{}`, or a folder `themes/{name}/` with a `theme.yaml`", known.join("`, `")),
        |near| format!("use `{near}`"),
    );
    Diagnostic::new(Code::UnknownTheme, format!("there is no theme `{name}`"), Label::new(&config.file, config.theme.span)).help(help)
}
