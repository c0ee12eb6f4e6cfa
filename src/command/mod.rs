//! Commands.

pub mod date;
