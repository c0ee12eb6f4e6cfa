//! The edition as a whole: what `content/edition.yaml` says.

use super::date::{Calendar, Date, Day};
use super::document::Rights;
use super::entity::Entity;
use super::entry::Entry;
use super::note::Series;
use crate::base::later::Later;
use crate::base::path::ContentPath;
use crate::base::span::Spanned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Settings of an edition; each has a default but the title.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Config {
    /// `content/edition.yaml`.
    pub file: ContentPath,
    /// As shown.
    pub title: String,
    /// A second line.
    pub subtitle: Option<String>,
    /// For narrow places: the head of a page, the feed; the title when not said.
    pub short_title: String,
    /// A sentence or two for the first page and for search engines.
    pub description: Option<String>,
    /// Names of the editors.
    pub editors: Vec<String>,
    /// Who publishes.
    pub publisher: Option<String>,
    /// Address of the published site, ending with `/`. Pages never need it to be read.
    pub public_url: Option<String>,
    /// The edition's own domain on GitHub Pages: `letters.example.org`.
    pub domain: Option<String>,
    /// Rights in documents that do not state their own.
    pub rights: Option<Rights>,
    /// Rights in what the editors wrote: notes, registers, pages.
    pub rights_editorial: Option<Rights>,
    /// BCP 47 of the interface and of documents that do not say: the first of `languages`.
    pub language: String,
    /// All languages of the interface.
    pub languages: Vec<String>,
    /// Name of the theme, with the place where it was typed.
    pub theme: Spanned<String>,
    /// Names of citation styles, in the order of the tabs.
    pub citation_styles: Vec<Spanned<String>>,
    /// Files for reference managers.
    pub exports: Vec<Export>,
    /// Note series by kind.
    pub series: BTreeMap<String, Series>,
    /// Kind of plain `[^1]`.
    pub default_note_kind: String,
    /// Calendar of dates that do not say.
    pub calendar: Calendar,
    /// First day of the Gregorian calendar in the edition's country: earlier dates are Old Style.
    pub calendar_switch: Option<Day>,
    /// The country that changed its calendar then.
    pub calendar_switch_place: Option<String>,
    /// Version of the edition.
    pub version: Option<String>,
    /// Date of that version.
    pub version_date: Option<Date>,
    /// Document kinds that the edition adds to ours.
    pub kinds: BTreeMap<String, String>,
    /// Address of the repository on a git host.
    pub repository: Option<String>,
    /// Fixed id of the correspondence file (CMIF), a UUID.
    pub cmif_id: Option<String>,
    /// `validated` needs somebody who has neither transcribed nor proofread.
    pub second_person_review: bool,
    /// Whoever validated must have made a commit on the document, and not its first one.
    pub review_by_commits: bool,
    /// What a page says of its own history.
    pub revisions: Revisions,
    /// Raw HTML in documents is sanitised and obeyed, not printed as text.
    pub html_sanitised: bool,
    /// Code of a finding → `allow`, `warn` or `deny`.
    pub finding_levels: BTreeMap<String, String>,
    /// Ids of the pages of the menu, in its order; a page that is not listed is not in the menu. Empty when nothing is said.
    pub pages: Vec<Spanned<String>>,
}

/// What a page says of its own history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Revisions {
    /// When it was published and changed, and by whom.
    Names,
    /// When.
    Dates,
    /// Nothing.
    Hidden,
}

/// A format for reference managers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the names say all")]
pub enum Export {
    Bibtex,
    Ris,
    CslJson,
}

impl Export {
    /// All formats with their names in `exports`.
    pub const ALL: [(Self, &'static str); 3] = [(Self::Bibtex, "bibtex"), (Self::Ris, "ris"), (Self::CslJson, "csl-json")];
}

/// Everything read from `content/`, before the files are seen together.
#[derive(Clone, Debug)]
pub struct Edition {
    /// Settings.
    pub config: Config,
    /// All registers in one map by id.
    pub entities: Arc<Later<BTreeMap<String, Entity>>>,
    /// The bibliography by key.
    pub entries: Arc<Later<BTreeMap<String, Entry>>>,
}
