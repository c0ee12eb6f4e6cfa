//! The program `ibid`.

fn main() {}
