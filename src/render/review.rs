//! Pages about the editors' work: what waits for whom (in a preview only), and what stands at an address that was given up.

use super::World;
use super::date_words;
use super::mentions::document_link;
use super::page_input::{Content, LinkInput, PageInput, ReviewInput, ReviewStage, WithdrawnInput};
use crate::base::path::OutputPath;
use crate::model::document::Status;
use crate::resolve::review;

/// The state of the work.
pub(super) fn fill(input: &mut PageInput, world: &World<'_>, path: &OutputPath) {
    let (site, words) = (world.site, &world.theme.words);
    (input.kind, input.title, input.canonical) = ("review", words.get("review").to_owned(), None);
    let stages = review::stages(site).into_iter().map(|stage| {
        let documents = stage.documents.iter().map(|waiting| {
            let link = document_link(site, words, path, waiting.document);
            let not_by = waiting.not_by.join(", ");
            let date = if not_by.is_empty() { link.date } else { words.fill("review_not_by", &[("names", &not_by)]) };
            LinkInput { date, ..link }
        });
        ReviewStage {
            title: words.get(title(stage.status)).to_owned(),
            count: words.count(&site.config.language, "documents_count", stage.documents.len()),
            documents: documents.collect(),
        }
    });
    input.content = Content::Review(ReviewInput { stages: stages.collect() });
}

/// The key of a state's title.
fn title(status: Option<Status>) -> &'static str {
    match status {
        Some(Status::Draft) => "waits_draft",
        Some(Status::Transcribed) => "waits_transcribed",
        Some(Status::Proofread) => "waits_proofread",
        Some(Status::Validated) => "waits_validated",
        Some(Status::Published) => "waits_published",
        Some(Status::Problematic) => "waits_problematic",
        None => "waits_none",
    }
}

/// The page of a tombstone.
pub(super) fn fill_withdrawn(input: &mut PageInput, world: &World<'_>, path: &OutputPath, at: usize) {
    let (site, words) = (world.site, &world.theme.words);
    let Some(stone) = site.tombstones.get(at) else { return };
    (input.kind, input.title, input.canonical) = ("withdrawn", words.get("withdrawn").to_owned(), None);
    let see = stone.see.iter().filter_map(|id| site.routes.by_id.get(&id.value));
    input.content = Content::Withdrawn(WithdrawnInput {
        why: stone.why.clone(),
        since: stone.date.as_ref().map(|date| words.fill("withdrawn_since", &[("date", &date_words::text(date, words))])),
        see: see.map(|index| document_link(site, words, path, *index)).collect(),
    });
}
