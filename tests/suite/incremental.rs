//! Sameness: one thread makes what many make; a build after any history of edits leaves the bytes that a first build makes, and writes exactly
//! the files whose bytes differ.

#[path = "../bench/corpus.rs"]
mod corpus;

use crate::sites::build_clean;
use ibid::diag::policy::Policy;
use ibid::diag::{Severity, human};
use ibid::pipeline::live::Live;
use ibid::pipeline::update::Asked;
use ibid::pipeline::{self, update};
use ibid::resolve::Drafts;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Path → bytes of everything in a folder but what is the program's own.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn walk(folder: &Path, base: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = path.strip_prefix(base).expect("inside").to_string_lossy().replace('\\', "/");
            if name == ".ibid" {
                continue;
            }
            if path.is_dir() {
                walk(&path, base, found);
            } else {
                found.insert(name, fs::read(&path).expect("a file of the site"));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(folder, folder, &mut found);
    found
}

/// What a first build makes, by path.
fn clean(root: &Path) -> (BTreeMap<String, Vec<u8>>, String, bool) {
    let built = pipeline::build(root);
    let failed = built.findings.iter().any(|finding| finding.severity == Severity::Error);
    let findings = human::print(&built.findings, false, |path| built.text_of(path));
    (built.artifacts.into_iter().map(|file| (file.path.as_str().to_owned(), file.bytes)).collect(), findings, failed)
}

#[test]
fn one_thread_makes_what_many_make() {
    let folder = tempfile::tempdir().expect("a folder for the edition");
    corpus::write(folder.path(), 60).expect("the edition can be written");
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| build_clean(folder.path()).artifacts)
    };
    let one = with(1);
    assert!(one.len() > 150, "the edition has pages");
    assert!(one == with(5), "the bytes depend on the number of threads");
}

/// An edition under change, its site, and chance.
struct History {
    root: PathBuf,
    output: PathBuf,
    dice: u64,
    made: u32,
    /// The texts of the last build without errors.
    good: BTreeMap<String, Vec<u8>>,
}

impl History {
    fn roll(&mut self, below: usize) -> usize {
        self.dice ^= self.dice << 13;
        self.dice ^= self.dice >> 7;
        self.dice ^= self.dice << 17;
        usize::try_from((self.dice >> 33) % below.max(1) as u64).expect("small")
    }

