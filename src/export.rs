//! The edition in formats of other programs: TEI P5, CMIF, plain text, JSON. Beside the pipeline: reads the resolved site, makes artifacts.
//!
//! What a format cannot say is left out there, never changed: the edition's own files stay the source. One file for each format.

pub mod cmif;
pub mod json;
pub mod plain;
pub mod tei;
pub mod text;

use crate::model::date::{Bound, Date, EdtfKind};
use crate::model::document::{Party, Summary};
use crate::resolve::Site;

/// Source documents in the order of the edition, with their place in the site; pages about the edition are none.
pub(crate) fn documents(site: &Site) -> impl Iterator<Item = (usize, &Summary)> {
    site.documents.iter().enumerate().filter(|(_, summary)| !summary.page)
}

/// The name of a party: of the register, else as printed.
pub(crate) fn party_name<'s>(site: &'s Site, party: &'s Party) -> &'s str {
    let entity = party.entity.as_ref().and_then(|id| site.entities.get(&id.value));
    entity.map(|entity| entity.name.as_str()).or(party.printed.as_deref()).unwrap_or("Unknown")
}

/// The attributes of TEI `att.datable` for a date: name and value, days only.
pub(crate) fn datable(date: &Date) -> Vec<(&'static str, String)> {
    let plain = |text: &str| {
        let parts: Vec<&str> = text.split('-').collect();
        let digits = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
        let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        parts.iter().all(digits) && matches!(lengths.as_slice(), [4] | [4, 2] | [4, 2, 2])
    };
    let mut out = Vec::new();
    let text = date.edtf.as_str();
    let bare = text.trim_end_matches(['?', '~', '%']);
    let day = |bound: Bound| bound.day().map(|day| day.to_string());
    if plain(bare) {
        out.push(("when", bare.to_owned()));
    } else if date.edtf.kind() == EdtfKind::Interval {
        let ends =
            text.split_once('/').map(|(first, last)| (first.trim_end_matches(['?', '~', '%']), last.trim_end_matches(['?', '~', '%'])));
        let end = |typed: Option<&str>, bound: Bound| typed.filter(|typed| plain(typed)).map(str::to_owned).or_else(|| day(bound));
        out.extend(end(ends.map(|ends| ends.0), date.earliest).map(|value| ("from", value)));
        out.extend(end(ends.map(|ends| ends.1), date.latest).map(|value| ("to", value)));
    } else {
        out.extend(day(date.earliest).map(|value| ("notBefore", value)));
        out.extend(day(date.latest).map(|value| ("notAfter", value)));
    }
    if !out.is_empty() && (date.edtf.is_uncertain() || date.edtf.is_approximate()) {
        out.push(("cert", "low".to_owned()));
    }
    out
}
