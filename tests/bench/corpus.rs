//! A made-up edition of any size, the same at every run: letters with notes, mentions, citations, cross-references and dates.
//!
//! The words mean nothing; their number and the share of annotations follow diplomatic letters: a few hundred words, one to six notes.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const WORDS: [&str; 40] = [
    "the",
    "government",
    "of",
    "and",
    "to",
    "in",
    "that",
    "letter",
    "note",
    "loan",
    "conference",
    "delegation",
    "answer",
    "question",
    "property",
    "commission",
    "minister",
    "ambassador",
    "treaty",
    "debt",
    "claims",
    "which",
    "has",
    "been",
    "received",
    "with",
    "reference",
    "upon",
    "under",
    "agreement",
    "proposal",
    "session",
    "yesterday",
    "however",
    "Berlin",
    "London",
    "regard",
    "terms",
    "credit",
    "railway",
];
const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const PERSONS: u32 = 200;

/// A small generator of pseudo-random numbers (xorshift): equal seeds, equal texts.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u32) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        u32::try_from((self.0 >> 33) % u64::from(below.max(1))).unwrap_or(0)
    }

    fn sentence(&mut self, words: u32) -> String {
        let chosen: Vec<&str> = (0..words).map(|_| WORDS[self.roll(40) as usize]).collect();
        let text = chosen.join(" ");
        format!("{}{}.", text[..1].to_uppercase(), &text[1..])
    }
}

/// Writes an edition of `count` documents under `root`.
pub fn write(root: &Path, count: u32) -> std::io::Result<()> {
    let mut dice = Dice(0x1922_0424);
    let content = root.join("content");
    fs::create_dir_all(content.join("registers"))?;
    fs::write(content.join("edition.yaml"), "title: A made-up edition\nurl: https://edition.example/made-up/\n")?;
    fs::write(
        content.join("bibliography.yaml"),
        "volume:\n  type: book\n  title: Made-up Papers\n  volume: 1\n  location: London\n  date: 1925\n",
    )?;
    let mut persons = String::new();
    for person in 0..PERSONS {
        writeln!(
            persons,
            "person-{person}: {{name: Person {person}, sort: \"{person}, Person\", identification: Minister number {person}}}"
        )
        .expect("memory");
    }
    fs::write(content.join("registers/persons.yaml"), persons)?;
    for number in 0..count {
        let folder = content.join(format!("documents/{:03}", number / 1000));
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(format!("letter-{number:06}.md")), document(&mut dice, number, count))?;
    }
    Ok(())
}

fn document(dice: &mut Dice, number: u32, count: u32) -> String {
    let (year, month, day) = (1900 + number * 30 / count.max(1), MONTHS[dice.roll(12) as usize], 1 + dice.roll(28));
    let (author, to) = (dice.roll(PERSONS), dice.roll(PERSONS));
    let mut text = format!(
        "---\nid: letter-{number:06}\nkind: letter\ntitle: \"Letter {number} from Person {author} to Person {to}\"\nauthor: person-{author}\nto: person-{to}\ndate: \"{month} {day}, {year}\"\nsource: {{ work: volume, number: \"{number}\", pages: \"{}\" }}\n---\n\n{month} {day}, {year}\n{{.dateline}}\n\n",
        number + 1
    );
    let notes = 1 + dice.roll(6);
    for note in 1..=notes.max(3 + dice.roll(4)) {
        let (mentioned, words) = (dice.roll(PERSONS), 20 + dice.roll(60));
        let reference = if note <= notes { format!("[^{note}]") } else { String::new() };
        writeln!(text, "{} [Person {mentioned}](person:person-{mentioned}) {}{reference}\n", dice.sentence(words), dice.sentence(30))
            .expect("memory");
    }
    for note in 1..=notes {
        let other = dice.roll(count);
        let sentence = dice.sentence(25);
        writeln!(text, "[^{note}]: {sentence} See [@volume, p. {}] and [Document {other}](at:volume/{other}).\n", note + other)
            .expect("memory");
    }
    text
}
