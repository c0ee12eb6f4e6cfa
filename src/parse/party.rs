//! Who wrote and to whom: persons and bodies as a register id, a literal name, `unknown`, or `{ref, as, role, cert}`.

use super::fields::{Fields, Reader};
use super::yaml::{Node, NodeKind};
use crate::base::slug;
use crate::base::span::{Span, Spanned};
use crate::model::document::{Party, Role};

const ROLES: [(Role, &str); 4] = [(Role::To, "to"), (Role::For, "for"), (Role::Via, "via"), (Role::Cc, "cc")];

const PARTS: [&str; 4] = ["ref", "as", "role", "cert"];

impl Reader<'_> {
    /// A field with one party or several.
    pub(super) fn parties_of(&mut self, fields: &Fields, name: &str) -> Vec<Party> {
        self.several_of(fields, name, &PARTS).iter().filter_map(|node| self.party(node, name)).collect()
    }

    /// One party.
    fn party(&mut self, node: &Node, name: &str) -> Option<Party> {
        if !matches!(node.kind, NodeKind::Map(_)) {
            if self.unbraced(node, name, &PARTS) {
                return None;
            }
            let words = self.spanned(node, name)?;
            return (!self.tagged_id(&words, name, true)).then(|| named(words));
        }
        let fields = self.fields(node, &format!("an entry of `{name}`"), &PARTS)?;
        let typed = self.spanned_of(&fields, "ref");
        let typed = typed.filter(|words| !self.tagged_id(words, "ref", false));
        let printed = self.text_of(&fields, "as");
        let role = self.word_of(&fields, "role", &ROLES).unwrap_or_default();
        let certainty = self.text_of(&fields, "cert");
        let party = typed.map(named);
        if party.is_none() && printed.is_none() {
            if !fields.has("ref") && !fields.has("as") {
                self.missing(&format!("this entry of `{name}`"), "ref", node.span);
            }
            return None;
        }
        let mut party = party.unwrap_or_else(|| nobody(node.span));
        party.role = role;
        party.certainty = certainty;
        party.printed = printed.or(party.printed);
        Some(party)
    }
}

/// A party from one word or name: in id form a register id, `unknown`, else a literal name.
fn named(words: Spanned<String>) -> Party {
    let mut party = nobody(words.span);
    if words.value == "unknown" {
        party.unknown = true;
    } else if slug::is_id(&words.value) {
        party.entity = Some(words);
    } else {
        party.printed = Some(words.value);
    }
    party
}

/// A party of whom nothing is said, typed at `span`.
fn nobody(span: Span) -> Party {
    Party { entity: None, printed: None, role: Role::To, certainty: None, unknown: false, span }
}
