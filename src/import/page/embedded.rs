//! Documents quoted within a document: paragraphs that each open with a quotation mark and of which only the last closes it.
//!
//! The marks stay as printed, since that is the convention of the time. Only a quotation that something names a telegram, letter or the like,
//! or that begins with an addressee, is a document; others stay paragraphs.

use super::{Desk, Piece, names, opening};
use crate::import::front::{Fields, Value};
use crate::import::text::{Block, BlockKind, words};
use crate::model::block::Part;

/// A document within the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Within {
    /// Id of its block.
    pub id: String,
    /// `telegram`.
    pub kind: Option<&'static str>,
    /// `draft`.
    pub state: Option<&'static str>,
    /// From the title of the document.
    pub title: Option<String>,
    /// The writer says it is sent in the writer's name.
    pub by_author: bool,
    /// The line that names those addressed.
    pub addressee: Option<String>,
}

const NOUNS: [(&str, &str); 20] = [
    ("telegram", "telegram"),
    ("radiogram", "telegram"),
    ("cable", "telegram"),
    ("wire", "telegram"),
    ("telephone message", "telephone-message"),
    ("letter", "letter"),
    ("reply", "letter"),
    ("note", "note"),
    ("message", "letter"),
    ("decree", "decree"),
    ("resolution", "resolution"),
    ("decision", "resolution"),
    ("declaration", "declaration"),
    ("statement", "statement"),
    ("memorandum", "memorandum"),
    ("телеграмм", "telegram"),
    ("письмо", "letter"),
    ("постановлени", "resolution"),
    ("записк", "note"),
    ("декрет", "decree"),
];

const QUOTES: [(char, char); 5] = [('“', '”'), ('«', '»'), ('„', '“'), ('"', '"'), ('‘', '’')];

/// Finds quoted documents and makes a quotation with an id of each.
pub fn find(pieces: &mut Vec<Piece>, from: usize, title: &str, desk: &mut Desk<'_>) -> Vec<Within> {
    let mut found: Vec<Within> = Vec::new();
    let mut at = from;
    while at < pieces.len() {
        let Some(end) = quotation(pieces, at) else {
            at += 1;
            continue;
        };
        let before = at.checked_sub(1).and_then(|before| plain(&pieces[before].block)).unwrap_or_default();
        let first = plain(&pieces[at].block).unwrap_or_default();
        let addressed = first.chars().count() <= 130
            && !closes(&first)
            && opening::names_somebody_addressed(first.trim_start_matches(['“', '«', '„', '"', '‘']));
        let named = before.ends_with(':').then(|| noun(last_sentence(&before))).flatten();
        if end - at < 2 && !addressed && named.is_none() || !addressed && named.is_none() {
            at = end;
            continue;
        }
        let within = describe(named, addressed.then(|| first.clone()), &before, title, &found);
        desk.guess(
            "paragraphs in quotation marks that are named a document, or addressed to somebody, are a document within the document",
            pieces[at].line,
            format!("`{}`: {} paragraphs from “{}”", within.id, end - at, crate::base::text::head(first.trim_start_matches('“'), 40).0),
        );
        let line = pieces[at].line;
        let mut blocks: Vec<Block> = pieces.drain(at..end).map(|piece| piece.block).collect();
        if addressed {
            blocks[0].part = Some(Part::Addressee);
            desk.guess("the first line of a quoted document names those addressed", line, first);
        }
        let quote = Block::new(BlockKind::Quote(blocks)).named(within.id.clone());
        pieces.insert(at, Piece { line, block: quote });
        found.push(within);
        at += 1;
    }
    found
}

fn plain(block: &Block) -> Option<String> {
    match &block.kind {
        BlockKind::Paragraph(text) if block.part.is_none() => Some(words(text)),
        _ => None,
    }
}

fn closes(plain: &str) -> bool {
    plain.ends_with(['”', '»', '"']) || plain.ends_with("”.") || plain.ends_with("».") || plain.ends_with(".\"")
}

