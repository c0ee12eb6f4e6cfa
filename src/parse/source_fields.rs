//! Where a text comes from, as typed: printed source, archive, copy-text, publications, rights, chain of custody.
//!
//! Each may be a map of fields or the one sentence that stands in print; a sentence is kept as it is and never taken apart.

use super::fields::{Fields, Reader, items};
use super::stated_dates;
use super::yaml::{Node, NodeKind};
use crate::base::slug;
use crate::base::span::Spanned;
use crate::model::document::{Erratum, Facsimile, Imported, Responsibility, Rights, StatedDate, StatedIn, Translation};
use crate::model::source::{Archive, CopyText, PrintedSource, Publication};

const DEEDS: [&str; 7] = ["transcribed", "proofread", "validated", "translated", "edited", "imported", "marked-up"];

const SOURCE: [&str; 7] = ["work", "volume", "pages", "number", "edition", "statement", "url"];
const ARCHIVE: [&str; 8] = ["repository", "collection", "fonds", "inventory", "file", "leaves", "shelfmark", "url"];

impl Reader<'_> {
    /// A field with one printed source.
    pub(super) fn source_of(&mut self, fields: &Fields, name: &str) -> Option<PrintedSource> {
        let node = fields.get(name)?;
        match &node.kind {
            NodeKind::List(_) if self.single_fields(node, name, &SOURCE) => None,
            _ => self.printed_source(node, name),
        }
    }

    /// A field with several printed sources.
    pub(super) fn sources_of(&mut self, fields: &Fields, name: &str) -> Vec<PrintedSource> {
        self.several_of(fields, name, &SOURCE).iter().filter_map(|node| self.printed_source(node, name)).collect()
    }

    fn printed_source(&mut self, node: &Node, name: &str) -> Option<PrintedSource> {
        if !matches!(node.kind, NodeKind::Map(_)) {
            if self.unbraced(node, name, &SOURCE) {
                return None;
            }
            let words = self.spanned(node, name)?;
            return Some(match slug::is_id(&words.value) {
                true => PrintedSource { work: Some(words), ..PrintedSource::default() },
                false => PrintedSource { statement: Some(words.value), ..PrintedSource::default() },
            });
        }
        let fields = self.fields(node, &format!("`{name}`"), &SOURCE)?;
        Some(PrintedSource {
            work: self.spanned_of(&fields, "work"),
            volume: self.text_of(&fields, "volume"),
            pages: self.pages_of(&fields, "pages"),
            number: self.text_of(&fields, "number"),
            edition: self.text_of(&fields, "edition"),
            statement: self.text_of(&fields, "statement"),
            url: self.web_of(&fields, "url"),
        })
    }

    /// The field `archive`.
    pub(super) fn archive_of(&mut self, fields: &Fields) -> Option<Archive> {
        let node = fields.get("archive")?;
        if !matches!(node.kind, NodeKind::Map(_)) {
            // One sentence or call number: all that is known is the place.
            if self.unbraced(node, "archive", &ARCHIVE) {
                return None;
            }
            let words = self.spanned(node, "archive")?;
            return Some(Archive { repository: Some(words.value), ..Archive::default() });
        }
        let fields = self.fields(node, "`archive`", &ARCHIVE)?;
        Some(Archive {
            repository: self.text_of(&fields, "repository"),
            collection: self.text_of(&fields, "collection"),
            fonds: self.text_of(&fields, "fonds"),
            inventory: self.text_of(&fields, "inventory"),
            file: self.text_of(&fields, "file"),
            leaves: self.text_of(&fields, "leaves"),
            shelfmark: self.text_of(&fields, "shelfmark"),
            url: self.web_of(&fields, "url"),
        })
    }

    /// The field `copy_text`.
    pub(super) fn copy_text_of(&mut self, fields: &Fields) -> Option<CopyText> {
        let node = fields.get("copy_text")?;
        if !matches!(node.kind, NodeKind::Map(_)) {
            let words = self.spanned(node, "copy_text")?;
            return Some(CopyText { statement: Some(words.value), ..CopyText::default() });
        }
        let fields = self.fields(node, "`copy_text`", &["kind", "hand", "found", "statement"])?;
        Some(CopyText {
            kind: self.text_of(&fields, "kind"),
            hand: self.text_of(&fields, "hand"),
            found: self.text_of(&fields, "found"),
            statement: self.text_of(&fields, "statement"),
        })
    }

    /// The field `first_published`.
    pub(super) fn publications_of(&mut self, fields: &Fields) -> Vec<Publication> {
        fields.get("first_published").map_or(&[][..], items).iter().filter_map(|node| self.publication(node)).collect()
    }

    fn publication(&mut self, node: &Node) -> Option<Publication> {
        if !matches!(node.kind, NodeKind::Map(_)) {
            let words = self.spanned(node, "first_published")?;
            return Some(Publication { span: words.span, statement: Some(words.value), ..Publication::default() });
        }
        let known = ["date", "in", "volume", "issue", "pages", "extent", "statement"];
        let fields = self.fields(node, "`first_published`", &known)?;
        Some(Publication {
            date: self.date_of(&fields, "date"),
            span: fields.get("date").unwrap_or(node).span,
            container: self.spanned_of(&fields, "in"),
            volume: self.text_of(&fields, "volume"),
            issue: self.text_of(&fields, "issue"),
            pages: self.pages_of(&fields, "pages"),
            partial: self.word_of(&fields, "extent", &[(false, "full"), (true, "part")]).unwrap_or(false),
            statement: self.text_of(&fields, "statement"),
        })
    }

    /// The dates in sentences about source, copy and first publication; where a field of its own gives the date, that is compared.
    pub(super) fn dates_of_sentences(&mut self, fields: &Fields) -> Vec<StatedDate> {
        let places = [
            (StatedIn::FirstPublished, "first_published", &["statement"][..]),
            (StatedIn::CopyText, "copy_text", &["kind", "hand", "found", "statement"]),
            (StatedIn::Source, "source", &["statement"]),
        ];
        let mut stated = Vec::new();
        for (place, name, parts) in places {
            for node in fields.get(name).map_or(&[][..], items) {
                let sentences = match &node.kind {
                    NodeKind::Map(entries) if entries.iter().any(|(key, _)| key.text == "date") => Vec::new(),
                    NodeKind::Map(entries) => {
                        entries.iter().filter(|(key, _)| parts.contains(&key.text.as_str())).map(|(_, node)| node).collect()
                    }
                    _ => vec![node],
                };
                for sentence in sentences {
                    let NodeKind::Scalar { text, .. } = &sentence.kind else { continue };
                    if slug::is_id(text) {
                        continue;
                    }
                    let date = stated_dates::in_sentence(text, &self.dates);
                    stated.extend(date.map(|date| StatedDate { place, date, span: sentence.span }));
                }
            }
        }
        stated
    }

    /// The field `translation`.
    pub(super) fn translation_of(&mut self, fields: &Fields) -> Option<Translation> {
        let node = fields.get("translation")?;
        let fields = self.fields(node, "`translation`", &["of", "of_language", "by", "from_work"])?;
        Some(Translation {
            of: self.text_of(&fields, "of"),
            of_language: self.language_of(&fields, "of_language"),
            by: self.parties_of(&fields, "by"),
            from_work: self.spanned_of(&fields, "from_work"),
        })
    }

    /// A field with a licence id, a sentence, or `{text, url}`.
    pub(super) fn rights_of(&mut self, fields: &Fields, name: &str) -> Option<Rights> {
        let node = fields.get(name)?;
        if !matches!(node.kind, NodeKind::Map(_)) {
            let words = self.spanned(node, name)?.value;
            return Some(Rights { url: licence_address(&words), text: words });
        }
        let fields = self.fields(node, &format!("`{name}`"), &["text", "url"])?;
        let url = self.web_of(&fields, "url");
        match self.text_of(&fields, "text") {
            Some(text) => Some(Rights { url: url.or_else(|| licence_address(&text)), text }),
            None => {
                if !fields.has("text") {
                    self.missing(&format!("`{name}`"), "text", node.span);
                }
                None
            }
        }
    }

    /// The field `responsibility`.
    pub(super) fn responsibility_of(&mut self, fields: &Fields) -> Vec<Responsibility> {
        fields.get("responsibility").map_or(&[][..], items).iter().filter_map(|node| self.deed(node)).collect()
    }

    fn deed(&mut self, node: &Node) -> Option<Responsibility> {
        let fields = self.fields(node, "an entry of `responsibility`", &["who", "did", "when"])?;
        for name in ["who", "did"] {
            if !fields.has(name) {
                self.missing("this entry of `responsibility`", name, node.span);
            }
        }
        let when = self.date_of(&fields, "when");
        let who = self.text_of(&fields, "who");
        let did = self.spanned_of(&fields, "did");
        if let Some(did) = did.as_ref().filter(|did| !DEEDS.contains(&did.value.as_str())) {
            self.unknown_word(did, "did", DEEDS.into_iter());
        }
        Some(Responsibility { who: who?, did: did?.value, when })
    }

    /// The field `facsimile`: images with page and label, or addresses.
    pub(super) fn facsimiles_of(&mut self, fields: &Fields) -> Vec<Facsimile> {
        fields.get("facsimile").map_or(&[][..], items).iter().filter_map(|node| self.facsimile(node)).collect()
    }

    fn facsimile(&mut self, node: &Node) -> Option<Facsimile> {
        if !matches!(node.kind, NodeKind::Map(_)) {
            let image = self.spanned(node, "facsimile")?;
            return Some(Facsimile { image, page: None, label: None });
        }
        let fields = self.fields(node, "an entry of `facsimile`", &["image", "page", "label"])?;
        if !fields.has("image") {
            self.missing("this entry of `facsimile`", "image", node.span);
        }
        let page = self.text_of(&fields, "page");
        let label = self.text_of(&fields, "label");
        Some(Facsimile { image: self.spanned_of(&fields, "image")?, page, label })
    }

    /// The field `errata`.
    pub(super) fn errata_of(&mut self, fields: &Fields) -> Vec<Erratum> {
        fields.get("errata").map_or(&[][..], items).iter().filter_map(|node| self.erratum(node)).collect()
    }

    fn erratum(&mut self, node: &Node) -> Option<Erratum> {
        let fields = self.fields(node, "an entry of `errata`", &["date", "was", "now", "reason"])?;
        for name in ["was", "now"] {
            if !fields.has(name) {
                self.missing("this entry of `errata`", name, node.span);
            }
        }
        let date = self.date_of(&fields, "date");
        let reason = self.text_of(&fields, "reason");
        let (was, now) = (self.text_of(&fields, "was"), self.text_of(&fields, "now"));
        Some(Erratum { date, was: was?, now: now?, reason })
    }

    /// The field `imported`.
    pub(super) fn imported_of(&mut self, fields: &Fields) -> Option<Imported> {
        let node = fields.get("imported")?;
        let fields = self.fields(node, "`imported`", &["from", "url", "retrieved", "sha256"])?;
        Some(Imported {
            from: self.text_of(&fields, "from"),
            url: self.web_of(&fields, "url"),
            retrieved: self.date_of(&fields, "retrieved"),
            sha256: self.text_of(&fields, "sha256"),
        })
    }
}

