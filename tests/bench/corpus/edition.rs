//! The made-up edition in our own format.

use super::{Block, Corpus, Document, Piece, Text, WORKS};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Writes `content/` under `root`.
pub fn write(corpus: &Corpus, root: &Path) -> std::io::Result<()> {
    let content = root.join("content");
    fs::create_dir_all(content.join("registers"))?;
    fs::create_dir_all(content.join("documents"))?;
    fs::write(
        content.join("edition.yaml"),
        "title: An Annotated Edition\nurl: https://example.org/edition/\neditors: [the makers of the benchmark]\nkinds:\n  speech: Speech\n",
    )?;
    fs::write(content.join("bibliography.yaml"), bibliography())?;
    let mut persons = String::new();
    for person in &corpus.persons {
        let line = writeln!(
            persons,
            "{}: {{name: \"{}\", sort: \"{}\", identification: {}, born: {}, died: {}}}",
            person.id, person.name, person.sort, person.role, person.born, person.died
        );
        line.expect("a text takes any line");
    }
    fs::write(content.join("registers/persons.yaml"), persons)?;
    for number in 1..=corpus.count {
        let document = corpus.document(number);
        fs::write(content.join(format!("documents/{}.md", document.id)), text(corpus, &document))?;
    }
    Ok(())
}

fn bibliography() -> String {
    let entry = |work: &super::Work| {
        format!(
            "{}:\n  type: book\n  title: \"{}\"\n  editor: \"{}\"\n  publisher: {{name: \"{}\", location: \"{}\"}}\n  date: {}\n",
            work.key, work.title, work.editor, work.publisher, work.place, work.year
        )
    };
    WORKS.iter().map(entry).collect()
}

/// A document as an editor would type it.
pub fn text(corpus: &Corpus, document: &Document) -> String {
    let id = |person: &usize| corpus.persons[*person].id.as_str();
    let mut out = format!("---\nkind: {}\ntitle: \"{}\"\nauthor: {}\n", document.kind, document.title, id(&document.author));
    if !document.recipients.is_empty() {
        out.push_str(&format!("to: [{}]\n", document.recipients.iter().map(id).collect::<Vec<_>>().join(", ")));
    }
    out.push_str(&format!("written: {{ date: \"{}\", place: \"{}\" }}\n", document.when.text, document.place));
    out.push_str(&format!("first_published: [{{ date: {} }}]\n", document.first_published));
    out.push_str(&format!("copy_text: {}\n", document.copy_text));
    let (first, last) = document.pages;
    out.push_str(&format!("source: {{ work: {}, volume: \"{}\", pages: {first}-{last} }}\n", WORKS[document.work].key, document.volume));
    if document.language != "en" {
        out.push_str(&format!("translation: {{ of_language: {} }}\n", document.language));
    }
    out.push_str("---\n\n");
    out.push_str(&blocks(corpus, &document.body).join("\n"));
    out.push('\n');
    for (number, note) in (1..).zip(&document.notes) {
        let lines = blocks(corpus, note);
        out.push_str(&format!("\n[^{number}]: {}\n", lines[0]));
        for line in &lines[1..] {
            out.push_str(&if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") });
        }
    }
    out
}

fn blocks(corpus: &Corpus, blocks: &[Block]) -> Vec<String> {
    let mut lines = Vec::new();
    for block in blocks {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        match block {
            Block::Paragraph(text) => lines.push(words(corpus, text)),
            Block::Quote(inner) => {
                lines.extend(self::blocks(corpus, inner).iter().map(|line| format!("> {line}").trim_end().to_owned()));
            }
            Block::List(items) => lines.extend((1..).zip(items).map(|(number, item)| format!("{number}) {}", words(corpus, item)))),
        }
    }
    lines
}

fn words(corpus: &Corpus, text: &Text) -> String {
    let mut out = String::new();
    for piece in text {
        out.push_str(&match piece {
            Piece::Words(words) => words.clone(),
            Piece::Emphasis(words) => format!("*{words}*"),
            Piece::Note(number) => format!("[^{number}]"),
            Piece::Document(number) => format!("[Document {number}]({number:05}.md)"),
            Piece::Cite(work, volume, first, last) => format!("[@{}, vol. {volume}, pp. {first}–{last}]", WORKS[*work].key),
            Piece::Person(person, name) => format!("[{name}](person:{})", corpus.persons[*person].id),
        });
    }
    out
}
