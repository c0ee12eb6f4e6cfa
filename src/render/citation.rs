//! Citations: cites in the text and in notes, entries of the bibliography, the block that says how to cite a page.
//!
//! The processor is asked once for each distinct request, before any page is rendered: documents of one shape share a template with
//! holes for titles, names, dates and pages (`src/render/citation/template.rs`), and cites of one work differ only in the place they name.

pub mod block;
pub mod cites;
pub mod documents;
mod entries;
pub mod head;
pub mod marks;
pub mod records;
pub mod template;
pub mod works;

use crate::base::later::Later;
use crate::base::watch::{self, ABSENT, State};
use crate::formats::csl::{Language, Style};
use crate::model::theme::Words;
use crate::resolve::Site;
use std::collections::BTreeMap;
use std::sync::Arc;
use template::{Memo, Request};

/// Everything that was asked of the processor, answered.
#[derive(Debug)]
pub struct Citations {
    /// The styles of `citation_styles` that are styles, in their order.
    pub styles: Arc<Vec<Style>>,
    /// Words of the edition's language.
    pub language: Language,
    /// Names of the tabs in the order of `citation_styles`; `None` stands for BibTeX.
    pub tabs: Vec<Option<usize>>,
    /// The style of cites in the text: the first.
    style: usize,
    /// Works of the bibliography.
    works: BTreeMap<String, cites::Work>,
    /// State of everything that was asked about.
    asked: State,
    /// Answers of the processor.
    pub memo: Arc<Later<Memo>>,
    /// Months of each style's dates.
    months: Vec<Option<Vec<(String, String)>>>,
    /// For each style, what is put before the keys of its requests.
    prints: Vec<String>,
}

/// What the processor answered, for the next build.
pub struct Memory {
    /// State of everything that was asked about.
    pub asked: State,
    /// The answers.
    pub memo: Arc<Later<Memo>>,
}

impl Default for Memory {
    fn default() -> Self {
        Self { asked: ABSENT, memo: Arc::new(Later::now(Memo::new())) }
    }
}

impl Citations {
    /// Asks for everything that the pages of `site` will print. `world` is the state of all that documents say but for their words.
    #[must_use]
    pub fn of(site: &Site, words: &Words, styles: &Arc<Vec<Style>>, world: State, known: Memory) -> Self {
        let language = Language::of(&site.config.language);
        let months = styles.iter().map(|style| language.months(style)).collect();
        let prints: Vec<String> =
            styles.iter().map(|style| crate::base::digest::Digest::of(style.fingerprint().as_bytes()).to_string()).collect();
        let tab = |name: &str| if name == BIBTEX { Some(None) } else { styles.iter().position(|style| style.name == name).map(Some) };
        let tabs = site.config.citation_styles.iter().filter_map(|name| tab(&name.value)).collect();
        let asked = watch::state(&(world, site.past.noted().1, words, &prints));
        let works = cites::works(site);
        let mut citations = Self { styles: Arc::clone(styles), language, tabs, style: 0, works, asked, memo: known.memo, months, prints };
        if known.asked != asked {
            let mut requests = BTreeMap::new();
            block::requests(&citations, site, words, &mut requests);
            cites::requests(&citations, site, &mut requests);
            citations.memo = Arc::new(Later::now(template::answer(&citations, requests)));
        }
        citations
    }

    /// What the next build can use again.
    #[must_use]
    pub fn known(&self) -> Memory {
        Memory { asked: self.asked, memo: Arc::clone(&self.memo) }
    }

    /// The style of cites in the text and of the list of works.
    #[must_use]
    pub fn style(&self) -> &Style {
        &self.styles[self.style]
    }

    /// Everything but the documents that a citation depends on: styles, words, works and their order.
    #[must_use]
    pub fn state(&self) -> impl serde::Serialize + '_ {
        let works: Vec<_> = self.works.iter().map(|(key, work)| (key, work.state(), work.number)).collect();
        (&self.prints, self.language.code(), &self.tabs, works)
    }

    fn key(&self, style: usize, key: &str) -> String {
        format!("{}\u{1f}{}\u{1f}{key}", self.prints[style], self.language.code())
    }
}

/// The name of the tab that shows BibTeX.
pub const BIBTEX: &str = "bibtex";

/// Requests by key.
pub type Requests = BTreeMap<String, Request>;
