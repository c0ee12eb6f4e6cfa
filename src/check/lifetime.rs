//! A document written before its author was born or after the author's death. Bodies may issue papers in the name of what they were or become.

use super::days::is_before;
use crate::diag::{Code, Diagnostic, Label};
use crate::model::document::Summary;
use crate::model::entity::EntityKind;
use crate::resolve::Site;

pub(super) fn run(site: &Site, summary: &Summary, findings: &mut Vec<Diagnostic>) {
    let Some((event, date)) = summary.front.written.as_ref().and_then(|event| Some((event, event.date.as_ref()?))) else { return };
    for id in summary.front.author.iter().filter_map(|author| author.entity.as_ref()) {
        let Some(person) = site.entities.get(&id.value).filter(|entity| entity.kind == EntityKind::Person) else { continue };
        let born = person.born.as_ref().filter(|born| is_before(date, born)).map(|born| ("was born", born));
        let died = person.died.as_ref().filter(|died| is_before(died, date)).map(|died| ("died", died));
        let Some((what, when)) = born.or(died) else { continue };
        findings.push(
            Diagnostic::new(
                Code::OutsideLifetime,
                format!("dated `{}`, but {} {what} `{}`", date.printed, person.name, when.printed),
                Label::new(&summary.file, event.span),
            )
            .also(Label::new(&summary.file, id.span).saying("the author"))
            .also(Label::new(&person.file, person.span).saying("the author's dates"))
            .help("correct the date, the author, or the dates of life"),
        );
    }
}
