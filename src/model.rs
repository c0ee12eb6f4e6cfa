//! Nouns of the field: documents, dates, notes, sources, entities, entries. Plain data: no disk, no HTML, no Markdown.

pub mod annotation;
pub mod block;
pub mod citable;
pub mod config;
pub mod date;
pub mod document;
pub mod entity;
pub mod entry;
pub mod history;
pub mod ledger;
pub mod locator;
pub mod note;
pub mod revision;
pub mod source;
pub mod theme;
