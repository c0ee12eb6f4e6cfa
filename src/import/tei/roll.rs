//! Who the senders and recipients of a volume are, where nothing but their names says so. All headings and signatures are seen before the first
//! document is read. Two are one person only on evidence of the volume: one name in other spelling; a surname, and the only full name that
//! signs with it. Two persons under one name would be worse than two entries of one, so different titles, and signatures with different
//! forenames, keep them apart.

use super::super::NewEntity;
use super::super::page::names::{inverted, lowered};
use super::Reading;
use super::enclosure::{core_of, is_name, own, words_before_line_end};
use super::volume::without_stop;
use crate::base::text::squeeze;
use crate::formats::xml::NodeId;
use crate::model::entity::EntityKind;
use std::collections::{BTreeMap, BTreeSet};

/// Persons by the places that name them.
#[derive(Debug, Default)]
pub(super) struct Roll {
    /// Element and number of the name in it → person.
    persons: BTreeMap<(NodeId, usize), String>,
    known: BTreeMap<String, NewEntity>,
}

/// A name in a heading.
struct Named {
    node: NodeId,
    /// Which of the names joined in one element.
    at: usize,
    title: Option<&'static str>,
    bare: String,
    /// The name under the document, of its only sender.
    signed: Option<String>,
}

/// Titles that tell persons of one surname apart.
const TELLING: [&str; 34] = [
    "Lord",
    "Lady",
    "Earl",
    "Baron",
    "Baroness",
    "Count",
    "Countess",
    "Viscount",
    "Marquis",
    "Duke",
    "Prince",
    "Princess",
    "Sir",
    "Captain",
    "Capt.",
    "Major",
    "Maj.",
    "Colonel",
    "Col.",
    "General",
    "Gen.",
    "Admiral",
    "Commodore",
    "Commander",
    "Lieutenant",
    "Lieut.",
    "Marshal",
    "Dr.",
    "Rev.",
    "Bishop",
    "Mrs.",
    "Miss",
    "Judge",
    "Governor",
];

/// Titles of anybody.
const PLAIN: [&str; 13] = ["Mr.", "Messrs.", "M.", "MM.", "Monsieur", "Señor", "Sr.", "Herr", "Signor", "Hon.", "Mr", "Esq.", "Graf"];

impl Roll {
    /// The person that a name in a heading means, with all that the volume says of the name.
    pub(super) fn person(&self, node: NodeId, at: usize) -> Option<(&str, &NewEntity)> {
        let key = self.persons.get(&(node, at))?;
        Some((key, self.known.get(key)?))
    }
}

impl Reading<'_> {
    /// The person who has this full name, by the headings of the volume or the registers.
    pub(super) fn who_signs(&mut self, name: &str) -> Option<String> {
        if !name.contains(' ') {
            return None;
        }
        let own = folded(name);
        let has = |new: &NewEntity| std::iter::once(&new.name).chain(&new.aliases).any(|form| folded(form) == own);
        let mut fitting = self.roll.known.iter().filter(|(_, new)| has(new));
        match (fitting.next(), fitting.next()) {
            (Some((key, new)), None) => Some(self.shelf.entity(key, new.clone())),
            (None, _) => self.shelf.known(EntityKind::Person, name),
            _ => None,
        }
    }
}

/// The title before a name, and the name without titles.
pub(super) fn bare(before: &str, name: &str) -> (Option<&'static str>, String) {
    let mut title = None;
    let mut rest = name.trim();
    while let Some((first, after)) = rest.split_once(' ') {
        let telling = TELLING.iter().find(|title| first == **title);
        if telling.is_none() && !PLAIN.contains(&first) {
            break;
        }
        title = title.or(telling.copied());
        rest = after.trim_start();
    }
    let last = before.trim_end().rsplit([' ', '(']).next().unwrap_or_default();
    title = title.or_else(|| TELLING.iter().find(|title| last == **title).copied());
    (title, rest.strip_suffix("’s").or_else(|| rest.strip_suffix("'s")).unwrap_or(rest).to_owned())
}

/// A name without regard to case, hyphens and points.
fn folded(name: &str) -> String {
    let letters = name.chars().filter(|letter| !matches!(letter, '’' | '\'' | '‘'));
    squeeze(&letters.map(|letter| if matches!(letter, '-' | '.') { ' ' } else { letter }).collect::<String>()).to_lowercase()
}

