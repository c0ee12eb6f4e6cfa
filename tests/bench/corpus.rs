//! A made-up annotated edition of any size, the same at every run and on every machine: letters, telegrams, decrees and minutes with notes,
//! mentions, citations, cross-references and uncertain dates.
//!
//! The shape follows printed editions: a median of 600 words with a long tail, one to six notes, some of several paragraphs, quotations with
//! lists inside, a few persons who are everywhere and many who are rare. The words are put together from `corpus/words.txt` and mean nothing.

#![allow(dead_code, reason = "each program that includes this file uses a part of it")]

#[path = "corpus/edition.rs"]
pub mod edition;
#[path = "corpus/peers.rs"]
pub mod peers;
#[path = "corpus/words.rs"]
mod words;

use words::{Dice, Lists};

/// A register entry.
pub struct Person {
    pub id: String,
    pub name: String,
    pub sort: String,
    pub born: i32,
    pub died: i32,
    pub role: String,
}

/// A work that documents are printed from and notes cite.
pub struct Work {
    pub key: &'static str,
    pub title: &'static str,
    pub editor: &'static str,
    pub publisher: &'static str,
    pub place: &'static str,
    pub year: i32,
    pub volumes: u32,
}

#[rustfmt::skip]
pub const WORKS: [Work; 6] = [
    Work { key: "papers", title: "Collected Papers", editor: "The Editorial Institute", publisher: "Progress Press", place: "Moscow", year: 1959, volumes: 45 },
    Work { key: "foreign", title: "Documents on Foreign Policy", editor: "Ministry of Foreign Affairs", publisher: "State Political Press", place: "Moscow", year: 1961, volumes: 21 },
    Work { key: "minutes", title: "Minutes of the Central Bureau, 1880–1924", editor: "R. Sandfeld and O. Kuzenko", publisher: "Archive Press", place: "Leipzig", year: 1974, volumes: 8 },
    Work { key: "corr", title: "Correspondence and Memoranda", editor: "H. Weissmann", publisher: "Verlag Alte Bücher", place: "Zürich", year: 1983, volumes: 12 },
    Work { key: "conf", title: "The Conference in Session: Stenographic Records", editor: "J. Lindsen", publisher: "The Peace Library", place: "The Hague", year: 1931, volumes: 3 },
    Work { key: "econ", title: "Materials on Economic Policy", editor: "Statistical Bureau", publisher: "Economist Press", place: "Kharkov", year: 1927, volumes: 6 },
];

/// A piece of text. Nothing in it belongs to one system's markup.
#[derive(Clone)]
pub enum Piece {
    Words(String),
    Emphasis(String),
    /// A call of a note, from 1.
    Note(usize),
    /// A cross-reference to the document with this number, from 1.
    Document(u32),
    /// A citation: work, volume, first and last page.
    Cite(usize, u32, u32, u32),
    /// A person by index, with the form of the name that stands in the text.
    Person(usize, String),
}

/// Running text.
pub type Text = Vec<Piece>;

/// A block of text.
pub enum Block {
    Paragraph(Text),
    Quote(Vec<Block>),
    /// Numbered from 1.
    List(Vec<Text>),
}

/// When a document was written: days since 1880-01-01 for the order, EDTF, words, and the first day meant.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct When {
    pub sort: (i32, u32, u32),
    pub edtf: String,
    pub text: String,
    pub day: String,
}

/// One document.
pub struct Document {
    /// `00704`: documents are numbered in the order of their dates.
    pub id: String,
    pub kind: &'static str,
    pub title: String,
    pub author: usize,
    pub recipients: Vec<usize>,
    /// Author, recipients and those mentioned, without repeats.
    pub persons: Vec<usize>,
    pub when: When,
    pub place: String,
    pub language: &'static str,
    pub work: usize,
    pub volume: u32,
    pub pages: (u32, u32),
    pub copy_text: &'static str,
    pub first_published: u32,
    pub body: Vec<Block>,
    pub notes: Vec<Vec<Block>>,
}

