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
