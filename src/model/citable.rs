//! What can be cited: a page of the edition, a document, a work of the bibliography. Fields are the variables of CSL 1.0.2 (appendix IV), so
//! that citations, the head of a page and files for reference managers say the same of it.

use super::date::Date;
use super::entry::Name;
use std::collections::BTreeMap;

/// The date of what holds a thing, beside the thing's own: CSL has no such variable.
pub const CONTAINER_ISSUED: &str = "container-issued";

/// The day of the version of the edition, or that of a page's last change; with the latter `status` says that it is that.
pub const CHANGED: &str = "available-date";

/// One thing that can be cited. A field that is not known is not in its map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Citable {
    /// Unique in the edition: a bibliography key, or the id of a document.
    pub id: String,
    /// A CSL type: `book`, `personal_communication`.
    pub kind: String,
    /// Texts and numbers by variable: `title`, `container-title`, `volume`. Numbers are text as printed.
    pub texts: BTreeMap<&'static str, String>,
    /// Names by variable: `author`, `recipient`.
    pub names: BTreeMap<&'static str, Vec<Name>>,
    /// Dates by variable: `issued`.
    pub dates: BTreeMap<&'static str, Date>,
}

impl Citable {
    /// Something of a kind, of which nothing is known yet.
    #[must_use]
    pub fn new(id: impl Into<String>, kind: impl Into<String>) -> Self {
        Self { id: id.into(), kind: kind.into(), ..Self::default() }
    }

    /// Adds a text; nothing when there is none.
    pub fn text(&mut self, variable: &'static str, value: Option<impl Into<String>>) {
        if let Some(value) = value.map(Into::into).filter(|value| !value.trim().is_empty()) {
            self.texts.insert(variable, value);
        }
    }

    /// Adds names; nothing when there are none.
    pub fn people(&mut self, variable: &'static str, names: Vec<Name>) {
        if !names.is_empty() {
            self.names.insert(variable, names);
        }
    }

    /// Adds a date; nothing when there is none.
    pub fn date(&mut self, variable: &'static str, date: Option<&Date>) {
        if let Some(date) = date {
            self.dates.insert(variable, date.clone());
        }
    }

    /// A text of it.
    #[must_use]
    pub fn get(&self, variable: &str) -> Option<&str> {
        self.texts.get(variable).map(String::as_str)
    }

    /// Names of it; empty when there are none.
    #[must_use]
    pub fn named(&self, variable: &str) -> &[Name] {
        self.names.get(variable).map_or(&[], Vec::as_slice)
    }

    /// The date of publication or writing.
    #[must_use]
    pub fn issued(&self) -> Option<&Date> {
        self.dates.get("issued")
    }
}
