//! References: to documents and pages of the volume and of others, to notes, persons, addresses.

use super::super::text::Inline;
use super::writer::Writer;
use crate::base::slug::slug;
use crate::base::text::squeeze;
use crate::formats::xml::NodeId;
use crate::import::shelf::shortened;
use crate::model::entry::Entry;

impl Writer<'_, '_> {
    pub(super) fn reference(&mut self, id: NodeId, out: &mut Vec<Inline>) {
        let xml = self.reading.xml;
        let target = xml.attribute(id, "target").or_else(|| xml.attribute(id, "corresp")).unwrap_or_default().trim().to_owned();
        if let Some(note) = self.reading.target(&target).filter(|node| xml.name(*node) == "note" && !self.reading.is_in_text(*node)) {
            let words = xml.all_text(id);
            if !words.trim().is_empty() {
                // The printed mark is the note's own.
                self.moved.insert(id);
            }
            let mark = self.mark(note);
            out.push(mark);
            return;
        }
        let resolved = self.reading.resolve(&target, id);
        let mut words = self.inner(id);
        if words.is_empty() && resolved.is_some() {
            words.push(Inline::text(target.as_str()));
        }
        match resolved {
            Some(target) => out.push(Inline::annotated(target, words)),
            None => {
                if !target.is_empty() {
                    self.reading.not_understood("a reference to what is neither a document nor a page stays words", id);
                }
                out.extend(words);
            }
        }
    }
}

impl super::Reading<'_> {
    /// Our own target for a TEI pointer: `doc:…`, `at:work/p29`, a mention, an address.
    fn resolve(&mut self, target: &str, node: NodeId) -> Option<String> {
        if target.starts_with("http://") || target.starts_with("https://") || target.starts_with("mailto:") {
            return Some(target.to_owned());
        }
        let (file, place) = target.split_once('#').unwrap_or((target, ""));
        if file.is_empty() {
            return self.inside(place);
        }
        let file = file.trim_end_matches(".xml");
        if let Some(page) = place.strip_prefix("pg_") {
            return Some(format!("at:{}/p{}", self.other_work(file, node)?, page_name(page)));
        }
        if let Some(number) = place.strip_prefix('d').map(|rest| rest.split("fn").next().unwrap_or(rest)).filter(|number| is_number(number))
        {
            return Some(format!("at:{}/{number}", self.other_work(file, node)?));
        }
        // `L00002.xml`, or an id alone: another letter of the edition.
        (place.is_empty() && !file.contains([' ', ':'])).then(|| format!("doc:{}", slug(file.rsplit('/').next().unwrap_or(file))))
    }

    /// A pointer within the file.
    fn inside(&mut self, place: &str) -> Option<String> {
        let xml = self.xml;
        let Some(node) = self.ids.get(place).copied() else {
            let page = place.strip_prefix("pg_")?;
            return Some(format!("at:{}/p{}", self.work.clone()?, page_name(page)));
        };
        if xml.name(node) == "pb" {
            let page = self.pages.get(&node).cloned()?;
            return Some(format!("at:{}/p{page}", self.work.clone()?));
        }
        if matches!(xml.name(node), "person" | "persName" | "place" | "org" | "item") {
            return self.mention_of_key(place);
        }
        let mut at = Some(node);
        while let Some(here) = at {
            if let Some(id) = self.documents.get(&here) {
                return Some(format!("doc:{id}"));
            }
            at = xml.parent(here);
        }
        None
    }

    /// The key of another volume of the series, which is entered with what its name tells.
    fn other_work(&mut self, file: &str, node: NodeId) -> Option<String> {
        let key = shortened(slug(file));
        if key.is_empty() {
            return None;
        }
        if self.work.as_deref() == Some(&key) || self.shelf.has_work(&key) {
            return Some(key);
        }
        let own = self.work_entry.clone().unwrap_or_default();
        let stem = |key: &str| {
            key.rsplit_once('v').filter(|(_, number)| is_number(number)).map(|(stem, number)| (stem.to_owned(), number.to_owned()))
        };
        let entry = match (stem(&key), stem(&own.key)) {
            (Some((sibling, number)), Some((mine, _))) if sibling == mine => {
                self.guess("a sibling volume has the title of this one", node, &format!("{file}: {}, volume {number}", own.title));
                let volume = number.trim_start_matches('0').to_owned();
                Entry { key, kind: "book".into(), title: own.title, volume: Some(volume), language: own.language, ..Entry::default() }
            }
            _ => {
                self.guess("of a work referred to only the name of its file is known", node, file);
                Entry { key, kind: "book".into(), title: file.to_owned(), ..Entry::default() }
            }
        };
        Some(self.shelf.work(entry))
    }

    /// Whether a node stands within an element of this name.
    pub(super) fn is_within(&self, node: NodeId, name: &str) -> bool {
        let mut at = self.xml.parent(node);
        while let Some(here) = at {
            if self.xml.name(here) == name {
                return true;
            }
            at = self.xml.parent(here);
        }
        false
    }

    /// Whether a note stands where its mark belongs, in a line of a document, rather than in a list of notes.
    pub(super) fn is_in_text(&self, note: NodeId) -> bool {
        let Some(parent) = self.xml.parent(note) else { return false };
        let listed = matches!(self.xml.name(parent), "noteGrp" | "back" | "listAnnotation")
            || self.is_within(note, "back")
            || self.is_within(note, "standOff");
        let notes = self.xml.name(parent) == "div"
            && matches!(self.xml.attribute(parent, "type"), Some("notes" | "annotations" | "footnotes" | "commentary"));
        !(listed || notes)
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The page of `pg_358` or `pg_VII`; a page target is told from a document's number by its small `p`, and a roman number by small letters.
fn page_name(page: &str) -> String {
    let plain = squeeze(page).replace(['[', ']'], "");
    if plain.chars().all(|letter| letter.is_ascii_alphabetic()) { plain.to_lowercase() } else { plain }
}
