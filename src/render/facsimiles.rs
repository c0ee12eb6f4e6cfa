//! Images of the paper under a document: files of the edition are shown, images and manifests on other sites are linked and never loaded.

use super::entry_words::escaped;
use super::page_input::{FacsimileInput, Fact};
use crate::base::path::{OutputPath, percent};
use crate::model::annotation::AnnotationKind;
use crate::model::document::{Facsimile, Summary};
use crate::model::theme::Words;
use crate::resolve::links::Target;
use crate::resolve::printed::page_anchor;
use crate::resolve::{DocumentIndex, Site};

/// The facsimiles of a document, in the order typed.
pub(super) fn inputs(site: &Site, words: &Words, page: &OutputPath, index: DocumentIndex) -> Vec<FacsimileInput> {
    let summary = &site.documents[index.at()];
    let facsimiles = summary.front.facsimile.iter().zip(&site.answers[index.at()].facsimiles);
    let input = |(number, (facsimile, target)): (usize, (&Facsimile, &Target))| {
        let (href, external, size) = match target {
            Target::Media(path) => (page.link_to(path, None).as_str().to_owned(), false, site.routes.size(path)),
            Target::External(address) => (address.clone(), true, None),
            _ => return None,
        };
        Some(FacsimileInput {
            id: format!("facs-{number}"),
            label: label(words, facsimile, external),
            page_href: facsimile.page.as_deref().and_then(|page| page_break(summary, page)).unwrap_or_default(),
            width: size.map(|size| size.width),
            height: size.map(|size| size.height),
            href,
            external,
        })
    };
    (1..).zip(facsimiles).filter_map(input).collect()
}

/// The way from the head of a page to its facsimiles.
pub(super) fn fact(words: &Words, facsimiles: &[FacsimileInput]) -> Option<Fact> {
    let link = |one: &FacsimileInput| format!("<a href=\"#{}\">{}</a>", one.id, escaped(&one.label));
    let links = facsimiles.iter().map(link).collect::<Vec<_>>().join("<br>");
    (!links.is_empty())
        .then(|| Fact { label: words.get(if facsimiles.len() == 1 { "facsimile" } else { "facsimiles" }).to_owned(), html: links })
}

/// "Page 534a, leaf 2"; for an address without words what it is.
fn label(words: &Words, facsimile: &Facsimile, external: bool) -> String {
    let page = facsimile.page.as_deref().map(|number| words.fill("page_number", &[("number", number)]));
    let said: Vec<String> = page.into_iter().chain(facsimile.label.clone()).collect();
    match (said.is_empty(), external) {
        (false, _) => said.join(", "),
        (true, true) if facsimile.image.value.ends_with(".json") || facsimile.image.value.contains("manifest") => {
            words.get("iiif_manifest").to_owned()
        }
        (true, true) => facsimile.image.value.clone(),
        (true, false) => words.get("facsimile").to_owned(),
    }
}

/// The page break of that page in the text, if there is one.
fn page_break(summary: &Summary, page: &str) -> Option<String> {
    let breaks =
        |annotation: &crate::model::annotation::Annotation| matches!(&annotation.kind, AnnotationKind::PageBreak(own) if own == page);
    summary.annotations.iter().any(breaks).then(|| format!("#{}", percent(&page_anchor(page))))
}
