//! One file per command, each thin: arguments in, a stage or the pipeline called, a few words out.

pub mod build;
pub mod check;
pub mod date;
pub mod explain;
pub mod findings;
pub mod import;
pub mod new;
pub mod progress;
pub mod serve;
pub mod shell;
