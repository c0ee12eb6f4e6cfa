//! Placeholder with the signatures of the dates room.
use crate::base::span::Span;
use crate::model::date::{Calendar, Date, Day};
/// What surrounds a date.
#[derive(Clone, Debug, Default)]
pub struct DateContext {
    /// Language.
    pub language: Option<String>,
    /// Default calendar.
    pub calendar: Calendar,
    /// Switch.
    pub switch: Option<Day>,
    /// Year hint.
    pub year_hint: Option<i32>,
}
/// A warning.
#[derive(Clone, Debug)]
pub struct DateWarning {
    /// Words.
    pub message: String,
    /// In the text.
    pub span: Span,
}
/// What was read.
#[derive(Clone, Debug)]
pub struct DateReading {
    /// The date.
    pub date: Option<Date>,
    /// Rule.
    pub rule: &'static str,
    /// Warnings.
    pub warnings: Vec<DateWarning>,
}
/// Reads a printed date.
#[must_use]
pub fn read(text: &str, _context: &DateContext) -> DateReading {
    let date = crate::formats::edtf::read(text).ok().map(|edtf| Date::new(text, edtf));
    DateReading { date, rule: "placeholder", warnings: Vec::new() }
}
/// A date whose printed form and meaning are both given. NOTE for the merge: the dates room replaces this body; the signature is what
/// `parse/event.rs` and `parse/bibliography.rs` call.
#[must_use]
pub fn from_parts(
    printed: Option<&str>,
    edtf: Option<&str>,
    _calendar: Option<Calendar>,
    _evidence: Option<String>,
    _cert: Option<String>,
    context: &DateContext,
) -> DateReading {
    read(printed.or(edtf).unwrap_or_default(), context)
}
/// A day typed as `1918-02-14`, Gregorian. NOTE for the merge: used for `calendar_switch` in `content/edition.yaml`.
#[must_use]
pub fn read_day(text: &str) -> Option<Day> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    Day::gregorian(year, month, day)
}
