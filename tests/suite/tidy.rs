//! The order of the house: who may use whom, one door per crate, lengths, names, paths in the architecture page.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All Rust files of `src` with their paths from the top, in order.
fn sources() -> BTreeMap<String, String> {
    fn walk(folder: &Path, found: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(folder).expect("src is there") {
            let path = entry.expect("src can be read").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root()).expect("inside").to_string_lossy().replace('\\', "/");
                found.insert(name, fs::read_to_string(&path).expect("source is text"));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(&root().join("src"), &mut found);
    found
}

/// The code of a file without its unit tests.
fn without_tests(text: &str) -> &str {
    text.find("#[cfg(test)]\nmod tests").map_or(text, |at| &text[..at])
}

/// The room of a file: `src/parse/date.rs` and `src/parse.rs` are in `parse`.
fn room(path: &str) -> &str {
    let inside = path.trim_start_matches("src/");
    inside.split('/').next().unwrap_or(inside).trim_end_matches(".rs")
}

/// Room → rooms it may use. The pipeline, the command line and the commands stand above all.
const ARROWS: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("diag", &["base"]),
    ("model", &["base"]),
    ("formats", &["base", "diag", "model"]),
    ("load", &["base", "diag"]),
    ("import", &["base", "diag", "model", "formats", "load", "parse"]),
    ("proof", &["base", "diag", "model"]),
    ("parse", &["base", "diag", "model", "formats", "load", "proof"]),
    ("resolve", &["base", "diag", "model", "parse"]),
    ("check", &["base", "diag", "model", "resolve", "proof"]),
    ("render", &["base", "diag", "model", "formats", "resolve", "load"]),
    ("export", &["base", "diag", "model", "formats", "resolve", "render"]),
    ("write", &["base", "diag", "formats", "load", "render"]),
];

/// Crate → the one file that may name it.
const DOORS: &[(&str, &str)] = &[
    ("walkdir", "src/load/walk.rs"),
    ("pulldown_cmark", "src/parse/markdown.rs"),
    ("saphyr_parser", "src/parse/yaml.rs"),
    ("serde_yaml", "src/formats/yaml.rs"),
    ("biblatex", "src/formats/bibtex.rs"),
    ("parse_wiki_text_2", "src/formats/mediawiki.rs"),
    ("scraper", "src/formats/html.rs"),
    ("edtf_core", "src/formats/edtf.rs"),
    ("quick_xml", "src/formats/xml.rs"),
    ("encoding_rs", "src/formats/encoding.rs"),
    ("chardetng", "src/formats/encoding.rs"),
    ("hayagriva", "src/formats/csl.rs"),
    ("ciborium", "src/formats/csl.rs"),
    ("tera", "src/render/templates.rs"),
    ("syntect", "src/render/highlight.rs"),
    ("two_face", "src/render/highlight.rs"),
    ("annotate_snippets", "src/diag/human.rs"),
    ("blake3", "src/base/digest.rs"),
    ("sha2", "src/base/digest.rs"),
    ("ammonia", "src/render/sanitise.rs"),
    ("any_ascii", "src/base/slug.rs"),
    ("unicode_normalization", "src/base/text.rs"),
    ("clap_complete", "src/command/shell.rs"),
    ("clap_mangen", "src/command/shell.rs"),
    ("icu_collator", "src/base/collate.rs"),
    ("postcard", "src/formats/record.rs"),
    ("indicatif", "src/command/progress.rs"),
    ("mimalloc", "src/main.rs"),
    ("notify", "src/serve/watch.rs"),
    ("tiny_http", "src/serve/http.rs"),
    ("open", "src/serve/browser.rs"),
    ("imagesize", "src/load/image.rs"),
];

const BANNED: &[&str] = &["utils", "util", "common", "helpers", "helper", "shared", "manager", "misc"];

/// Lines of code that name `word` as a path (`word::`), outside comments.
fn uses(text: &str, word: &str) -> Vec<usize> {
    let needle = format!("{word}::");
    let named = |line: &str| {
        line.match_indices(&needle).any(|(at, _)| {
            let before = line[..at].chars().next_back();
            !before.is_some_and(|letter| letter.is_alphanumeric() || letter == '_' || (letter == ':' && !line[..at].ends_with("crate::")))
        })
    };
    (1..).zip(text.lines()).filter(|(_, line)| !line.trim_start().starts_with("//") && named(line)).map(|(number, _)| number).collect()
}