/// The edition: persons and dates now, documents one at a time.
pub struct Corpus {
    pub count: u32,
    pub persons: Vec<Person>,
    lists: Lists,
    /// Sums of the persons' weights: a few are everywhere.
    weights: Vec<f64>,
    dates: Vec<When>,
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const SEASONS: [(u32, &str, u32); 4] = [(21, "Spring", 3), (22, "Summer", 6), (23, "Autumn", 9), (24, "Winter", 12)];
const KINDS: [(&str, u32); 6] = [("letter", 46), ("telegram", 20), ("note", 12), ("minutes", 9), ("decree", 8), ("speech", 5)];
const COPY_TEXTS: [&str; 5] = [
    "Printed from the manuscript.",
    "Printed from a typewritten copy.",
    "Printed from the newspaper text.",
    "Translated from the French.",
    "Printed from a photocopy of the telegram.",
];

impl Corpus {
    /// An edition of `count` documents.
    pub fn new(count: u32) -> Self {
        let lists = Lists::read();
        let persons = persons(&lists, count);
        let mut total = 0.0;
        let weights = (0..persons.len())
            .map(|at| {
                total += 1.0 / f64::from(u32::try_from(at).expect("few persons") + 3).powf(0.85);
                total
            })
            .collect();
        let mut dates: Vec<When> = (0..count).map(|number| when(&mut Dice::new("date", number))).collect();
        dates.sort();
        Self { count, persons, lists, weights, dates }
    }

    /// The document with this number, from 1.
    pub fn document(&self, number: u32) -> Document {
        let mut writer = Writer { corpus: self, dice: Dice::new("document", number), circle: Vec::new(), mentioned: Vec::new() };
        writer.document(number)
    }
}

/// Writes an edition of `count` documents in our own format under `root`.
pub fn write(root: &std::path::Path, count: u32) -> std::io::Result<()> {
    edition::write(&Corpus::new(count), root)
}

fn persons(lists: &Lists, count: u32) -> Vec<Person> {
    let mut dice = Dice::new("persons", 0);
    // 12 · n^0.55: 500 persons in 1,000 documents, 1,900 in 10,000.
    let wanted = (12.0 * f64::from(count).powf(0.55)).round().max(40.0);
    let mut seen = std::collections::BTreeSet::new();
    let mut persons: Vec<Person> = Vec::new();
    while f64::from(u32::try_from(persons.len()).expect("few")) < wanted {
        let given = lists.pick("given", &mut dice).to_owned();
        let family = format!("{}{}", lists.pick("stems", &mut dice), lists.pick("endings", &mut dice));
        let role = lists.pick("roles", &mut dice).to_owned();
        if !seen.insert(format!("{given} {family}")) {
            continue;
        }
        // Old enough for the first document and alive at the last.
        let born = 1820 + i32::try_from(dice.below(41)).expect("small");
        persons.push(Person {
            id: format!("p{:05}", persons.len()),
            name: format!("{given} {family}"),
            sort: format!("{family}, {given}"),
            born,
            died: 1926 + i32::try_from(dice.below(20)).expect("small"),
            role,
        });
    }
    persons
}

fn when(dice: &mut Dice) -> When {
    // Most documents are of the last years: the larger of two dice.
    let year = 1880 + dice.below(45).max(dice.below(45));
    let (month, day) = (1 + dice.below(12), 1 + dice.below(28));
    let name = MONTHS[month as usize - 1];
    let (iso, full) = (format!("{year}-{month:02}-{day:02}"), format!("{day} {name} {year}"));
    let year_number = i32::try_from(year).expect("small");
    let of =
        |sort: (u32, u32), edtf: String, text: String, first: String| When { sort: (year_number, sort.0, sort.1), edtf, text, day: first };
    match dice.below(100) {
        0..=77 => of((month, day), iso.clone(), full, iso),
        78..=84 => of((month, 1), format!("{year}-{month:02}"), format!("{name} {year}"), format!("{year}-{month:02}-01")),
        85..=87 => of((1, 1), year.to_string(), year.to_string(), format!("{year}-01-01")),
        88..=90 => of((month, 1), format!("{year}-{month:02}~"), format!("c. {name} {year}"), format!("{year}-{month:02}-01")),
        91..=93 => of((month, day), format!("{iso}?"), format!("{full} [?]"), iso),
        94..=96 => {
            let last = 28.min(day + 1 + dice.below(6));
            if last == day {
                return of((month, day), iso.clone(), full, iso);
            }
            of((month, day), format!("{iso}/{}{last:02}", &iso[..8]), format!("{day}–{last} {name} {year}"), iso)
        }
        97 => of((month, day), format!("../{iso}"), format!("before {full}"), iso),
        _ => {
            let (code, season, month) = SEASONS[dice.below(4) as usize];
            of((month, 1), format!("{year}-{code}"), format!("{season} {year}"), format!("{year}-{month:02}-01"))
        }
    }
}

/// Writes one document from one stream of chance and remembers whom it mentioned.
struct Writer<'a> {
    corpus: &'a Corpus,
    dice: Dice,
    circle: Vec<usize>,
    mentioned: Vec<usize>,
}

