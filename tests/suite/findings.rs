//! The forms in which findings are shown, and the flags of `ibid check` and `ibid build`, tried on the program itself.

use crate::cases::{self, sections};
use ibid::diag::policy::Policy;
use ibid::diag::{arrange, github, json, sarif, short};
use ibid::pipeline;
use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn forms_for_programs() {
    cases::run("findings", |case| {
        let folder = tempfile::tempdir().expect("a folder for the case");
        case.write_to(folder.path());
        let built = pipeline::check(folder.path(), &Policy::default());
        let mut findings = built.findings.clone();
        arrange(&mut findings);
        let text_of = |path: &_| built.text_of(path);
        let log: serde_json::Value = serde_json::from_str(&sarif::print(&findings, "letters/", text_of)).expect("SARIF is JSON");
        let results = serde_json::to_string_pretty(&log["runs"][0]["results"]).expect("it was JSON");
        sections(&[
            ("Short", short::print(&findings, text_of)),
            ("GitHub", github::print(&findings, "letters/", text_of)),
            ("JSON", json::print(&findings, text_of)),
            ("SARIF, results", results),
        ])
    });
}

/// What the program answers: exit status, standard output, standard error.
fn ibid(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_ibid")).args(arguments).current_dir(folder).output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints text");
    (out.status.code().expect("it ends by itself"), text(out.stdout), text(out.stderr))
}

fn edition(documents: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for the edition");
    fs::create_dir_all(folder.path().join("content/documents")).expect("it can be filled");
    fs::write(folder.path().join("content/edition.yaml"), "title: Letters\n").expect("it can be filled");
    for (name, text) in documents {
        fs::write(folder.path().join("content/documents").join(name), text).expect("it can be filled");
    }
    folder
}

const UNUSED: &str = "---\ntitle: A\n---\n\nText.[^1]\n\n[^1]: One.\n\n[^2]: Two.\n";
const LINE: &str = "content/documents/a.md:9:3: error[unused-note]: nothing refers to the note `2` (type `[^2]` where the note belongs, or remove the note)\n";

#[test]
fn levels_are_set_by_flags_and_by_the_edition() {
    let folder = edition(&[("a.md", UNUSED)]);
    let check = |arguments: &[&str]| ibid(folder.path(), &[&["check", "--format", "short"], arguments].concat());
    let warning = LINE.replace("error", "warning");
    assert_eq!(check(&[]), (1, LINE.into(), "1 error in 1 document or page\n".into()));
    assert_eq!(check(&["--warn", "unused-note"]), (0, warning.clone(), "1 warning in 1 document or page\n".into()));
    assert_eq!(check(&["--allow", "unused-note"]), (0, String::new(), "no findings in 1 document or page\n".into()));
    assert_eq!(check(&["--warn", "unused-note", "--deny", "unused-note"]).0, 1);
    let unknown = "error: there is no finding `unusd-note`; did you mean `unused-note`?\n";
    assert_eq!(check(&["--allow", "unusd-note"]), (2, String::new(), unknown.into()));
    let firm = "error: `duplicate-id` is always an error: what cannot be read or would be lost is never passed over\n";
    assert_eq!(check(&["--allow", "duplicate-id"]), (2, String::new(), firm.into()));
    fs::write(folder.path().join("content/edition.yaml"), "title: Letters\nfindings: { unused-note: warn }\n").expect("it can be changed");
    assert_eq!(check(&[]).1, warning);
    assert_eq!(check(&["--deny", "unused-note"]).1, LINE);
    assert_eq!(check(&["--deny", "warnings"]).0, 0, "a level that was chosen stays");
    assert_eq!(ibid(folder.path(), &["build", "--format", "short"]).2, warning + "1 warning in 1 document or page\n");
}

#[test]
fn a_list_of_known_findings_leaves_only_new_ones() {
    let folder = edition(&[("a.md", UNUSED)]);
    let check = |arguments: &[&str]| ibid(folder.path(), &[&["check", "--format", "short"], arguments].concat());
    assert_eq!(check(&["--write-baseline"]), (0, "./content/known-findings.txt: 1 finding listed\n".into(), String::new()));
    assert_eq!(check(&[]), (0, String::new(), "no findings in 1 document or page; 1 known finding not shown\n".into()));
    assert_eq!(ibid(folder.path(), &["build"]).0, 0);
    // Lines move, and another finding comes.
    let more = UNUSED.replace("Text.[^1]", "A line before.\n\nText.[^1][^3]");
    fs::write(folder.path().join("content/documents/a.md"), more).expect("it can be changed");
    let (status, out, err) = check(&[]);
    let new = "content/documents/a.md:7:12: error[undefined-note]: the note `3` is not written (add a line `[^3]: text of the note`; type `[^1]`, if that note is meant)\n";
    assert_eq!((status, out.as_str(), err.as_str()), (1, new, "1 error in 1 document or page; 1 known finding not shown\n"));
    // Mended: the list may be shortened.
    fs::write(folder.path().join("content/documents/a.md"), "---\ntitle: A\n---\n\nText.\n").expect("it can be changed");
    let gone = "no findings in 1 document or page; 1 of the known ones no longer there: `--write-baseline` shortens the list\n";
    assert_eq!(check(&[]), (0, String::new(), gone.into()));
    // What is always an error is never set aside.
    fs::write(folder.path().join("content/documents/b.md"), "No fields.\n").expect("it can be written");
    let (status, out, err) = check(&["--write-baseline", "--baseline", "elsewhere.txt"]);
    let told = "1 error cannot be listed and must be mended: `ibid check` shows them\n";
    assert_eq!((status, out.as_str(), err.as_str()), (1, "elsewhere.txt: 0 findings listed\n", told));
}

