//! Where a text comes from: printed source, archive, copy-text, first publication.
//!
//! Pages and volumes are text: `533b-534a` says that the document is the second on page 533.

use super::date::Date;
use crate::base::span::{Span, Spanned};
use serde::{Deserialize, Serialize};

/// A place in a printed work (TEI `sourceDesc/bibl`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedSource {
    /// Bibliography key.
    pub work: Option<Spanned<String>>,
    /// As printed: `45`, `XXXVI`.
    pub volume: Option<String>,
    /// As printed: `533b-534a`.
    pub pages: Option<String>,
    /// Number of the document in the work.
    pub number: Option<String>,
    /// Which edition of the work.
    pub edition: Option<String>,
    /// The source as one printed sentence, when it was typed so.
    pub statement: Option<String>,
    /// Address of the text online.
    pub url: Option<String>,
}

/// Where the paper is kept (TEI `msIdentifier`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archive {
    /// Institution.
    pub repository: Option<String>,
    /// Collection.
    pub collection: Option<String>,
    /// фонд
    pub fonds: Option<String>,
    /// опись
    pub inventory: Option<String>,
    /// дело; a file number such as `861.51/254`
    pub file: Option<String>,
    /// листы
    pub leaves: Option<String>,
    /// Call number.
    pub shelfmark: Option<String>,
    /// Address online.
    pub url: Option<String>,
}

impl Archive {
    /// The fields that are there, from the institution to the leaf, with their names.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            ("repository", &self.repository),
            ("collection", &self.collection),
            ("fonds", &self.fonds),
            ("inventory", &self.inventory),
            ("file", &self.file),
            ("leaves", &self.leaves),
            ("shelfmark", &self.shelfmark),
        ]
        .into_iter()
        .filter_map(|(name, value)| value.as_deref().map(|value| (name, value)))
    }
}

/// What the text was printed from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CopyText {
    /// `typewritten-copy`, `autograph`, `telegram` …
    pub kind: Option<String>,
    /// In whose hand.
    pub hand: Option<String>,
    /// Where it was found.
    pub found: Option<String>,
    /// The printed sentence: "Printed from a typewritten copy."
    pub statement: Option<String>,
}

/// One earlier publication of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// When.
    pub date: Option<Date>,
    /// Where the date, or the publication, was typed.
    #[serde(with = "crate::base::span::compact")]
    pub span: Span,
    /// In what: bibliography key or title as printed.
    pub container: Option<Spanned<String>>,
    /// As printed.
    pub volume: Option<String>,
    /// As printed.
    pub issue: Option<String>,
    /// As printed.
    pub pages: Option<String>,
    /// Only a part was printed.
    pub partial: bool,
    /// The printed sentence, when it was typed so.
    pub statement: Option<String>,
}
