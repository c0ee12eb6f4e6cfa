//! The edition's rule of review: whoever validates has neither transcribed nor proofread, and, where the edition asks for it, git knows their work.

use crate::diag::{Code, Diagnostic, Label};
use crate::model::document::{Status, Summary};
use crate::resolve::Site;

/// Runs the check; silent where the edition has no rule.
pub(super) fn run(site: &Site, summary: &Summary, findings: &mut Vec<Diagnostic>) {
    if !site.config.second_person_review {
        return;
    }
    let Some(status) = summary.front.status else { return };
    let typed = Status::ALL.iter().find(|(known, _)| *known == status).map_or("", |(_, name)| name);
    let said = |message: String| Diagnostic::new(Code::Unreviewed, message, Label::new(&summary.file, summary.front.status_span));
    let did = |deed: &str| -> Vec<&str> {
        summary.front.responsibility.iter().filter(|entry| entry.did == deed).map(|entry| entry.who.as_str()).collect()
    };
    match status {
        Status::Proofread if did("proofread").is_empty() => {
            findings.push(said("the document is called proofread, but nobody is named who has proofread it".into()).help(
                "add a line under `responsibility`, as `- { who: A. Smith, did: proofread, when: 2026-03-09 }`, or write `status: transcribed`",
            ));
        }
        Status::Validated | Status::Published => {
            let validators = did("validated");
            let before = [did("transcribed"), did("proofread")].concat();
            let second: Vec<&str> = validators.iter().copied().filter(|who| !before.contains(who)).collect();
            if validators.is_empty() {
                findings.push(said(format!("the document is called {typed}, but nobody is named who has validated it")).help(
                    "add a line under `responsibility`, as `- { who: B. Jones, did: validated, when: 2026-03-11 }`, or write the state it has reached",
                ));
            } else if second.is_empty() {
                let message = format!("{} has validated the document, but has also transcribed or proofread it", validators.join(", "));
                findings.push(said(message).help("let somebody else validate it, or write `status: proofread`"));
            } else {
                by_commits(site, summary, &second, &said, findings);
            }
        }
        _ => {}
    }
}

/// Somebody who validated has made a commit on the file, and not the one it came with.
fn by_commits(site: &Site, summary: &Summary, validators: &[&str], said: &impl Fn(String) -> Diagnostic, findings: &mut Vec<Diagnostic>) {
    let Some(file) = site.past.history.files.get(&summary.file).filter(|_| site.config.review_by_commits) else { return };
    let names = |who: &str| -> Vec<String> {
        let entity = site.entities.get(who);
        let known = entity.map(|entity| std::iter::once(entity.name.clone()).chain(entity.aliases.iter().cloned()).collect());
        known.unwrap_or_else(|| vec![who.to_owned()])
    };
    let works_in_git = |who: &&str| {
        let names = names(who);
        file.people.iter().any(|person| names.contains(person)) && !file.first.authors.iter().any(|author| names.contains(author))
    };
    if validators.iter().any(works_in_git) {
        return;
    }
    let message =
        format!("{} is named as validator, but the commits on this file are by {}", validators.join(", "), file.people.join(", "));
    findings.push(said(message).help(
        "the validator commits the line `status: validated` under their own name; names are those of `git log`, or names and aliases of a register",
    ));
}
