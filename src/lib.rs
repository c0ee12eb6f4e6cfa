//! ibid: a static site generator for annotated historical sources.

pub mod base;
pub mod command;
pub mod formats;
pub mod model;
pub mod parse;
