//! `ibid record`: writes down what is published, in `content/ledger.txt`. The one command that writes into `content/` what an editor has not
//! asked for by name, and only that file: what stands in it stays, new lines are added.

use crate::base::path::OutputPath;
use crate::base::say;
use crate::diag::{self, human};
use crate::model::ledger::{Address, Ledger, Wording};
use crate::pipeline;
use crate::resolve::{Drafts, Site, addresses, paragraphs};
use crate::write;
use crate::{say, tell};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::process::ExitCode;

const HEAD: &str = "# The addresses that readers may have cited, and the paragraphs of documents as they were when they were first recorded.\n\
                    # Written by `ibid record`. Keep it in git; nothing in it is ever taken out.\n";

/// Records the addresses of the edition at `root`; `check` only says whether there is something to record.
/// Exit status 1: the edition has errors, or something is not recorded.
#[must_use]
pub fn run(root: &Path, check: bool) -> ExitCode {
    let read = pipeline::read(root, Drafts::LeftOut);
    let errors = diag::error_count(&read.findings);
    if errors > 0 {
        say::err(human::print(&read.findings, false, |path| read.inputs.text_of(path)));
        tell!("nothing was recorded: the edition has errors");
        return ExitCode::from(1);
    }
    let known = &read.site.past.ledger;
    let (text, added) = print(&read.site);
    let file = root.join(addresses::LEDGER);
    let before = std::fs::read_to_string(&file).unwrap_or_default();
    if text == before {
        say!("everything is recorded: {} addresses", known.addresses.len());
        return ExitCode::SUCCESS;
    }
    if check {
        say!("not everything is recorded: {}; run `ibid record` and commit {}", said(&added), addresses::LEDGER);
        return ExitCode::from(1);
    }
    match write::ledger(&file, &text) {
        Ok(()) => {
            say!("{}: {}. Commit the file", addresses::LEDGER, said(&added));
            ExitCode::SUCCESS
        }
        Err(words) => {
            tell!("error: {words}");
            ExitCode::from(2)
        }
    }
}

/// What is new in the ledger.
#[derive(Default)]
struct Added {
    addresses: usize,
    paragraphs: usize,
    changed: usize,
    moved: bool,
}

fn said(added: &Added) -> String {
    let count = |number: usize, one: &str, many: &str| format!("{number} {}", if number == 1 { one } else { many });
    let mut parts = vec![
        count(added.addresses, "new address", "new addresses"),
        count(added.paragraphs, "new paragraph", "new paragraphs"),
        count(added.changed, "changed paragraph", "changed paragraphs"),
    ];
    if added.moved {
        parts.push("another public address".into());
    }
    parts.join(", ")
}

/// The ledger as it should be, and what is new in it.
fn print(site: &Site) -> (String, Added) {
    let mut ledger: Ledger = site.past.ledger.clone();
    let mut added = Added::default();
    let known_url = ledger.url.as_ref().map(|url| url.value.clone());
    let url = site.config.public_url.clone();
    added.moved = known_url.is_some() && url.is_some() && known_url != url;
    // A version is one word in the ledger.
    let version = site.config.version.as_deref().map(|version| version.split_whitespace().collect::<Vec<_>>().join("_"));
    let date = site.config.version_date.clone().filter(crate::model::date::Date::is_one_day);
    let cited: BTreeSet<OutputPath> = addresses::cited(&site.documents, site.entities.values(), &site.routes);
    for path in cited {
        ledger.addresses.entry(path).or_insert_with(|| {
            added.addresses += 1;
            Address { version: version.clone(), date: date.clone(), ..Address::default() }
        });
    }
    for (at, summary) in site.documents.iter().enumerate() {
        let Some(address) = ledger.addresses.get_mut(&site.routes.documents[at]).filter(|_| !summary.page) else { continue };
        let numbers = &site.answers[at].paragraphs;
        for (position, digest) in (1..).zip(paragraphs::digests(&site.bodies[at].made())) {
            let wordings = address.paragraphs.entry(numbers.number(position)).or_default();
            if wordings.iter().all(|wording| wording.digest != digest) {
                if wordings.is_empty() {
                    added.paragraphs += 1
                } else {
                    added.changed += 1
                }
                wordings.push(Wording { digest, version: version.clone() });
            }
        }
    }
    (lines(&ledger, url.or(known_url).as_deref()), added)
}

fn lines(ledger: &Ledger, url: Option<&str>) -> String {
    let mut text = HEAD.to_owned();
    let mut line = |words: String| {
        text.push_str(&words);
        text.push('\n');
    };
    if let Some(url) = url {
        line(format!("url {url}"));
    }
    for (path, address) in &ledger.addresses {
        let mut words = path.as_str().to_owned();
        match (address.version.as_deref(), address.date.as_ref().and_then(crate::model::date::Date::placed)) {
            (version, Some(day)) => write!(words, " {} {day}", version.unwrap_or("-")).expect("a text takes more"),
            (Some(version), None) => write!(words, " {version}").expect("a text takes more"),
            (None, None) => {}
        }
        line(words);
        for (number, wordings) in &address.paragraphs {
            for wording in wordings {
                let version = wording.version.as_deref().map_or(String::new(), |version| format!(" {version}"));
                line(format!("{path}#p{number} {}{version}", wording.digest));
            }
        }
    }
    text
}
