//! One case per code of a finding: the files that show it and what a person reads. The codes of the single readers run on the readers alone;
//! those that need a whole edition run the pipeline over the case's files in a folder of their own.

use crate::cases::{self, Case, sections};
use ibid::base::path::ContentPath;
use ibid::diag::codes::TABLE;
use ibid::diag::levels::Level;
use ibid::diag::policy::Policy;
use ibid::diag::{Code, Diagnostic};
use ibid::parse::date::DateContext;
use ibid::parse::{bibliography, config, front_matter, register};
use ibid::pipeline;
use ibid::resolve::Drafts;

/// What the single readers find in the files of a case.
fn findings(case: &Case) -> Vec<Diagnostic> {
    let context = DateContext::default();
    let under = |folder: &str| -> Vec<(&ContentPath, &str)> {
        case.files.iter().filter(|(path, _)| path.as_str().starts_with(folder)).map(|(path, text)| (path, text.as_str())).collect()
    };
    let mut findings = Vec::new();
    if case.files.is_empty() {
        findings.extend(config::missing().findings);
    }
    for (path, text) in under(config::FILE) {
        findings.extend(config::read(path, text).findings);
    }
    findings.extend(register::read_all(&under("content/registers/"), &context).findings);
    findings.extend(bibliography::read_all(&under("content/bibliography"), &context).findings);
    for (path, text) in under("content/documents/").into_iter().chain(under("content/pages/")) {
        findings.extend(front_matter::read(path, text, &context).findings);
    }
    findings
}

/// Cases of what the single readers find; the others run the whole check over files on a disk.
const READERS: [Code; 17] = [
    Code::BadDate,
    Code::BadId,
    Code::BibtexSyntax,
    Code::DuplicateEntry,
    Code::DuplicateKey,
    Code::EmptyValue,
    Code::FrontMatterMissing,
    Code::FrontMatterUnclosed,
    Code::JsonSyntax,
    Code::LostWords,
    Code::MissingEdition,
    Code::MissingField,
    Code::UnknownField,
    Code::UnknownRegister,
    Code::UnknownValue,
    Code::WrongType,
    Code::YamlSyntax,
];

/// What `ibid check` finds.
fn findings_of_the_whole(case: &Case) -> Vec<Diagnostic> {
    let folder = tempfile::tempdir().expect("a folder for the case");
    case.write_to(folder.path());
    pipeline::check(folder.path(), &Policy::default()).findings
}

#[test]
fn findings_read_as_the_cases_say() {
    cases::run("diagnostics", |case| {
        let code = case.path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        let readers = READERS.iter().any(|known| known.name() == code);
        let findings = if readers { findings(case) } else { findings_of_the_whole(case) };
        assert!(findings.iter().any(|finding| finding.code.name() == code), "{}: no finding `{code}`: {findings:#?}", case.path.display());
        sections(&[("Findings", case.findings(findings))])
    });
}

/// The other way: a code without a case is not done.
#[test]
fn every_code_has_a_case() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let without: Vec<&str> = TABLE.iter().map(|row| row.name).filter(|name| !folder.join(format!("{name}.md")).exists()).collect();
    assert_eq!(without, Vec::<&str>::new());
}

/// Whatever an edition passes over, its pages can still be made: no finding that may be allowed keeps a page from being written.
#[test]
fn what_is_allowed_can_be_built() {
    let mut policy = Policy::default();
    TABLE.iter().filter(|row| !row.code.is_firm()).for_each(|row| policy.levels.set(row.code, Level::Allow));
    cases::each("diagnostics", |case| {
        let folder = tempfile::tempdir().expect("a folder for the case");
        case.write_to(folder.path());
        let built = pipeline::build_with(folder.path(), Drafts::LeftOut, &policy);
        let firm = findings_of_the_whole(case).into_iter().any(|finding| finding.code.is_firm());
        let pages = built.artifacts.iter().any(|artifact| artifact.path.as_str() == "index.html");
        assert!(firm || (built.findings.is_empty() && pages), "{}: {:#?}", case.path.display(), built.findings);
    });
}
