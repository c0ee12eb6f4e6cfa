//! Nouns of the field.

pub mod date;