#[test]
fn arrows_point_down() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == room(&path)) else { continue };
        for (other, _) in ARROWS {
            if *other == room(&path) || allowed.contains(other) {
                continue;
            }
            for line in uses(without_tests(&text), &format!("crate::{other}")) {
                wrong.push(format!("{path}:{line} uses `{other}`"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// A page is made again when something it used has changed: so every part of the site must be able to note its use.
#[test]
fn all_parts_of_the_site_are_watched() {
    let mut seen = 0;
    for (file, name) in [("src/resolve.rs", "Site"), ("src/resolve/backreferences.rs", "BackReferences")] {
        let text = fs::read_to_string(root().join(file)).expect("the room is there");
        let body = text.split_once(&format!("pub struct {name} {{")).and_then(|(_, rest)| rest.split_once("\n}")).expect("it is there").0;
        for field in body.lines().map(str::trim).filter(|line| line.starts_with("pub ")) {
            let kind = field.split_once(": ").expect("a field has a type").1;
            let watched = ["Watched<", "Listed<Watched<", "Listed<Summary>", "Keyed<", "backreferences::BackReferences"];
            assert!(watched.iter().any(|wrapper| kind.starts_with(wrapper)), "{name}: `{field}` cannot note its use (src/base/watch.rs)");
            seen += 1;
        }
    }
    assert!(seen > 12, "the parts were found");
}

/// What is read on another thread is not noted, so pages are made without threads inside.
#[test]
fn only_these_files_start_threads() {
    let known = [
        "src/check.rs",
        "src/command/import.rs",
        "src/export/json.rs",
        "src/export/tei.rs",
        "src/export/text.rs",
        "src/import/plan.rs",
        "src/load/walk.rs",
        "src/parse.rs",
        "src/pipeline/kept.rs",
        "src/pipeline/live.rs",
        "src/pipeline/update.rs",
        "src/render.rs",
        "src/render/citation/template.rs",
        "src/resolve.rs",
        "src/write/record.rs",
    ];
    let using: Vec<String> = sources().into_iter().filter(|(_, text)| !uses(text, "rayon").is_empty()).map(|(path, _)| path).collect();
    assert_eq!(using, known);
}

#[test]
fn each_crate_has_one_door() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        for (name, door) in DOORS {
            if path != *door && !uses(&text, name).is_empty() {
                wrong.push(format!("{path} names `{name}`, whose door is {door}"));
            }
        }
    }
    for (name, door) in DOORS {
        let text = fs::read_to_string(root().join(door)).unwrap_or_default();
        if !text.contains(name) {
            wrong.push(format!("{door} is no door to `{name}`"));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn files_and_functions_are_short() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let code = without_tests(&text);
        if code.lines().count() > 600 {
            wrong.push(format!("{path} has {} lines", code.lines().count()));
        }
        let mut start: Option<(usize, usize, String)> = None;
        for (number, line) in (1..).zip(code.lines()) {
            let indent = line.len() - line.trim_start().len();
            let words = line.trim_start();
            let is_function = ["fn ", "pub fn ", "pub(super) fn ", "pub(crate) fn ", "const fn ", "pub const fn "]
                .iter()
                .any(|head| words.starts_with(head));
            if start.is_none() && is_function && words.ends_with('{') {
                start = Some((number, indent, words.to_owned()));
            } else if let Some((first, at, name)) = &start
                && indent == *at
                && words == "}"
            {
                if number - first + 1 > 70 {
                    wrong.push(format!("{path}:{first} `{name}` has {} lines", number - first + 1));
                }
                start = None;
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn names_and_openings() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let stem = Path::new(&path).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        if BANNED.contains(&stem.as_str()) || path.split('/').any(|part| BANNED.contains(&part)) {
            wrong.push(format!("{path} has a banned name"));
        }
        if !text.starts_with("//!") && !text.starts_with("#![doc") {
            wrong.push(format!("{path} does not say what it is"));
        }
        for sign in [".unwrap()", "todo!(", "unimplemented!(", "dbg!("] {
            if without_tests(&text).lines().any(|line| !line.trim_start().starts_with("//") && line.contains(sign)) {
                wrong.push(format!("{path} has `{sign}`"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn paths_of_the_architecture_page_exist() {
    let page = fs::read_to_string(root().join("src/ARCHITECTURE.md")).expect("the page is there");
    let named: Vec<&str> =
        page.split('`').skip(1).step_by(2).filter(|word| word.starts_with("src/") || word.starts_with("tests/")).collect();
    assert!(named.len() > 15, "the page names its paths");
    let missing: Vec<&str> = named.into_iter().filter(|path| !root().join(path).exists()).collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn embedded_themes_are_the_folder() {
    fn walk(folder: &Path, base: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).expect("themes are there") {
            let path = entry.expect("themes can be read").path();
            if path.is_dir() {
                walk(&path, base, found);
            } else {
                found.push(path.strip_prefix(base).expect("inside").to_string_lossy().replace('\\', "/"));
            }
        }
    }
    let mut on_disk = Vec::new();
    walk(&root().join("themes"), &root().join("themes"), &mut on_disk);
    on_disk.sort();
    let embedded: Vec<String> = ibid::load::builtin::FILES.iter().map(|(path, _)| (*path).to_owned()).collect();
    assert_eq!(embedded, on_disk);
}

#[test]
fn words_are_there_in_every_language() {
    let folder = root().join("themes/octavo/words");
    let words = |path: PathBuf| -> Vec<String> {
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        ibid::formats::yaml::read::<BTreeMap<String, String>>(&text).expect("words are a flat map").into_keys().collect()
    };
    for part in ["", "phrases/"] {
        let english = words(folder.join(format!("{part}en.yaml")));
        for language in ["de", "fr", "ru"] {
            assert_eq!(words(folder.join(format!("{part}{language}.yaml"))), english, "{part}{language}.yaml");
        }
    }
    let mut known = words(folder.join("phrases/en.yaml"));
    known.extend(words(folder.join("en.yaml")));
    let mut missing = Vec::new();
    let kinds = ibid::model::document::KINDS.iter().map(|kind| format!("kind_{kind}"));
    missing.extend(kinds.filter(|kind| !known.contains(kind)));
    for (path, text) in sources().into_iter().filter(|(path, _)| path.starts_with("src/render")) {
        for call in ["words.get(\"", "words.fill(\""] {
            for (at, _) in text.match_indices(call) {
                let key = text[at + call.len()..].split('"').next().unwrap_or_default();
                if !known.iter().any(|word| word == key) {
                    missing.push(format!("{path}: {key}"));
                }
            }
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}
