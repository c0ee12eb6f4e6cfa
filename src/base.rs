//! Words without meaning.

pub mod span;
