#![doc = include_str!("ARCHITECTURE.md")]

pub mod base;
pub mod diag;
pub mod formats;
pub mod model;
pub mod parse;
