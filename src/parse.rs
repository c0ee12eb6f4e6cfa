//! The second stage: files → documents, registers, bibliography, settings. Never fails: what cannot be read is reported and left out.

pub mod bibliography;
pub mod config;
pub mod date;
mod event;
mod fields;
pub mod front_matter;
mod party;
pub mod register;
mod source_fields;
pub mod yaml;