    fn files(&self, folder: &str) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> = fs::read_dir(self.root.join(folder))
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.is_file())
            .collect();
        files.sort();
        files
    }

    fn some(&mut self, folder: &str) -> Option<PathBuf> {
        let files = self.files(folder);
        let at = self.roll(files.len());
        files.into_iter().nth(at)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders can be made");
        fs::write(path, text).expect("an edit");
    }

    fn change(&self, path: &Path, with: impl FnOnce(String) -> String) {
        let text = fs::read_to_string(path).expect("a text of the edition");
        fs::write(path, with(text)).expect("an edit");
    }

    /// One edit; its name is shown when something is wrong after it.
    fn edit(&mut self) -> String {
        self.made += 1;
        let made = self.made;
        let kind = self.roll(22);
        let document = self.some("content/documents");
        let people = self.root.join("content/registers/persons.yaml");
        let settings = self.root.join("content/edition.yaml");
        let person = self.roll(40);
        let field = |name: &'static str, value: String| {
            move |text: String| {
                let line = text.lines().find(|line| line.starts_with(name)).unwrap_or("---").to_owned();
                text.replacen(&format!("{line}\n"), &format!("{name}{value}\n"), 1)
            }
        };
        match (kind, document) {
            (0..=4, Some(path)) => self.change(&path, |text| text.replacen(". ", &format!(" {made}. "), 1)),
            (5, Some(path)) => self.change(&path, field("title: ", format!("\"Changed {made}\""))),
            (6, Some(path)) => {
                let year = 1885 + self.roll(40);
                self.change(&path, field("written: ", format!("{{ date: \"3 May {year}\", place: Moscow }}")));
            }
            (7, Some(path)) => self.change(&path, field("author: ", format!("p{person:05}"))),
            (8, Some(path)) => self.change(&path, |text| {
                format!("{text}\n[Somebody](person:p{person:05}) was there {made}.[^n{made}]\n\n[^n{made}]: A note.\n")
            }),
            (9, Some(path)) => {
                let to = path.with_file_name(format!("moved-{made}.md"));
                fs::rename(path, to).expect("a file can be renamed");
            }
            (10, Some(path)) if self.files("content/documents").len() > 6 => fs::remove_file(path).expect("a file can be removed"),
            (11, Some(path)) => self.change(&path, |text| match text.contains("\nstatus: draft") {
                true => text.replacen("\nstatus: draft", "", 1),
                false => text.replacen("\nkind:", "\nstatus: draft\nkind:", 1),
            }),
            (12, Some(path)) => self.change(&path, |text| {
                let text = text.lines().filter(|line| !line.starts_with("aliases:")).map(|line| format!("{line}\n")).collect::<String>();
                text.replacen("\nkind:", &format!("\naliases: [old/{made}]\nkind:"), 1)
            }),
            (13, _) => {
                let text = "---\nkind: telegram\ntitle: \"Telegram N\"\nauthor: p00001\nto: p00002\nwritten: 4 May 1901\nsource: { work: papers, volume: \"1\", pages: \"7\" }\n---\n\nTo [him](person:p00002), cf. [@econ, p. 5].[^1]\n\n[^1]: See [the edition](../pages/about.md).\n";
                self.write(&format!("content/documents/new-{made}.md"), &text.replace('N', &made.to_string()));
            }
            (14, _) => self.change(&people, |text| text.replacen("identification: ", &format!("identification: No. {made} "), 1)),
            (15, _) => self.change(&people, |text| format!("{text}q{made}: {{name: \"Person {made}\"}}\n")),
            (16, _) => self
                .change(&self.root.join("content/bibliography.yaml"), |text| text.replacen("title: \"", &format!("title: \"{made} "), 1)),
            (17, _) => self.change(&settings, |text| text.replacen("title: ", &format!("title: {made} "), 1)),
            (18, _) => self.change(&settings, |text| match text.contains("theme: broadside") {
                true => text.replacen("theme: broadside\n", "", 1),
                false => format!("{text}theme: broadside\n"),
            }),
            (19, _) => match self.roll(3) {
                0 => self.write("themes/octavo/templates/redirect.html", &format!("{{{{ page.content.target.href }}}} {made}\n")),
                1 => self
                    .write("themes/octavo/static/favicon.svg", &format!("<svg xmlns=\"http://www.w3.org/2000/svg\"><!--{made}--></svg>")),
                _ => drop(fs::remove_dir_all(self.root.join("themes"))),
            },
            (20, _) => match self.some("content/media").filter(|_| made.is_multiple_of(2)) {
                Some(path) => fs::remove_file(path).expect("a file can be removed"),
                None => self.write(&format!("content/media/image-{made}.txt"), &format!("{made}")),
            },
            (21, _) => self.write("content/pages/about.md", &format!("---\ntitle: About\n---\n\nText {made}.\n")),
            _ => return "nothing".to_owned(),
        }
        format!("edit {made} of kind {kind}")
    }
}

/// A copy of the texts, to take back an edit that is an error.
fn texts(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let content = tree(&root.join("content")).into_iter().map(|(path, bytes)| (format!("content/{path}"), bytes));
    content.chain(tree(&root.join("themes")).into_iter().map(|(path, bytes)| (format!("themes/{path}"), bytes))).collect()
}

/// Files that are not what they were.
fn touched(before: &BTreeMap<String, Vec<u8>>, after: &BTreeMap<String, Vec<u8>>) -> BTreeSet<PathBuf> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    names.into_iter().filter(|name| before.get(*name) != after.get(*name)).map(PathBuf::from).collect()
}

fn restore(root: &Path, texts: &BTreeMap<String, Vec<u8>>) {
    drop(fs::remove_dir_all(root.join("themes")));
    fs::remove_dir_all(root.join("content")).expect("texts can be removed");
    for (path, bytes) in texts {
        let file = root.join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("folders can be made");
        fs::write(file, bytes).expect("texts can be put back");
    }
}

