//! XML as a tree, and text as XML: the door to the XML parser.
//!
//! Only the five entities of XML and character references are resolved. Entities that a file defines are never expanded, nothing is included,
//! no address is opened. Elements nested deeper than [`DEEPEST`] come in as if they stood in the last level. A file that breaks off, or whose
//! tags do not match, is read as far as it goes; what was mended is said.

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// Levels of elements kept.
pub const DEEPEST: usize = 90;

/// Places at which a broken file is taken up again, before the rest is given up.
const RESTARTS: usize = 200;

/// An element or a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

#[derive(Debug)]
struct Node {
    content: Content,
    parent: Option<NodeId>,
    children: Vec<NodeId>,
    offset: u32,
    /// End of the element, or of the text.
    end: u32,
}

#[derive(Debug)]
enum Content {
    Element(String, Vec<(String, String)>),
    Text(String),
    Comment(String),
}

/// A file as a tree.
#[derive(Debug)]
pub struct Xml<'t> {
    text: &'t str,
    nodes: Vec<Node>,
    /// What is broken, with the byte where.
    pub broken: Vec<(usize, String)>,
    /// Byte of the first element nested too deep.
    pub too_deep: Option<usize>,
    lines: Vec<u32>,
}

/// Reads a text. It never fails: what is no XML at all gives an empty tree and says so.
#[must_use]
pub fn read(text: &str) -> Xml<'_> {
    let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| offset(at + 1))).collect();
    let root = Node {
        content: Content::Element(String::new(), Vec::new()),
        parent: None,
        children: Vec::new(),
        offset: 0,
        end: offset(text.len()),
    };
    let mut reading =
        Reading { xml: Xml { text, nodes: vec![root], broken: Vec::new(), too_deep: None, lines }, open: Vec::new(), at: NodeId(0) };
    reading.run();
    reading.xml
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

impl<'t> Xml<'t> {
    /// The node that holds the whole file.
    #[must_use]
    pub fn root(&self) -> NodeId {
        NodeId(0)
    }

    fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.0 as usize]
    }

    /// Children in order.
    #[must_use]
    pub fn children(&self, id: NodeId) -> &[NodeId] {
        &self.node(id).children
    }

    /// The element that holds this node.
    #[must_use]
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).parent
    }

    /// Name of an element, empty for text and comments. The prefix of the TEI namespace is left out.
    #[must_use]
    pub fn name(&self, id: NodeId) -> &str {
        match &self.node(id).content {
            Content::Element(name, _) => name,
            _ => "",
        }
    }

    /// An attribute by its name as typed: `xml:id`.
    #[must_use]
    pub fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        match &self.node(id).content {
            Content::Element(_, attributes) => attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str()),
            _ => None,
        }
    }

    /// Text, if it is text.
    #[must_use]
    pub fn text(&self, id: NodeId) -> Option<&str> {
        match &self.node(id).content {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Text of a comment.
    #[must_use]
    pub fn comment(&self, id: NodeId) -> Option<&str> {
        match &self.node(id).content {
            Content::Comment(text) => Some(text),
            _ => None,
        }
    }

    /// Child elements of this name.
    pub fn named<'x>(&'x self, id: NodeId, name: &'x str) -> impl Iterator<Item = NodeId> + 'x {
        self.children(id).iter().copied().filter(move |child| self.name(*child) == name)
    }

    /// The first child element of this name.
    #[must_use]
    pub fn child(&self, id: NodeId, name: &str) -> Option<NodeId> {
        self.children(id).iter().copied().find(|child| self.name(*child) == name)
    }

    /// All nodes within `id` in the order of the file, itself first.
    pub fn within(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let mut stack = vec![id];
        std::iter::from_fn(move || {
            let next = stack.pop()?;
            stack.extend(self.children(next).iter().rev());
            Some(next)
        })
    }

    /// The first element of this name within `id`.
    #[must_use]
    pub fn find(&self, id: NodeId, name: &str) -> Option<NodeId> {
        self.within(id).find(|node| self.name(*node) == name)
    }

    /// All text within `id`, as it stands.
    #[must_use]
    pub fn all_text(&self, id: NodeId) -> String {
        self.within(id).filter_map(|node| self.text(node)).collect()
    }

    /// Bytes of a node in the file.
    #[must_use]
    pub fn span(&self, id: NodeId) -> std::ops::Range<usize> {
        let node = self.node(id);
        node.offset as usize..node.end as usize
    }

    /// The line of a node, from 1.
    #[must_use]
    pub fn line(&self, id: NodeId) -> usize {
        self.line_of(self.node(id).offset as usize)
    }

    /// The line of a byte, from 1.
    #[must_use]
    pub fn line_of(&self, byte: usize) -> usize {
        self.lines.partition_point(|start| *start as usize <= byte)
    }

    /// The markup of a node as it stands in the file.
    #[must_use]
    pub fn markup(&self, id: NodeId) -> &'t str {
        let node = self.node(id);
        self.text.get(node.offset as usize..node.end as usize).unwrap_or_default()
    }
}

