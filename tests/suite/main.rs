//! Texts in, texts out: the cases of `tests/`, and random texts.

mod cases;
mod diagnostics;
mod readers;
mod shown;
mod yaml_random;
