//! The page of a document, and of a text about the edition.

use super::World;
use super::date_words;
use super::entry_words::escaped;
use super::facsimiles;
use super::facts::{FactMaker, kind_word};
use super::html::HtmlWriter;
use super::mentions::{document_link, place_name};
use super::notes::{self, Noted};
use super::page_input::{DocumentInput, EmendationInput, LinkInput, NoteInput, TextInput};
use crate::base::path::OutputPath;
use crate::model::annotation::AnnotationKind;
use crate::model::document::{Erratum, Status};
use crate::model::theme::Words;
use crate::resolve::order::principal_date;
use crate::resolve::{DocumentIndex, Site};

/// The text of a document or page with its notes and emendations, as HTML.
pub(super) struct Written {
    pub body: String,
    pub notes: Vec<NoteInput>,
    pub emendations: Vec<EmendationInput>,
}

/// Writes text and notes for the page at `page`.
pub(super) fn write(world: &World<'_>, page: &OutputPath, index: DocumentIndex) -> Written {
    let (site, words) = (world.site, &world.theme.words);
    let text = site.bodies[index.at()].made();
    let noted = Noted::of(site, words, index, &text);
    let mut writer = HtmlWriter::new(world, index, page, &noted);
    let body = writer.body(&text.blocks);
    let notes = notes::inputs(&mut writer, site, index, &text);
    Written { body, notes, emendations: emendations(site, words, index) }
}

/// Emendations, and supplied and doubtful words with a reason, in the order in which the writer numbers them: the annotations' own.
fn emendations(site: &Site, words: &Words, index: DocumentIndex) -> Vec<EmendationInput> {
    let annotations = &site.documents[index.at()].annotations;
    let found = annotations.iter().filter_map(|annotation| match &annotation.kind {
        AnnotationKind::Emendation { source, reason } => Some((annotation, source.as_str(), reason)),
        AnnotationKind::Supplied { reason } if !reason.is_empty() => Some((annotation, words.get("supplied_word"), reason)),
        AnnotationKind::Unclear { reason } if !reason.is_empty() => Some((annotation, words.get("unclear_word"), reason)),
        _ => None,
    });
    (1..)
        .zip(found)
        .map(|(number, (annotation, source, reason))| EmendationInput {
            number,
            reading: annotation.context.text.clone(),
            source: source.to_owned(),
            reason: reason.clone(),
            place: place_name(site, words, index, annotation.place).0,
        })
        .collect()
}

/// The page of a document.
pub(super) fn document(world: &World<'_>, page: &OutputPath, index: DocumentIndex) -> DocumentInput {
    let (site, words) = (world.site, &world.theme.words);
    let summary = &site.documents[index.at()];
    let front = &summary.front;
    let facts = FactMaker { site, words, page };
    let written = write(world, page, index);
    let facsimiles = facsimiles::inputs(site, words, page, index);
    let kind = front.kind.as_ref().map_or("document", |kind| kind.value.as_str());
    let kind_name = kind_word(site, words, kind);
    let (previous, next) = neighbours(site, words, page, index, &site.order.time, site.order.place_in_time[index.at()]);
    let printed = front.source.as_ref().and_then(|source| source.work.as_ref()).and_then(|work| site.order.print.get(&work.value));
    let (previous_printed, next_printed) =
        printed.map_or((None, None), |order| neighbours(site, words, page, index, order, site.order.place_in_print[index.at()]));
    DocumentInput {
        id: front.id.value.0.clone(),
        kind: kind.to_owned(),
        kind_word: kind_name,
        date: principal_date(summary).map(|date| date_words::input(date, words)),
        title_html: escaped(&front.title.value),
        subtitle_html: front.subtitle.as_deref().map(escaped),
        title_language: if front.title_of_document { other_language(site, front.language.as_deref()) } else { String::new() },
        text_language: other_language(site, front.language.as_deref()),
        text_direction: text_direction(site, front.language.as_deref()),
        facts: facts.facts(summary).into_iter().chain(facsimiles::fact(words, &facsimiles)).collect(),
        summary: front.summary.clone(),
        body_html: written.body,
        notes: written.notes,
        emendations: written.emendations,
        facsimiles,
        source: facts.source(summary),
        previous_printed: previous_printed.filter(|link| previous.as_ref() != Some(link)),
        next_printed: next_printed.filter(|link| next.as_ref() != Some(link)),
        previous,
        next,
        source_view: page.link_to(&site.routes.sources[index.at()], None).as_str().to_owned(),
        status: status(words, front.status),
        revision: super::revision::lines(site, words, index),
        errata: errata(words, &front.errata),
    }
}

