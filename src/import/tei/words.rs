//! The words of a document as its TEI has them, for the comparison after the import. Knows nothing of how blocks are built.
//!
//! Follows the markup only where reading order or signs depend on it: notes apart, the corrected reading before the other, the signs of the
//! gap and the numbers of a numbered list.

use super::super::Expected;
use super::super::text::raised;
use crate::base::text::squeeze;
use crate::formats::xml::{NodeId, Xml};
use std::collections::{BTreeSet, VecDeque};

/// Words of `unit`; `moved` are elements whose words stand in fields, `notes` those that are notes of the document.
pub fn of(xml: &Xml<'_>, unit: NodeId, moved: &BTreeSet<NodeId>, notes: &[NodeId]) -> Expected {
    let mut walk = Walk { xml, moved, notes: notes.iter().copied().collect(), out: String::new() };
    walk.node(unit);
    let text = std::mem::take(&mut walk.out);
    // Notes in the order of their marks, those within notes after all others.
    let mut queue: VecDeque<NodeId> = notes.iter().copied().collect();
    let mut done = BTreeSet::new();
    while let Some(note) = queue.pop_front() {
        if done.insert(note) {
            walk.children(note);
            walk.out.push(' ');
        }
    }
    Expected { text, notes: walk.out }
}

struct Walk<'a> {
    xml: &'a Xml<'a>,
    moved: &'a BTreeSet<NodeId>,
    notes: BTreeSet<NodeId>,
    out: String,
}

impl Walk<'_> {
    fn children(&mut self, id: NodeId) {
        let xml = self.xml;
        xml.children(id).iter().for_each(|child| self.node(*child));
    }

    fn node(&mut self, id: NodeId) {
        if self.moved.contains(&id) || self.notes.contains(&id) {
            return;
        }
        if let Some(text) = self.xml.text(id) {
            self.out.push_str(text);
            return;
        }
        match self.xml.name(id) {
            "choice" => {
                let first = ["corr", "expan", "reg"].iter().find_map(|name| self.xml.child(id, name));
                let second = ["sic", "abbr", "orig"].iter().find_map(|name| self.xml.child(id, name));
                match (first, second) {
                    (Some(first), Some(second)) => {
                        self.children(first);
                        self.children(second);
                    }
                    _ => self.children(id),
                }
            }
            "list" if is_numbered(self.xml, id) => {
                let mut number = 0;
                for child in self.xml.children(id) {
                    if self.xml.name(*child) == "item" {
                        number += 1;
                        self.out.push_str(&format!("{number}."));
                    }
                    self.node(*child);
                }
            }
            "hi" if self.xml.attribute(id, "rend").is_some_and(|rend| rend.contains("super")) => {
                let text = self.xml.all_text(id);
                self.out.push_str(&raised(&text));
            }
            "desc" | "figDesc" if self.xml.parent(id).is_some_and(|parent| self.xml.name(parent) == "gap") => {}
            _ => self.children(id),
        }
    }
}

/// A list whose numbers are left to the reader's program: `type="ordered"` without labels.
pub fn is_numbered(xml: &Xml<'_>, list: NodeId) -> bool {
    let ordered = [xml.attribute(list, "type"), xml.attribute(list, "rend")]
        .into_iter()
        .flatten()
        .any(|kind| kind.contains("ordered") || kind.contains("numbered"));
    ordered && xml.child(list, "label").is_none()
}

/// The name of a page as `n` has it, without brackets and without characters that are not printed; `None` where nothing is left.
pub(super) fn page_name(n: &str) -> Option<String> {
    let printed: String = n.chars().filter(|letter| !letter.is_control() || letter.is_whitespace()).collect();
    Some(squeeze(&printed.replace(['[', ']'], ""))).filter(|name| !name.is_empty())
}
