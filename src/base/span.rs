//! A place in a file: half-open byte offsets, absolute in the file also inside front matter.
//!
//! Lines and columns are not kept: the printers of findings compute them when a person is to read them.

use serde::ser::SerializeStruct;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Bytes `start..end` of a file. `u32` bounds one file to 4 GiB, far above the size `load` accepts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span `start..end`; offsets beyond 4 GiB are clamped (such files are refused before).
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: clamp(start), end: clamp(end.max(start)) }
    }

    /// An empty span at one byte.
    #[must_use]
    pub fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// The same span moved right by `by` bytes.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self::new(self.start as usize + by, self.end as usize + by)
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// As a range that slices a text.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl From<std::ops::Range<usize>> for Span {
    fn from(range: std::ops::Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// A value and the place where it was typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub struct Spanned<T> {
    /// What was typed.
    pub value: T,
    /// Where.
    #[serde(with = "compact")]
    pub span: Span,
}

/// Data for people has the value alone; the compact form also has the place, from which findings are made again.
impl<T: Serialize> Serialize for Spanned<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            let mut fields = serializer.serialize_struct("Spanned", 1)?;
            fields.serialize_field("value", &self.value)?;
            return fields.end();
        }
        (&self.value, self.span.start, self.span.end - self.span.start).serialize(serializer)
    }
}

impl<T> Spanned<T> {
    /// `value` as typed at `span`.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// The same place with another value.
    pub fn map<U>(self, with: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { value: with(self.value), span: self.span }
    }
}

/// A place that only the compact form of data keeps; in data for people it is nothing, so that equal words are equal wherever they stand.
pub mod compact {
    use super::{Deserialize, Deserializer, Serialize, Serializer, Span};

    /// Writes `start` and length, or nothing.
    ///
    /// # Errors
    /// The serialiser's.
    pub fn serialize<S: Serializer>(span: &Span, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() { serializer.serialize_unit() } else { (span.start, span.end - span.start).serialize(serializer) }
    }

    /// Reads the compact form.
    ///
    /// # Errors
    /// The deserialiser's.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Span, D::Error> {
        let (start, length): (u32, u32) = Deserialize::deserialize(deserializer)?;
        Ok(Span { start, end: start.saturating_add(length) })
    }
}