impl Reading<'_> {
    /// Sees all headings of a volume.
    pub(super) fn call_the_roll(&mut self, units: &[NodeId]) {
        let mut all: Vec<Named> = Vec::new();
        for unit in units {
            let inner = self.xml.within(*unit).filter(|node| matches!(self.xml.name(*node), "frus:attachment" | "floatingText"));
            for whole in std::iter::once(*unit).chain(inner).collect::<Vec<_>>() {
                self.names_of_heading(core_of(self.xml, whole), &mut all);
            }
        }
        let mut groups: BTreeMap<String, Vec<Named>> = BTreeMap::new();
        for named in all {
            groups.entry(folded(&named.bare)).or_default().push(named);
        }
        let mut roll = Roll::default();
        for (name, group) in groups {
            for (title, group) in self.by_title(group) {
                self.one_surname(&name, title, group, &mut roll);
            }
        }
        self.initials(&mut roll);
        self.roll = roll;
    }

    fn names_of_heading(&self, core: NodeId, all: &mut Vec<Named>) {
        let xml = self.xml;
        let Some(head) = xml.child(core, "head") else { return };
        let parties: Vec<NodeId> = xml
            .within(head)
            .filter(|node| xml.name(*node) == "persName" && matches!(xml.attribute(*node, "type"), Some("from" | "to")))
            .collect();
        let senders = parties.iter().filter(|node| xml.attribute(**node, "type") == Some("from")).count();
        let signed = Some(self.signature(core)).flatten().filter(|_| senders == 1);
        let mut before = String::new();
        let mut names = Vec::new();
        for node in xml.within(head) {
            if parties.contains(&node) {
                names.push((node, before.clone()));
            }
            before.push_str(xml.text(node).unwrap_or_default());
        }
        for (node, before) in names {
            let words = squeeze(&xml.all_text(node));
            let words = words.trim_end_matches(',');
            if self.is_keyed(node) {
                continue;
            }
            let several = super::volume::joined_names(words).unwrap_or_else(|| vec![words]);
            let alone = several.len() == 1 && xml.attribute(node, "type") == Some("from");
            for (at, name) in several.into_iter().enumerate() {
                let (title, bare) = bare(if at == 0 { &before } else { "" }, name);
                // `pike` is a slip of the printer.
                let bare = if bare.contains(' ') { bare } else { capital(&bare) };
                if is_name(&bare) {
                    all.push(Named { node, at, title, bare, signed: signed.clone().filter(|_| alone) });
                }
            }
        }
    }

    /// The one name under a document.
    fn signature(&self, core: NodeId) -> Option<String> {
        let xml = self.xml;
        let mut signed = own(xml, core).into_iter().filter(|node| xml.name(*node) == "signed");
        let (only, None) = (signed.next()?, signed.next()) else { return None };
        let words = squeeze(&words_before_line_end(xml, only));
        let name = without_stop(words.split(',').next().unwrap_or_default().trim_matches(['“', '”', '"', ' ', ';', ':']));
        let name = bare("", name).1;
        (is_name(&name) && name.contains(' ')).then(|| lowered(&name))
    }

    /// Names that are one but for titles which tell their bearers apart.
    fn by_title(&mut self, group: Vec<Named>) -> Vec<(&'static str, Vec<Named>)> {
        let mut telling: BTreeSet<&'static str> = group.iter().filter_map(|named| named.title).collect();
        if telling.len() > 1 {
            // Every peer is a lord.
            telling.remove("Lord");
        }
        let plain = group.iter().any(|named| named.title.is_none());
        if telling.len() + usize::from(plain && group.iter().any(|named| self.is_plain(named))) <= 1 {
            return vec![("", group)];
        }
        let first = group[0].node;
        let text = telling.iter().map(|title| format!("{title} {}", group[0].bare)).collect::<Vec<_>>().join(", ");
        self.guess("one surname with different titles is of different persons", first, &text);
        let mut parts: BTreeMap<&'static str, Vec<Named>> = BTreeMap::new();
        for named in group {
            parts.entry(named.title.unwrap_or_default()).or_default().push(named);
        }
        parts.into_iter().collect()
    }

    /// Whether a heading says `Mr.` before a name.
    fn is_plain(&self, named: &Named) -> bool {
        let xml = self.xml;
        let mut at = named.node;
        while xml.parent(at).is_some() && xml.name(at) != "head" {
            at = xml.parent(at).unwrap_or(at);
        }
        let before: String = xml.within(at).take_while(|node| *node != named.node).filter_map(|node| xml.text(node)).collect();
        let own = squeeze(&xml.all_text(named.node));
        let words = [before.split_whitespace().last(), own.split_whitespace().next()];
        words.into_iter().flatten().any(|word| PLAIN.contains(&word))
    }

    /// One name, and the full names that sign under it.
    fn one_surname(&mut self, name: &str, title: &str, group: Vec<Named>, roll: &mut Roll) {
        let mut fulls: BTreeMap<String, usize> = BTreeMap::new();
        for full in group.iter().filter_map(|named| named.signed.as_ref()).filter(|full| given(full, name).is_some()) {
            *fulls.entry(full.clone()).or_default() += 1;
        }
        let mut clusters = clusters(fulls, name);
        let (most, rest) =
            (clusters.first().map_or(0, |cluster| count(cluster)), clusters.iter().skip(1).map(|cluster| count(cluster)).sum::<usize>());
        let whole = clusters.len() == 1 || most >= 10 * rest && most > 0;
        if clusters.len() > 1 {
            let text = clusters.iter().filter_map(|cluster| Some(cluster.first()?.0.clone())).collect::<Vec<_>>().join(", ");
            self.guess("one surname is signed with different forenames: these are different persons", group[0].node, &text);
        }
        let own = if whole { clusters.remove(0) } else { Vec::new() };
        let key = match own.first() {
            // Who signs with one full name is one person, under whatever surname the headings have.
            Some((full, _)) if title.is_empty() => format!("name {}", folded(full)),
            _ if title.is_empty() => format!("name {name}"),
            _ => format!("name {title} {name}"),
        };
        let others: Vec<(String, Vec<(String, usize)>)> =
            clusters.into_iter().map(|cluster| (format!("name {}", folded(&cluster[0].0)), cluster)).collect();
        let mut forms: BTreeMap<String, usize> = BTreeMap::new();
        for named in &group {
            let signer =
                named.signed.as_ref().and_then(|full| others.iter().find(|(_, cluster)| cluster.iter().any(|(own, _)| own == full)));
            let person = signer.map_or(&key, |(key, _)| key);
            roll.persons.insert((named.node, named.at), person.clone());
            if person == &key {
                *forms.entry(titled(title, &named.bare)).or_default() += 1;
                forms.extend(named.title.filter(|_| title.is_empty()).map(|title| (titled(title, &named.bare), 0)));
            }
        }
        let mut forms: Vec<(String, usize)> = forms.into_iter().collect();
        forms.sort_by(|a, b| {
            b.1.cmp(&a.1)
                .then_with(|| a.0.starts_with(char::is_lowercase).cmp(&b.0.starts_with(char::is_lowercase)))
                .then_with(|| a.0.cmp(&b.0))
        });
        if let Some((full, _)) = own.first() {
            let text = format!("{} → {full}", forms.first().map_or("", |(form, _)| form));
            self.guess("a surname is of the only full name that signs with it in the volume", group[0].node, &text);
        }
        let names = own.into_iter().chain(forms).map(|(form, _)| form);
        let others = others.into_iter().map(|(key, cluster)| (key, cluster.into_iter().map(|(form, _)| form).collect::<Vec<_>>()));
        for (key, names) in std::iter::once((key, names.collect::<Vec<_>>())).chain(others) {
            let Some(new) = entity(names, name) else { continue };
            match roll.known.get_mut(&key) {
                Some(known) => known.aliases.extend(std::iter::once(new.name).chain(new.aliases).filter(|form| *form != known.name)),
                None => drop(roll.known.insert(key.clone(), new)),
            }
            if let Some(known) = roll.known.get_mut(&key) {
                let mut seen = BTreeSet::new();
                known.aliases.retain(|form| seen.insert(form.clone()));
            }
        }
    }

    /// `C. M. Clay` is Cassius M. Clay, when no other of the volume has such initials.
    fn initials(&mut self, roll: &mut Roll) {
        let keys: Vec<String> = roll.known.keys().cloned().collect();
        for key in &keys {
            let Some(new) = roll.known.get(key) else { continue };
            let own: Vec<String> = folded(&new.name).split(' ').map(str::to_owned).collect();
            let Some((family, given)) = own.split_last().filter(|(_, given)| !given.is_empty()) else { continue };
            if !given.iter().all(|name| name.chars().count() == 1) {
                continue;
            }
            let fits = |other: &&String| {
                let Some(full) = roll.known.get(*other).filter(|_| *other != key) else { return false };
                let full = folded(&full.name);
                let full: Vec<&str> = full.split(' ').collect();
                full.len() == own.len()
                    && full.last() == Some(&family.as_str())
                    && full.iter().zip(given).all(|(a, b)| a.starts_with(b.as_str()))
            };
            let mut fitting = keys.iter().filter(fits);
            let (Some(person), None) = (fitting.next().cloned(), fitting.next()) else { continue };
            let Some(short) = roll.known.remove(key) else { continue };
            let place = roll.persons.iter().find(|(_, own)| *own == key).map(|((node, _), _)| *node);
            roll.persons.values_mut().filter(|own| *own == key).for_each(|own| own.clone_from(&person));
            let Some(full) = roll.known.get_mut(&person) else { continue };
            if let Some(node) = place {
                let text = format!("{} → {}", short.name, full.name);
                let aliases = std::iter::once(short.name).chain(short.aliases);
                full.aliases.extend(aliases.filter(|form| *form != full.name).collect::<BTreeSet<String>>());
                self.guess("initials before a surname are of the only person of the volume whom they fit", node, &text);
            }
        }
    }
}

