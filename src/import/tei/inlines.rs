//! Elements within a line: emphasis, names, dates, references, editorial signs, notes.

use super::super::text::{Inline, raised};
use super::dates;
use super::writer::Writer;
use crate::base::text::squeeze;
use crate::formats::xml::NodeId;
use crate::model::entity::EntityKind;

impl Writer<'_, '_> {
    /// The children of an element as running text.
    pub(super) fn inner(&mut self, id: NodeId) -> Vec<Inline> {
        let mut out = Vec::new();
        for child in self.reading.xml.children(id).to_vec() {
            self.inline(child, &mut out);
        }
        out
    }

    /// One node as running text. Blocks within a line are taken apart into lines.
    pub(super) fn inline(&mut self, id: NodeId, out: &mut Vec<Inline>) {
        let xml = self.reading.xml;
        if let Some(text) = xml.text(id) {
            out.push(Inline::text(text));
            return;
        }
        if self.moved.contains(&id) {
            return;
        }
        let name = xml.name(id);
        match name {
            "" => {}
            "hi" | "emph" | "foreign" | "title" | "mentioned" | "distinct" | "term" | "gloss" | "soCalled" | "q" | "quote" => {
                self.highlighted(id, out)
            }
            "lb" => self.line_end(id, out),
            "pb" => out.extend(self.page_break(id)),
            "note" => {
                if self.is_source_note(id) {
                    out.extend(self.inner(id));
                } else {
                    let mark = self.mark(id);
                    out.push(mark);
                }
            }
            "ref" | "ptr" => self.reference(id, out),
            "anchor" => out.extend(self.note_at(id)),
            "persName" | "orgName" | "placeName" | "geogName" | "rs" | "name" | "settlement" | "country" | "region" => self.name(id, out),
            "date" | "time" => self.date(id, out),
            "del" => {
                let inner = self.inner(id);
                out.push(Inline::Deleted(inner));
            }
            "supplied" | "unclear" => {
                let title = self.reason(id);
                let words = self.inner(id);
                out.push(Inline::Annotated { target: format!("{name}:"), title, words });
            }
            "gap" => out.push(Inline::Annotated { target: "gap:".into(), title: self.reason(id), words: vec![Inline::text("…")] }),
            "figure" | "graphic" | "media" => self.figure(id, out),
            "choice" => self.choice(id, out),
            "app" => self.apparatus(id, out),
            "list" => self.list_in_line(id, out),
            "table" => self.table_in_line(id, out),
            "p" | "ab" | "l" | "addrLine" | "item" | "signed" | "salute" | "dateline" | "head" | "figDesc" => {
                if out.iter().any(|inline| !matches!(inline, Inline::Text(text) if text.trim().is_empty())) {
                    out.push(Inline::Break);
                }
                out.extend(self.inner(id));
            }
            "add" | "seg" | "abbr" | "expan" | "ex" | "am" | "num" | "measure" | "w" | "c" | "pc" | "s" | "lg" | "address" | "opener"
            | "closer" | "label" | "bibl" | "sic" | "corr" | "orig" | "reg" | "cit" | "subst" | "surname" | "forename" | "roleName"
            | "addName" | "genName" | "nameLink" | "affiliation" | "idno" | "lem" | "rdg" | "span" | "u" | "cell" | "row" | "affil" => {
                out.extend(self.inner(id))
            }
            _ => {
                let rule = format!("`<{name}>` has no counterpart here; its words stay");
                self.reading.not_understood(&rule, id);
                out.extend(self.inner(id));
            }
        }
    }

    fn highlighted(&mut self, id: NodeId, out: &mut Vec<Inline>) {
        let xml = self.reading.xml;
        let rend = xml.attribute(id, "rend").or_else(|| xml.attribute(id, "rendition")).unwrap_or_default().to_lowercase();
        let mut inner = self.inner(id);
        if rend.contains("super") {
            let text = xml.all_text(id);
            let signs = raised(&text);
            if signs != text {
                self.reading.changed(
                    "raised figures are written with the characters Unicode has for them",
                    id,
                    &format!("{text} → {signs}"),
                );
                inner = vec![Inline::text(signs)];
            } else {
                self.reading.not_understood("raised letters stand on the line", id);
            }
            out.extend(inner);
        } else if rend.contains("italic") || rend == "i" || rend.contains("underline") || rend.contains("underscore") {
            out.push(Inline::Emphasis(inner));
        } else if rend.contains("bold") || rend == "b" || rend == "strong" {
            out.push(Inline::Strong(inner));
        } else if rend.contains("strikethrough") {
            out.push(Inline::Deleted(inner));
        } else if xml.name(id) == "emph" || (xml.name(id) == "hi" && rend.is_empty()) || xml.name(id) == "title" && self.is_whole_work(id) {
            out.push(Inline::Emphasis(inner));
        } else {
            if !rend.is_empty() {
                let rule = format!("the look `{rend}` is not kept; the words stay");
                self.reading.not_understood(&rule, id);
            }
            out.extend(inner);
        }
    }

    /// Titles of books and journals stand in italics.
    fn is_whole_work(&self, id: NodeId) -> bool {
        matches!(self.reading.xml.attribute(id, "level"), Some("m" | "j"))
    }

