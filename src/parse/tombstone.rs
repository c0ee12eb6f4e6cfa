//! `content/tombstones.yaml`: addresses that are given up, with the reason that readers find there.

use super::date::DateContext;
use super::fields::Reader;
use super::yaml::{self, NodeKind};
use crate::base::path::ContentPath;
use crate::base::span::{Span, Spanned};
use crate::diag::Checked;
use crate::model::ledger::Tombstone;

/// Where it stands.
pub const FILE: &str = "content/tombstones.yaml";

/// Reads it: address → reason, or `{ why, date, see }`.
#[must_use]
pub fn read(file: &ContentPath, text: &str, context: &DateContext) -> Checked<Vec<Tombstone>> {
    let tree = yaml::read(file, text, Span::new(0, text.len()));
    let mut reader = Reader::new(file, text, context.clone());
    reader.findings = tree.findings;
    let listed = tree.value.as_ref().and_then(|node| reader.open_fields(node, "the list of tombstones"));
    let mut stones = Vec::new();
    for (key, node) in listed.as_ref().map_or(&[][..], |fields| fields.entries()) {
        let mut stone = Tombstone {
            file: file.clone(),
            address: Spanned::new(key.text.clone(), key.span),
            why: String::new(),
            date: None,
            see: Vec::new(),
        };
        if matches!(node.kind, NodeKind::Map(_)) {
            let what = format!("the tombstone `{}`", key.text);
            let Some(fields) = reader.fields(node, &what, &["why", "date", "see"]) else { continue };
            if !fields.has("why") {
                reader.missing(&what, "why", key.span);
            }
            stone.why = reader.text_of(&fields, "why").unwrap_or_default();
            stone.date = reader.date_of(&fields, "date");
            stone.see = reader.ids_of(&fields, "see");
        } else if let Some(why) = reader.spanned(node, "why") {
            stone.why = why.value;
        } else {
            continue;
        }
        stones.push(stone);
    }
    Checked::new(stones, reader.findings)
}
