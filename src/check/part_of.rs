//! Entries that are part of themselves, or of what cannot hold them.

use crate::diag::{Code, Diagnostic, Label};
use crate::model::entity::{Entity, EntityKind};
use crate::resolve::Site;

pub(super) fn run(site: &Site, findings: &mut Vec<Diagnostic>) {
    for entity in site.entities.values() {
        let Some(part_of) = &entity.part_of else { continue };
        let Some(whole) = site.entities.get(&part_of.value) else { continue };
        let place = Label::new(&entity.file, part_of.span);
        if let Some(circle) = circle(site, entity) {
            // Told once, at the first of its entries.
            if circle.iter().any(|id| *id < entity.id.as_str()) {
                continue;
            }
            let message = match circle.as_slice() {
                [only] => format!("`{only}` is part of itself"),
                several => format!("`part_of` leads in a circle: `{}`", several.join("` → `")),
            };
            findings
                .push(Diagnostic::new(Code::UnknownValue, message, place).help("take `part_of` out of the entry that holds the others"));
        } else if !may_hold(whole.kind, entity.kind) {
            let message = format!(
                "`{}` is of the register of {}, and cannot be part of one of {}",
                entity.id,
                entity.kind.register(),
                whole.kind.register()
            );
            findings.push(
                Diagnostic::new(Code::UnknownValue, message, place)
                    .also(Label::new(&whole.file, whole.span).saying(whole.name.clone()))
                    .help(format!("name an entry of the register of {}, or say it in `identification`", entity.kind.register())),
            );
        }
    }
}

/// The entries from this one up to it again, if its wholes lead back to it.
fn circle<'s>(site: &'s Site, entity: &'s Entity) -> Option<Vec<&'s str>> {
    let mut seen = vec![entity.id.as_str()];
    let mut next = entity.part_of.as_ref()?.value.as_str();
    while next != entity.id {
        if seen.contains(&next) {
            return None;
        }
        let whole = site.entities.get(next)?;
        seen.push(whole.id.as_str());
        next = whole.part_of.as_ref()?.value.as_str();
    }
    if seen.len() > 1 {
        seen.push(entity.id.as_str());
    }
    Some(seen)
}

/// Nothing is part of a person; a place is part of places only.
fn may_hold(whole: EntityKind, part: EntityKind) -> bool {
    match (whole, part) {
        (EntityKind::Person, _) => false,
        (whole, EntityKind::Place) => whole == EntityKind::Place,
        _ => true,
    }
}
