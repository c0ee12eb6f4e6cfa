//! All tests that look at the program from outside, in one binary.

mod cases;
mod commonmark;
mod dates;
mod diagnostics;
mod incremental;
mod markup;
mod publishing;
mod readers;
mod shown;
mod sites;
mod tidy;
mod yaml_random;
