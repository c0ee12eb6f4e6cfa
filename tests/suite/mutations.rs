//! The properties that the fuzz targets hold, tried here on the kept corpus and on some thousand changes of it: no panic, places in order and on
//! the borders of characters, output well-formed. The same changes on every run; `tests/fuzz` runs without end.

#[path = "../fuzz/properties.rs"]
mod properties;

use std::fs;
use std::path::Path;

/// A small generator of numbers (SplitMix64): the same row on every machine.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % below.max(1) as u64).expect("it is below")
    }
}

/// Pieces that mean something to one reader or another.
const PIECES: [&str; 44] = [
    "[",
    "]",
    "(",
    ")",
    "[^1]",
    "[^1]: ",
    "\n",
    "\n\n",
    "    ",
    "> ",
    "- ",
    "1) ",
    "`",
    "```\n",
    "*",
    "**",
    "~~",
    "|",
    "<",
    ">",
    "&amp;",
    "\\",
    "@key",
    "[@a, p. 5]",
    "person:",
    "sic:",
    "at:a/1",
    "{.dateline}",
    "{#id}",
    "---\n",
    ": ",
    "#",
    "\"",
    "'",
    "“",
    "”",
    "«",
    "é",
    "Ч",
    "\u{200b}",
    "\u{0}",
    "\r\n",
    "1922",
    "{",
];

fn changed(seed: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=numbers.next(6) {
        let at = numbers.next(bytes.len() + 1);
        match numbers.next(5) {
            0 => {
                let piece = PIECES[numbers.next(PIECES.len())];
                bytes.splice(at..at, piece.bytes());
            }
            1 => bytes.truncate(at),
            2 => {
                let end = (at + numbers.next(20)).min(bytes.len());
                bytes.drain(at..end);
            }
            3 => {
                let end = (at + numbers.next(60)).min(bytes.len());
                let copy = bytes[at..end].to_vec();
                let to = numbers.next(bytes.len() + 1);
                bytes.splice(to..to, copy);
            }
            _ => {
                let piece = PIECES[numbers.next(PIECES.len())];
                let many = piece.repeat(1 + numbers.next(40));
                bytes.splice(at..at, many.bytes());
            }
        }
    }
    bytes
}

/// The corpus of a target: small files, each of which was worth keeping.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target);
    let mut paths: Vec<_> =
        fs::read_dir(&folder).expect("the corpus is there").map(|entry| entry.expect("it can be listed").path()).collect();
    paths.sort();
    assert!(!paths.is_empty(), "the corpus of {target} is empty");
    paths.iter().map(|path| fs::read(path).expect("it can be read")).collect()
}

fn replay(target: &str, rounds: usize, property: fn(&[u8])) {
    let seeds = corpus(target);
    seeds.iter().for_each(|seed| property(seed));
    let mut numbers = Numbers(target.bytes().map(u64::from).sum());
    for _ in 0..rounds {
        let seed = &seeds[numbers.next(seeds.len())];
        let bytes = changed(seed, &mut numbers);
        if let Err(panic) = std::panic::catch_unwind(|| property(&bytes)) {
            eprintln!("{target} fails on {:?}", String::from_utf8_lossy(&bytes));
            std::panic::resume_unwind(panic);
        }
    }
}

#[test]
fn front_matter() {
    replay("front_matter", 500, properties::front_matter);
}

#[test]
fn documents() {
    replay("document", 500, properties::document);
}

#[test]
fn dates() {
    replay("date", 1500, properties::date);
}

#[test]
fn citations() {
    replay("citation", 400, properties::citation);
}

#[test]
fn bibliographies() {
    replay("bibliography", 500, properties::bibliography);
}

#[test]
fn editions() {
    replay("edition", 60, properties::edition);
}

#[test]
fn imports() {
    replay("import_text", 150, properties::import_text);
    replay("import_html", 200, properties::import_html);
    replay("import_mediawiki", 200, properties::import_mediawiki);
    replay("import_tei", 200, properties::import_tei);
    replay("import_bibliography", 200, properties::import_bibliography);
}

#[test]
fn round_trips() {
    replay("round_trip", 40, properties::round_trip);
}