/// A page about the edition.
pub(super) fn text(world: &World<'_>, page: &OutputPath, index: DocumentIndex) -> TextInput {
    let site = world.site;
    let written = write(world, page, index);
    let source_view = page.link_to(&site.routes.sources[index.at()], None).as_str().to_owned();
    let front = &site.documents[index.at()].front;
    let language = front.language.as_deref();
    TextInput {
        subtitle: front.subtitle.clone(),
        summary: front.summary.clone(),
        text_language: other_language(site, language),
        text_direction: text_direction(site, language),
        body_html: written.body,
        notes: written.notes,
        emendations: written.emendations,
        source_view,
    }
}

/// A text's language, where it is not that of the interface.
pub(super) fn other_language(site: &Site, language: Option<&str>) -> String {
    language.filter(|language| *language != site.config.language).unwrap_or_default().to_owned()
}

/// Scripts that run from the right, by language.
pub(super) fn direction(language: &str) -> &'static str {
    let primary = language.split('-').next().unwrap_or(language);
    if matches!(primary, "ar" | "fa" | "he" | "yi" | "ur" | "ps" | "syr" | "ckb") { "rtl" } else { "" }
}

/// The direction of a text, where it is not that of the interface.
fn text_direction(site: &Site, language: Option<&str>) -> &'static str {
    let own = direction(language.unwrap_or(&site.config.language));
    match (own, direction(&site.config.language)) {
        (own, around) if own == around => "",
        ("", _) => "ltr",
        (own, _) => own,
    }
}

fn neighbours(
    site: &Site,
    words: &Words,
    page: &OutputPath,
    index: DocumentIndex,
    order: &[DocumentIndex],
    place: Option<u32>,
) -> (Option<LinkInput>, Option<LinkInput>) {
    let Some(place) = place.map(|place| place as usize).filter(|place| order.get(*place) == Some(&index)) else { return (None, None) };
    let link = |at: Option<usize>| at.and_then(|at| order.get(at)).map(|index| document_link(site, words, page, *index));
    (link(place.checked_sub(1)), link(place.checked_add(1)))
}

/// States a reader should know of; finished ones are not shouted.
fn status(words: &Words, status: Option<Status>) -> Option<String> {
    let status = status.filter(|status| matches!(status, Status::Draft | Status::Transcribed | Status::Problematic))?;
    let name = Status::ALL.iter().find(|(known, _)| *known == status).map_or("", |(_, name)| name);
    Some(words.get(&format!("status_{name}")).to_owned())
}

fn errata(words: &Words, errata: &[Erratum]) -> Vec<String> {
    let line = |erratum: &Erratum| {
        let date = erratum.date.as_ref().map(|date| format!("{}: ", escaped(&date_words::full(date, words)))).unwrap_or_default();
        format!("{date}{}", correction(erratum))
    };
    errata.iter().map(line).collect()
}

/// What stood, what stands now, and why, as HTML.
pub(super) fn correction(erratum: &Erratum) -> String {
    let reason = erratum.reason.as_deref().map(|reason| format!(" ({})", escaped(reason))).unwrap_or_default();
    format!("<del>{}</del> → {}{reason}", escaped(&erratum.was), escaped(&erratum.now))
}
