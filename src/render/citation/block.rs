//! The block that says how to cite a page: a tab for each style, two layers in each.

use super::template::{Filling, Request, Shape, key_of};
use super::{Citations, Requests};
use super::{documents, head, marks, records};
use crate::base::path::OutputPath;
use crate::formats::bibtex;
use crate::formats::csl::{Run, Want};
use crate::model::citable::{CHANGED, Citable};
use crate::model::document::Embedded;
use crate::model::locator::LocatorKind;
use crate::model::source::{Archive, PrintedSource};
use crate::model::theme::Words;
use crate::render::entry_words::escaped;
use crate::render::page_input::{CitationInput, CiteInput, PageInput};
use crate::render::routes::Subject;
use crate::render::{World, facts};
use crate::resolve::routes::Routes;
use crate::resolve::{DocumentIndex, Site};

/// Texts that differ from page to page.
const OPEN: [&str; 2] = ["title", "URL"];

/// Asks for all blocks.
pub(super) fn requests(citations: &Citations, site: &Site, words: &Words, requests: &mut Requests) {
    let mut add = |citable: &Citable| {
        let shape = shape_of(citable);
        for style in citations.tabs.iter().flatten() {
            match &shape {
                Some((shape, key)) => {
                    requests.entry(citations.key(*style, key)).or_insert_with(|| citations.whole(*style, shape));
                }
                None => {
                    let (key, request) = citations.alone(*style, citable);
                    requests.entry(key).or_insert(request);
                }
            }
        }
    };
    for (index, (summary, path)) in (0..).map(DocumentIndex).zip(site.documents.iter().zip(&site.routes.documents)) {
        if summary.page {
            add(&documents::text(site, words, path, &summary.front.title.value, index));
            continue;
        }
        add(&documents::document(site, words, index));
        for part in &summary.front.contains {
            add(&documents::embedded(site, words, index, part));
        }
    }
    // Lists and entries of registers have one shape; a title that ends with a bracket or a stop has another.
    for entity in site.entities.values() {
        add(&documents::page(site, &Routes::entity(entity), &entity.name));
    }
    for title in ["A", "A)", "(A)", "A.", "A?", "A!", "“A”"] {
        add(&documents::page(site, &OutputPath::new("a.html"), title));
    }
    add(&documents::edition(site, words));
    for source in site.documents.iter().filter_map(|summary| summary.front.source.as_ref()) {
        for style in citations.tabs.iter().flatten() {
            if let Some((key, request, _)) = citations.printed(*style, site, source) {
                requests.entry(key).or_insert(request);
            }
        }
    }
}

impl Citations {
    /// The request of a page's own layer.
    fn whole(&self, style: usize, shape: &Shape) -> Request {
        let want = if self.styles[style].notes { Want::First } else { Want::Entry };
        let items = vec![shape.citable.clone()];
        Request { style, items, which: 0, want, place: None, date: shape.date, changed: shape.changed }
    }

    /// The request of a thing that shares no template.
    fn alone(&self, style: usize, citable: &Citable) -> (String, Request) {
        let want = if self.styles[style].notes { Want::First } else { Want::Entry };
        let key = self.key(style, &format!("alone{}", key_of(citable, None)));
        (key, Request { style, items: vec![citable.clone()], which: 0, want, place: None, date: None, changed: false })
    }