impl Writer<'_> {
    fn document(&mut self, number: u32) -> Document {
        let size = (4 + self.dice.below(7) as usize).min(self.corpus.persons.len());
        while self.circle.len() < size {
            let person = self.any_person();
            if !self.circle.contains(&person) {
                self.circle.push(person);
            }
        }
        let kind = self.kind();
        let author = self.circle[0];
        let more = usize::from(self.dice.below(5) == 0);
        let recipients = if matches!(kind, "decree" | "minutes" | "speech") { Vec::new() } else { self.circle[1..2 + more].to_vec() };
        let target = self.length(kind);
        let mut body = self.body(kind, author, target);
        let wanted = 1 + self.dice.below(6) as usize;
        let called = call_notes(&mut self.dice, &mut body, wanted);
        let notes = (0..called).map(|_| self.note()).collect();
        let when = self.corpus.dates[number as usize - 1].clone();
        let title = format!("{}, {}", self.title(kind, &recipients), when.text);
        let work = self.dice.below(6) as usize;
        let page = 1 + self.dice.below(560);
        let mut persons = vec![author];
        for person in recipients.iter().chain(self.mentioned.iter().take(12)) {
            if !persons.contains(person) {
                persons.push(*person);
            }
        }
        Document {
            id: format!("{number:05}"),
            kind,
            title,
            author,
            recipients,
            persons,
            when,
            place: self.pick("places").to_owned(),
            language: ["ru", "ru", "ru", "de", "fr", "en"][self.dice.below(6) as usize],
            work,
            volume: 1 + self.dice.below(WORKS[work].volumes),
            pages: (page, page + 1 + target / 450),
            copy_text: COPY_TEXTS[self.dice.below(5) as usize],
            first_published: 1924 + self.dice.below(50),
            body,
            notes,
        }
    }

    fn pick(&mut self, list: &str) -> &str {
        self.corpus.lists.pick(list, &mut self.dice)
    }

    fn kind(&mut self) -> &'static str {
        let mut roll = self.dice.below(100);
        for (kind, share) in KINDS {
            if roll < share {
                return kind;
            }
            roll -= share;
        }
        "letter"
    }

    /// Words wanted: log-normal around 600, telegrams short, minutes long.
    fn length(&mut self, kind: &str) -> u32 {
        let words = (600_f64.ln() + 0.84 * self.dice.normal()).exp().clamp(40.0, 8000.0);
        let words = match kind {
            "telegram" => (words / 3.0).max(40.0),
            "minutes" => (words * 2.0).min(8000.0),
            _ => words,
        };
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 40 and 8000")]
        let words = words as u32;
        words
    }

    fn title(&mut self, kind: &str, recipients: &[usize]) -> String {
        let name = recipients.first().map_or("", |person| self.corpus.persons[*person].name.as_str());
        let mut title = self.pick(&format!("title {kind}")).replace("{P}", name);
        if matches!(kind, "letter" | "telegram" | "note") && self.dice.below(8) > 2 {
            title = format!("{title} {}", self.pick("tails"));
        }
        for (slot, list) in [("{T}", "things"), ("{B}", "bodies"), ("{L}", "places")] {
            if title.contains(slot) {
                let word = self.pick(list).to_owned();
                let word = if slot == "{T}" { capital(word.strip_prefix("the ").unwrap_or(&word)) } else { word };
                title = title.replace(slot, &word);
            }
        }
        title
    }

    fn body(&mut self, kind: &str, author: usize, target: u32) -> Vec<Block> {
        let mut body = vec![Block::Paragraph(self.sentence(&format!("open {kind}")))];
        let mut written = 0;
        while written < target {
            let roll = self.dice.below(100);
            let lists = if matches!(kind, "decree" | "minutes") { 40 } else { 12 };
            let block = match roll {
                0..=6 if target > 150 => self.quotation(),
                _ if roll < lists => {
                    let items = 2 + self.dice.below(6);
                    Block::List((0..items).map(|_| self.sentence("sentences")).collect())
                }
                _ => {
                    let words = 20 + self.dice.below(131);
                    let mut text = self.paragraph(words);
                    if self.dice.below(100) < 8 {
                        text.push(Piece::Words(" See ".to_owned()));
                        text.push(Piece::Document(1 + self.dice.below(self.corpus.count)));
                        text.push(Piece::Words(".".to_owned()));
                    }
                    Block::Paragraph(text)
                }
            };
            written += words_in(&block);
            body.push(block);
        }
        if matches!(kind, "letter" | "note" | "telegram") {
            body.push(Block::Paragraph(vec![Piece::Words(self.pick("closers").to_owned())]));
            let family = family(&self.corpus.persons[author].name).to_owned();
            body.push(Block::Paragraph(vec![Piece::Emphasis(family)]));
        }
        body
    }

    fn quotation(&mut self) -> Block {
        let mut inner = Vec::new();
        for _ in 0..1 + self.dice.below(3) {
            let mut text = self.paragraph(40);
            text.insert(0, Piece::Words("“".to_owned()));
            inner.push(Block::Paragraph(text));
        }
        if self.dice.below(2) == 0 {
            let items = 2 + self.dice.below(3);
            inner.push(Block::List((0..items).map(|_| self.sentence("sentences")).collect()));
        }
        if self.dice.below(10) < 3 {
            let mut text = self.paragraph(25);
            text.insert(0, Piece::Words("‘".to_owned()));
            text.push(Piece::Words("’".to_owned()));
            inner.push(Block::Quote(vec![Block::Paragraph(text)]));
        }
        let mut last = self.sentence("sentences");
        last.push(Piece::Words("”".to_owned()));
        inner.push(Block::Paragraph(last));
        Block::Quote(inner)
    }

    fn note(&mut self) -> Vec<Block> {
        let mut blocks = vec![Block::Paragraph(self.sentence("notes"))];
        while self.dice.below(100) < 28 && blocks.len() < 4 {
            blocks.push(Block::Paragraph(self.sentence("longer notes")));
        }
        blocks
    }

    /// Sentences until there are `target` words.
    fn paragraph(&mut self, target: u32) -> Text {
        let mut text: Text = Vec::new();
        let mut written = 0;
        while written < target {
            let mut sentence = self.sentence("sentences");
            match self.dice.below(100) {
                0..=1 => {
                    let bracket = self.pick("brackets").replace("{{em:", "*").replace("}}", "*");
                    let mut parts = bracket.split('*');
                    sentence.push(Piece::Words(format!(" {}", parts.next().unwrap_or_default())));
                    if let (Some(stressed), Some(rest)) = (parts.next(), parts.next()) {
                        sentence.push(Piece::Emphasis(stressed.to_owned()));
                        sentence.push(Piece::Words(rest.to_owned()));
                    }
                }
                2..=5 => stress(&mut sentence),
                _ => {}
            }
            written += words_of(&sentence);
            if !text.is_empty() {
                text.push(Piece::Words(" ".to_owned()));
            }
            text.extend(sentence);
        }
        text
    }

    /// A sentence of a list, its places filled.
    fn sentence(&mut self, list: &str) -> Text {
        let template = self.pick(list).to_owned();
        let mut text: Text = Vec::new();
        let mut rest = template.as_str();
        let mut words = String::new();
        while let Some((before, after)) = rest.split_once('{') {
            words.push_str(before);
            let (slot, after) = after.split_once('}').expect("a place is closed");
            rest = after;
            let begins = words.is_empty() && text.is_empty() || words.ends_with(". ");
            match self.slot(slot) {
                Piece::Words(word) => words.push_str(&if begins { capital(&word) } else { word }),
                piece => {
                    text.push(Piece::Words(std::mem::take(&mut words)));
                    text.push(piece);
                }
            }
        }
        words.push_str(rest);
        text.push(Piece::Words(words));
        text
    }

    fn slot(&mut self, slot: &str) -> Piece {
        match slot {
            "P" => self.person(),
            "N" => {
                let digits = 1 + self.dice.below(3);
                Piece::Words((1 + self.dice.below(10_u32.pow(digits))).to_string())
            }
            "DOC" => Piece::Document(1 + self.dice.below(self.corpus.count)),
            "CITE" => {
                let work = self.dice.below(6) as usize;
                let first = 1 + self.dice.below(540);
                Piece::Cite(work, 1 + self.dice.below(WORKS[work].volumes), first, first + 1 + self.dice.below(6))
            }
            _ => {
                let list = match slot {
                    "L" => "places",
                    "B" => "bodies",
                    "T" => "things",
                    "C" => "claims",
                    "D" => "deeds",
                    "O" => "orders",
                    "W" => "times",
                    _ => "asides",
                };
                Piece::Words(self.pick(list).to_owned())
            }
        }
    }

    /// Somebody of this document's circle: a mention at first, then mostly the bare name.
    fn person(&mut self) -> Piece {
        let person = self.circle[self.dice.below(u32::try_from(self.circle.len()).expect("few")) as usize];
        let name = &self.corpus.persons[person].name;
        let name = if self.dice.below(100) < 85 { family(name) } else { name }.to_owned();
        if self.mentioned.contains(&person) {
            return Piece::Words(name);
        }
        self.mentioned.push(person);
        Piece::Person(person, name)
    }

    fn any_person(&mut self) -> usize {
        let roll = self.dice.share() * self.corpus.weights.last().copied().unwrap_or_default();
        self.corpus.weights.partition_point(|weight| *weight < roll).min(self.corpus.persons.len() - 1)
    }
}

