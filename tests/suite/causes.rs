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