    /// The key and the request of the printed source, and its pages.
    fn printed<'a>(&self, style: usize, site: &Site, source: &'a PrintedSource) -> Option<(String, Request, &'a str)> {
        let work = documents::printed(site, source)?;
        let pages = source.pages.as_deref().unwrap_or_default();
        let several = pages.contains(['-', '–', ',']);
        let notes = self.styles[style].notes;
        let item =
            if notes { work } else { documents::held(&work, (!pages.is_empty()).then_some(if several { "1741-2852" } else { "1741" })) };
        let key = self.key(style, &format!("printed{}{}{several}", key_of(&item, None), pages.is_empty()));
        let place = (notes && !pages.is_empty()).then_some((LocatorKind::Page, several));
        let want = if notes { Want::First } else { Want::Entry };
        Some((key, Request { style, items: vec![item], which: 0, want, place, date: None, changed: false }, pages))
    }

    /// Ends a citation as the style does.
    fn stop(&self, style: usize, runs: &mut Vec<Run>) {
        let want = if self.styles[style].notes { Want::First } else { Want::Entry };
        if self.styles[style].stops(want) {
            marks::stop(runs, &self.language);
        }
    }

    /// A page's own layer, formatted; `shape` is that of the page.
    fn formatted(&self, style: usize, citable: &Citable, shape: Option<&(Shape, String)>) -> Vec<Run> {
        let months = self.months[style].as_deref();
        let shared = shape.and_then(|(shape, key)| self.memo.get().get(&self.key(style, key)).map(|template| (shape, template)));
        if let Some((shape, template)) = shared.filter(|(_, template)| template.whole) {
            let filling =
                Filling { values: Some(&shape.values), date: citable.issued(), changed: citable.dates.get(CHANGED), ..Filling::default() };
            return template.fill(&filling, months);
        }
        let (key, request) = self.alone(style, citable);
        match self.memo.get().get(&key) {
            Some(template) => template.fill(&Filling::default(), months),
            None => super::template::make(self, &request).fill(&Filling::default(), months),
        }
    }
}

/// A page's shape with its key, the same in all styles; `None` when it shares none.
fn shape_of(citable: &Citable) -> Option<(Shape, String)> {
    let shape = Shape::of(citable, &OPEN)?;
    let key = shape.key();
    Some((shape, key))
}

/// The tabs of a page.
fn tabs(
    citations: &Citations,
    site: &Site,
    words: &Words,
    citable: &Citable,
    record: Option<&Citable>,
    index: Option<DocumentIndex>,
) -> Vec<CitationInput> {
    let shape = shape_of(citable);
    let tab = |style: &Option<usize>| {
        let Some(style) = *style else { return bibtex_tab(record.unwrap_or(citable)) };
        let own = &citations.styles[style];
        let html = marks::html(&whole(citations, style, (site, words), (citable, shape.as_ref()), index), &[], false);
        CitationInput { style: own.name.clone(), name: tab_name(words, &own.name, &own.title), html, lines: false }
    };
    citations.tabs.iter().map(tab).collect()
}

fn bibtex_tab(record: &Citable) -> CitationInput {
    let html = escaped(bibtex::print(std::slice::from_ref(record)).trim_end());
    CitationInput { style: super::BIBTEX.to_owned(), name: "BibTeX".to_owned(), html, lines: true }
}

/// Puts the block on a page that can be cited.
pub(crate) fn fill(input: &mut PageInput, world: &World<'_>, path: &OutputPath, subject: &Subject) {
    let (site, words, citations) = (world.site, &world.theme.words, world.citations);
    let index = match subject {
        Subject::Document(index) => Some(*index),
        Subject::Source(_) | Subject::NotFound | Subject::Redirect(_) | Subject::Wanted | Subject::Review => return,
        _ => None,
    };
    let summary = index.map(|index| &site.documents[index.at()]);
    let citable = match (subject, index) {
        (_, Some(index)) => documents::document(site, words, index),
        (Subject::Home, _) => documents::edition(site, words),
        (Subject::Text(index), _) => documents::text(site, words, path, &input.title, *index),
        _ => documents::page(site, path, &input.title),
    };
    let word = match (summary, subject) {
        (Some(summary), _) => {
            let kind = summary.front.kind.as_ref().map_or("document", |kind| kind.value.as_str());
            facts::noun_inside(site, &facts::kind_word(site, words, kind))
        }
        (None, Subject::Home) => words.get("edition_noun").to_owned(),
        _ => words.get("page_noun").to_owned(),
    };
    let part = |part: &Embedded| {
        let style = *citations.tabs.iter().flatten().next()?;
        let citable = documents::embedded(site, words, index?, part);
        let mut runs = citations.formatted(style, &citable, shape_of(&citable).as_ref());
        citations.stop(style, &mut runs);
        let html = marks::html(&runs, &[], false);
        Some(CitationInput { style: part.id.value.clone(), name: facts::embedded_name(site, words, part), html, lines: false })
    };
    let record = index.map(|index| records::document(citations, site, words, index));
    let stem = match subject {
        Subject::Document(_) => path.as_str().strip_suffix(".html").map(str::to_owned),
        Subject::Home if !site.order.time.is_empty() => Some(records::EDITION.to_owned()),
        Subject::Bibliography => Some(records::BIBLIOGRAPHY.to_owned()),
        _ => None,
    };
    let contains = summary.map_or(&[][..], |summary| &summary.front.contains);
    let last = summary.map_or(0, |summary| summary.paragraphs);
    input.cite = Some(CiteInput {
        word,
        tabs: tabs(citations, site, words, &citable, record.as_ref(), index),
        parts: contains.iter().filter_map(part).collect(),
        paragraph: if last > 1 { words.fill("cite_paragraph", &[("last", &last.to_string())]) } else { String::new() },
        downloads: stem.map_or_else(Vec::new, |stem| records::downloads(site, path, &stem)),
    });
    if let (Some(summary), Some(record)) = (summary, &record) {
        let in_volume = documents::work_of(&summary.front).is_some();
        input.meta = head::fields(record, in_volume);
        input.json_ld = head::json_ld(site, summary, record, in_volume);
    }
}

