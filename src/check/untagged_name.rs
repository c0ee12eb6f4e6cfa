//! Names of the registers that stand in a text untagged: suggestions with their place. Nothing is ever tagged by a program.
//!
//! Looked for are names of at least two words, and family names that one entry alone has; once for each entry and document, and only where
//! nothing in the document leads to the entry. Linear in the text: names are found by their first word.

use crate::base::span::Span;
use crate::diag::{Code, Diagnostic, Label};
use crate::model::annotation::AnnotationKind;
use crate::model::document::{Party, Summary};
use crate::model::entity::{Entity, EntityKind};
use crate::proof::Passage;
use crate::proof::passage::{Word, words};
use crate::resolve::Site;
use std::collections::{BTreeMap, BTreeSet};

/// Shortest family name that is looked for alone, in letters.
const SHORTEST: usize = 5;

/// The names of the registers.
pub struct Names<'a> {
    /// First word → whole names, longest first.
    by_first: BTreeMap<String, Vec<(Vec<String>, &'a Entity)>>,
    /// Whole name, as one line in small letters → entries that bear it.
    whole: BTreeMap<String, Vec<&'a Entity>>,
}

impl<'a> Names<'a> {
    /// Collects the names of all registers.
    #[must_use]
    pub fn of(site: &'a Site) -> Self {
        let mut whole: BTreeMap<String, Vec<&Entity>> = BTreeMap::new();
        for entity in site.entities.values().filter(|entity| entity.kind != EntityKind::Term) {
            let mut own: BTreeSet<String> =
                std::iter::once(&entity.name).chain(&entity.aliases).chain(&entity.original).map(|name| folded(name)).collect();
            own.extend(family(entity).map(|name| folded(&name)));
            for name in own.into_iter().filter(|name| !name.is_empty()) {
                whole.entry(name).or_default().push(entity);
            }
        }
        let mut by_first: BTreeMap<String, Vec<(Vec<String>, &Entity)>> = BTreeMap::new();
        for (name, entities) in &whole {
            let parts: Vec<String> = name.split(' ').map(str::to_owned).collect();
            let long = parts.len() > 1
                || (parts[0].chars().count() >= SHORTEST && entities.iter().all(|entity| entity.kind == EntityKind::Person));
            if let ([entity], true) = (entities.as_slice(), long) {
                by_first.entry(parts[0].clone()).or_default().push((parts, *entity));
            }
        }
        for names in by_first.values_mut() {
            names.sort_by_key(|(parts, _)| std::cmp::Reverse(parts.len()));
        }
        Self { by_first, whole }
    }

    /// Suggestions for one document.
    pub fn run(&self, site: &Site, summary: &Summary, passages: &[Passage], findings: &mut Vec<Diagnostic>) {
        self.parties(summary, findings);
        let mut known = known(site, summary);
        let mentions = mentions(summary);
        for passage in passages {
            let found: Vec<Word<'_>> = words(&passage.text).collect();
            let mut at = 0;
            while at < found.len() {
                let matched = self
                    .at(&found[at..])
                    .filter(|(count, entity)| *count > 1 || entity.kind != EntityKind::Person || !is_of_another(&passage.text, &found, at));
                let Some((count, entity)) = matched else {
                    at += 1;
                    continue;
                };
                let tagged = found[at..at + count].iter().all(|word| is_inside(&mentions, passage.span(word.at, word.end())));
                if !tagged && known.insert(entity.id.as_str()) {
                    let (from, to) = (found[at].at, found[at + count - 1].end());
                    let name = &passage.text[from..to];
                    let message = format!("`{}` is not tagged; the registers have `{}`", crate::base::text::squeeze(name), entity.id);
                    findings.push(
                        Diagnostic::new(Code::UntaggedName, message, Label::new(&summary.file, passage.span(from, to)))
                            .also(Label::new(&entity.file, entity.span).saying(entity.name.clone()))
                            .help(format!(
                                "if this is meant, write `[{}]({}:{})`",
                                crate::base::text::squeeze(name),
                                entity.kind.scheme(),
                                entity.id
                            )),
                    );
                }
                at += count;
            }
        }
    }

