//! Cites in the text and in notes: which form each has where it stands, asked for once for each work and form.

use super::template::{Filling, Request, is_plain, key_of};
use super::{Citations, Requests, marks, works};
use crate::base::digest::Digest;
use crate::formats::csl::{Run, Want};
use crate::model::annotation::{AnnotationKind, Cite};
use crate::model::citable::Citable;
use crate::model::entry::Entry;
use crate::model::locator::{Locator, LocatorKind};
use crate::render::entry_words::{escaped, of_title};
use crate::render::registers;
use crate::resolve::{DocumentIndex, Site};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Form of each cite of a document: annotation and place in it → what is wanted, and the note that cites the work first.
pub(crate) type Forms = BTreeMap<(u32, usize), (Want, Option<u32>)>;

/// Goes through the cites of a document as a reader does: the text, with each note where it is first referred to.
pub(crate) fn forms(site: &Site, index: DocumentIndex) -> Forms {
    let summary = &site.documents[index.at()];
    let mut order: Vec<u32> = (0_u32..).zip(&summary.annotations).filter(|(_, one)| one.place.note.is_none()).map(|(at, _)| at).collect();
    for note in (0_u32..).zip(&summary.notes).map(|(note, _)| note) {
        order.extend((0_u32..).zip(&summary.annotations).filter(|(_, one)| one.place.note == Some(note)).map(|(at, _)| at));
    }
    let mut forms = Forms::new();
    let mut first: BTreeMap<&str, Option<u32>> = BTreeMap::new();
    let mut last: Option<(&str, Vec<&str>)> = None;
    for at in order {
        let annotation = &summary.annotations[at as usize];
        let AnnotationKind::Citation(citation) = &annotation.kind else { continue };
        if citation.covered {
            continue;
        }
        let alone = citation.cites.len() == 1;
        for (position, cite) in citation.cites.iter().enumerate() {
            let key = cite.key.value.as_str();
            let place: Vec<&str> = cite.locators.iter().map(|locator| locator.value.as_str()).collect();
            let want = match (&last, first.get(key)) {
                (_, None) => Want::First,
                // Not after a citation of several works, whose last one "ibid." could not single out.
                (Some((before, where_before)), Some(_)) if *before == key => match (place.is_empty(), where_before == &place) {
                    (_, true) => Want::Ibid,
                    (false, false) => Want::IbidWithLocator,
                    (true, false) => Want::Subsequent,
                },
                _ => Want::Subsequent,
            };
            forms.insert((at, position), (want, first.get(key).copied().flatten()));
            first.entry(key).or_insert(annotation.place.note);
            last = (alone || position + 1 < citation.cites.len()).then_some((key, place));
        }
    }
    forms
}

/// A work of the bibliography as the processor knows it.
#[derive(Clone, Debug)]
pub(crate) struct Work {
    /// Itself and those it could be taken for, so that styles tell them apart: by years with letters, more names, given names.
    group: Arc<Vec<Citable>>,
    /// Which of them.
    which: usize,
    /// What is said of all of them, for keys.
    key: String,
    /// Its place in the list of works, from 1.
    pub number: usize,
}

/// All works by their keys.
pub(super) fn works(site: &Site) -> BTreeMap<String, Work> {
    let mut groups: BTreeMap<String, Vec<Citable>> = BTreeMap::new();
    for entry in site.entries.values() {
        let made = works::citable(entry);
        groups.entry(works::likeness(&made).to_lowercase()).or_default().push(made);
    }
    let mut all = BTreeMap::new();
    for group in groups.into_values() {
        let said: Vec<String> = group.iter().map(|one| format!("{}{}", one.id, key_of(one, None))).collect();
        let digest = Digest::of(said.concat().as_bytes());
        let group = Arc::new(group);
        for (which, one) in group.iter().enumerate() {
            all.insert(one.id.clone(), Work { group: Arc::clone(&group), which, key: format!("{digest}{which}"), number: 0 });
        }
    }
    for (number, key) in (1..).zip(super::entries::order(site, &all)) {
        if let Some(work) = all.get_mut(&key) {
            work.number = number;
        }
    }
    all
}

impl Work {
    /// What is said of it and of those like it, as a digest.
    pub(crate) fn state(&self) -> &str {
        &self.key
    }

    /// The work itself.
    pub(crate) fn citable(&self) -> &Citable {
        &self.group[self.which]
    }
}

/// Asks for all cites and for the entries of the bibliography.
pub(super) fn requests(citations: &Citations, site: &Site, requests: &mut Requests) {
    let mut add = |key: &str, want: Want, place: Option<(LocatorKind, bool)>| {
        if let Some((key, request)) = citations.cite_request(key, want, place) {
            requests.entry(key).or_insert(request);
        }
    };
    for key in site.entries.keys() {
        add(key, Want::Entry, None);
    }
    for index in (0_u32..).zip(&site.documents).map(|(index, _)| DocumentIndex(index)) {
        for ((at, position), (want, _)) in forms(site, index) {
            let AnnotationKind::Citation(citation) = &site.documents[index.at()].annotations[at as usize].kind else { continue };
            let cite = &citation.cites[position];
            add(&cite.key.value, want, place_of(&cite.locators));
        }
    }
}

