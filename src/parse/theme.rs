//! Themes: from files to templates, words and files to publish. An edition's own theme stands in file by file for the built-in one of the same name.
//!
//! What is built in is read as the program's own; what stands in `themes/` of the edition was typed by somebody, and is read with places.

mod own;

use crate::base::path::ContentPath;
use crate::base::span::Spanned;
use crate::base::suggest::nearest;
use crate::diag::{Checked, Code, Diagnostic, Label};
use crate::formats::yaml;
use crate::load::File;
use crate::model::config::Config;
use crate::model::theme::{Manifest, Theme};
use std::collections::BTreeMap;

/// Themes deeper than this are taken for a circle.
const DEEPEST: usize = 8;
/// The theme that every other is based on, and that stands in where one cannot be used.
const FIRST: &str = "octavo";
/// The template without which there is no site.
const HOME: &str = "home.html";

/// All files of themes by path under `themes/`: the edition's own before those that are built in.
pub(super) struct Files<'a> {
    all: BTreeMap<&'a str, &'a [u8]>,
    own: BTreeMap<&'a str, &'a File>,
    builtin: BTreeMap<&'a str, &'a [u8]>,
}

/// A theme and what its manifest says.
pub(super) struct Link {
    name: String,
    manifest: Manifest,
    /// The base with its place, when the manifest is the edition's own.
    base: Option<Spanned<String>>,
    /// `static` was typed.
    lists_files: bool,
    /// `preload` was typed.
    lists_preload: bool,
}

/// The edition's theme with all it takes from its bases. `builtin` are the files embedded in the program, by path under `themes/`.
#[must_use]
pub fn read(config: &Config, own: &[File], builtin: &[(&'static str, &'static [u8])]) -> Checked<Theme> {
    let mut findings = Vec::new();
    let builtin: BTreeMap<&str, &[u8]> = builtin.iter().map(|(path, bytes)| (*path, *bytes)).collect();
    // A copy of what is built in is none of the edition's own.
    let own: BTreeMap<&str, &File> = own
        .iter()
        .filter_map(|file| Some((file.path.as_str().strip_prefix("themes/")?, file)))
        .filter(|(path, file)| builtin.get(path) != Some(&file.bytes()))
        .collect();
    let mut all = builtin.clone();
    all.extend(own.iter().map(|(path, file)| (*path, file.bytes())));
    let files = Files { all, own, builtin };
    let chain = chain(config, &files, &mut findings);
    let theme = assemble(config, &files, &chain, &mut findings);
    Checked::new(theme, findings)
}

/// The theme, its base, the base's base.
fn chain(config: &Config, files: &Files, findings: &mut Vec<Diagnostic>) -> Vec<Link> {
    let mut chain: Vec<Link> = Vec::new();
    let (mut name, mut place) = (config.theme.value.clone(), Label::new(&config.file, config.theme.span));
    loop {
        let Some(link) = link(files, &name, findings) else {
            findings.push(unknown(files, &name, place));
            name = FIRST.to_owned();
            place = Label::file(&config.file);
            // The built-in theme is always there.
            if chain.iter().all(|known| known.name != name) && chain.len() < DEEPEST {
                continue;
            }
            break;
        };
        let base = link.base.clone();
        let file = manifest_file(&link.name);
        chain.push(link);
        match base {
            Some(base) if chain.len() < DEEPEST && chain.iter().all(|known| known.name != base.value) => {
                place = Label::new(&file, base.span);
                name = base.value;
            }
            Some(base) => {
                let message = format!("the theme `{}` is based on itself", base.value);
                findings.push(
                    Diagnostic::new(Code::UnknownValue, message, Label::new(&file, base.span)).help(format!("write `base: {FIRST}`")),
                );
                break;
            }
            None => break,
        }
    }
    stand_on_ground(files, chain, findings)
}

/// A theme that neither has the templates of a site nor takes them from a base is told to take them from the first one.
fn stand_on_ground(files: &Files, mut chain: Vec<Link>, findings: &mut Vec<Diagnostic>) -> Vec<Link> {
    let has_home = |link: &Link| files.all.contains_key(format!("{}/templates/{HOME}", link.name).as_str());
    let Some(last) = chain.last().filter(|_| !chain.iter().any(has_home)) else { return chain };
    let file = manifest_file(&last.name);
    // A base that is no theme, a circle, another name for `base` were reported.
    let reported = findings.iter().any(|finding| finding.primary.file == file && finding.code == Code::UnknownField);
    if last.base.is_none() && !reported {
        let message = format!("the theme `{}` has no `base`, and no template `{HOME}` of its own", last.name);
        findings
            .push(Diagnostic::new(Code::MissingField, message, Label::file(&file)).help(format!("add a line `base: {FIRST}` to `{file}`")));
    }
    chain.extend(link(files, FIRST, findings));
    chain
}