/// Colour is for terminals, and nothing else is printed into a pipe.
#[test]
fn findings_in_a_pipe_have_no_colour() {
    let folder = edition(&[("a.md", UNUSED)]);
    let (_, out, _) = ibid(folder.path(), &["check"]);
    assert!(out.starts_with("error[unused-note]: nothing refers to the note `2`\n") && !out.contains('\u{1b}'), "{out}");
}

/// What is certain is mended, the difference is shown, and a dry run touches nothing.
#[test]
fn safe_corrections_are_applied_and_shown() {
    let text = "---\ntitle: A\n---\n\nТоварищу Cталину,\u{200b} Ð¡Ñ‚Ð°Ð»Ð¸Ð½Ñƒ.\u{7}\n\nBoth both.\n";
    let folder = edition(&[("a.md", text)]);
    let file = folder.path().join("content/documents/a.md");
    let (status, out, err) = ibid(folder.path(), &["check", "--fix", "--dry-run"]);
    let difference = "--- content/documents/a.md\n+++ content/documents/a.md\n@@ -5,1 +5,1 @@\n\
                      -Товарищу Cталину,<U+200B> Ð¡Ñ‚Ð°Ð»Ð¸Ð½Ñƒ.<U+0007>\n+Товарищу Сталину, Сталину.\n";
    assert_eq!((status, out.as_str(), err.as_str()), (1, difference, "4 findings can be mended safely in 1 file\n"));
    assert_eq!(fs::read_to_string(&file).expect("it is there"), text);
    let (status, out, err) = ibid(folder.path(), &["check", "--fix", "--format", "short"]);
    let rest = "content/documents/a.md:7:1: warning[doubled-word]: `both` stands twice (remove one of the two; if the source has both, \
                write `[both](<sic:both both>)`, or `\\` at the end of the first line)\n";
    assert_eq!((status, out), (0, format!("{difference}{rest}")));
    assert_eq!(err, "4 findings mended in 1 file\n1 warning in 1 document or page\n");
    assert_eq!(fs::read_to_string(&file).expect("it is there"), "---\ntitle: A\n---\n\nТоварищу Сталину, Сталину.\n\nBoth both.\n");
}

/// A draft is looked through like any other document; what stops no build is no error. A build closes with the same words as a check.
#[test]
fn drafts_are_checked_and_stop_nothing() {
    let draft =
        "---\ntitle: B\nstatus: draft\nwritten: 1922-04-22\nreceived: 1922-04-01\n---\n\n[Lenin](person:lenin) and [the first](a.md#p7).\n";
    let folder = edition(&[("a.md", "---\ntitle: A\n---\n\nText text.\n"), ("b.md", draft)]);
    let doubled = "content/documents/a.md:5:1: warning[doubled-word]: `text` stands twice (remove one of the two; if the source has both, \
                   write `[text](<sic:text text>)`, or `\\` at the end of the first line)\n";
    let of_draft = "content/documents/b.md:5:11: warning[received-before-sent]: received `1922-04-01`, before it was written, `1922-04-22` \
                    (correct one of the two dates)\n\
                    content/documents/b.md:8:16: warning[unknown-entity]: no register has the id `lenin` (add `lenin` to \
                    `content/registers/persons.yaml`; this is in a draft: it stops the build as soon as the draft is to be published)\n\
                    content/documents/b.md:8:39: warning[dead-link]: there is no place `#p7` in `content/documents/a.md` (paragraphs are \
                    `#p1` to `#p1`, notes `#fn1`, and ids are given as `{#name}`; this is in a draft: it stops the build as soon as the \
                    draft is to be published)\n";
    let check = |arguments: &[&str]| ibid(folder.path(), &[&["check", "--format", "short"], arguments].concat());
    let summary = "4 warnings in 2 documents and pages; 1 draft among them, which `ibid build` leaves out\n".to_owned();
    assert_eq!(check(&[]), (0, format!("{doubled}{of_draft}"), summary));
    assert_eq!(check(&["--deny", "warnings"]).2, "4 errors in 2 documents and pages; 1 draft among them, which `ibid build` leaves out\n");
    let (status, _, said) = ibid(folder.path(), &["build", "--format", "short"]);
    assert_eq!((status, said), (0, format!("{doubled}1 warning in 1 document or page\n")));
}
