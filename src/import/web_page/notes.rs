//! Notes of a web page: a link whose words are a mark leads to a block that begins with the same mark or leads back.

use crate::formats::html::{Element, Node};
use crate::import::page::marks;
use crate::import::text::{Block, BlockKind, Inline, raised};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of the notes of a page, elements by their order.
#[derive(Debug, Default)]
pub struct Notes {
    /// Link → label of its note.
    marks: BTreeMap<usize, String>,
    /// Block of a note → label.
    blocks: BTreeMap<usize, String>,
    /// Links and anchors in notes that lead back to the text.
    back: BTreeSet<usize>,
    /// Headings over notes.
    headings: BTreeSet<usize>,
    /// Marks whose links lead nowhere.
    pub loose: Vec<String>,
    /// Texts of notes, in the order of the page.
    pub texts: Vec<(String, Vec<Block>)>,
    /// The note that a paragraph may go on with.
    pub open: Option<String>,
}

struct Link {
    order: usize,
    target: String,
    words: String,
    block: usize,
}

#[derive(Default)]
struct Survey {
    links: Vec<Link>,
    /// Name → element that has it, and the block it stands in.
    anchors: BTreeMap<String, (usize, usize)>,
    /// Order → words of blocks' beginnings, whether it is an item of a list of references.
    blocks: BTreeMap<usize, (String, bool)>,
    /// Headings with their words.
    headings: Vec<(usize, String)>,
    /// Items of lists that have an id.
    items: BTreeSet<usize>,
}

impl Notes {
    /// Finds notes and marks in the body of a page.
    pub fn find(body: &Element) -> Self {
        let mut survey = Survey::default();
        survey.element(body, body.order, false);
        let mut notes = Self::default();
        let mut labels: BTreeSet<String> = BTreeSet::new();
        for link in &survey.links {
            let Some(label) = label_of(&link.words) else { continue };
            let Some((_, block)) = survey.anchors.get(&link.target).copied() else {
                notes.loose.push(link.words.trim().to_owned());
                continue;
            };
            let known = notes.blocks.get(&block).cloned();
            let (opening, list) = survey.blocks.get(&block).map_or(("", false), |(words, list)| (words.as_str(), *list));
            let same = known.is_some() || list || begins_with(opening, &label) || returns(&survey, block, link);
            if block <= link.order
                || block == link.block
                || !same
                || notes.blocks.contains_key(&link.block) && begins_with_own(&survey, link)
            {
                continue;
            }
            let label = known.unwrap_or_else(|| {
                let free = std::iter::once(label.clone())
                    .chain((2..).map(|number| format!("{label}~{number}")))
                    .find(|label| !labels.contains(label));
                free.unwrap_or(label)
            });
            labels.insert(label.clone());
            notes.blocks.insert(block, label.clone());
            notes.marks.insert(link.order, label);
        }
        notes.ways_back(&survey);
        notes.loose_items(&survey, &labels);
        if let Some(first) = notes.blocks.keys().next() {
            let over = survey.headings.iter().rfind(|(order, words)| order < first && is_heading(words));
            notes.headings.extend(over.map(|(order, _)| *order));
        }
        notes
    }

    /// Links in a note that lead back into the text, and the mark a note begins with.
    fn ways_back(&mut self, survey: &Survey) {
        for link in survey.links.iter().filter(|link| self.blocks.contains_key(&link.block) && !self.marks.contains_key(&link.order)) {
            let back = survey.anchors.get(&link.target).is_none_or(|(order, _)| *order < link.order);
            let words = link.words.trim();
            let short = label_of(words).is_some()
                || words.chars().all(|letter| matches!(letter, '↑' | '^' | '↩' | '←' | '⬆' | '\u{fe0e}' | ' '))
                || words.len() <= 3;
            if back && short {
                self.back.insert(link.order);
            }
        }
    }

    /// Items of a list of references to which no link of the page leads are notes without a mark.
    fn loose_items(&mut self, survey: &Survey, labels: &BTreeSet<String>) {
        let mut number = 0;
        for (block, (_, list)) in &survey.blocks {
            if *list {
                number += 1;
                let label = (number..)
                    .map(|number: usize| number.to_string())
                    .find(|label| !labels.contains(label) && !self.blocks.values().any(|own| own == label));
                self.blocks.entry(*block).or_insert_with(|| label.unwrap_or_default());
            }
        }
    }

    /// The label of the note that a block is.
    pub fn label_of(&self, element: &Element) -> Option<String> {
        self.blocks.get(&element.order).cloned()
    }

    /// The label of the note that a mark leads to; marks may stand in a `sup` or `span` of their own.
    pub fn mark(&self, element: &Element) -> Option<String> {
        if let Some(label) = self.marks.get(&element.order) {
            return Some(label.clone());
        }
        let own = matches!(element.name.as_str(), "sup" | "span" | "small");
        let mut inner = element.children.iter().filter(|child| !matches!(child, Node::Text(words) if is_bracket(words)));
        match (inner.next(), inner.next()) {
            (Some(Node::Element(only)), None) if own => self.mark(only),
            (Some(Node::Element(anchor)), Some(Node::Element(only))) if own && anchor.children.is_empty() => self.mark(only),
            _ => None,
        }
    }

