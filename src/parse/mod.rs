//! Parse.

pub mod date;
