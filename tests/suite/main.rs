//! The one test binary.
mod dates;
