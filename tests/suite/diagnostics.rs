//! One case per code of a finding: the files that show it and what a person reads. Here run the codes of the single readers;
//! cases that need a whole edition run with the pipeline.

use crate::cases::{self, Case, sections};
use ibid::base::path::ContentPath;
use ibid::diag::Diagnostic;
use ibid::parse::date::DateContext;
use ibid::parse::{bibliography, config, front_matter, register};

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

#[test]
fn findings_read_as_the_cases_say() {
    cases::run("diagnostics", |case| {
        let findings = findings(case);
        let code = case.path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        assert!(findings.iter().any(|finding| finding.code.name() == code), "{}: no finding `{code}`: {findings:#?}", case.path.display());
        sections(&[("Findings", case.findings(findings))])
    });
}
