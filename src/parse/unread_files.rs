//! Files in the folder of the edition that no part of the program reads: a letter as a Word file, a text with another ending, a register beside its
//! folder. Whoever put one there expects to see it on the site.
//!
//! What the name shows to be meant for the edition is a warning; other files only a note, since editors keep their working papers there.

use super::{config, is_markdown, is_under, is_yaml, ledger, tombstone};
use crate::base::suggest::nearest;
use crate::diag::{Code, Diagnostic, Label, baseline};
use crate::load::{File, Inputs};
use crate::model::entity::EntityKind;
use std::collections::BTreeMap;

/// Names of files that systems and hosts put into folders, and what explains a folder to those who open it.
const NO_CONTENT: [&str; 5] = ["thumbs.db", "desktop.ini", "readme", "license", "cname"];

/// Folders in which something is read, and the one in which imports keep what they were made from.
const FOLDERS: [&str; 7] = ["documents", "pages", "registers", "media", "styles", "bibliography", "imported"];

/// Reports every file that is not read.
pub(super) fn run(inputs: &Inputs, findings: &mut Vec<Diagnostic>) {
    let settings = inputs.content.iter().any(|file| file.path.as_str() == config::FILE);
    let mut folders: BTreeMap<&str, (&File, usize)> = BTreeMap::new();
    for file in inputs.content.iter().filter(|file| !is_read(file)) {
        let path = file.path.as_str();
        let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
        if !settings && config::is_meant(path) {
            for missing in findings.iter_mut().filter(|finding| finding.code == Code::MissingEdition) {
                missing.help = vec![format!("rename `{path}` to `{}`", config::FILE)];
            }
            continue;
        }
        if NO_CONTENT.iter().any(|known| name.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))) {
            continue;
        }
        if let Some((folder, _)) = path.trim_start_matches("content/").split_once('/').filter(|(folder, _)| !FOLDERS.contains(folder)) {
            folders.entry(folder).or_insert((file, 0)).1 += 1;
            continue;
        }
        let has_fields = file.bytes().starts_with(b"---\n") || file.bytes().starts_with(b"---\r\n");
        let (code, help) = match name.rsplit_once('.') {
            Some((stem, "txt" | "text")) if has_fields && !stem.ends_with(".md") => (Code::UnreadFile, format!("rename it to `{stem}.md`")),
            _ => advice(path, &name),
        };
        let place = Label::file(&file.path);
        findings.push(Diagnostic::new(code, format!("`{path}` is not read"), place).help(help));
    }
    for (folder, (first, count)) in folders {
        let message = match count {
            1 => format!("the folder `content/{folder}` is not read, which holds one file"),
            _ => format!("the folder `content/{folder}` is not read, which holds {count} files"),
        };
        let help = match nearest(folder, FOLDERS) {
            Some(near) => format!("rename it to `content/{near}`, or move its files there"),
            None => "documents stand in `content/documents/` or folders below it; files that are no part of the edition outside `content/`"
                .to_owned(),
        };
        findings.push(Diagnostic::new(Code::UnreadFile, message, Label::file(&first.path)).help(help));
    }
}

fn is_read(file: &File) -> bool {
    let path = file.path.as_str();
    let texts = is_under(file, "documents/") || is_under(file, "pages/");
    matches!(path, config::FILE | ledger::FILE | tombstone::FILE | baseline::FILE)
        || is_under(file, "media/")
        || is_under(file, "imported/")
        || is_under(file, "bibliography")
        || texts && is_markdown(file)
        || is_under(file, "registers/") && is_yaml(file)
        || is_under(file, "styles/") && path.ends_with(".csl")
}

/// The code, and what to do with the file.
fn advice(path: &str, name: &str) -> (Code, String) {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let inside = path.trim_start_matches("content/");
    let place = |name: &str, folder: &str| format!("move it to `content/{folder}/{name}`");
    match ending {
        "md" if path.starts_with("content/documents/") || path.starts_with("content/pages/") => {
            (Code::UnreadFile, "write the ending of its name in small letters: `.md`".to_owned())
        }
        "md" => (Code::UnreadFile, format!("{}, or to `content/pages/` if it is no document", place(name, "documents"))),
        "txt" | "text" if stem.ends_with(".md") => {
            (Code::UnreadFile, format!("take `.{ending}` from its name, which Windows may hide: `{stem}`"))
        }
        "markdown" | "mdown" | "mkd" => (Code::UnreadFile, format!("rename it to `{stem}.md`")),
        "yaml" | "yml" if stem == "edition" => (Code::UnreadFile, format!("move it to `{}`", config::FILE)),
        "yaml" | "yml" if EntityKind::ALL.iter().any(|(_, _, register)| *register == stem) => (Code::UnreadFile, place(name, "registers")),
        "yaml" | "yml" | "bib" | "ris" | "json" if !inside.contains('/') => (
            Code::UnreadFile,
            "registers stand in `content/registers/`, works in `content/bibliography.yaml` or `content/bibliography/`".to_owned(),
        ),
        "docx" | "doc" | "odt" | "rtf" | "pages" | "wpd" => (
            Code::ForeignFile,
            "documents are plain text that ends in `.md`: save it as plain text (UTF-8) and run `ibid import text FILE`, or keep it outside `content/`"
                .to_owned(),
        ),
        "txt" | "text" => (Code::ForeignFile, "`ibid import text FILE` makes a document of it".to_owned()),
        "html" | "htm" => (Code::ForeignFile, "`ibid import html FILE` makes a document of it".to_owned()),
        "xml" => (Code::ForeignFile, "`ibid import tei FILE` makes documents of it, if it is TEI".to_owned()),
        _ => (Code::ForeignFile, "files to be shown or linked stand in `content/media/`; others are better kept outside `content/`".to_owned()),
    }
}
