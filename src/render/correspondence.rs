//! Correspondences: the letters between two register entries in the order of time, answers joined to what they answer; and their list.

use super::chronology::{Timeline, span_of};
use super::page_input::{CorrespondenceInput, CorrespondencesInput, LetterInput, LinkInput};
use super::parts::{self, Division};
use crate::base::collate::Collation;
use crate::base::path::OutputPath;
use crate::model::theme::Words;
use crate::resolve::correspondence::{Correspondence, Letter, Pair};
use crate::resolve::routes::{CORRESPONDENCES, Routes};
use crate::resolve::{DocumentIndex, Site};
use std::collections::BTreeMap;
use std::ops::Range;

/// How the letters of a pair are divided into pages.
#[must_use]
pub fn division(site: &Site, words: &Words, pair: &Pair) -> Division {
    let none = Correspondence::default();
    let correspondence = site.correspondences.get(pair).unwrap_or(&none);
    let letters = &correspondence.letters;
    // Who wrote to whom, and a link for each answer.
    let weight = |letter: &Letter| 200 + parts::row_weight(site, letter.document) + 120 * letter.answers.len();
    let cuts = parts::cut(&letters.iter().map(weight).collect::<Vec<_>>());
    if cuts.len() < 2 {
        return Division::default();
    }
    let label = |(at, cut): (usize, &Range<usize>)| {
        let letters = letters.get(cut.clone()).unwrap_or_default();
        parts::years(site, letters.iter().map(|letter| letter.document)).unwrap_or_else(|| (at + 1).to_string())
    };
    let labels = cuts.iter().enumerate().map(label).collect();
    Division { labels, cuts, summary: summary(site, words, correspondence), ..Division::default() }
}

/// The letters of a pair; of a part of them, counted from 0.
#[must_use]
pub fn page(
    site: &Site,
    words: &Words,
    timeline: &Timeline,
    page: &OutputPath,
    pair: &Pair,
    (division, part): (Option<&Division>, usize),
) -> CorrespondenceInput {
    let none = Correspondence::default();
    let correspondence = site.correspondences.get(pair).unwrap_or(&none);
    let (first, second) = (name(site, &pair.0), name(site, &pair.1));
    let from_first = correspondence.letters.iter().filter(|letter| letter.from_first).count();
    let party = |id: &str, count: usize| LinkInput {
        href: site.entities.get(id).map_or(String::new(), |entity| page.link_to(&Routes::entity(entity), None).as_str().to_owned()),
        title: name(site, id).to_owned(),
        date: words.count(&site.config.language, counted(site, correspondence), count),
    };
    let own = division.map_or(0..correspondence.letters.len(), |division| division.lines(part));
    let route = Routes::correspondence(pair);
    let lines: BTreeMap<DocumentIndex, usize> = match division {
        Some(_) => correspondence.letters.iter().enumerate().map(|(at, letter)| (letter.document, at)).collect(),
        None => BTreeMap::new(),
    };
    let place = |document: DocumentIndex| {
        let part_of = division.zip(lines.get(&document)).map_or(part, |(division, line)| division.page_of(*line));
        page.link_to(&parts::path(&route, part_of), Some(&anchor(site, document))).as_str().to_owned()
    };
    let mut letters: Vec<LetterInput> = Vec::new();
    let mut before: Option<&Letter> = own.start.checked_sub(1).and_then(|at| correspondence.letters.get(at));
    for letter in correspondence.letters.get(own).unwrap_or_default() {
        let (from, to) = if letter.from_first { (first, second) } else { (second, first) };
        letters.push(LetterInput {
            id: anchor(site, letter.document),
            side: if letter.from_first { "there" } else { "back" },
            direction: if says(&site.documents[letter.document.at()].front.title.value, from, to) {
                String::new()
            } else {
                words.fill("from_to_names", &[("from", from), ("to", to)])
            },
            row: timeline.row(site, words, page, letter.document),
            answers: letter.answers.iter().map(|other| answered(site, words, *other, place(*other))).collect(),
            follows: before.is_some_and(|before| letter.answers.contains(&before.document)),
        });
        before = Some(letter);
    }
    CorrespondenceInput {
        summary: division.map_or_else(|| summary(site, words, correspondence), |division| division.summary.clone()),
        parties: [party(&pair.0, from_first), party(&pair.1, correspondence.letters.len() - from_first)],
        up: LinkInput {
            href: page.link_to(&OutputPath::new(CORRESPONDENCES), None).as_str().to_owned(),
            title: words.get("correspondences").to_owned(),
            date: String::new(),
        },
        parts: parts::links(page, &route, part, division),
        letters,
    }
}