/// Brings the site up to date after each edit and holds it against a first build.
fn live(seed: u64, edits: u32) {
    let folder = tempfile::tempdir().expect("a folder for the edition");
    let (root, output) = (folder.path().join("edition"), folder.path().join("site"));
    corpus::write(&root, 9).expect("the edition can be written");
    let mut history = History { root, output, dice: seed, made: 0, good: BTreeMap::new() };
    history.write("content/pages/about.md", "---\ntitle: About\n---\n\nText.\n");
    let mut edit = "the first build".to_owned();
    let mut errors = 0;
    // Beside the folder, the site as a preview keeps it in memory.
    let mut kept = Live::new(&history.root, Drafts::LeftOut, Policy::default());
    let mut shown: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut root_before = BTreeMap::new();
    for step in 0..=edits {
        let before = tree(&history.output);
        let (expected, findings, failed) = clean(&history.root);
        // Two of three builds trust what the disk says of files that were changed a moment ago, so that the second reads only what has changed.
        let now = SystemTime::now() + Duration::from_secs(if step % 3 == 0 { 0 } else { 3600 });
        let updated =
            update::update(&Asked { root: &history.root, output: &history.output, policy: &Policy::default(), now }, &update::Nobody)
                .expect("the folder can be used");
        let after = tree(&history.output);
        let touched = touched(&root_before, &texts(&history.root));
        root_before = texts(&history.root);
        // The preview is told which files were touched; now and then it looks at the whole folder.
        let changes = if step % 7 == 0 { kept.look(now) } else { kept.look_at(&touched, now) };
        changes.gone.iter().for_each(|path| drop(shown.remove(path.as_str())));
        shown.extend(changes.made.into_iter().map(|file| (file.path.as_str().to_owned(), file.bytes)));
        assert!(shown == after, "the site in memory is another one after {edit} (seed {seed})");
        let seen = human::print(&changes.built.findings, false, |path| kept.text_of(path));
        assert_eq!(seen, findings, "findings of the preview after {edit} (seed {seed})");
        assert_eq!(
            human::print(&updated.built.findings, false, |path| updated.built.text_of(path)),
            findings,
            "findings after {edit} (seed {seed})"
        );
        if failed {
            errors += 1;
            assert_eq!(updated.report, None, "{edit}");
            assert!(after == before, "an edition with errors changed the site: {edit} (seed {seed})");
        } else {
            let names = |tree: &BTreeMap<String, Vec<u8>>| tree.keys().cloned().collect::<Vec<_>>();
            assert_eq!(names(&after), names(&expected), "files after {edit} (seed {seed})");
            let differ: Vec<&String> = after.iter().filter(|(path, bytes)| expected[*path] != **bytes).map(|(path, _)| path).collect();
            assert!(differ.is_empty(), "{differ:?} are not what a first build makes after {edit} (seed {seed})");
            let changed: BTreeSet<&str> =
                after.iter().filter(|(path, bytes)| before.get(*path) != Some(*bytes)).map(|(path, _)| path.as_str()).collect();
            let written: BTreeSet<&str> = updated.written.iter().map(ibid::base::path::OutputPath::as_str).collect();
            assert_eq!(written, changed, "written after {edit} (seed {seed})");
        }
        if failed {
            // The error was seen; the history goes on without it.
            restore(&history.root, &history.good);
        } else {
            history.good = texts(&history.root);
        }
        edit = history.edit();
    }
    assert!(errors * 3 < edits, "most edits are good: {errors} of {edits} were errors");
}

#[test]
fn after_any_history_the_site_is_what_a_first_build_makes_first() {
    live(0x1922_0424, 100);
}

#[test]
fn after_any_history_the_site_is_what_a_first_build_makes_second() {
    live(0x0534_0705, 100);
}

/// An edition and its output folder, built once, with stamps that are old enough to prove something.
fn settled(folder: &Path) -> (PathBuf, PathBuf) {
    let (root, output) = (folder.join("edition"), folder.join("site"));
    corpus::write(&root, 12).expect("the edition can be written");
    build_later(&root, &output);
    (root, output)
}

/// Builds as if it were an hour later.
fn build_later(root: &Path, output: &Path) -> update::Updated {
    let now = SystemTime::now() + Duration::from_secs(3600);
    update::update(&Asked { root, output, policy: &Policy::default(), now }, &update::Nobody).expect("the folder can be used")
}

fn edit_a_word(root: &Path, word: &str) {
    let file = root.join("content/documents/00003.md");
    let text = fs::read_to_string(&file).expect("a document");
    let at = text.find("\n---\n").expect("a text under its front matter");
    fs::write(&file, format!("{}{}", &text[..at], text[at..].replacen(". ", &format!(" {word}. "), 1))).expect("an edit");
}

fn assert_clean(root: &Path, output: &Path, after: &str) {
    let (expected, _, _) = clean(root);
    assert!(tree(output) == expected, "the site is not what a first build makes after {after}");
}