    /// The longest name that begins with these words, and how many of them it takes.
    fn at(&self, found: &[Word<'_>]) -> Option<(usize, &'a Entity)> {
        let first = found.first().filter(|word| word.text.starts_with(char::is_uppercase))?;
        let names = self.by_first.get(&folded(first.text))?;
        names
            .iter()
            .find(|(parts, _)| parts.len() <= found.len() && parts.iter().zip(found).all(|(part, word)| *part == folded(word.text)))
            .map(|(parts, entity)| (parts.len(), *entity))
    }

    /// Names typed where an id may stand.
    fn parties(&self, summary: &Summary, findings: &mut Vec<Diagnostic>) {
        for party in summary.front.author.iter().chain(&summary.front.to).filter(|party| party.entity.is_none()) {
            let Some((name, entities)) = party.printed.as_ref().and_then(|name| Some((name, self.whole.get(&folded(name))?))) else {
                continue;
            };
            let label = Label::new(&summary.file, party.span);
            let ids: Vec<String> = entities.iter().map(|entity| format!("`{}`", entity.id)).collect();
            let mut finding = match entities.as_slice() {
                [entity] => Diagnostic::new(Code::UntaggedName, format!("`{name}` is a name only; the registers have {}", ids[0]), label)
                    .help(format!("if this is meant, write the id: `{{ ref: {}, as: \"{name}\" }}`", entity.id)),
                _ => Diagnostic::new(Code::AmbiguousName, format!("`{name}` may be {}", ids.join(" or ")), label)
                    .help(format!("write the id of the one that is meant: `{{ ref: …, as: \"{name}\" }}`")),
            };
            for entity in entities {
                finding = finding.also(Label::new(&entity.file, entity.span).saying(entity.name.clone()));
            }
            findings.push(finding);
        }
    }
}

/// Whether a family name alone is part of another name: `Ching-cheng`, `Crawford Wheeler`.
fn is_of_another(text: &str, found: &[Word<'_>], at: usize) -> bool {
    const HYPHENS: [char; 3] = ['-', '‐', '‑'];
    let (begin, end) = (found[at].at, found[at].end());
    if text[end..].starts_with(HYPHENS) || text[..begin].ends_with(HYPHENS) {
        return true;
    }
    let capital = |word: &Word<'_>| word.text.starts_with(char::is_uppercase) && word.text.chars().nth(1).is_some_and(char::is_lowercase);
    let follows = found.get(at + 1).filter(|next| text[end..next.at] == *" " && capital(next));
    follows.is_some() && !found[at].text.chars().all(char::is_uppercase)
}

/// `Chicherin` of `Chicherin, Georgy`.
fn family(entity: &Entity) -> Option<String> {
    let family = entity.sort.split_once(',').map(|(family, _)| family.trim())?;
    (entity.kind == EntityKind::Person && !family.is_empty()).then(|| family.to_owned())
}

/// Words in small letters, one blank between.
fn folded(name: &str) -> String {
    words(name).map(|word| word.text.to_lowercase()).collect::<Vec<_>>().join(" ")
}

/// Where mentions stand, in the order of the text.
fn mentions(summary: &Summary) -> Vec<Span> {
    let mentions = summary.annotations.iter().filter(|annotation| matches!(annotation.kind, AnnotationKind::Mention { .. }));
    let mut spans: Vec<Span> = mentions.map(|annotation| annotation.span).collect();
    spans.sort();
    spans
}

/// Whether the place lies in one of these, which are sorted: a name whose parts are all tagged, each as something else, is tagged.
fn is_inside(spans: &[Span], place: Span) -> bool {
    let next = spans.partition_point(|span| span.start <= place.start);
    next > 0 && place.end <= spans[next - 1].end
}

/// Entries that something in the document leads to.
fn known<'s>(site: &'s Site, summary: &'s Summary) -> BTreeSet<&'s str> {
    let front = &summary.front;
    let events = || [&front.written, &front.sent, &front.received].into_iter().flatten();
    let embedded = front.contains.iter().flat_map(|embedded| embedded.author.iter().chain(&embedded.to));
    let parties: Vec<&Party> = front.author.iter().chain(&front.to).chain(events().flat_map(|event| &event.by)).chain(embedded).collect();
    let mut known: BTreeSet<&str> = parties.iter().filter_map(|party| party.entity.as_ref()).map(|id| id.value.as_str()).collect();
    known.extend(events().filter_map(|event| event.place.as_ref()).map(|place| place.value.as_str()));
    known.extend(front.mentions.iter().map(|mention| mention.value.as_str()));
    known.extend(summary.annotations.iter().filter_map(|annotation| match &annotation.kind {
        AnnotationKind::Mention { id, .. } => Some(id.value.as_str()),
        _ => None,
    }));
    // What holds a mentioned place or body is mentioned with it.
    let holders: Vec<&str> =
        known.iter().filter_map(|id| site.entities.get(id)?.part_of.as_ref()).map(|part| part.value.as_str()).collect();
    known.extend(holders);
    known
}