/// Puts calls of notes behind sentences, in the order of reading, at most one in a paragraph or item, none in the first. Returns how many.
fn call_notes(dice: &mut Dice, blocks: &mut [Block], wanted: usize) -> usize {
    fn places<'a>(blocks: &'a mut [Block], found: &mut Vec<&'a mut Text>) {
        for block in blocks {
            match block {
                Block::Paragraph(text) => found.push(text),
                Block::Quote(inner) => places(inner, found),
                Block::List(items) => found.extend(items.iter_mut()),
            }
        }
    }
    let mut found = Vec::new();
    places(blocks, &mut found);
    let skip = usize::from(found.len() > 1);
    let candidates = found.len() - skip;
    let (mut left, mut called) = (wanted.min(candidates), 0);
    for (at, text) in found.into_iter().skip(skip).enumerate() {
        let remaining = u32::try_from(candidates - at).expect("few");
        if (dice.below(remaining) as usize) < left {
            left -= 1;
            called += 1;
            text.push(Piece::Note(called));
        }
    }
    called
}

/// Stresses two words in the middle of a sentence.
fn stress(sentence: &mut Text) {
    let Some(at) = sentence.iter().position(|piece| matches!(piece, Piece::Words(words) if words.split(' ').count() > 7)) else { return };
    let Piece::Words(words) = sentence[at].clone() else { return };
    let parts: Vec<&str> = words.split(' ').collect();
    let middle = parts.len() / 2;
    let stressed = parts[middle..middle + 2].join(" ");
    let clean = stressed.trim_end_matches(['.', ',', ';', ':', '?', '!']);
    if clean.is_empty() || clean.starts_with(' ') {
        return;
    }
    let after = format!("{} {}", &stressed[clean.len()..], parts[middle + 2..].join(" "));
    let pieces = [Piece::Words(format!("{} ", parts[..middle].join(" "))), Piece::Emphasis(clean.to_owned()), Piece::Words(after)];
    sentence.splice(at..=at, pieces);
}

fn words_in(block: &Block) -> u32 {
    match block {
        Block::Paragraph(text) => words_of(text),
        Block::Quote(inner) => inner.iter().map(words_in).sum(),
        Block::List(items) => items.iter().map(words_of).sum(),
    }
}

fn words_of(text: &Text) -> u32 {
    let count = |words: &str| u32::try_from(words.split_whitespace().count()).unwrap_or(0);
    text.iter().map(|piece| if let Piece::Words(words) | Piece::Emphasis(words) = piece { count(words) } else { 1 }).sum()
}

fn family(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