fn titled(title: &str, bare: &str) -> String {
    if title.is_empty() { bare.to_owned() } else { format!("{title} {bare}") }
}

fn count(cluster: &[(String, usize)]) -> usize {
    cluster.iter().map(|(_, count)| count).sum()
}

/// The forenames of a full name before a surname, folded.
fn given(full: &str, surname: &str) -> Option<Vec<String>> {
    let full = folded(full);
    let given = full.strip_suffix(surname)?.strip_suffix(' ')?;
    Some(given.split(' ').map(str::to_owned).collect())
}

/// Full names whose forenames may be one person's, the most frequent first: `C. F. Adams` and `Charles Francis Adams`, but not `H. A. Adams`.
fn clusters(fulls: BTreeMap<String, usize>, surname: &str) -> Vec<Vec<(String, usize)>> {
    let mut fulls: Vec<(String, usize)> = fulls.into_iter().collect();
    fulls.sort_by(|a, b| b.1.cmp(&a.1).then(b.0.len().cmp(&a.0.len())).then(a.0.cmp(&b.0)));
    let initials =
        |full: &str| -> Vec<char> { given(full, surname).unwrap_or_default().iter().filter_map(|name| name.chars().next()).collect() };
    let fit = |one: &str, other: &str| initials(one).iter().zip(&initials(other)).all(|(a, b)| a == b);
    let mut clusters: Vec<Vec<(String, usize)>> = Vec::new();
    for (full, count) in fulls {
        match clusters.iter_mut().find(|cluster| cluster.iter().all(|(other, _)| fit(other, &full))) {
            Some(cluster) => cluster.push((full, count)),
            None => clusters.push(vec![(full, count)]),
        }
    }
    clusters
}