    fn line_end(&mut self, id: NodeId, out: &mut Vec<Inline>) {
        let xml = self.reading.xml;
        let in_paragraph = xml.parent(id).is_some_and(|parent| matches!(xml.name(parent), "p" | "ab" | "seg" | "add" | "note"));
        if !self.reading.single || !in_paragraph {
            out.push(Inline::Break);
        } else if xml.attribute(id, "break") == Some("no") {
            if let Some(Inline::Text(before)) = out.last_mut() {
                before.truncate(before.trim_end().len());
            }
        } else {
            self.reading.not_understood("line ends of the paper within paragraphs are not kept", id);
            out.push(Inline::text(" "));
        }
    }

    /// The mark of a page that begins here.
    pub(super) fn page_break(&mut self, id: NodeId) -> Option<Inline> {
        let Some(page) = self.reading.pages.get(&id).cloned() else {
            self.reading.not_understood("a page break without a number is not kept", id);
            return None;
        };
        self.pages.push(page.clone());
        Some(Inline::annotated(format!("page:{page}"), Vec::new()))
    }

    fn reason(&self, id: NodeId) -> String {
        let xml = self.reading.xml;
        let words: Vec<&str> = ["reason", "agent"].iter().filter_map(|name| xml.attribute(id, name)).collect();
        let extent = xml.attribute(id, "quantity").zip(xml.attribute(id, "unit")).map(|(count, unit)| format!("{count} {unit}"));
        let described = xml.child(id, "desc").map(|desc| squeeze(&xml.all_text(desc)));
        squeeze(&words.into_iter().map(str::to_owned).chain(extent).chain(described).collect::<Vec<_>>().join(", "))
    }

    fn choice(&mut self, id: NodeId, out: &mut Vec<Inline>) {
        let xml = self.reading.xml;
        for (first, second, reason) in [("corr", "sic", "corrected"), ("expan", "abbr", "abbreviation"), ("reg", "orig", "spelling")] {
            let (Some(reading), Some(source)) = (xml.child(id, first), xml.child(id, second)) else { continue };
            let reading_words = self.inner(reading);
            let source_words = squeeze(&xml.all_text(source));
            out.push(Inline::Annotated { target: format!("sic:{source_words}"), title: reason.into(), words: reading_words });
            return;
        }
        out.extend(self.inner(id));
    }

    /// A variant reading: the lemma in the text, the others in a note on the text.
    fn apparatus(&mut self, id: NodeId, out: &mut Vec<Inline>) {
        let xml = self.reading.xml;
        let lemma = xml.child(id, "lem").or_else(|| xml.child(id, "rdg"));
        for child in xml.children(id).to_vec() {
            if Some(child) == lemma {
                out.extend(self.inner(child));
            } else if matches!(xml.name(child), "rdg" | "note") {
                let mark = self.mark(child);
                out.push(mark);
            } else {
                self.inline(child, out);
            }
        }
    }

    fn figure(&mut self, id: NodeId, out: &mut Vec<Inline>) {
        let xml = self.reading.xml;
        let url = xml.within(id).find_map(|node| xml.attribute(node, "url")).unwrap_or("without a file").to_owned();
        self.reading.not_understood("a figure is marked as a gap, since its image is not at hand", id);
        out.push(Inline::Annotated { target: "gap:".into(), title: format!("figure: {url}"), words: vec![Inline::text("…")] });
        for child in xml.children(id).to_vec() {
            if !matches!(xml.name(child), "graphic" | "media" | "") {
                self.inline(child, out);
            }
        }
    }

    /// A name: a mention where it says who or what is meant.
    fn name(&mut self, id: NodeId, out: &mut Vec<Inline>) {
        let target = self.reading.mention(id);
        let words = self.inner(id);
        match target {
            Some(target) => out.push(Inline::Annotated { target, title: String::new(), words }),
            None => {
                if self.reading.xml.name(id) == "persName" && self.reading.xml.attribute(id, "type").is_none() {
                    self.reading.not_understood("a name without a key stays a word", id);
                }
                out.extend(words);
            }
        }
    }

    fn date(&mut self, id: NodeId, out: &mut Vec<Inline>) {
        let words = self.inner(id);
        let edtf = dates::edtf(self.reading.xml, id);
        let in_dateline = self.reading.is_within(id, "dateline");
        match edtf.filter(|_| !in_dateline) {
            Some(edtf) => {
                let printed = squeeze(dates::without_point(&squeeze(&self.reading.xml.all_text(id))));
                self.reading.say_where_they_differ(&printed, &edtf, id);
                out.push(Inline::annotated(format!("date:{edtf}"), words));
            }
            None => out.extend(words),
        }
    }

    /// The mark of a note that points here.
    pub(super) fn note_at(&mut self, id: NodeId) -> Option<Inline> {
        let note = *self.reading.notes_at.get(self.reading.xml.attribute(id, "xml:id")?)?;
        (!self.reading.is_in_text(note)).then(|| self.mark(note))
    }
}

/// The register of a name's element.
pub(super) fn kind_of(element: &str, kind: Option<&str>) -> Option<EntityKind> {
    match (element, kind.unwrap_or_default()) {
        ("persName", _) | ("rs" | "name", "person" | "pers") => Some(EntityKind::Person),
        ("orgName", _) | ("rs" | "name", "org" | "organisation" | "organization" | "institution") => Some(EntityKind::Organisation),
        ("placeName" | "geogName" | "settlement" | "country" | "region", _) | ("rs" | "name", "place") => Some(EntityKind::Place),
        ("rs" | "name", "work" | "bibl") => Some(EntityKind::Work),
        ("rs" | "name", "event") => Some(EntityKind::Event),
        _ => None,
    }
}
