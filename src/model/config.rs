//! The edition as a whole: what `content/edition.yaml` says.

use super::date::{Calendar, Date, Day};
use super::document::Rights;
use super::entity::Entity;
use super::entry::Entry;
use super::note::Series;
use crate::base::path::ContentPath;
use crate::base::span::Spanned;
use std::collections::BTreeMap;

/// Settings of an edition; each has a default but the title.
#[derive(Clone, Debug)]
pub struct Config {
    /// `content/edition.yaml`.
    pub file: ContentPath,
    /// As shown.
    pub title: String,
    /// For narrow places: the head of a page, the feed.
    pub short_title: Option<String>,
    /// A second line.
    pub subtitle: Option<String>,
    /// A sentence or two for the first page and for search engines.
    pub description: Option<String>,
    /// Names of the editors.
    pub editors: Vec<String>,
    /// Who publishes.
    pub publisher: Option<String>,
    /// Address of the published site, ending with `/`. Pages never need it to be read.
    pub public_url: Option<String>,
    /// Rights in the edition; documents may state their own.
    pub rights: Option<Rights>,
    /// Rights in the editors' own work: notes, registers, pages.
    pub rights_editorial: Option<Rights>,
    /// Ids of pages in the order of the menu.
    pub pages: Vec<Spanned<String>>,
    /// BCP 47 of the interface and of documents that do not say.
    pub language: String,
    /// Name of the theme, with the place where it was typed.
    pub theme: Spanned<String>,
    /// Names of citation styles, in the order of the tabs.
    pub citation_styles: Vec<Spanned<String>>,
    /// Note series by kind.
    pub series: BTreeMap<String, Series>,
    /// Kind of plain `[^1]`.
    pub default_note_kind: String,
    /// Calendar of dates that do not say.
    pub calendar: Calendar,
    /// First day of the Gregorian calendar in the edition's country: earlier dates are Old Style.
    pub calendar_switch: Option<Day>,
    /// Version of the edition.
    pub version: Option<String>,
    /// Date of that version.
    pub version_date: Option<Date>,
    /// Document kinds that the edition adds to ours.
    pub kinds: BTreeMap<String, String>,
    /// Address of the repository on a git host.
    pub repository: Option<String>,
}

/// Everything read from `content/`, before the files are seen together.
#[derive(Clone, Debug)]
pub struct Edition {
    /// Settings.
    pub config: Config,
    /// All registers in one map by id.
    pub entities: BTreeMap<String, Entity>,
    /// The bibliography by key.
    pub entries: BTreeMap<String, Entry>,
}
