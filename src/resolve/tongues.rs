//! Which language words in a foreign script are most likely in: the one language of the edition that is written so.

use crate::base::script::Script;
use crate::model::config::Config;
use crate::model::document::Summary;
use crate::model::entry::Entry;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The language of words by their script, as BCP 47: `ru`; where several languages of the edition are written in a script, or none is, only
/// what is sure: `und-Cyrl`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tongues(BTreeMap<Script, String>);

impl Tongues {
    /// From the languages of the interface, of documents, of originals they are translated from, and of works cited.
    #[must_use]
    pub fn of(config: &Config, documents: &[Summary], entries: &BTreeMap<String, Entry>) -> Self {
        let fronts = documents.iter().map(|document| &document.front);
        let translated = fronts.clone().filter_map(|front| front.translation.as_ref()?.of_language.as_deref());
        let named: BTreeSet<&str> = (config.languages.iter().map(String::as_str))
            .chain(fronts.filter_map(|front| front.language.as_deref()))
            .chain(translated)
            .chain(entries.values().filter_map(|entry| entry.language.as_deref()))
            .collect();
        let tongue = |script: Script| {
            let written: BTreeSet<&str> = named.iter().filter(|tag| script.can_write(tag)).map(|tag| main(tag)).collect();
            match written.iter().next().filter(|_| written.len() == 1) {
                Some(only) => (*only).to_owned(),
                None => script.undetermined(),
            }
        };
        Self(Script::all().map(|script| (script, tongue(script))).collect())
    }

    /// The language of words in a script.
    #[must_use]
    pub fn language(&self, script: Script) -> &str {
        self.0.get(&script).map_or("und", String::as_str)
    }
}

fn main(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}
