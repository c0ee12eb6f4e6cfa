//! `ibid status`: what waits for whom, how the edition stands in git, what is not recorded yet.

use crate::base::say;
use crate::diag::{self, Code};
use crate::load::history::Extent;
use crate::model::document::Status;
use crate::pipeline;
use crate::resolve::{Drafts, Site, review};
use crate::tell;
use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

/// So many documents are named under each state, unless all are asked for.
const NAMED: usize = 10;

/// Prints the state of the edition at `root`. Exit status 2 when there is no edition.
#[must_use]
pub fn run(root: &Path, all: bool) -> ExitCode {
    if let Err(message) = super::place::check(root) {
        tell!("error: {message}");
        return ExitCode::from(2);
    }
    let read = pipeline::read(root, Drafts::Shown);
    if read.findings.iter().any(|finding| finding.code == Code::MissingEdition) {
        tell!("error: `{}` holds no edition: there is no `content/edition.yaml`. Name its folder with `--root`", root.display());
        return ExitCode::from(2);
    }
    let mut text = format!("{}\n", read.site.config.title);
    for stage in review::stages(&read.site) {
        print_stage(&mut text, &read.site, &stage, all);
    }
    let errors = diag::error_count(&read.findings);
    if errors > 0 {
        writeln!(text, "\n{errors} error{}: `ibid check` shows them.", if errors == 1 { "" } else { "s" }).expect("a text takes more");
    }
    writeln!(text, "\n{}", in_git(&read.inputs.history.extent, &read.inputs.history.head)).expect("a text takes more");
    writeln!(text, "{}", recorded(&read.site)).expect("a text takes more");
    say::out(text);
    ExitCode::SUCCESS
}

fn print_stage(text: &mut String, site: &Site, stage: &review::Stage, all: bool) {
    let (name, waits) = match stage.status {
        Some(Status::Draft) => ("draft", "not published, wait to be transcribed"),
        Some(Status::Transcribed) => ("transcribed", "wait for a proofreader"),
        Some(Status::Proofread) => ("proofread", "wait for somebody to validate them"),
        Some(Status::Validated) => ("validated", ""),
        Some(Status::Published) => ("published", ""),
        Some(Status::Problematic) => ("problematic", "wait for a solution"),
        None => ("without a state", ""),
    };
    let waits = if waits.is_empty() { String::new() } else { format!(": {waits}") };
    writeln!(text, "\n{} {name}{waits}", stage.documents.len()).expect("a text takes more");
    let named = if all { stage.documents.len() } else { NAMED };
    let fronts = || stage.documents.iter().take(named).map(|waiting| (waiting, &site.documents[waiting.document.at()].front));
    let width = fronts().map(|(_, front)| front.id.value.0.len()).max().unwrap_or_default();
    for (waiting, front) in fronts() {
        let not_by = if waiting.not_by.is_empty() { String::new() } else { format!(" (not by {})", waiting.not_by.join(", ")) };
        writeln!(text, "  {:width$}  {}{not_by}", front.id.value.0, front.title.value).expect("a text takes more");
    }
    if stage.documents.len() > named {
        writeln!(text, "  and {} more: `ibid status --all`", stage.documents.len() - named).expect("a text takes more");
    }
}

fn in_git(extent: &Extent, head: &str) -> String {
    match extent {
        Extent::None => "This folder is in no git repository, or nothing is committed yet: pages have no dates of revision.".into(),
        Extent::Unknown(words) => format!("Pages have no dates of revision: {words}."),
        Extent::Shallow => {
            "This is a shallow clone, without the first commits: pages have no dates of revision. `git fetch --unshallow` fetches the rest."
                .into()
        }
        Extent::Whole => format!("Dates of revision are those of git, up to commit {}.", head.get(..7).unwrap_or(head)),
    }
}

fn recorded(site: &Site) -> String {
    let ledger = &site.past.ledger;
    if ledger.kept {
        format!("{} addresses are recorded in content/ledger.txt.", ledger.addresses.len())
    } else {
        "Nothing is recorded yet: run `ibid record` when you publish, so that no address can vanish unnoticed.".into()
    }
}