/// The end of a quotation that begins at `at`: two paragraphs or more, each opening, the last closing; or one that is addressed.
fn quotation(pieces: &[Piece], at: usize) -> Option<usize> {
    let first = plain(&pieces[at].block)?;
    let (open, close) = QUOTES.iter().find(|(open, _)| first.starts_with(*open)).copied()?;
    let depth = |text: &str| {
        if open == close {
            return i64::from(text.matches(open).count() % 2 == 1);
        }
        let count = |mark: char| i64::try_from(text.matches(mark).count()).unwrap_or(i64::MAX);
        count(open) - count(close)
    };
    if depth(&first) <= 0 {
        return None;
    }
    let mut end = at + 1;
    while end < pieces.len() {
        let Some(next) = plain(&pieces[end].block).filter(|next| next.starts_with(open)) else { break };
        end += 1;
        // The last paragraph opens and closes: nothing is left open in it.
        if depth(&next) <= 0 {
            return Some(end);
        }
    }
    None
}

fn last_sentence(text: &str) -> &str {
    let cut = text.rfind(". ").map_or(0, |at| at + 2);
    &text[cut..]
}

/// The last noun of a document in a sentence.
fn noun(sentence: &str) -> Option<&'static str> {
    let lower = sentence.to_lowercase();
    let at = |word: &str| {
        lower
            .rmatch_indices(word)
            .map(|(at, _)| at)
            .find(|at| lower[..*at].chars().next_back().is_none_or(|letter| !letter.is_alphabetic()))
    };
    NOUNS.iter().filter_map(|(word, kind)| at(word).map(|at| (at, *kind))).max_by_key(|(at, _)| *at).map(|(_, kind)| kind)
}

fn describe(named: Option<&'static str>, addressee: Option<String>, before: &str, title: &str, found: &[Within]) -> Within {
    let inside = title_inside(title);
    let kind = named.or_else(|| inside.and_then(noun));
    let lower = format!("{} {}", before.to_lowercase(), inside.unwrap_or_default().to_lowercase());
    let state = (lower.contains("draft") || lower.contains("проект")).then_some("draft");
    let stem = match (state, kind) {
        (Some(state), Some(kind)) => format!("{state}-{kind}"),
        (None, Some(kind)) => kind.to_owned(),
        (_, None) => "quoted-document".to_owned(),
    };
    let free = |id: &String| !found.iter().any(|other| other.id == *id);
    let id = std::iter::once(stem.clone()).chain((2..=1000).map(|number| format!("{stem}-{number}"))).find(free).unwrap_or(stem);
    let own = ["on my behalf", "in my name", "over my signature", "from me", "от моего имени", "за моей подписью"];
    Within {
        id,
        kind,
        state,
        title: inside.filter(|_| found.is_empty()).map(str::to_owned),
        by_author: own.iter().any(|words| before.to_lowercase().contains(words)),
        addressee,
    }
}

/// "a Draft Telegram to Georgy Chicherin" of "Letter to … with a Draft Telegram to Georgy Chicherin, April 24, 1922".
fn title_inside(title: &str) -> Option<&str> {
    let at = [" with a ", " with the ", " with an ", " и проект"].iter().find_map(|words| title.find(words).map(|at| at + words.len()))?;
    let rest = &title[at..];
    let inside = rest.split(", ").next().unwrap_or(rest).trim();
    noun(inside).map(|_| inside)
}

impl Within {
    /// The fields of `contains`. `to` gives a party of each name.
    pub fn fields(&self, author: Option<&Value>, mut to: impl FnMut(&names::Addressed) -> Value) -> Fields {
        let mut fields = Fields::new();
        fields.put("id", self.id.as_str());
        fields.put_some("kind", self.kind);
        fields.put_some("state", self.state);
        fields.put_some("title", self.title.as_deref());
        if let Some(author) = author.filter(|_| self.by_author) {
            fields.put("author", author.clone());
        }
        if let Some(line) = &self.addressee {
            fields.put_list("to", names::addressed(line).iter().map(&mut to).collect());
        }
        fields
    }
}
