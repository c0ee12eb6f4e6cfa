//! Reading 20,000 printed dates. The goal is under 100 ms on one core of a usual machine.

use ibid::parse::date::{DateContext, read};

fn main() {
    divan::main();
}

/// Shapes as editions mix them: most are plain, some are not.
const SHAPES: [&str; 20] = [
    "April 10, 1930—3 p.m.",
    "10. April 1796",
    "Petrograd, December 13, 1917, 9 p.m.",
    "November 7 (20), 1912",
    "22. 7. 1897",
    "[12.? 7. 1897]",
    "Москва, 13 декабря 1917 г.",
    "le 4 février 1864",
    "nach dem 10. und vor dem 18. April 1799",
    "20/XII. 1904",
    "Not later than September 4, 1900",
    "Between September 6 and 15, 1900",
    "Ende Februar oder Anfang März 1801",
    "August 11, 1870. (Received August 24, 1870.)",
    "[Manchester,] Wednesday [26 February 1851]",
    "April–May 1905",
    "1922",
    "April 16, 1936—noon",
    "8. oder 9. Juni 1797",
    "01. Juli 1862",
];

#[divan::bench]
fn twenty_thousand_printed_dates(bencher: divan::Bencher) {
    let context = DateContext::default();
    bencher.bench(|| {
        for _ in 0..1000 {
            for shape in SHAPES {
                divan::black_box(read(divan::black_box(shape), &context));
            }
        }
    });
}
