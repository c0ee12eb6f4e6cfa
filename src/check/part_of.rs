//! Entries that are part of themselves, or of what cannot hold them.

use crate::diag::{Code, Diagnostic, Label};
use crate::model::entity::{Entity, EntityKind};
use crate::resolve::Site;
use std::collections::HashSet;

pub(super) fn run(site: &Site, findings: &mut Vec<Diagnostic>) {
    let mut done = HashSet::new();
    for entity in site.entities.values() {
        if let Some(circle) = circle(site, entity, &mut done) {
            findings.extend(in_circle(&circle));
        }
        let Some(part_of) = &entity.part_of else { continue };
        let Some(whole) = site.entities.get(&part_of.value) else { continue };
        if !may_hold(whole.kind, entity.kind) {
            let message = format!(
                "`{}` is of the register of {}, and cannot be part of one of {}",
                entity.id,
                entity.kind.register(),
                whole.kind.register()
            );
            findings.push(
                Diagnostic::new(Code::UnknownValue, message, Label::new(&entity.file, part_of.span))
                    .also(Label::new(&whole.file, whole.span).saying(whole.name.clone()))
                    .help(format!("name an entry of the register of {}, or say it in `identification`", entity.kind.register())),
            );
        }
    }
}

/// The circle that the wholes of this entry lead into, from its first entry; none that was met before. `done` holds the entries that were passed,
/// so that each is passed once, however long the way is.
fn circle<'s>(site: &'s Site, entity: &'s Entity, done: &mut HashSet<&'s str>) -> Option<Vec<&'s Entity>> {
    let mut way: Vec<&Entity> = Vec::new();
    let mut next = Some(entity);
    while let Some(entity) = next.filter(|entity| done.insert(entity.id.as_str())) {
        way.push(entity);
        next = entity.part_of.as_ref().and_then(|whole| site.entities.get(&whole.value));
    }
    let from = way.iter().position(|entity| next.is_some_and(|again| again.id == entity.id))?;
    let mut circle = way.split_off(from);
    let first = (0..circle.len()).min_by_key(|at| &circle[*at].id)?;
    circle.rotate_left(first);
    Some(circle)
}

fn in_circle(circle: &[&Entity]) -> Option<Diagnostic> {
    let first = circle.first()?;
    let message = match circle {
        [only] => format!("`{}` is part of itself", only.id),
        several => {
            let ids: Vec<&str> = several.iter().chain([first]).map(|entity| entity.id.as_str()).collect();
            format!("`part_of` leads in a circle: `{}`", ids.join("` → `"))
        }
    };
    let place = Label::new(&first.file, first.part_of.as_ref()?.span);
    Some(Diagnostic::new(Code::UnknownValue, message, place).help("take `part_of` out of the entry that holds the others"))
}

/// Nothing is part of a person; a place is part of places only.
fn may_hold(whole: EntityKind, part: EntityKind) -> bool {
    match (whole, part) {
        (EntityKind::Person, _) => false,
        (whole, EntityKind::Place) => whole == EntityKind::Place,
        _ => true,
    }
}
