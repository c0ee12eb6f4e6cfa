//! Wikitext as a tree: the door to the parser that knows MediaWiki's own reading of it. Templates are not expanded; they stand as they are.

use parse_wiki_text_2::{Configuration, ConfigurationSource, DefinitionListItemType, Node, Positioned, TableCellType};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

/// A piece of wikitext.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wiki {
    /// Words, entities resolved.
    Text(String),
    /// `''`
    Italic,
    /// `'''`
    Bold,
    /// `'''''`
    BoldItalic,
    /// An empty line.
    ParagraphBreak,
    /// `----`
    Rule,
    /// `[[target|words]]`
    Link(String, Vec<Wiki>),
    /// `[https://… words]` or a bare address.
    External(String, Vec<Wiki>),
    /// `{{name|value|name=value}}`, with its source.
    Template {
        /// Name.
        name: String,
        /// Names, where there are some, and values.
        parameters: Vec<(Option<String>, Vec<Wiki>)>,
        /// As typed.
        source: String,
    },
    /// `<ref name= group=>…</ref>`
    Ref {
        /// `name`
        name: Option<String>,
        /// `group`
        group: Option<String>,
        /// The note; empty for one that is used again.
        note: Vec<Wiki>,
    },
    /// `<references>…</references>` or `{{reflist|refs=…}}` as a tag.
    References(Vec<Wiki>),
    /// `<poem>`: its lines.
    Poem(Vec<Wiki>),
    /// `<nowiki>`, `<pre>` and other tags whose content is text.
    Verbatim(String, String),
    /// `<name …>`; of a tag that ends itself, too.
    Open(String, String),
    /// `</name>`
    Close(String),
    /// `== words ==`
    Heading(u8, Vec<Wiki>),
    /// Lists: ordered or not, items.
    List(bool, Vec<Vec<Wiki>>),
    /// `;` terms and `:` details.
    Definitions(Vec<(bool, Vec<Wiki>)>),
    /// Rows of cells, whether a cell is a head.
    Table(Vec<Vec<(bool, Vec<Wiki>)>>, Vec<Vec<Wiki>>),
    /// A line that begins with a blank.
    Preformatted(Vec<Wiki>),
    /// `[[Category:…]]`
    Category(String),
    /// `[[File:…|words]]`
    Image(String, Vec<Wiki>),
    /// What has no words: comments, magic words, parameters, redirects; as typed.
    Unseen(&'static str, String),
}

/// Wikitext as read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// Pieces with the line they begin on, from 1.
    pub pieces: Vec<(usize, Wiki)>,
    /// Why the text could not be read as wikitext; it then stands as one piece of words.
    pub broken: Option<&'static str>,
}

/// Deepest nesting of brackets.
const DEEPEST: usize = 80;
/// Templates opened and not closed, at the most: the time of the parser doubles with each two of them, and at 16 it is still a fiftieth of a second.
const UNCLOSED: usize = 16;
/// Longest time one page may take.
const LONGEST: Duration = Duration::from_secs(20);

const EXTENSIONS: [&str; 16] = [
    "categorytree",
    "gallery",
    "hiero",
    "imagemap",
    "inputbox",
    "math",
    "nowiki",
    "poem",
    "pre",
    "ref",
    "references",
    "score",
    "source",
    "syntaxhighlight",
    "templatedata",
    "timeline",
];

/// Reads a page.
#[must_use]
pub fn read(text: &str) -> Reading {
    let plain = |why| Reading { pieces: vec![(1, Wiki::Text(text.to_owned()))], broken: Some(why) };
    if depth(text) > DEEPEST {
        return plain("brackets are nested too deep");
    }
    if unclosed(text) > UNCLOSED {
        return plain("too many templates are opened with `{{` and not closed with `}}`");
    }
    let configuration = Configuration::new(&ConfigurationSource {
        category_namespaces: &["category", "категория", "kategorie", "catégorie"],
        extension_tags: &EXTENSIONS,
        file_namespaces: &["file", "image", "файл", "изображение", "datei", "bild", "fichier"],
        link_trail: "abcdefghijklmnopqrstuvwxyzабвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        magic_words: &["NOTOC", "TOC", "FORCETOC", "NOEDITSECTION", "NOINDEX", "INDEX", "NEWSECTIONLINK", "HIDDENCAT"],
        protocols: &["//", "http://", "https://", "mailto:", "ftp://"],
        redirect_magic_words: &["REDIRECT", "ПЕРЕНАПРАВЛЕНИЕ", "WEITERLEITUNG"],
    });
    // The parser is not ours: a page on which it stumbles stands as words.
    let parsed = catch_unwind(AssertUnwindSafe(|| configuration.parse_with_timeout(text, LONGEST)));
    let Ok(Ok(output)) = parsed else { return plain("it takes too long to read, or cannot be read") };
    let mut lines = Lines { text, at: 0, line: 1 };
    let mut pieces = Vec::new();
    let mut end = 0;
    for node in &output.nodes {
        pieces.extend(passed_over(text, end, node.start()).map(|words| (lines.of(end), words)));
        pieces.push((lines.of(node.start()), piece(node, text)));
        end = node.end();
    }
    pieces.extend(passed_over(text, end, text.len()).map(|words| (lines.of(end), words)));
    Reading { pieces, broken: None }
}

struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn of(&mut self, byte: usize) -> usize {
        if byte > self.at {
            self.line += self.text.as_bytes()[self.at..byte].iter().filter(|byte| **byte == b'\n').count();
            self.at = byte;
        }
        self.line
    }
}

/// The deepest nesting of `{{`, `[[` and `{|`.
fn depth(text: &str) -> usize {
    let (mut open, mut most) = (0_usize, 0);
    for pair in text.as_bytes().windows(2) {
        match pair {
            b"{{" | b"[[" | b"{|" => open += 1,
            b"}}" | b"]]" | b"|}" => open = open.saturating_sub(1),
            _ => {}
        }
        most = most.max(open);
    }
    // Every bracket of a long row counts once more than it should.
    most / 2
}

/// `{{` that no `}}` answers.
fn unclosed(text: &str) -> usize {
    let (mut open, mut rest) = (0_usize, text.as_bytes());
    while let [first, after @ ..] = rest {
        rest = match (first, after) {
            (b'{', [b'{', beyond @ ..]) => {
                open += 1;
                beyond
            }
            (b'}', [b'}', beyond @ ..]) => {
                open = open.saturating_sub(1);
                beyond
            }
            _ => after,
        };
    }
    open
}

fn pieces(nodes: &[Node<'_>], text: &str) -> Vec<Wiki> {
    let mut out = Vec::new();
    let mut end = nodes.first().map_or(0, Positioned::start);
    for node in nodes {
        out.extend(passed_over(text, end, node.start()));
        out.push(piece(node, text));
        end = node.end();
    }
    out
}

/// Words between two nodes that the parser passed over: it forgets the text before some tags.
fn passed_over(text: &str, from: usize, to: usize) -> Option<Wiki> {
    text.get(from..to).filter(|words| !words.trim().is_empty()).map(|words| Wiki::Text(words.to_owned()))
}

fn piece(node: &Node<'_>, text: &str) -> Wiki {
    let source = || text.get(node.start()..node.end()).unwrap_or_default().to_owned();
    match node {
        Node::Text { value, .. } => Wiki::Text((*value).to_owned()),
        Node::CharacterEntity { character, .. } => Wiki::Text(character.to_string()),
        Node::Italic { .. } => Wiki::Italic,
        Node::Bold { .. } => Wiki::Bold,
        Node::BoldItalic { .. } => Wiki::BoldItalic,
        Node::ParagraphBreak { .. } => Wiki::ParagraphBreak,
        Node::HorizontalDivider { .. } => Wiki::Rule,
        Node::Link { target, text: words, .. } => Wiki::Link((*target).to_owned(), pieces(words, text)),
        Node::ExternalLink { nodes, .. } => external(pieces(nodes, text)),
        Node::Template { name, parameters, .. } => Wiki::Template {
            name: words(&pieces(name, text)).trim().to_owned(),
            parameters: parameters
                .iter()
                .map(|parameter| {
                    (parameter.name.as_ref().map(|name| words(&pieces(name, text)).trim().to_owned()), pieces(&parameter.value, text))
                })
                .collect(),
            source: source(),
        },
        Node::Tag { name, nodes, .. } => tag(name, &source(), pieces(nodes, text)),
        Node::StartTag { name, .. } => Wiki::Open(name.to_string(), source()),
        Node::EndTag { name, .. } => Wiki::Close(name.to_string()),
        Node::Heading { level, nodes, .. } => Wiki::Heading(*level, pieces(nodes, text)),
        Node::OrderedList { items, .. } => Wiki::List(true, items.iter().map(|item| pieces(&item.nodes, text)).collect()),
        Node::UnorderedList { items, .. } => Wiki::List(false, items.iter().map(|item| pieces(&item.nodes, text)).collect()),
        Node::DefinitionList { items, .. } => {
            Wiki::Definitions(items.iter().map(|item| (item.type_ == DefinitionListItemType::Term, pieces(&item.nodes, text))).collect())
        }
        Node::Table { rows, captions, .. } => {
            let cells = |cells: &[parse_wiki_text_2::TableCell<'_>]| {
                cells.iter().map(|cell| (cell.type_ == TableCellType::Heading, pieces(&cell.content, text))).collect()
            };
            let rows = rows.iter().map(|row| cells(&row.cells)).collect();
            Wiki::Table(rows, captions.iter().map(|caption| pieces(&caption.content, text)).collect())
        }
        Node::Preformatted { nodes, .. } => Wiki::Preformatted(pieces(nodes, text)),
        Node::Category { target, .. } => Wiki::Category((*target).to_owned()),
        Node::Image { target, text: words, .. } => Wiki::Image((*target).to_owned(), pieces(words, text)),
        Node::Comment { .. } => Wiki::Unseen("a comment of the wiki", source()),
        Node::MagicWord { .. } => Wiki::Unseen("a magic word", source()),
        Node::Parameter { .. } => Wiki::Unseen("a parameter of a template", source()),
        Node::Redirect { .. } => Wiki::Unseen("a redirect to another page", source()),
    }
}

fn external(nodes: Vec<Wiki>) -> Wiki {
    let mut nodes = nodes.into_iter();
    let first = match nodes.next() {
        Some(Wiki::Text(text)) => text,
        other => return Wiki::External(String::new(), other.into_iter().chain(nodes).collect()),
    };
    let (address, words) = first.split_once([' ', '\t']).unwrap_or((first.as_str(), ""));
    let mut rest: Vec<Wiki> = Vec::new();
    if !words.is_empty() {
        rest.push(Wiki::Text(words.to_owned()));
    }
    rest.extend(nodes);
    Wiki::External(address.to_owned(), rest)
}

fn tag(name: &str, source: &str, nodes: Vec<Wiki>) -> Wiki {
    let head = source.split_once('>').map_or(source, |(head, _)| head);
    match name {
        "ref" => Wiki::Ref { name: attribute(head, "name"), group: attribute(head, "group"), note: nodes },
        "references" => Wiki::References(nodes),
        "poem" => Wiki::Poem(nodes),
        // Their content is no wikitext, though the parser reads it as such.
        _ => {
            let inner = source.split_once('>').map_or("", |(_, rest)| rest);
            let inner = inner.rsplit_once("</").map_or(inner, |(inner, _)| inner);
            Wiki::Verbatim(name.to_owned(), inner.to_owned())
        }
    }
}

/// An attribute in the head of a tag, with or without quotation marks.
pub fn attribute(head: &str, name: &str) -> Option<String> {
    let mut from = 0;
    while let Some(at) = head[from..].find(name).map(|at| from + at) {
        from = at + name.len();
        let before = head[..at].chars().next_back();
        let Some(value) = head[from..].trim_start().strip_prefix('=') else { continue };
        if !before.is_some_and(char::is_whitespace) {
            continue;
        }
        let value = value.trim_start();
        let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''));
        let value = match quote {
            Some(quote) => value[1..].split(quote).next().unwrap_or_default(),
            None => value.split(|letter: char| letter.is_whitespace() || letter == '/').next().unwrap_or_default(),
        };
        return Some(value.trim().to_owned()).filter(|value| !value.is_empty());
    }
    None
}

/// The words of pieces, notes left out.
#[must_use]
pub fn words(pieces: &[Wiki]) -> String {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Wiki::Text(text) | Wiki::Verbatim(_, text) => out.push_str(text),
            Wiki::Link(_, words) | Wiki::External(_, words) | Wiki::Poem(words) | Wiki::Preformatted(words) | Wiki::Heading(_, words) => {
                out.push_str(&self::words(words));
            }
            Wiki::ParagraphBreak => out.push('\n'),
            Wiki::List(_, items) => items.iter().for_each(|item| out.push_str(&self::words(item))),
            Wiki::Open(name, _) if name == "br" => out.push(' '),
            _ => {}
        }
    }
    out
}
