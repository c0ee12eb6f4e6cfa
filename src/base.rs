//! Words without meaning: places in a file, paths, digests, slugs, scripts, text measures, suggestions.
//!
//! Every room may use this one; it uses none. It knows nothing of documents, notes or dates.

pub mod anew;
pub mod collate;
pub mod digest;
pub mod fingerprint;
pub mod later;
pub mod path;
pub mod say;
pub mod script;
pub mod slug;
pub mod span;
pub mod suggest;
pub mod text;
pub mod watch;
