//! One file per format, both directions where both exist. Text in, values out, and back; no disk.

pub mod edtf;
