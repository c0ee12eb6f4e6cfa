//! Cases that a person can read: a Markdown file with input files and what is made of them.
//!
//! A case is a text: first what it shows, then the input files, each under a heading `### path` in a fence (four backticks, so that front matter
//! and fences may stand inside), then from the first heading `## …` on the expected output. After the fence's `text` may stand `crlf` (line ends
//! as on Windows), `bom` (a byte order mark first), `open` (no line end at the end); for cases that are written to a disk also `windows-1251` (in that
//! encoding) and `link` (a link to the path in the fence). `BLESS=1` writes the expected output anew: read what it wrote.

use ibid::base::path::ContentPath;
use ibid::diag::{Diagnostic, arrange, human};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One case file.
pub struct Case {
    pub path: PathBuf,
    /// Everything before the expected output.
    head: String,
    /// From the first `## ` on.
    expected: String,
    /// Path → text, in the order of the file.
    pub files: Vec<(ContentPath, String)>,
    /// What stands after `text` at each file's fence.
    marks: Vec<String>,
}

impl Case {
    pub fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).expect("a case file is UTF-8");
        let mut files: Vec<(ContentPath, String)> = Vec::new();
        let mut all_marks = Vec::new();
        let mut heading = None;
        let mut open: Option<(String, String)> = None;
        let mut at = 0;
        let mut end = text.len();
        for line in text.split_inclusive('\n') {
            match &mut open {
                Some((marks, contents)) if line.trim_end() == "````" => {
                    all_marks.push(marks.clone());
                    files.push((
                        ContentPath::new(heading.take().expect("a fence stands under a heading with a path")),
                        dressed(contents, marks),
                    ));
                    open = None;
                }
                Some((_, contents)) => contents.push_str(line),
                None if line.starts_with("## ") => {
                    end = at;
                    break;
                }
                None if line.starts_with("### ") => heading = Some(line[4..].trim().to_owned()),
                None if line.starts_with("````text") && heading.is_some() => open = Some((line[8..].trim().to_owned(), String::new())),
                None => {}
            }
            at += line.len();
        }
        assert!(open.is_none(), "{}: a fence is not closed", path.display());
        Self {
            path: path.to_owned(),
            head: text[..end].trim_end().to_owned(),
            expected: text[end..].trim_end().to_owned(),
            files,
            marks: all_marks,
        }
    }

    /// Writes the files into a folder of the disk; an edition that says nothing of itself gets a title.
    pub fn write_to(&self, folder: &Path) {
        let title = (ContentPath::new("content/edition.yaml"), "title: Letters\n".to_owned());
        let silent = !self.files.iter().any(|(path, _)| *path == title.0);
        let none = String::new();
        let files = self.files.iter().zip(&self.marks).chain(silent.then_some((&title, &none)));
        for ((path, text), marks) in files {
            let file = folder.join(path.as_str());
            std::fs::create_dir_all(file.parent().expect("a file has a folder")).expect("the case can be written");
            if marks.contains("link") {
                std::os::unix::fs::symlink(text.trim(), &file).expect("a link can be made");
            } else if marks.contains("windows-1251") {
                std::fs::write(file, encoding_rs::WINDOWS_1251.encode(text).0).expect("the case can be written");
            } else {
                std::fs::write(file, text).expect("the case can be written");
            }
        }
    }

    /// The text of a file, for the printers of findings.
    pub fn text_of(&self, path: &ContentPath) -> Option<&str> {
        self.files.iter().find(|(own, _)| own == path).map(|(_, text)| text.as_str())
    }

    /// Findings as a person reads them.
    pub fn findings(&self, findings: Vec<Diagnostic>) -> String {
        let mut findings = findings;
        arrange(&mut findings);
        let texts: BTreeMap<&ContentPath, &str> = self.files.iter().map(|(path, text)| (path, text.as_str())).collect();
        human::print(&findings, false, |path| texts.get(path).copied()).trim_end().to_owned()
    }
}

fn dressed(contents: &str, marks: &str) -> String {
    let mut text = contents.to_owned();
    for mark in marks.split_whitespace() {
        match mark {
            "crlf" => text = text.replace('\n', "\r\n"),
            "bom" => text.insert(0, '\u{feff}'),
            "open" => text.truncate(text.trim_end_matches(['\r', '\n']).len()),
            "link" | "windows-1251" => {}
            other => panic!("`{other}` is no mark of a fence"),
        }
    }
    text
}

/// Sections of expected output; empty ones are left out.
pub fn sections(parts: &[(&str, String)]) -> String {
    let filled = parts.iter().filter(|(_, text)| !text.trim().is_empty());
    filled.map(|(name, text)| format!("## {name}\n\n````text\n{}\n````\n", text.trim_end())).collect::<Vec<_>>().join("\n")
}

/// The files of all cases of `tests/<folder>`, in order.
fn paths(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(&root).expect("the folder of cases is there").map(|entry| entry.expect("it can be listed").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    paths.sort();
    assert!(!paths.is_empty(), "no cases in {folder}");
    paths
}

/// Looks at every case of `tests/<folder>`.
pub fn each(folder: &str, look: impl Fn(&Case)) {
    paths(folder).iter().for_each(|path| look(&Case::read(path)));
}

/// Runs every case of `tests/<folder>` and compares whole outputs.
pub fn run(folder: &str, make: impl Fn(&Case) -> String) {
    let bless = std::env::var_os("BLESS").is_some();
    let mut failed = Vec::new();
    for path in paths(folder) {
        let case = Case::read(&path);
        let made = make(&case).trim_end().to_owned();
        if made == case.expected {
            continue;
        }
        if bless {
            std::fs::write(&path, format!("{}\n\n{made}\n", case.head)).expect("a case file can be written");
        } else {
            failed.push(format!("{}\n--- expected\n{}\n--- made\n{made}\n", case.path.display(), case.expected));
        }
    }
    assert!(failed.is_empty(), "{} case(s) differ (BLESS=1 rewrites them):\n\n{}", failed.len(), failed.join("\n"));
}
