//! Formats.

pub mod edtf;
