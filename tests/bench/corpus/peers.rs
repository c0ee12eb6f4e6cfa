//! The same edition for other generators, with equal work for each: a page per document with notes, persons, citation and neighbours, pages of
//! years and persons, their lists, a home page, a sitemap and a feed. None of them has popovers, source pages or registers with mentions.

use super::{Block, Corpus, Document, Piece, Text, WORKS};
use std::fs;
use std::path::Path;

/// Another generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Peer {
    Hugo,
    Zola,
}

/// A template or style sheet: where it goes, and its text.
type File = (&'static str, &'static str);

#[rustfmt::skip]
const HUGO: [File; 7] = [
    ("layouts/baseof.html", include_str!("../peers/hugo/baseof.html")),
    ("layouts/home.html", include_str!("../peers/hugo/home.html")),
    ("layouts/home.rss.xml", include_str!("../peers/hugo/home.rss.xml")),
    ("layouts/page.html", include_str!("../peers/hugo/page.html")),
    ("layouts/taxonomy.html", include_str!("../peers/hugo/taxonomy.html")),
    ("layouts/term.html", include_str!("../peers/hugo/term.html")),
    ("static/style.css", include_str!("../peers/style.css")),
];
#[rustfmt::skip]
const ZOLA: [File; 7] = [
    ("templates/base.html", include_str!("../peers/zola/base.html")),
    ("templates/index.html", include_str!("../peers/zola/index.html")),
    ("templates/page.html", include_str!("../peers/zola/page.html")),
    ("templates/rss.xml", include_str!("../peers/zola/rss.xml")),
    ("templates/taxonomy_list.html", include_str!("../peers/zola/taxonomy_list.html")),
    ("templates/taxonomy_single.html", include_str!("../peers/zola/taxonomy_single.html")),
    ("static/style.css", include_str!("../peers/style.css")),
];

/// Writes the edition as a site of `peer` under `root`.
pub fn write(corpus: &Corpus, peer: Peer, root: &Path) -> std::io::Result<()> {
    let files: &[File] = if peer == Peer::Hugo { &HUGO } else { &ZOLA };
    for (path, text) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap_or(root))?;
        fs::write(path, text)?;
    }
    let documents = root.join("content/documents");
    fs::create_dir_all(&documents)?;
    let works = |prefix: &str| -> String {
        let table = |work: &super::Work| {
            format!(
                "[{prefix}.works.{}]\ntitle = \"{}\"\neditor = \"{}\"\npublisher = \"{}\"\nplace = \"{}\"\nyear = {}\n",
                work.key, work.title, work.editor, work.publisher, work.place, work.year
            )
        };
        WORKS.iter().map(table).collect()
    };
    match peer {
        Peer::Hugo => {
            fs::write(root.join("hugo.toml"), format!("{}{}", include_str!("../peers/hugo/hugo.toml"), works("params")))?;
            fs::write(documents.join("_index.md"), "+++\ntitle = \"Documents\"\n[build]\nrender = \"never\"\n+++\n")?;
        }
        Peer::Zola => {
            let head = include_str!("../peers/zola/config.toml").replace("@DOCUMENTS@", &corpus.count.to_string());
            fs::write(root.join("config.toml"), format!("{head}{}", works("extra")))?;
            fs::write(documents.join("_index.md"), "+++\ntitle = \"Documents\"\nsort_by = \"date\"\nrender = false\n+++\n")?;
        }
    }
    for number in 1..=corpus.count {
        let document = corpus.document(number);
        let text = format!("{}\n{}", head(corpus, &document, peer), markdown(&document));
        fs::write(documents.join(format!("{}.md", document.id)), text)?;
    }
    Ok(())
}

fn head(corpus: &Corpus, document: &Document, peer: Peer) -> String {
    let names = |persons: &[usize]| {
        let quoted: Vec<String> = persons.iter().map(|person| format!("\"{}\"", corpus.persons[*person].name)).collect();
        format!("[{}]", quoted.join(", "))
    };
    let year = &document.when.day[..4];
    let lists = format!("persons = {}\nyears = [\"{year}\"]\n", names(&document.persons));
    let more = format!(
        "kind = \"{}\"\nedtf = \"{}\"\ndate_text = \"{}\"\nplace = \"{}\"\nlanguage = \"{}\"\nauthors = {}\nrecipients = {}\nfirst_published = {}\n",
        document.kind,
        document.when.edtf,
        document.when.text,
        document.place,
        document.language,
        names(&[document.author]),
        names(&document.recipients),
        document.first_published
    );
    let source = format!(
        "work = \"{}\"\nvolume = {}\npages = \"{}–{}\"\nnote = \"{}\"\n",
        WORKS[document.work].key, document.volume, document.pages.0, document.pages.1, document.copy_text
    );
    let (title, day) = (&document.title, &document.when.day);
    match peer {
        Peer::Hugo => format!("+++\ntitle = \"{title}\"\n{lists}date = {day}\n[params]\n{more}[params.source]\n{source}+++\n"),
        Peer::Zola => format!("+++\ntitle = \"{title}\"\ndate = {day}\n[taxonomies]\n{lists}[extra]\n{more}[extra.source]\n{source}+++\n"),
    }
}

fn markdown(document: &Document) -> String {
    let mut out = blocks(&document.body).join("\n");
    out.push('\n');
    for (number, note) in (1..).zip(&document.notes) {
        let lines = blocks(note);
        out.push_str(&format!("\n[^{number}]: {}\n", lines[0]));
        for line in &lines[1..] {
            out.push_str(&if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") });
        }
    }
    out
}

fn blocks(blocks: &[Block]) -> Vec<String> {
    let mut lines = Vec::new();
    for block in blocks {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        match block {
            Block::Paragraph(text) => lines.push(words(text)),
            Block::Quote(inner) => lines.extend(self::blocks(inner).iter().map(|line| format!("> {line}").trim_end().to_owned())),
            Block::List(items) => lines.extend((1..).zip(items).map(|(number, item)| format!("{number}) {}", words(item)))),
        }
    }
    lines
}

fn words(text: &Text) -> String {
    let mut out = String::new();
    for piece in text {
        out.push_str(&match piece {
            Piece::Words(words) | Piece::Person(_, words) => words.clone(),
            Piece::Emphasis(words) => format!("*{words}*"),
            Piece::Note(number) => format!("[^{number}]"),
            Piece::Document(number) => format!("[Document {number}](../{number:05}/)"),
            Piece::Cite(work, volume, first, last) => format!("*{}*, vol. {volume}, pp. {first}–{last}", WORKS[*work].title),
        });
    }
    out
}
