//! All tests that look at the program from outside, in one binary.

mod cases;
mod commonmark;
mod csl_suite;
mod dates;
mod diagnostics;
mod faults;
mod fields;
mod findings;
mod findings_page;
mod hostile;
mod import_tei;
mod imports;
mod incremental;
mod large;
mod markup;
mod mutations;
mod publishing;
mod readers;
mod scaffold;
mod shown;
mod sites;
mod tidy;
mod transcripts;
mod untouched;
mod yaml_random;
mod zotero;