impl Citations {
    fn cite_request(&self, key: &str, want: Want, place: Option<(LocatorKind, bool)>) -> Option<(String, Request)> {
        let work = self.works.get(key)?;
        let listed = want == Want::Entry;
        // Where a style has no list of works, its full cite stands in the list.
        let want = if want == Want::Entry && !self.styles[self.style].lists_works() { Want::First } else { want };
        let mut items = work.group.as_ref().clone();
        if !listed {
            // A title in its own script belongs to the list of works; a note names the work as it is found there.
            items.iter_mut().for_each(|item| drop(item.texts.remove("original-title")));
        }
        // A date that no style can format leaves a hole, which its printed form fills.
        let date = items[work.which].issued().filter(|date| !is_plain(date)).map(|date| date.edtf.precision());
        if date.is_some() {
            items[work.which].dates.remove("issued");
        }
        let known = self.key(self.style, &format!("cite{}{want:?}{listed}{place:?}", work.key));
        Some((known, Request { style: self.style, items, which: work.which, want, place, date, changed: false }))
    }

    fn cited(&self, key: &str, want: Want, place: Option<(LocatorKind, bool)>, filling: &Filling<'_>) -> Vec<Run> {
        let (Some(work), Some((known, request))) = (self.works.get(key), self.cite_request(key, want, place)) else { return Vec::new() };
        let made;
        let template = match self.memo.get().get(&known) {
            Some(template) => template,
            None => {
                made = super::template::make(self, &request);
                &made
            }
        };
        let number = work.number.to_string();
        let filling = Filling { date: work.citable().issued(), number: &number, ..*filling };
        template.fill(&filling, self.months[self.style].as_deref())
    }

    /// The entry of a work in the list of works.
    #[must_use]
    pub fn entry(&self, key: &str) -> Vec<Run> {
        let mut runs = self.cited(key, Want::Entry, None, &Filling::default());
        if self.style().stops(if self.style().lists_works() { Want::Entry } else { Want::First }) {
            marks::stop(&mut runs, &self.language);
        }
        runs
    }

    /// The place of a work in the list of works, from 1.
    #[must_use]
    pub fn number(&self, key: &str) -> usize {
        self.works.get(key).map_or(usize::MAX, |work| work.number)
    }

    /// Words of a work that are in another language: its title, its title in its own script.
    #[must_use]
    pub fn foreign(&self, site: &Site, key: &str) -> Vec<(String, String)> {
        let Some(work) = self.works.get(key).map(Work::citable) else { return Vec::new() };
        let mut foreign = Vec::new();
        if let Some(original) = work.get("original-title") {
            foreign.extend(registers::foreign(site, Some(&original.to_owned())).map(|words| (words.text, words.language)));
        }
        if let Some(language) = work.get("language") {
            let titles = ["title", "title-short", "container-title"].into_iter().filter_map(|name| work.get(name));
            foreign.extend(titles.map(|title| (title.to_owned(), of_title(language, title))));
        }
        foreign
    }

    /// The entry of a work as HTML, with its remark.
    #[must_use]
    pub fn entry_html(&self, site: &Site, entry: &Entry) -> String {
        let html = marks::html(&self.entry(&entry.key), &self.foreign(site, &entry.key), true);
        entry.note.as_deref().map_or(html.clone(), |note| format!("{html} {}", escaped(note)))
    }

    /// The entry of a work as plain text.
    #[must_use]
    pub fn entry_text(&self, key: &str) -> String {
        marks::plain(&self.entry(key))
    }

    /// A cite: the work in the form that fits, with the place named.
    pub(crate) fn cite(&self, cite: &Cite, want: Want, first_note: &str) -> Vec<Run> {
        let place = self.place(&cite.locators);
        let filling = Filling { place: &place, first_note, ..Filling::default() };
        let runs = self.cited(&cite.key.value, want, place_of(&cite.locators), &filling);
        if cite.suppress_author { marks::without_names(&runs) } else { runs }
    }

    /// The value of a place: pages as the style has ranges, further places with their labels.
    fn place(&self, locators: &[Locator]) -> String {
        let mut text = String::new();
        for (at, locator) in locators.iter().enumerate() {
            let value = match locator.kind {
                LocatorKind::Page => self.styles[self.style].pages(&locator.value),
                _ => locator.value.replace('-', "–"),
            };
            let label = self.language.label(locator.kind, is_several(locator));
            match (at, label) {
                // The style puts the label of the first place itself.
                (0, Some(_)) => text.push_str(&value),
                (0, None) => text.push_str(&locator.printed),
                (_, Some(label)) => text.push_str(&format!(", {label}\u{a0}{value}")),
                (_, None) => text.push_str(&format!(", {}", locator.printed)),
            }
        }
        text
    }
}

/// The one place a style is told of: the first that is named, with the others as part of its value.
fn place_of(locators: &[Locator]) -> Option<(LocatorKind, bool)> {
    locators.first().map(|locator| (locator.kind, is_several(locator)))
}

fn is_several(locator: &Locator) -> bool {
    let joined = locator.value.contains(['-', '–', '—', ',', '&']);
    joined || [" f", " и ", " und ", " et ", " and "].iter().any(|word| locator.value.contains(word))
}
