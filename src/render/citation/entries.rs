//! The order of the list of works.

use super::cites::Work;
use crate::base::collate::Collation;
use crate::model::citable::Citable;
use crate::resolve::Site;
use crate::resolve::order::natural;
use std::collections::BTreeMap;

/// Keys of all works: by names, or title where there are none, in the order of the edition's language; then title, volume, year, key.
pub(super) fn order(site: &Site, works: &BTreeMap<String, Work>) -> Vec<String> {
    let collation = Collation::of(&site.config.language);
    let mut keys: Vec<(&String, String, &Citable)> = works.iter().map(|(key, work)| (key, names(work.citable()), work.citable())).collect();
    keys.sort_by(|(a, a_names, a_work), (b, b_names, b_work)| {
        let title = |work: &Citable| article_off(work.get("title").unwrap_or_default()).to_owned();
        let head = |names: &str, work: &Citable| if names.is_empty() { title(work) } else { names.to_owned() };
        let volume = |work: &Citable| natural(work.get("volume").unwrap_or_default());
        collation
            .compare(&head(a_names, a_work), &head(b_names, b_work))
            .then_with(|| collation.compare(&title(a_work), &title(b_work)))
            .then_with(|| volume(a_work).cmp(&volume(b_work)))
            .then_with(|| a_work.issued().cmp(&b_work.issued()))
            .then_with(|| a.cmp(b))
    });
    keys.into_iter().map(|(key, ..)| key.clone()).collect()
}

fn names(work: &Citable) -> String {
    let people = ["author", "editor", "translator"].into_iter().map(|role| work.named(role)).find(|names| !names.is_empty()).unwrap_or(&[]);
    people.iter().map(|name| format!("{} {}", name.family, name.given.as_deref().unwrap_or_default())).collect::<Vec<_>>().join(" ")
}

/// A title without its first article, by which nobody looks it up.
fn article_off(title: &str) -> &str {
    const ARTICLES: [&str; 12] = ["The ", "A ", "An ", "Der ", "Die ", "Das ", "Ein ", "Eine ", "Le ", "La ", "Les ", "L’"];
    ARTICLES.iter().find_map(|article| title.strip_prefix(article)).filter(|rest| !rest.is_empty()).unwrap_or(title)
}
