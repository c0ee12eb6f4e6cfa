//! One file per command, each thin: arguments in, a stage or the pipeline called, a few words out.

pub mod build;
pub mod check;
pub mod date;
pub mod explain;
pub mod export;
pub mod findings;
pub mod import;
pub mod new;
mod place;
pub mod progress;
pub mod record;
pub mod serve;
pub mod shell;
pub mod status;