/// With a capital at its beginning.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// An entity with the first name, and the others beside it; sorted by the surname.
fn entity(names: Vec<String>, surname: &str) -> Option<NewEntity> {
    let mut forms: Vec<String> = Vec::new();
    for name in names {
        if !forms.contains(&name) {
            forms.push(name);
        }
    }
    let mut forms = forms.into_iter();
    let mut new = NewEntity::named(EntityKind::Person, forms.next()?);
    let words: Vec<&str> = new.name.split(' ').collect();
    let family = (1..words.len()).find(|at| folded(&words[*at..].join(" ")) == surname);
    let sorted = family.map(|at| format!("{}, {}", words[at..].join(" "), words[..at].join(" ")));
    new.sort = sorted.or_else(|| inverted(&new.name).filter(|_| is_western(&new.name)));
    new.aliases.extend(forms);
    Some(new)
}

/// Whether the last word is surely the surname: initials or several forenames stand before it, and no particle.
fn is_western(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let particle = words.iter().any(|word| word.starts_with(char::is_lowercase) || ["De", "Von", "Van", "Du", "La"].contains(word));
    words.len() > 1
        && !particle
        && !TELLING.contains(&words[0])
        && words[..words.len() - 1].iter().any(|word| word.ends_with('.') || words.len() > 2)
}
