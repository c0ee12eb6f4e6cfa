//! Entries of the registers that are probably one: the same name and nothing to tell them apart, or the same number of an authority file.

use crate::diag::{Code, Diagnostic, Label};
use crate::model::date::Date;
use crate::model::entity::Entity;
use crate::resolve::Site;
use std::collections::BTreeMap;

pub(super) fn run(site: &Site, findings: &mut Vec<Diagnostic>) {
    let mut names: BTreeMap<(usize, String), Vec<&Entity>> = BTreeMap::new();
    let mut numbers: BTreeMap<(&str, &str), &Entity> = BTreeMap::new();
    for entity in site.entities.values() {
        let same = names.entry((entity.kind as usize, crate::base::text::squeeze(&entity.name.to_lowercase()))).or_default();
        match same.iter().find(|other| !are_apart(other, entity)) {
            Some(other) => findings.push(report(format!("`{}` and `{}` have the same name", other.id, entity.id), other, entity)),
            None => same.push(entity),
        }
        for (authority, number) in &entity.authorities {
            if let Some(other) = numbers.insert((authority, number), entity) {
                findings.push(report(
                    format!("`{}` and `{}` have the same number `{number}` of {authority}", other.id, entity.id),
                    other,
                    entity,
                ));
            }
        }
    }
}

/// Dates of life that cannot be those of one person, or different descriptions.
fn are_apart(a: &Entity, b: &Entity) -> bool {
    let differ = |a: &Option<Date>, b: &Option<Date>| matches!((a, b), (Some(a), Some(b)) if a.edtf != b.edtf);
    let described = |entity: &Entity| entity.identification.is_some() || entity.nature.is_some() || entity.part_of.is_some();
    differ(&a.born, &b.born)
        || differ(&a.died, &b.died)
        || (described(a) && described(b) && (&a.identification, &a.nature, part(a)) != (&b.identification, &b.nature, part(b)))
}

fn part(entity: &Entity) -> Option<&str> {
    entity.part_of.as_ref().map(|part| part.value.as_str())
}

fn report(message: String, first: &Entity, second: &Entity) -> Diagnostic {
    Diagnostic::new(Code::DuplicateEntity, message, Label::new(&second.file, second.span))
        .also(Label::new(&first.file, first.span).saying("the other"))
        .help("join the two, or tell them apart by `born`, `died` or `identification`")
}