/// Both layers in one style.
fn whole(
    citations: &Citations,
    style: usize,
    (site, words): (&Site, &Words),
    (citable, shape): (&Citable, Option<&(Shape, String)>),
    index: Option<DocumentIndex>,
) -> Vec<Run> {
    let mut runs = citations.formatted(style, citable, shape);
    citations.stop(style, &mut runs);
    let mut source = index.map_or_else(Vec::new, |index| source_layer(citations, style, site, index));
    if !source.is_empty() {
        citations.stop(style, &mut source);
        let (before, after) = words.get("original_source").split_once("{source}").unwrap_or(("", ""));
        runs.push(Run { text: format!(" {before}"), ..Run::default() });
        runs.append(&mut source);
        runs.push(Run { text: after.to_owned(), ..Run::default() });
    }
    runs
}

/// The printed source as the style has it, or the sentence or archive that is stated.
fn source_layer(citations: &Citations, style: usize, site: &Site, index: DocumentIndex) -> Vec<Run> {
    let front = &site.documents[index.at()].front;
    let plain = |text: String| vec![Run { text, ..Run::default() }];
    if let Some(source) = &front.source {
        if let Some(statement) = &source.statement {
            return plain(statement.clone());
        }
        if let Some((key, request, pages)) = citations.printed(style, site, source) {
            let made;
            let template = match citations.memo.get().get(&key) {
                Some(known) => known,
                None => {
                    made = super::template::make(citations, &request);
                    &made
                }
            };
            let printed = citations.styles[style].pages(pages);
            let mut runs = template.fill(&Filling { place: &printed, ..Filling::default() }, citations.months[style].as_deref());
            if let Some(number) = source.number.as_ref().filter(|_| pages.is_empty()) {
                runs.push(Run { text: format!(", no. {number}"), ..Run::default() });
            }
            return runs;
        }
    }
    front.archive.as_ref().map(shelf).filter(|text| !text.is_empty()).map_or_else(Vec::new, plain)
}

/// The printed source or the archive in words, in the style of cites.
#[must_use]
pub(super) fn source_text(citations: &Citations, site: &Site, index: DocumentIndex) -> String {
    let style = citations.tabs.iter().flatten().next().copied().unwrap_or(citations.style);
    let mut runs = source_layer(citations, style, site, index);
    if !runs.is_empty() {
        marks::stop(&mut runs, &citations.language);
    }
    marks::plain(&runs)
}

/// Where the paper is, from the institution to the leaf.
fn shelf(archive: &Archive) -> String {
    archive.fields().map(|(_, value)| value).collect::<Vec<_>>().join(", ")
}

/// The name of a tab: a word of the theme, or the style's own title.
fn tab_name(words: &Words, name: &str, title: &str) -> String {
    let key = format!("style_{}", name.replace('-', "_"));
    if words.get(&key) == key { title.to_owned() } else { words.get(&key).to_owned() }
}
