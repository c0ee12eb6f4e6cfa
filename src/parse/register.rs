//! Registers: persons, organisations, places, events, periodicals, works, terms. A map from id to fields, or to a name alone.

pub mod names;

use super::date::DateContext;
use super::fields::{Fields, Reader};
use super::yaml::{self, Key, Node, NodeKind};
use crate::base::path::ContentPath;
use crate::base::slug;
use crate::base::span::{Span, Spanned};
use crate::base::suggest;
use crate::diag::{Checked, Code, Diagnostic, Label};
use crate::model::entity::{Entity, EntityKind};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;

/// How the finding of an entry without id begins.
pub const HEADLESS: &str = "an entry without its id begins here";

/// Fields of an entry, in the order of the manual.
pub const FIELDS: [&str; 18] = [
    "name",
    "sort",
    "aliases",
    "original",
    "identification",
    "born",
    "died",
    "note",
    "same_as",
    "part_of",
    "coordinates",
    "type",
    "viaf",
    "gnd",
    "wikidata",
    "geonames",
    "lcnaf",
    "isni",
];
/// What registers are called elsewhere.
const OTHER_NAMES: [(&str, &str); 14] = [
    ("people", "persons"),
    ("names", "persons"),
    ("individuals", "persons"),
    ("personen", "persons"),
    ("personnes", "persons"),
    ("orgs", "organisations"),
    ("institutions", "organisations"),
    ("bodies", "organisations"),
    ("locations", "places"),
    ("orte", "places"),
    ("lieux", "places"),
    ("journals", "periodicals"),
    ("newspapers", "periodicals"),
    ("glossary", "terms"),
];

/// Reads one register; which one, the file's name says.
#[must_use]
pub fn read(file: &ContentPath, text: &str, context: &DateContext) -> Checked<Vec<Entity>> {
    let (kind, misnamed) = match kind_of(file) {
        Ok(kind) => (kind, None),
        Err((meant, finding)) => match meant {
            // Read under the name that is meant, so that one slip is one finding.
            Some(kind) => (kind, Some(finding)),
            None => return Checked::new(Vec::new(), vec![*finding]),
        },
    };
    let tree = yaml::read(file, text, Span::new(0, text.len()));
    let mut reader = Reader::new(file, text, context.clone());
    let mut slips = tree.findings;
    names::headless(file, text, &mut slips);
    reader.findings = misnamed.map(|finding| *finding).into_iter().chain(slips).collect();
    let listed = match &tree.value {
        Some(Node { kind: NodeKind::List(items), span }) => {
            reader.list_of_entries(items, *span);
            None
        }
        node => node.as_ref().and_then(|node| reader.open_fields(node, "a register")),
    };
    let entries = listed.as_ref().map_or(&[][..], |fields| fields.entries());
    let entities = entries.iter().filter_map(|(key, node)| reader.entity(kind, key, node)).collect();
    Checked::new(entities, reader.findings)
}

/// Which register a file is, by its name; otherwise the one that is meant.
fn kind_of(file: &ContentPath) -> Result<EntityKind, (Option<EntityKind>, Box<Diagnostic>)> {
    let stem = file.stem();
    let called = |name: &str| EntityKind::ALL.into_iter().find(|(_, _, register)| *register == name).map(|(kind, ..)| kind);
    if let Some(kind) = called(stem) {
        return Ok(kind);
    }
    let names = EntityKind::ALL.map(|(_, _, stem)| stem);
    let lower = stem.to_lowercase();
    let other = OTHER_NAMES.iter().find(|(other, _)| *other == lower).map(|(_, name)| *name);
    let near = other.or_else(|| suggest::nearest(stem, names));
    let finding = Diagnostic::new(Code::UnknownRegister, format!("there is no register `{stem}`"), Label::file(file));
    let help = match near {
        Some(near) => format!("call the file `{near}.yaml`"),
        None => format!("call the file by one of the registers: {}", names.join(", ")),
    };
    Err((near.and_then(called), Box::new(finding.help(help))))
}

