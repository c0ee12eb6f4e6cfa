//! What a page says of its own history: since when, last changed when and by whom, which paragraphs have changed; links to the host of the
//! repository.

use super::date_words::day_month_year;
use super::entry_words::escaped;
use crate::model::config::Revisions;
use crate::model::date::Day;
use crate::model::theme::Words;
use crate::resolve::{DocumentIndex, Site};

/// Lines for the end of a page, as HTML; empty when nothing is known.
pub(super) fn lines(site: &Site, words: &Words, index: DocumentIndex) -> Vec<String> {
    let history = if site.config.revisions == Revisions::Hidden { String::new() } else { history(site, words, index) };
    let first = [history, links(site, words, index)].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    Some(first).filter(|first| !first.is_empty()).into_iter().chain(changes(site, words, index)).collect()
}

/// "In this edition since 3 May 2026 (version 1.0), last changed 25 November 2026 by A. Smith"
fn history(site: &Site, words: &Words, index: DocumentIndex) -> String {
    let revision = &site.revisions[index.at()];
    let mut parts = Vec::new();
    if let Some(published) = &revision.published {
        let mut since = words.fill("revision_since", &[("date", &day(words, published.day))]);
        if let Some(version) = &revision.version {
            since.push_str(&format!(" ({} {version})", words.get("version").to_lowercase()));
        }
        parts.push(escaped(&since));
    }
    // What an editor has stated is in the source block; here stands what git knows.
    if let Some(changed) = revision.changed.as_ref().filter(|_| revision.commit.is_some()) {
        let date = day(words, changed.day);
        let names = revision.by.join(", ");
        let by = site.config.revisions == Revisions::Names && !names.is_empty();
        let same = revision.published.as_ref().is_some_and(|published| published.day == changed.day);
        if by {
            let key = if same && parts.len() == 1 { "revision_by" } else { "revision_changed_by" };
            parts.push(escaped(&words.fill(key, &[("date", &date), ("names", &names)])));
        } else if !same {
            parts.push(escaped(&words.fill("revision_changed", &[("date", &date)])));
        }
    }
    parts.join(", ")
}

/// "25 November 2026"
fn day(words: &Words, day: Day) -> String {
    day_month_year(words, day.day_of_month(), day.month(), &day.year().to_string())
}

/// To the file and its history, where the edition states its repository on a host we know.
fn links(site: &Site, words: &Words, index: DocumentIndex) -> String {
    let Some(repository) =
        site.config.repository.as_deref().filter(|address| address.starts_with("https://") || address.starts_with("http://"))
    else {
        return String::new();
    };
    let repository = repository.trim_end_matches('/').trim_end_matches(".git");
    let revision = &site.revisions[index.at()];
    let file = revision.path.clone().unwrap_or_else(|| site.documents[index.at()].file.as_str().to_owned());
    let file = file.split('/').map(crate::base::path::percent).collect::<Vec<_>>().join("/");
    let commit = revision.commit.as_deref().unwrap_or("HEAD");
    let (text, past) = match Host::of(repository) {
        Host::GitHub => (format!("/blob/{commit}/{file}"), format!("/commits/HEAD/{file}")),
        Host::GitLab => (format!("/-/blob/{commit}/{file}"), format!("/-/commits/HEAD/{file}")),
        // Its addresses name the branch or commit by kind.
        Host::Forgejo if revision.commit.is_some() => (format!("/src/commit/{commit}/{file}"), format!("/commits/commit/{commit}/{file}")),
        _ => return String::new(),
    };
    let link =
        |address: &str, key: &str| format!("<a href=\"{}{address}\" rel=\"external\">{}</a>", escaped(repository), escaped(words.get(key)));
    format!("{} · {}", link(&text, "revision_text"), link(&past, "revision_history"))
}

/// Hosts whose addresses we know.
enum Host {
    GitHub,
    GitLab,
    Forgejo,
    Other,
}

impl Host {
    fn of(repository: &str) -> Self {
        let host = repository.split("//").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
        match host {
            "github.com" => Host::GitHub,
            "codeberg.org" => Host::Forgejo,
            host if host.starts_with("gitlab.") || host.contains(".gitlab.") => Host::GitLab,
            host if host.starts_with("git.") || host.contains("forgejo") || host.contains("gitea") => Host::Forgejo,
            host if host.starts_with("github.") => Host::GitHub,
            _ => Host::Other,
        }
    }
}

/// "Changed since it was recorded: ¶ 2. No longer in the text: ¶ 5"
fn changes(site: &Site, words: &Words, index: DocumentIndex) -> Option<String> {
    let paragraphs = &site.answers[index.at()].paragraphs;
    let changed: Vec<String> = paragraphs
        .changed
        .iter()
        .map(|(number, version)| {
            let version = version
                .as_deref()
                .map_or(String::new(), |version| format!(" ({} {})", words.get("version").to_lowercase(), escaped(version)));
            format!("<a href=\"#p{number}\">¶ {number}</a>{version}")
        })
        .collect();
    let gone: Vec<String> = paragraphs.gone.iter().map(|(_, number)| format!("¶ {number}")).collect();
    let mut parts = Vec::new();
    if !changed.is_empty() {
        parts.push(words.fill("revision_paragraphs", &[("paragraphs", &changed.join(", "))]));
    }
    if !gone.is_empty() {
        parts.push(words.fill("revision_gone", &[("paragraphs", &gone.join(", "))]));
    }
    (!parts.is_empty()).then(|| parts.join(". "))
}