/// Whatever happens to the record, the site is what a first build makes: each part of it is cut, emptied, turned over or taken away.
#[test]
fn a_damaged_record_costs_time_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder for the edition");
    let (root, output) = settled(folder.path());
    let mut number = 0;
    for part in ["index", "traces", "known", "contents", "files"] {
        for damage in ["cut", "empty", "turned", "gone"] {
            let file = output.join(".ibid").join(part);
            let mut bytes = fs::read(&file).expect("a part of the record");
            match damage {
                "cut" => bytes.truncate(bytes.len() / 2),
                "empty" => bytes.clear(),
                "turned" => bytes.iter_mut().for_each(|byte| *byte ^= 0x55),
                _ => fs::remove_file(&file).expect("a part can be removed"),
            }
            if damage != "gone" {
                fs::write(&file, bytes).expect("a part can be damaged");
            }
            number += 1;
            edit_a_word(&root, &format!("word{number}"));
            build_later(&root, &output);
            assert_clean(&root, &output, &format!("`{part}` was {damage}"));
        }
    }
}

/// The record is in a folder that is published: it holds nothing of drafts, and what is found in them is said all the same.
#[test]
fn nothing_of_a_draft_is_kept_and_its_findings_are_said_every_time() {
    let folder = tempfile::tempdir().expect("a folder for the edition");
    let (root, output) = settled(folder.path());
    let draft = "---\ntitle: Zeppelin\nstatus: draft\nkind: letter\n---\n\nThe the secret Xylophone [Nobody](person:nobodyatall).\n";
    fs::write(root.join("content/documents/secret.md"), draft).expect("a draft");
    let first = build_later(&root, &output);
    let said = human::print(&first.built.findings, false, |path| first.built.text_of(path));
    assert!(said.contains("secret.md"), "{said}");
    for turn in 0..3 {
        let again = build_later(&root, &output);
        assert_eq!(human::print(&again.built.findings, false, |path| again.built.text_of(path)), said, "build {turn}");
        edit_a_word(&root, &format!("word{turn}"));
    }
    for entry in fs::read_dir(output.join(".ibid")).expect("the record").flatten() {
        let bytes = fs::read(entry.path()).unwrap_or_default();
        for word in ["Zeppelin", "Xylophone", "nobodyatall"] {
            let found = bytes.windows(word.len()).any(|part| part == word.as_bytes());
            assert!(!found, "{} holds `{word}` of a draft", entry.path().display());
        }
    }
}

/// The file of values does not grow without end, however often a text is saved.
#[test]
fn the_record_stays_small_over_many_edits() {
    let folder = tempfile::tempdir().expect("a folder for the edition");
    let (root, output) = settled(folder.path());
    let size = || fs::metadata(output.join(".ibid/contents")).expect("values").len();
    let (first, mut largest) = (size(), 0);
    for turn in 0..60 {
        edit_a_word(&root, &format!("word{turn}"));
        build_later(&root, &output);
        largest = largest.max(size());
    }
    assert!(largest < first * 3, "{first} bytes became {largest}");
    assert_clean(&root, &output, "sixty edits");
}

/// What is written, and why, can be asked afterwards; a build with nothing to do writes nothing and says the same.
#[test]
fn a_file_tells_why_it_was_written() {
    let folder = tempfile::tempdir().expect("a folder for the edition");
    let (root, output) = (folder.path().join("edition"), folder.path().join("site"));
    corpus::write(&root, 6).expect("the edition can be written");
    let build = || {
        update::update(&Asked { root: &root, output: &output, policy: &Policy::default(), now: SystemTime::now() }, &update::Nobody)
            .expect("the folder can be used")
    };
    build();
    let file = root.join("content/documents/00003.md");
    let text = fs::read_to_string(&file).expect("a document");
    fs::write(&file, text.replacen(". ", " indeed. ", 1)).expect("an edit");
    let written: Vec<String> = build().written.iter().map(ToString::to_string).collect();
    assert!(written.contains(&"documents/00003.html".to_owned()) && written.contains(&"source/00003.html".to_owned()), "{written:?}");
    let why = |path: &str| update::why(&output, path).expect("the record is there");
    assert_eq!(why("documents/00003.html"), ["body of content/documents/00003.md", "text of content/documents/00003.md"]);
    assert_eq!(why("source/00003.html"), ["file content/documents/00003.md"]);
    assert_eq!(build().written, []);
    assert_eq!(why("source/00003.html"), ["file content/documents/00003.md"]);
    assert_eq!(why("documents/00001.html"), Vec::<String>::new());
}
