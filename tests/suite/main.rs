//! The one test binary: every test is a text that a user could read.

mod commonmark;
mod markup;
