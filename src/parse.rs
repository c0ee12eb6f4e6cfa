//! The second stage: files → documents, registers, bibliography, settings. Never fails: what cannot be read is reported and left out.

pub mod annotation;
pub mod attributes;
pub mod blocks;
pub mod body;
pub mod brackets;
pub mod citation;
pub mod date;
pub mod enumerators;
pub mod inlines;
pub mod locator;
pub mod markdown;
pub mod notes;