/// Sentences that begin as a key of the bibliography would: `lcw-45, pp. 533–34`, `[@lcw-45, p. 5]`. Whether it is one is seen when all is read.
pub(super) fn keys_of_sentences(fields: &Fields) -> Vec<(StatedIn, Spanned<String>)> {
    let places = [(StatedIn::FirstPublished, "first_published"), (StatedIn::CopyText, "copy_text"), (StatedIn::Source, "source")];
    let mut keyed = Vec::new();
    for (place, name) in places {
        for node in fields.get(name).map_or(&[][..], items) {
            let NodeKind::Scalar { text, .. } = &node.kind else { continue };
            let typed = text.trim().trim_start_matches('[');
            let first = typed.trim_start_matches('@').split([' ', ',', ';', ']']).next().unwrap_or_default();
            let marked = typed.starts_with('@') || first.contains(|letter: char| letter == '-' || letter.is_ascii_digit());
            if marked && slug::is_id(first) && !(place == StatedIn::Source && slug::is_id(text.trim())) {
                keyed.push((place, Spanned::new(text.trim().to_owned(), node.span)));
            }
        }
    }
    keyed
}

/// The address of a Creative Commons licence from its SPDX id: `CC-BY-SA-4.0`, `CC0-1.0`.
fn licence_address(id: &str) -> Option<String> {
    if id == "CC0-1.0" {
        return Some("https://creativecommons.org/publicdomain/zero/1.0/".into());
    }
    let (terms, version) = id.strip_prefix("CC-")?.rsplit_once('-')?;
    let known = matches!(terms, "BY" | "BY-SA" | "BY-NC" | "BY-ND" | "BY-NC-SA" | "BY-NC-ND")
        && matches!(version, "1.0" | "2.0" | "2.5" | "3.0" | "4.0");
    known.then(|| format!("https://creativecommons.org/licenses/{}/{version}/", terms.to_lowercase()))
}