    /// Whether an element leads back from a note.
    pub fn is_way_back(&self, element: &Element) -> bool {
        self.back.contains(&element.order)
            || matches!(element.name.as_str(), "sup" | "span" | "b" | "small")
                && !element.children.is_empty()
                && element.children.iter().any(|child| matches!(child, Node::Element(_)))
                && element.children.iter().all(|child| match child {
                    Node::Element(inner) => self.is_way_back(inner) || inner.text().trim().is_empty(),
                    Node::Text(words) => words.trim().chars().all(|letter| matches!(letter, '↑' | '^' | '.' | '[' | ']' | '(' | ')')),
                    Node::Comment(_) => true,
                })
    }

    /// Whether it is the heading over the notes.
    pub fn is_heading(&self, element: &Element) -> bool {
        self.headings.contains(&element.order)
    }

    /// Whether an element holds marks or notes, and so is more than navigation.
    pub fn holds(&self, element: &Element) -> bool {
        !element.has_class("mw-cite-backlink")
            && element.all().iter().any(|inner| self.blocks.contains_key(&inner.order) || self.marks.contains_key(&inner.order))
    }
}

/// Takes the mark out of the beginning of a note that says it in plain words: `1. text`, `[1] text`.
pub fn without_own_mark(blocks: &mut [Block], label: &str) -> Option<String> {
    let BlockKind::Paragraph(text) = &mut blocks.first_mut()?.kind else { return None };
    let Some(Inline::Text(words)) = text.first_mut() else { return None };
    let mark = label.split_once('~').map_or(label, |(mark, _)| mark);
    let raised = raised(mark);
    if raised != mark
        && let Some(rest) = words.strip_prefix(raised.as_str())
    {
        *words = rest.trim_start().to_owned();
        return Some(raised);
    }
    let forms = [format!("[{mark}]"), format!("({mark})"), format!("{mark}."), format!("{mark})"), format!("{mark} ")];
    let form = forms.iter().find(|form| words.starts_with(form.as_str()))?;
    *words = words[form.len()..].trim_start().to_owned();
    Some(form.clone())
}

fn is_bracket(words: &str) -> bool {
    words.trim().chars().all(|letter| matches!(letter, '[' | ']' | '(' | ')'))
}

/// `[1]`, `1`, `(*)`, `[note 3]` → the mark.
fn label_of(words: &str) -> Option<String> {
    let bare = words.trim().trim_matches(['[', ']', '(', ')']).trim();
    if let Some((group, number)) = bare.split_once(' ')
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && !number.is_empty()
        && group.chars().all(char::is_alphabetic)
        && group.chars().count() <= 10
    {
        return Some(format!("{}-{number}", group.to_lowercase()));
    }
    let letter = bare.len() <= 2 && bare.bytes().all(|byte| byte.is_ascii_lowercase()) && !bare.is_empty();
    let read = marks::marks(&format!("x[{bare}]"));
    (letter || read.first().is_some_and(|mark| mark.label == bare)).then(|| bare.to_owned())
}

fn begins_with(opening: &str, label: &str) -> bool {
    let opening = opening.trim_start().trim_start_matches(['[', '(', '↑', '^']).trim_start();
    opening.strip_prefix(label).is_some_and(|rest| !rest.starts_with(|letter: char| letter.is_alphanumeric()))
}

/// A link at the beginning of the block it stands in is a note's own mark.
fn begins_with_own(survey: &Survey, link: &Link) -> bool {
    survey.blocks.get(&link.block).is_some_and(|(opening, _)| begins_with(opening, link.words.trim().trim_matches(['[', ']', '(', ')'])))
}

/// Whether a block holds a link back into the block of `link`, or to `link` itself.
fn returns(survey: &Survey, block: usize, link: &Link) -> bool {
    survey
        .links
        .iter()
        .filter(|other| other.block == block)
        .any(|other| survey.anchors.get(&other.target).is_some_and(|(order, home)| *home == link.block || order.abs_diff(link.order) <= 2))
}

fn is_heading(words: &str) -> bool {
    let words = words.trim().trim_end_matches(':').to_lowercase();
    ["notes", "footnotes", "endnotes", "references", "note", "примечания", "сноски", "anmerkungen"].contains(&words.as_str())
}

impl Survey {
    fn element(&mut self, element: &Element, block: usize, references: bool) {
        let is_block = matches!(
            element.name.as_str(),
            "p" | "li" | "dd" | "dt" | "td" | "div" | "blockquote" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6"
        );
        let references = references
            || matches!(element.name.as_str(), "ol" | "ul") && (element.has_class("references") || element.has_class("mw-references"));
        // A paragraph in an item that can be led to belongs to it.
        let inside = matches!(element.name.as_str(), "p" | "div") && self.items.contains(&block);
        let is_block = is_block && !inside;
        let block = if is_block { element.order } else { block };
        if element.name == "li" && element.attribute("id").is_some() {
            self.items.insert(element.order);
        }
        if is_block {
            let opening: String = element.text().trim_start().chars().take(24).collect();
            self.blocks.insert(element.order, (opening, references && element.name == "li"));
        }
        if matches!(element.name.as_str(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
            let words = element.find(|inner| inner.has_class("mw-headline")).map_or_else(|| element.text(), Element::text);
            self.headings.push((element.order, words));
        }
        let names = [element.attribute("id"), element.attribute("name").filter(|_| element.name == "a")];
        for name in names.into_iter().flatten() {
            self.anchors.entry(name.to_owned()).or_insert((element.order, block));
        }
        if element.name == "a"
            && let Some(target) = element.attribute("href").and_then(|href| href.split_once('#')).filter(|(page, _)| page.is_empty())
        {
            self.links.push(Link { order: element.order, target: target.1.to_owned(), words: element.text(), block });
        }
        for child in &element.children {
            if let Node::Element(inner) = child {
                self.element(inner, block, references);
            }
        }
    }
}
