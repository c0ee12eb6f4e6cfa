//! All tests that look at the program from outside, in one binary.

mod cases;
mod commonmark;
mod dates;
mod diagnostics;
mod fields;
mod findings;
mod import_tei;
mod imports;
mod incremental;
mod large;
mod markup;
mod publishing;
mod readers;
mod scaffold;
mod shown;
mod sites;
mod tidy;
mod transcripts;
mod untouched;
mod yaml_random;
