//! One case per code of a finding: the files that show it and what a person reads. The codes of the single readers run on the readers alone;
//! those that need a whole edition run the pipeline over the case's files in a folder of their own.

use crate::cases::{self, Case, sections};
use ibid::base::path::ContentPath;
use ibid::diag::Diagnostic;
use ibid::parse::date::DateContext;
use ibid::parse::{bibliography, config, front_matter, register};
use ibid::pipeline;

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

/// What the whole build finds.
fn findings_of_the_pipeline(case: &Case) -> Vec<Diagnostic> {
    let folder = tempfile::tempdir().expect("a folder for the case");
    for (path, text) in &case.files {
        let file = folder.path().join(path.as_str());
        std::fs::create_dir_all(file.parent().expect("a file has a folder")).expect("the case can be written");
        std::fs::write(file, text).expect("the case can be written");
    }
    pipeline::build(folder.path()).findings
}

#[test]
fn findings_read_as_the_cases_say() {
    cases::run("diagnostics", |case| {
        let code = case.path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        // What the single readers do not find is for the whole pipeline.
        let alone = findings(case);
        let found = alone.iter().any(|finding| finding.code.name() == code);
        let findings = if found { alone } else { findings_of_the_pipeline(case) };
        assert!(findings.iter().any(|finding| finding.code.name() == code), "{}: no finding `{code}`: {findings:#?}", case.path.display());
        sections(&[("Findings", case.findings(findings))])
    });
}
