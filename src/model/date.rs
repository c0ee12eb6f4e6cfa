//! Placeholder until the dates room lands.
use serde::Serialize;
/// Calendar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Calendar {
    /// New Style.
    #[default]
    Gregorian,
    /// Old Style.
    Julian,
}
/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Day(pub i32);
/// A date.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Date {
    /// As printed.
    pub printed: String,
}
