//! One slip, one finding: whole editions with a mistake that much else hangs on, and all that `ibid check` says of it.

use crate::cases::{self, sections};
use ibid::diag::policy::Policy;
use ibid::pipeline;

#[test]
fn a_cause_is_told_without_its_consequences() {
    cases::run("causes", |case| {
        let folder = tempfile::tempdir().expect("a folder for the case");
        case.write_to(folder.path());
        let findings = pipeline::check(folder.path(), &Policy::default()).findings;
        sections(&[("Findings", case.findings(findings))])
    });
}

#[test]
fn settings_under_another_name_are_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    std::fs::create_dir_all(root.join("content/documents")).expect("a folder can be made");
    std::fs::write(root.join("content/documents/a.md"), "---\ntitle: A\n---\n\nText.[^edition:a]\n\n[^edition:a]: Note.\n")
        .expect("written");
    std::fs::write(root.join("content/edition.yml"), "title: Letters\nnote_kinds: {edition: {marks: letters}}\n").expect("written");
    let findings = pipeline::check(root, &Policy::default()).findings;
    let said: Vec<(&str, &[String])> = findings.iter().map(|finding| (finding.message.as_str(), finding.help.as_slice())).collect();
    let help = ["rename `content/edition.yml` to `content/edition.yaml`".to_owned()];
    assert_eq!(said, [("there is no `content/edition.yaml`", help.as_slice())]);
}

/// A theme that says only what it is based on has all that its base has, and its own files beside it.
#[test]
fn a_theme_takes_everything_from_its_base() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().expect("a file has a folder")).expect("a folder can be made");
        std::fs::write(file, text).expect("a file can be written");
    };
    write("content/edition.yaml", "title: Letters\ntheme: mine\n");
    write("themes/mine/theme.yaml", "name: mine\nbase: octavo\n");
    write("themes/mine/static/seal.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    write("themes/mine/static/tokens.css", ":root { --accent: teal; }\n");
    let built = pipeline::build(folder.path());
    assert_eq!(built.findings, []);
    let published = |built: &pipeline::Built| -> Vec<String> {
        built.artifacts.iter().filter_map(|artifact| artifact.path.as_str().strip_prefix("theme/").map(str::to_owned)).collect()
    };
    let with_own = published(&built);
    write("content/edition.yaml", "title: Letters\n");
    let mut of_base = published(&pipeline::build(folder.path()));
    of_base.extend(["seal.svg".to_owned(), "tokens.css".to_owned()]);
    of_base.sort();
    assert_eq!(with_own, of_base);
}

/// What the program answers: exit status and all it prints.
fn ibid(folder: &std::path::Path, arguments: &[&str]) -> (i32, String) {
    let out =
        std::process::Command::new(env!("CARGO_BIN_EXE_ibid")).args(arguments).current_dir(folder).output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints text");
    (out.status.code().expect("it ends by itself"), text(out.stdout) + &text(out.stderr))
}

#[test]
fn commands_say_where_the_edition_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().canonicalize().expect("it is there").join("Мое издание");
    let (status, said) = ibid(folder.path(), &["new", "Мое издание"]);
    assert_eq!((status, said.contains("\n  cd \"Мое издание\"\n")), (0, true), "{said}");
    let inside =
        format!("error: this folder is inside the edition at `{0}`: run the command there, or add `--root \"{0}\"`\n", root.display());
    for command in ["check", "build", "status", "serve"] {
        assert_eq!(ibid(&root.join("content/documents"), &[command]), (2, inside.clone()));
    }
    let (status, said) = ibid(&root, &["new", "telegram"]);
    let begin = format!("error: `telegram` would be inside the edition at `{}`; nothing was written. A new telegram", root.display());
    assert_eq!((status, said.starts_with(&begin), root.join("telegram").exists()), (2, true, false), "{said}");
}

#[test]
fn an_import_without_format_says_which_there_are() {
    let folder = tempfile::tempdir().expect("a folder");
    let formats = "\n  tei           TEI P5: letters one a file, or volumes of documents\n  text          Pages copied from a wiki or archive as plain text\n  \
                   html          Saved web pages, static ones and those of a MediaWiki\n  mediawiki     Pages of a MediaWiki: wikitext, or saved as HTML\n  \
                   bibliography  Libraries of BibLaTeX or CSL-JSON, as Zotero exports them\n";
    let answer = |file: &str| ibid(folder.path(), &["import", file]);
    let fitting = |words: &str| (2, format!("error: {words}\n{formats}"));
    assert_eq!(answer("my letter.txt"), fitting("say first what the file is, perhaps `ibid import text \"my letter.txt\"`"));
    assert_eq!(answer("library.bib"), fitting("say first what the file is, perhaps `ibid import bibliography library.bib`"));
    assert_eq!(answer("letter.docx"), fitting("save `letter.docx` as plain text (UTF-8) first, then `ibid import text FILE`"));
}