/// "Lenin and Chicherin"
#[must_use]
pub fn title(site: &Site, words: &Words, pair: &Pair) -> String {
    words.fill("correspondence_of", &[("first", name(site, &pair.0)), ("second", name(site, &pair.1))])
}

/// All correspondences, the longest first.
#[must_use]
pub fn list(site: &Site, words: &Words, page: &OutputPath) -> CorrespondencesInput {
    let mut pairs: Vec<(&Pair, &Correspondence)> = site.correspondences.iter().collect();
    let collation = Collation::of(&site.config.language);
    let sort = |pair: &Pair| site.entities.get(&pair.0).map_or(pair.0.as_str(), |entity| entity.sort.as_str()).to_owned();
    pairs.sort_by(|(a, x), (b, y)| {
        y.letters.len().cmp(&x.letters.len()).then_with(|| collation.compare(&sort(a), &sort(b))).then_with(|| a.cmp(b))
    });
    let link = |(pair, correspondence): (&Pair, &Correspondence)| LinkInput {
        href: page.link_to(&Routes::correspondence(pair), None).as_str().to_owned(),
        title: title(site, words, pair),
        date: summary(site, words, correspondence),
    };
    CorrespondencesInput {
        summary: words.count(&site.config.language, "correspondences_count", pairs.len()),
        pairs: pairs.into_iter().map(link).collect(),
    }
}

/// The correspondences of one entry, the longest first.
#[must_use]
pub fn of_entity(site: &Site, words: &Words, timeline: &Timeline, page: &OutputPath, id: &str) -> Vec<LinkInput> {
    let mut own: Vec<(&Pair, &Correspondence)> = timeline.correspondences_of(site, id);
    own.sort_by(|(a, x), (b, y)| y.letters.len().cmp(&x.letters.len()).then_with(|| a.cmp(b)));
    let link = |(pair, correspondence): (&Pair, &Correspondence)| LinkInput {
        href: page.link_to(&Routes::correspondence(pair), None).as_str().to_owned(),
        title: name(site, if pair.0 == id { &pair.1 } else { &pair.0 }).to_owned(),
        date: summary(site, words, correspondence),
    };
    own.into_iter().map(link).collect()
}

fn summary(site: &Site, words: &Words, correspondence: &Correspondence) -> String {
    let documents: Vec<DocumentIndex> = correspondence.letters.iter().map(|letter| letter.document).collect();
    span_of(&words.count(&site.config.language, counted(site, correspondence), documents.len()), site, words, &documents)
}

/// The word for what is counted: letters are only what is called so.
fn counted(site: &Site, correspondence: &Correspondence) -> &'static str {
    let letter = |letter: &Letter| site.documents[letter.document.at()].front.kind.as_ref().is_none_or(|kind| kind.value == "letter");
    if correspondence.letters.iter().all(letter) { "letters_count" } else { "documents_count" }
}

/// The title names who wrote and then to whom: "Mr. Hay to Mr. Rockhill". The last word of a name is the one it is known by.
fn says(title: &str, from: &str, to: &str) -> bool {
    let known = |name: &str| name.rsplit(' ').next().and_then(|word| title.find(word));
    matches!((known(from), known(to)), (Some(first), Some(second)) if first < second)
}

fn name<'a>(site: &'a Site, id: &'a str) -> &'a str {
    site.entities.get(id).map_or(id, |entity| entity.name.as_str())
}

fn anchor(site: &Site, document: DocumentIndex) -> String {
    format!("l-{}", site.documents[document.at()].front.id.value)
}

/// A link to a letter of the same correspondence.
fn answered(site: &Site, words: &Words, document: DocumentIndex, href: String) -> LinkInput {
    let date = crate::resolve::order::principal_date(&site.documents[document.at()]);
    let front = &site.documents[document.at()].front;
    let title =
        date.map_or_else(|| front.short_title.as_ref().unwrap_or(&front.title.value).clone(), |date| super::date_words::text(date, words));
    LinkInput { href, title, date: String::new() }
}
