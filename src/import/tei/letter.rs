//! One letter a file: sender, recipient, dates and places by `correspDesc` (TEI P5, section 2.4.6), the text by its body.

use super::super::front::{Fields, Value};
use super::dates;
use super::writer::Writer;
use super::{Document, Reading, words};
use crate::base::text::squeeze;
use crate::formats::xml::NodeId;

impl Reading<'_> {
    pub(super) fn letter(&mut self, top: NodeId, text: NodeId) -> Document {
        let xml = self.xml;
        for node in xml.within(text).filter(|node| xml.name(*node) == "pb") {
            if let Some(number) = xml.attribute(node, "n").and_then(words::page_name) {
                self.pages.insert(node, number);
            }
        }
        let mut front = Fields::new();
        let corresp = xml.find(top, "correspDesc");
        front.put_some("kind", corresp.map(|_| "letter"));
        front.put("title", self.title(top));
        front.put("title_origin", "editorial");
        if let Some(corresp) = corresp {
            self.correspondence(corresp, &mut front);
        } else {
            self.creation(top, text, &mut front);
        }
        self.letter_header(top, &mut front);
        let id = self.documents.get(&text).cloned().unwrap_or_default();
        let (file, line) = (self.file.to_owned(), xml.line(text));
        let mut writer = Writer::new(self, text);
        let mut blocks = writer.blocks(text, None);
        writer.end_document(&mut blocks);
        front.put("contains", std::mem::take(&mut writer.contains));
        front.put("status", "transcribed");
        let expected = words::of(xml, text, &writer.moved, &writer.note_nodes);
        Document {
            id,
            folder: String::new(),
            origin: (file, line),
            front,
            blocks,
            notes: writer.notes,
            expected: Some(expected),
            moved: writer.moved_words,
            sha256: String::new(),
            custody: crate::import::Custody::default(),
        }
    }

    /// Sender and recipient with place and date of each.
    fn correspondence(&mut self, corresp: NodeId, front: &mut Fields) {
        let xml = self.xml;
        let actions: Vec<NodeId> = xml.named(corresp, "correspAction").collect();
        let of = |kind: &str| actions.iter().copied().find(|action| xml.attribute(*action, "type") == Some(kind));
        for (action, party) in [(of("sent"), "author"), (of("received"), "to")] {
            let Some(action) = action else { continue };
            let parties = self.correspondents(action);
            front.put_list(party, parties);
        }
        for (action, event) in [(of("sent"), "written"), (of("received"), "received")] {
            let Some(action) = action else { continue };
            let mut fields = Fields::new();
            let place = ["placeName", "settlement"].iter().find_map(|name| xml.find(action, name));
            fields.put_some("place", place.and_then(|place| self.place(place)));
            let date = xml.find(action, "date");
            let edtf = date.and_then(|date| dates::edtf(xml, date));
            fields.put_some("date", date.and_then(|date| self.date_value(&xml.all_text(date), edtf.as_deref(), date)));
            match (fields.get("place").is_some(), fields.get("date").cloned()) {
                (false, Some(date)) => front.put(event, date),
                _ => front.put(event, fields),
            }
        }
        for action in actions.iter().filter(|action| !matches!(xml.attribute(**action, "type"), Some("sent" | "received"))) {
            let rule = format!(
                "a `correspAction` of type `{}` has no field; it is set aside with the header",
                xml.attribute(*action, "type").unwrap_or("?")
            );
            self.not_understood(&rule, *action);
        }
    }

    fn correspondents(&mut self, action: NodeId) -> Vec<Value> {
        let xml = self.xml;
        let mut parties = Vec::new();
        for node in
            xml.children(action).to_vec().into_iter().filter(|node| matches!(xml.name(*node), "persName" | "orgName" | "name" | "rs"))
        {
            let words = squeeze(&xml.all_text(node));
            match self.mention(node) {
                Some(target) => parties.push(target.split_once(':').map_or_else(String::new, |(_, id)| id.to_owned()).into()),
                None if words.is_empty() => {}
                None if crate::base::slug::is_id(&words) => {
                    let mut party = Fields::new();
                    party.put("as", words);
                    parties.push(party.into());
                }
                None => parties.push(words.into()),
            }
        }
        parties
    }

    /// Author and date where there is no `correspDesc`: of the title statement, of `creation`, of a dateline.
    fn creation(&mut self, top: NodeId, text: NodeId, front: &mut Fields) {
        let xml = self.xml;
        let titles = xml.find(top, "titleStmt");
        let authors: Vec<NodeId> = titles.map(|titles| xml.named(titles, "author").collect()).unwrap_or_default();
        let mut parties: Vec<Value> = Vec::new();
        for author in authors {
            let named = xml.find(author, "persName").and_then(|name| self.mention(name));
            let words = squeeze(&xml.all_text(author));
            match named {
                Some(target) => parties.push(target.split_once(':').map_or_else(String::new, |(_, id)| id.to_owned()).into()),
                None if words.is_empty() || crate::base::slug::is_id(&words) => {}
                None => parties.push(words.into()),
            }
        }
        front.put_list("author", parties);
        let created = xml.find(top, "creation").and_then(|creation| xml.find(creation, "date"));
        let dateline = xml.find(text, "dateline").and_then(|dateline| xml.find(dateline, "date"));
        let date = created.into_iter().chain(dateline).find(|date| dates::edtf(xml, *date).is_some());
        if let Some(date) = date {
            let edtf = dates::edtf(xml, date);
            front.put_some("written", self.date_value(&xml.all_text(date), edtf.as_deref(), date));
        }
    }
}
