//! Writes the made-up edition of the benchmark: `cargo run --release --example edition -- 10000 /tmp/edition`.
//! A third word makes it a site of another generator: `hugo` or `zola`.

mod corpus;

use corpus::Corpus;
use corpus::peers::Peer;
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (Some(count), Some(root)) = (words.first().and_then(|word| word.parse().ok()), words.get(1).map(PathBuf::from)) else {
        eprintln!("usage: edition DOCUMENTS FOLDER [hugo|zola]");
        return ExitCode::from(2);
    };
    let corpus = Corpus::new(count);
    let written = match words.get(2).map(String::as_str) {
        Some("hugo") => corpus::peers::write(&corpus, Peer::Hugo, &root),
        Some("zola") => corpus::peers::write(&corpus, Peer::Zola, &root),
        _ => corpus::edition::write(&corpus, &root),
    };
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: `{}` could not be written: {error}", root.display());
            ExitCode::from(2)
        }
    }
}
