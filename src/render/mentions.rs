//! Lists of places: which document or note, with the words around.

use super::date_words;
use super::page_input::{LinkInput, MentionGroup, MentionPlace};
use crate::base::path::OutputPath;
use crate::model::annotation::{AnnotationKind, Citation, Place};
use crate::model::theme::Words;
use crate::resolve::backreferences::Use;
use crate::resolve::order::principal_date;
use crate::resolve::{DocumentIndex, Site};

/// A document as a link, with its date.
#[must_use]
pub fn document_link(site: &Site, words: &Words, page: &OutputPath, index: DocumentIndex) -> LinkInput {
    let summary = &site.documents[index.at()];
    LinkInput {
        href: page.link_to(&site.routes.documents[index.at()], None).as_str().to_owned(),
        title: summary.front.short_title.as_ref().unwrap_or(&summary.front.title.value).clone(),
        date: principal_date(summary).map_or(String::new(), |date| date_words::text(date, words)),
    }
}

/// Uses grouped by document; they must be in the order of documents. A place that holds several is shown once for each.
#[must_use]
pub fn groups(site: &Site, words: &Words, page: &OutputPath, uses: &[Use]) -> Vec<MentionGroup> {
    let mut groups: Vec<(DocumentIndex, MentionGroup)> = Vec::new();
    for place in uses {
        if groups.last().is_none_or(|(document, _)| *document != place.document) {
            groups.push((place.document, MentionGroup { document: document_link(site, words, page, place.document), places: Vec::new() }));
        }
        if let Some((_, group)) = groups.last_mut() {
            group.places.push(mention_place(site, words, page, *place));
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

fn mention_place(site: &Site, words: &Words, page: &OutputPath, place: Use) -> MentionPlace {
    let summary = &site.documents[place.document.at()];
    let annotation = summary.annotation(place.annotation);
    let (name, anchor) = place_name(site, words, place.document, annotation.place);
    let context = &annotation.context;
    MentionPlace {
        place: name,
        href: page.link_to(&site.routes.documents[place.document.at()], anchor.as_deref()).as_str().to_owned(),
        before: context.before.clone(),
        text: match &annotation.kind {
            AnnotationKind::Citation(citation) if !citation.covered => cited(citation),
            _ => context.text.clone(),
        },
        after: context.after.clone(),
    }
}

/// What a citation says of the place in the work: "pp. 276–77"; an ellipsis when it names the whole work.
fn cited(citation: &Citation) -> String {
    let places = citation.cites.iter().flat_map(|cite| cite.locators.iter().map(|locator| locator.printed.as_str()));
    let places: Vec<&str> = places.collect();
    if places.is_empty() { "…".to_owned() } else { places.join(", ") }
}

/// "¶ 3" or "note 1", and the anchor.
pub(super) fn place_name(site: &Site, words: &Words, document: DocumentIndex, place: Place) -> (String, Option<String>) {
    if let Some(note) = place.note {
        let note = &site.answers[document.at()].notes[note as usize];
        return (words.fill("note_short", &[("mark", &note.mark)]), Some(format!("fn{}", note.key)));
    }
    match place.paragraph {
        0 => (words.get("beginning").to_owned(), None),
        position => {
            let number = site.answers[document.at()].paragraphs.number(position);
            (format!("¶ {number}"), Some(paragraph_anchor(site, document, position)))
        }
    }
}

/// A paragraph's anchor: its own id where one was typed.
fn paragraph_anchor(site: &Site, document: DocumentIndex, position: u32) -> String {
    let named = site.answers[document.at()].named.get(&position).cloned();
    named.unwrap_or_else(|| format!("p{}", site.answers[document.at()].paragraphs.number(position)))
}