struct Reading<'t> {
    xml: Xml<'t>,
    /// Open elements with their names as typed; `None` for those nested too deep.
    open: Vec<(String, Option<NodeId>)>,
    at: NodeId,
}

impl Reading<'_> {
    fn run(&mut self) {
        let text = self.xml.text;
        let mut base = 0;
        for _ in 0..RESTARTS {
            let Some(rest) = text.get(base..) else { break };
            match self.read_from(rest, base) {
                Ok(()) => {
                    self.finish();
                    return;
                }
                Err((at, message)) => {
                    self.xml.broken.push((at, message));
                    // Taken up again at the next sign that may begin a tag.
                    let Some(next) = text.get(at + 1..).and_then(|rest| rest.find('<')) else { break };
                    self.put_text(&text[at..at + 1 + next], at);
                    base = at + 1 + next;
                }
            }
        }
        self.finish();
    }

    fn read_from(&mut self, rest: &str, base: usize) -> Result<(), (usize, String)> {
        let mut reader = Reader::from_str(rest);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        loop {
            let start = base + position(reader.buffer_position());
            let event = reader.read_event().map_err(|error| (start.max(base + position(reader.error_position())), error.to_string()))?;
            let end = base + position(reader.buffer_position());
            match event {
                Event::Start(tag) => self.start(&tag, start),
                Event::Empty(tag) => {
                    self.start(&tag, start);
                    let name = tag.name().0.to_owned();
                    self.end(&name, end);
                }
                Event::End(tag) => self.end(tag.name().0, end),
                Event::Text(words) => self.put_text(&words.xml10_content(), start),
                Event::CData(words) => self.put_text(&words.xml10_content(), start),
                Event::GeneralRef(reference) => {
                    let typed = reference.xml10_content().into_owned();
                    match character(&typed) {
                        Some(letter) => self.put_text(letter.encode_utf8(&mut [0; 4]), start),
                        None => {
                            self.xml
                                .broken
                                .push((start, format!("the entity `&{typed};` is defined elsewhere; it stands in the text as typed")));
                            self.put_text(&format!("&{typed};"), start);
                        }
                    }
                }
                Event::Comment(words) => {
                    let content = Content::Comment(words.xml10_content().into_owned());
                    self.put(content, start, end);
                }
                Event::DocType(words) if words.contains("<!ENTITY") => {
                    self.xml.broken.push((start, "the file defines entities; they are not expanded".into()));
                }
                Event::Eof => return Ok(()),
                Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }

    fn put(&mut self, content: Content, start: usize, end: usize) -> NodeId {
        let id = NodeId(offset(self.xml.nodes.len()));
        self.xml.nodes.push(Node { content, parent: Some(self.at), children: Vec::new(), offset: offset(start), end: offset(end) });
        self.xml.nodes[self.at.0 as usize].children.push(id);
        id
    }

    fn put_text(&mut self, words: &str, start: usize) {
        let last = self.xml.nodes[self.at.0 as usize].children.last().copied();
        if let Some(last) = last
            && let Content::Text(before) = &mut self.xml.nodes[last.0 as usize].content
        {
            before.push_str(words);
            self.xml.nodes[last.0 as usize].end = offset(start + words.len());
        } else if !words.is_empty() {
            self.put(Content::Text(words.to_owned()), start, start + words.len());
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>, start: usize) {
        let typed = tag.name().0.to_owned();
        if self.open.len() >= DEEPEST {
            self.xml.too_deep.get_or_insert(start);
            self.open.push((typed, None));
            return;
        }
        let mut attributes = Vec::new();
        for attribute in tag.attributes().with_checks(false).flatten() {
            let value = attribute
                .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .map_or_else(|_| attribute.value.to_string(), |value| value.into_owned());
            attributes.push((attribute.key.0.to_owned(), value));
        }
        let id = self.put(Content::Element(plain_name(&typed), attributes), start, start);
        self.open.push((typed, Some(id)));
        self.at = id;
    }

    fn end(&mut self, name: &str, end: usize) {
        let Some(depth) = self.open.iter().rposition(|(open, _)| open == name) else {
            self.xml.broken.push((end, format!("`</{name}>` ends what was never begun")));
            return;
        };
        while self.open.len() > depth {
            let Some((typed, id)) = self.open.pop() else { return };
            if self.open.len() > depth {
                self.xml.broken.push((end, format!("`<{typed}>` is not ended before `</{name}>`")));
            }
            if let Some(id) = id {
                self.close(id, end);
            }
        }
    }

    fn close(&mut self, id: NodeId, end: usize) {
        self.xml.nodes[id.0 as usize].end = offset(end);
        self.at = self.xml.nodes[id.0 as usize].parent.unwrap_or(NodeId(0));
    }

    fn finish(&mut self) {
        let end = self.xml.text.len();
        if let Some((name, _)) = self.open.last() {
            let message = format!("the file breaks off within `<{name}>` ({} elements are open)", self.open.len());
            self.xml.broken.push((end, message));
        }
        while let Some((_, id)) = self.open.pop() {
            if let Some(id) = id {
                self.close(id, end);
            }
        }
        if !self.xml.nodes.iter().skip(1).any(|node| matches!(node.content, Content::Element(..))) {
            self.xml.broken.push((0, "there is no XML in this file".into()));
        }
    }
}

fn position(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

/// `tei:div` is `div`; the prefixes of other vocabularies stay, since their words may mean something else.
fn plain_name(typed: &str) -> String {
    typed.strip_prefix("tei:").unwrap_or(typed).to_owned()
}

/// The five entities of XML, and references to characters.
fn character(reference: &str) -> Option<char> {
    match reference {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "apos" => Some('\''),
        "quot" => Some('"'),
        _ => {
            let number = reference.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|letter| *letter != '\0')
        }
    }
}

/// Text within an element.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            // XML 1.0 has no place for other control characters.
            letter if letter.is_control() && !matches!(letter, '\n' | '\t' | '\r') => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(xml: &Xml<'_>, id: NodeId) -> String {
        match (xml.text(id), xml.name(id)) {
            (Some(text), _) => text.to_owned(),
            (None, name) => {
                let inner: String = xml.children(id).iter().map(|child| shown(xml, *child)).collect();
                if name.is_empty() { inner } else { format!("({name} {inner})") }
            }
        }
    }

    fn read_and_show(text: &str) -> (String, Vec<String>) {
        let xml = read(text);
        (shown(&xml, xml.root()), xml.broken.iter().map(|(_, message)| message.clone()).collect())
    }

    #[test]
    fn broken_files_are_read_as_far_as_they_go() {
        let cases = [
            ("<a>x &amp; &#1095;<b/>y</a>", "(a x & ч(b )y)", vec![]),
            ("<a><b>x</a>", "(a (b x))", vec!["`<b>` is not ended before `</a>`"]),
            ("<a>x</b></a>", "(a x)", vec!["`</b>` ends what was never begun"]),
            ("<a><b>x", "(a (b x))", vec!["the file breaks off within `<b>` (2 elements are open)"]),
            (
                "<!DOCTYPE a [<!ENTITY l \"lol\">]><a>&l;</a>",
                "(a &l;)",
                vec![
                    "the file defines entities; they are not expanded",
                    "the entity `&l;` is defined elsewhere; it stands in the text as typed",
                ],
            ),
            ("no markup", "no markup", vec!["there is no XML in this file"]),
        ];
        for (text, tree, broken) in cases {
            assert_eq!(read_and_show(text), (tree.to_owned(), broken.into_iter().map(str::to_owned).collect()), "{text}");
        }
    }

    #[test]
    fn a_hundred_thousand_levels_are_one_text() {
        let text = format!("{}x{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
        let xml = read(&text);
        assert_eq!((xml.all_text(xml.root()), xml.broken.len(), xml.too_deep), ("x".to_owned(), 0, Some(3 * DEEPEST)));
    }
}
