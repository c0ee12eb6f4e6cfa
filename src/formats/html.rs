//! Saved web pages as trees of elements: the door to the parser of the HTML Standard, which reads any text as browsers do.
//!
//! Nothing is fetched and nothing runs. Elements nested too deep are taken as if they stood in the deepest one allowed.

use scraper::{Html, Node as Parsed};

/// Deepest nesting of elements.
const DEEPEST: usize = 200;
/// Unclosed elements beyond which the markup is not worth parsing: the parser's work grows with their square.
const OPEN: usize = 5000;

/// An element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// In small letters.
    pub name: String,
    /// Names in small letters, in order.
    pub attributes: Vec<(String, String)>,
    /// What it holds.
    pub children: Vec<Node>,
    /// Its place among all elements, in the order of the page.
    pub order: usize,
}

/// A part of an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// An element.
    Element(Element),
    /// Words, references to characters resolved.
    Text(String),
    /// A comment.
    Comment(String),
}

impl Element {
    /// An attribute.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Whether it has a class, in any case.
    #[must_use]
    pub fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|all| all.split_whitespace().any(|own| own.eq_ignore_ascii_case(class)))
    }

    /// Its words, without those of scripts and styles.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.gather(&mut out);
        out
    }

    fn gather(&self, out: &mut String) {
        if matches!(self.name.as_str(), "script" | "style" | "noscript" | "template" | "head") {
            return;
        }
        for child in &self.children {
            match child {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) => element.gather(out),
                Node::Comment(_) => {}
            }
        }
    }

    /// This element and those in it, in order.
    pub fn all(&self) -> Vec<&Element> {
        let mut out = vec![self];
        let mut at = 0;
        while at < out.len() {
            let inner = out[at].children.iter().filter_map(|child| match child {
                Node::Element(element) => Some(element),
                _ => None,
            });
            let inner: Vec<&Element> = inner.collect();
            at += 1;
            out.extend(inner);
        }
        out.sort_by_key(|element| element.order);
        out
    }

    /// The first element that fits.
    pub fn find(&self, fits: impl Fn(&Element) -> bool) -> Option<&Element> {
        self.all().into_iter().find(|element| fits(element))
    }
}

/// A page as read.
#[derive(Clone, Debug, Default)]
pub struct WebPage {
    /// The root `html`.
    pub root: Element,
    /// Comments, wherever they stand: browsers note there where a page was saved from.
    pub comments: Vec<String>,
    /// Elements stood deeper than is read as a tree.
    pub too_deep: bool,
}

/// Reads a page.
#[must_use]
pub fn read(text: &str) -> WebPage {
    if open_elements(text) > OPEN {
        let body = Element { name: "body".into(), children: vec![Node::Text(without_tags(text))], ..Element::default() };
        let root = Element { name: "html".into(), children: vec![Node::Element(body)], ..Element::default() };
        return WebPage { root, comments: Vec::new(), too_deep: true };
    }
    let html = Html::parse_document(text);
    let mut page = WebPage::default();
    let mut stack = vec![Element { name: "#document".into(), ..Element::default() }];
    let mut hidden = 0_usize;
    let mut order = 0;
    let mut node = html.tree.root();
    let mut opening = true;
    loop {
        if opening {
            match node.value() {
                Parsed::Element(element) => {
                    order += 1;
                    if stack.len() >= DEEPEST {
                        hidden += 1;
                        page.too_deep = true;
                    } else {
                        let attributes = element.attrs().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
                        stack.push(Element { name: element.name().to_owned(), attributes, children: Vec::new(), order });
                    }
                }
                Parsed::Text(text) => push(&mut stack, Node::Text(text.to_string())),
                Parsed::Comment(comment) => {
                    page.comments.push(comment.to_string());
                    push(&mut stack, Node::Comment(comment.to_string()));
                }
                _ => {}
            }
            if let Some(child) = node.first_child() {
                node = child;
                continue;
            }
        }
        if matches!(node.value(), Parsed::Element(_)) {
            if hidden > 0 {
                hidden -= 1;
            } else if let Some(element) = stack.pop() {
                push(&mut stack, Node::Element(element));
            }
        }
        opening = true;
        match (node.next_sibling(), node.parent()) {
            (Some(next), _) => node = next,
            (None, Some(parent)) => {
                node = parent;
                opening = false;
            }
            (None, None) => break,
        }
    }
    let document = stack.pop().unwrap_or_default();
    let root = document.children.into_iter().find_map(|node| match node {
        Node::Element(element) => Some(element),
        _ => None,
    });
    page.root = root.unwrap_or_default();
    page
}

fn push(stack: &mut [Element], node: Node) {
    if let Some(element) = stack.last_mut() {
        element.children.push(node);
    }
}

/// The most elements that are open at once, by their tags alone; those that end by themselves are not counted.
fn open_elements(text: &str) -> usize {
    const ALONE: [&str; 22] = [
        "br", "hr", "img", "meta", "link", "input", "p", "li", "td", "tr", "th", "dd", "dt", "option", "col", "area", "base", "wbr",
        "source", "tbody", "thead", "!doctype",
    ];
    let (mut open, mut most) = (0_usize, 0_usize);
    for (at, _) in text.match_indices('<') {
        let rest = &text[at + 1..];
        if rest.starts_with('/') {
            open = open.saturating_sub(1);
        } else if rest.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            let length = rest.find(|letter: char| !letter.is_ascii_alphanumeric()).unwrap_or(rest.len());
            if !ALONE.contains(&rest[..length].to_ascii_lowercase().as_str()) {
                open += 1;
                most = most.max(open);
            }
        }
    }
    most
}

fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len() / 2);
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        match rest[at..].find('>') {
            Some(end) => rest = &rest[at + end + 1..],
            None => {
                rest = &rest[at..];
                break;
            }
        }
    }
    out.push_str(rest);
    out
}