/// Reads all registers together; an id that stands twice is reported and the first kept.
#[must_use]
pub fn read_all(files: &[(&ContentPath, &str)], context: &DateContext) -> Checked<BTreeMap<String, Entity>> {
    let mut all = BTreeMap::new();
    let mut findings = Vec::new();
    for (path, text) in files {
        let file = read(path, text, context);
        findings.extend(file.findings);
        for entity in file.value {
            match all.entry(entity.id.clone()) {
                Slot::Vacant(slot) => {
                    slot.insert(entity);
                }
                Slot::Occupied(first) => {
                    let first: &Entity = first.get();
                    let place = Label::new(&entity.file, entity.span);
                    let finding =
                        Diagnostic::new(Code::DuplicateEntry, format!("the id `{}` stands twice in the registers", entity.id), place)
                            .also(Label::new(&first.file, first.span).saying("first here"));
                    findings.push(finding.help("give one of the two another id"));
                }
            }
        }
    }
    Checked::new(all, findings)
}

impl Reader<'_> {
    /// `[latitude, longitude]` in degrees; kept as typed.
    fn coordinates(&mut self, fields: &Fields) -> Option<(String, String)> {
        let node = fields.get("coordinates")?;
        let degrees = |text: &str, most: f64| text.parse::<f64>().is_ok_and(|degree| degree.abs() <= most);
        let numbers = self.texts_of(fields, "coordinates");
        match numbers.as_slice() {
            [lat, lon] if degrees(&lat.value, 90.0) && degrees(&lon.value, 180.0) => Some((lat.value.clone(), lon.value.clone())),
            _ => {
                let finding = self.report(Code::UnknownValue, "`coordinates` are no latitude and longitude", node.span);
                finding.help.push("write both in degrees, as `[55.75, 37.62]`".into());
                None
            }
        }
    }

    /// A register that is typed as a list: each entry needs its id before a colon.
    fn list_of_entries(&mut self, items: &[Node], whole: Span) {
        let first = items.first().and_then(|item| match &item.kind {
            NodeKind::Map(fields) => Some(fields.iter().find_map(|(key, value)| match &value.kind {
                NodeKind::Scalar { text, .. } if matches!(key.text.as_str(), "id" | "key") => Some(slug::slug(text)),
                _ => None,
            })),
            _ => None,
        });
        let id = first.flatten().filter(|id| !id.is_empty());
        let help = match id {
            Some(id) => format!("write each entry under its id, without hyphens: `{id}:` on a line of its own, its fields indented below"),
            None => "write each entry under an id, without hyphens: `lenin:` on a line of its own, `name: …` indented below".to_owned(),
        };
        self.report(Code::WrongType, "a register must be a map from ids to entries, but is a list", whole).help.push(help);
    }

    fn entity(&mut self, kind: EntityKind, key: &Key, node: &Node) -> Option<Entity> {
        let good = self.check_id(&Spanned::new(key.text.clone(), key.span), "");
        let mut entity = Entity {
            kind,
            id: key.text.clone(),
            name: String::new(),
            sort: String::new(),
            aliases: Vec::new(),
            original: None,
            identification: None,
            born: None,
            died: None,
            authorities: BTreeMap::new(),
            nature: None,
            note: None,
            same_as: Vec::new(),
            part_of: None,
            coordinates: None,
            file: self.file.clone(),
            span: key.span,
        };
        if matches!(node.kind, NodeKind::Map(_)) {
            let fields = self.fields(node, &format!("the entry `{}`", key.text), &FIELDS)?;
            if !fields.has("name") {
                self.missing(&format!("the entry `{}`", key.text), "name", key.span);
            }
            entity.name = self.text_of(&fields, "name").unwrap_or_default();
            entity.sort = self.text_of(&fields, "sort").unwrap_or_default();
            entity.aliases = self.aliases(&fields, &entity.name, &entity.sort);
            entity.original = self.text_of(&fields, "original");
            entity.identification = self.text_of(&fields, "identification");
            entity.born = self.date_of(&fields, "born");
            entity.died = self.date_of(&fields, "died");
            entity.nature = self.text_of(&fields, "type");
            entity.note = self.text_of(&fields, "note");
            entity.same_as = self.texts_of(&fields, "same_as").into_iter().filter_map(|url| self.web(url, "same_as")).collect();
            entity.part_of = self.id_of(&fields, "part_of");
            entity.coordinates = self.coordinates(&fields);
            entity.authorities = self.authorities(&fields);
        } else if !matches!(node.kind, NodeKind::Null | NodeKind::Unreadable) {
            entity.name = self.spanned(node, &key.text)?.value;
        }
        if entity.name.is_empty() {
            // Kept under its id, so that one slip here is not reported again at each mention.
            entity.name.clone_from(&entity.id);
        }
        if entity.sort.is_empty() {
            entity.sort.clone_from(&entity.name);
        }
        good.then_some(entity)
    }
}