fn manifest_file(name: &str) -> ContentPath {
    ContentPath::new(format!("themes/{name}/theme.yaml"))
}

fn assemble(config: &Config, files: &Files, chain: &[Link], findings: &mut Vec<Diagnostic>) -> Theme {
    let find = |inside: &str| chain.iter().find_map(|link| files.all.get(format!("{}/{inside}", link.name).as_str()).copied());
    let mut theme = Theme { manifest: chain.first().map(|link| link.manifest.clone()).unwrap_or_default(), ..Theme::default() };
    theme.manifest.published = published(files, chain);
    theme.manifest.preload = chain.iter().find(|link| link.lists_preload).map(|link| link.manifest.preload.clone()).unwrap_or_default();
    for Link { name, .. } in chain {
        let prefix = format!("{name}/templates/");
        for (path, bytes) in files.all.range(prefix.as_str()..).take_while(|(path, _)| path.starts_with(&prefix)) {
            let text = String::from_utf8_lossy(bytes).into_owned();
            theme.templates.entry(path[prefix.len()..].to_owned()).or_insert(text);
        }
    }
    for published in &theme.manifest.published {
        if let Some(bytes) = find(&format!("static/{published}")) {
            theme.files.insert(published.clone(), bytes.to_vec());
        }
    }
    // What is not published cannot be fetched early.
    theme.manifest.preload.retain(|name| theme.files.contains_key(name));
    let language = config.language.split('-').next().unwrap_or("en");
    // English words stand in where a language has none.
    for language in ["en", language] {
        for Link { name, .. } in chain.iter().rev() {
            for part in ["words/phrases", "words"] {
                let path = format!("{name}/{part}/{language}.yaml");
                match (files.own.get(path.as_str()), files.all.get(path.as_str())) {
                    (Some(file), _) => theme.words.0.extend(own::words(file, findings)),
                    (None, Some(bytes)) => theme.words.0.extend(read_words(&path, bytes, findings)),
                    (None, None) => {}
                }
            }
        }
    }
    own::check(files, chain, findings);
    theme
}

/// The files that the nearest `static` lists; a theme that lists none has those of its base, and its own beside them.
fn published(files: &Files, chain: &[Link]) -> Vec<String> {
    let listing = chain.iter().position(|link| link.lists_files).unwrap_or(chain.len());
    let mut published = chain.get(listing).map(|link| link.manifest.published.clone()).unwrap_or_default();
    for Link { name, .. } in &chain[..listing] {
        let prefix = format!("{name}/static/");
        let own = files.all.keys().filter_map(|path| path.strip_prefix(prefix.as_str()));
        published.extend(own.map(str::to_owned).collect::<Vec<_>>());
    }
    let mut seen = std::collections::BTreeSet::new();
    published.retain(|name| seen.insert(name.clone()));
    published
}

/// A theme's `theme.yaml`; `None` when there is no such theme.
fn link(files: &Files, name: &str, findings: &mut Vec<Diagnostic>) -> Option<Link> {
    let path = format!("{name}/theme.yaml");
    if let Some(file) = files.own.get(path.as_str()) {
        return Some(own::link(name, file, findings));
    }
    let bytes = files.all.get(path.as_str())?;
    let manifest = yaml::read::<Manifest>(&String::from_utf8_lossy(bytes)).unwrap_or_else(|error| {
        findings.push(unreadable(&path, &error));
        Manifest::default()
    });
    let base = manifest.base.clone().map(|base| Spanned::new(base, Default::default()));
    Some(Link { name: name.to_owned(), manifest, base, lists_files: true, lists_preload: true })
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
    Diagnostic::new(Code::TemplateError, message, Label::file(&file)).help("install the program again")
}

fn unknown(files: &Files, name: &str, place: Label) -> Diagnostic {
    let known: Vec<&str> = files.all.keys().filter_map(|path| path.strip_suffix("/theme.yaml")).collect();
    let help = nearest(name, known.iter().copied()).map_or_else(
        || format!("themes are `{}`, or a folder `themes/{name}/` with a `theme.yaml`", known.join("`, `")),
        |near| format!("use `{near}`"),
    );
    Diagnostic::new(Code::UnknownTheme, format!("there is no theme `{name}`"), place).help(help)
}
