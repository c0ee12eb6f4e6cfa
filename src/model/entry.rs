//! Bibliography entries: works cited or printed from.

use super::date::Date;
use crate::base::path::ContentPath;
use crate::base::span::Span;
use serde::{Deserialize, Serialize};

/// A bibliographic name: a person in parts, or a body as one name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Name {
    /// Family name, or the whole name of a body ("Müller and Sons").
    pub family: String,
    /// Given names; `None` for a body or a single name.
    pub given: Option<String>,
}

impl Name {
    /// Reads `Family, Given` or one name as a whole.
    #[must_use]
    pub fn read(text: &str) -> Self {
        match text.split_once(',') {
            Some((family, given)) if !given.trim().is_empty() => Self { family: family.trim().into(), given: Some(given.trim().into()) },
            _ => Self { family: text.trim().into(), given: None },
        }
    }

    /// `Given Family`.
    #[must_use]
    pub fn straight(&self) -> String {
        self.given.as_ref().map_or_else(|| self.family.clone(), |given| format!("{given} {}", self.family))
    }
}

/// One entry. Field names follow Hayagriva's YAML; all but key and title may be absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Unique in the edition.
    pub key: String,
    /// `book`, `article`, `anthology` … as typed.
    pub kind: String,
    /// As shown.
    pub title: String,
    /// The title in its own script ("Документы внешней политики СССР").
    pub title_original: Option<String>,
    /// A short form used in notes.
    pub short_title: Option<String>,
    /// BCP 47 of the work and of its title.
    pub language: Option<String>,
    /// Authors.
    pub authors: Vec<Name>,
    /// Editors.
    pub editors: Vec<Name>,
    /// Translators.
    pub translators: Vec<Name>,
    /// When published.
    pub date: Option<Date>,
    /// Who published.
    pub publisher: Option<String>,
    /// Where.
    pub location: Option<String>,
    /// As printed: `V`, `45`.
    pub volume: Option<String>,
    /// Which edition.
    pub edition: Option<String>,
    /// Which issue.
    pub issue: Option<String>,
    /// Pages, as printed.
    pub pages: Option<String>,
    /// Series, journal or larger work that holds this one.
    pub parent: Option<Box<Entry>>,
    /// Address online.
    pub url: Option<String>,
    /// ISBN, DOI … as typed: name → value.
    pub serials: Vec<(String, String)>,
    /// Free remark, for instance on rights.
    pub note: Option<String>,
    /// Fields that were typed and have no place of their own here (`chapter`, `archive`): name → value, in order.
    pub more: Vec<(String, String)>,
    /// Where it is defined.
    pub file: ContentPath,
    /// Its key in that file.
    #[serde(with = "crate::base::span::compact")]
    pub span: Span,
}
