//! Pages that the settings put into the menu and that are not there.

use crate::base::suggest::nearest;
use crate::diag::{Code, Diagnostic, Label};
use crate::resolve::Site;

pub(super) fn run(site: &Site, findings: &mut Vec<Diagnostic>) {
    let ids = |pages: bool| {
        let documents = site.documents.iter().filter(move |summary| summary.page == pages);
        documents.map(|summary| summary.front.id.value.0.as_str())
    };
    for page in &site.config.pages {
        let typed = page.value.as_str();
        if ids(true).any(|id| id == typed) {
            continue;
        }
        let listed = |id: &&str| site.config.pages.iter().any(|page| page.value == *id);
        let help = match nearest(typed, ids(true).filter(|id| !listed(id))) {
            Some(near) => format!("did you mean `{near}`?"),
            None if ids(false).any(|id| id == typed) => {
                "this is a document: the menu has pages, which are files in `content/pages/`".to_owned()
            }
            None => format!("write the page `content/pages/{typed}.md`, or take `{typed}` out of the list"),
        };
        findings.push(
            Diagnostic::new(Code::UnknownDocument, format!("there is no page `{typed}`"), Label::new(&site.config.file, page.span))
                .help(help),
        );
    }
}
