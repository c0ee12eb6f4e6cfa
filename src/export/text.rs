//! Plain text: one file a document, with its facts above and its notes below.

use super::plain::Plain;
use super::{documents, party_name};
use crate::base::path::OutputPath;
use crate::model::document::{Event, Party};
use crate::render::Artifact;
use crate::resolve::Site;
use rayon::prelude::*;

/// All documents as text files.
#[must_use]
pub fn print(site: &Site) -> Vec<Artifact> {
    let all: Vec<usize> = documents(site).map(|(index, _)| index).collect();
    all.into_par_iter()
        .map(|index| {
            let path = OutputPath::new(format!("documents/{}.txt", site.documents[index].front.id.value));
            Artifact { path, bytes: document(site, index).into_bytes() }
        })
        .collect()
}

/// One document.
#[must_use]
pub fn document(site: &Site, index: usize) -> String {
    let (summary, body) = (&site.documents[index], site.bodies[index].made());
    let front = &summary.front;
    let plain = Plain::of(site, index);
    let mut out = format!("{}\n", front.title.value);
    let mut fact = |name: &str, words: String| {
        if !words.is_empty() {
            out.push_str(&format!("{name}: {words}\n"));
        }
    };
    fact("From", names(site, &front.author));
    fact("To", names(site, &front.to));
    fact("Written", front.written.as_ref().map(|event| event_words(site, event)).unwrap_or_default());
    fact("Received", front.received.as_ref().map(|event| event_words(site, event)).unwrap_or_default());
    if let Some(source) = &front.source {
        let work = source.work.as_ref().map(|work| site.entries.get(&work.value).map_or(work.value.clone(), |entry| entry.title.clone()));
        let volume = source
            .work
            .as_ref()
            .and_then(|work| site.entries.get(&work.value))
            .and_then(|entry| entry.volume.clone())
            .or_else(|| source.volume.clone());
        let facts = [
            work,
            volume.map(|volume| format!("vol. {volume}")),
            source.number.as_ref().map(|number| format!("document {number}")),
            source.pages.as_ref().map(|pages| format!("pages {pages}")),
            source.statement.clone(),
        ];
        fact("Source", facts.into_iter().flatten().collect::<Vec<_>>().join(", "));
    }
    if let Some(archive) = &front.archive {
        fact("Archive", archive.fields().map(|(_, value)| value).collect::<Vec<_>>().join(", "));
    }
    for block in plain.blocks(&body.blocks) {
        out.push_str(&format!("\n{block}\n"));
    }
    for (note, blocks) in site.answers[index].notes.iter().zip(&body.notes) {
        out.push_str(&format!("\n[{}] {}\n", note.mark, plain.blocks(blocks).join("\n    ")));
    }
    out
}

fn names(site: &Site, parties: &[Party]) -> String {
    parties.iter().map(|party| party_name(site, party)).collect::<Vec<_>>().join("; ")
}

fn event_words(site: &Site, event: &Event) -> String {
    let place =
        event.place.as_ref().map(|place| site.entities.get(&place.value).map_or(place.value.as_str(), |entity| entity.name.as_str()));
    let date = event.date.as_ref().map(|date| if date.printed.is_empty() { date.edtf.as_str() } else { date.printed.as_str() });
    place.into_iter().chain(date).collect::<Vec<_>>().join(", ")
}
