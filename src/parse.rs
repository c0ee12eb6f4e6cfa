//! The second stage: files → documents, registers, bibliography, settings. Never fails: what cannot be read is reported and left out.

pub mod date;
