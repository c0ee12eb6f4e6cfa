#![doc = include_str!("ARCHITECTURE.md")]

pub mod base;
pub mod check;
pub mod cli;
pub mod command;
pub mod diag;
pub mod formats;
pub mod import;
pub mod load;
pub mod model;
pub mod parse;
pub mod pipeline;
pub mod proof;
pub mod render;
pub mod resolve;
pub mod serve;
pub mod write;
