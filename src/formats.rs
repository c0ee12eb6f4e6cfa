//! Formats of other programs: one file for each, reading and printing where both exist. A format knows the model and nothing of our own files.

pub mod bibtex;
pub mod csl_json;
pub mod edtf;
pub mod encoding;
pub mod html;
pub mod mediawiki;
pub mod record;
pub mod source_note;
pub mod xml;
pub mod yaml;

use crate::base::span::Spanned;
use crate::model::entry::Entry;

/// A bibliography entry of another format, with its date still as text: only the reader of dates knows what it means.
#[derive(Clone, Debug)]
pub struct Record {
    /// The entry without its date.
    pub entry: Entry,
    /// When published, in EDTF or as typed.
    pub date: Option<Spanned<String>>,
}

/// Puts `volume`, `publisher` and the like where they belong: on the larger work, when there is one that holds this one.
pub(crate) fn hold(entry: &mut Entry, mut parent: Entry) {
    let periodical = matches!(parent.kind.as_str(), "periodical" | "newspaper");
    parent.volume = entry.volume.take();
    parent.issue = entry.issue.take();
    parent.publisher = entry.publisher.take();
    parent.location = entry.location.take();
    parent.edition = entry.edition.take();
    if !periodical {
        parent.editors = std::mem::take(&mut entry.editors);
    }
    entry.parent = Some(Box::new(parent));
}

/// Adds the series or the work in several volumes around the outermost work that is there.
pub(crate) fn surround(entry: &mut Entry, outer: Entry) {
    let mut at = entry;
    while at.parent.is_some() {
        at = at.parent.as_mut().expect("the loop's condition says that there is a parent");
    }
    at.parent = Some(Box::new(outer));
}
