//! XML as a tree, and text as XML: the door to the XML parser.
//!
//! Only the five entities of XML and character references are resolved. Entities that a file defines are never expanded, nothing is included,
//! no address is opened. Elements nested deeper than [`DEEPEST`] come in as if they stood in the last level. A file that breaks off, or whose
//! tags do not match, is read as far as it goes; what was mended is said.

use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Levels of elements kept.
pub const DEEPEST: usize = 90;

/// Places at which a broken file is taken up again, before the rest is given up.
const RESTARTS: usize = 200;

/// An element or a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(u32);

/// All of it numbers, so that the tree of a file is hardly larger than the file: names are kept once, words stay where the file has them.
#[derive(Debug)]
struct Node {
    content: Content,
    parent: Option<NodeId>,
    /// Where its children stand in the list of all children.
    children: (u32, u32),
    offset: u32,
    /// End of the element, or of the text.
    end: u32,
}

#[derive(Clone, Copy, Debug)]
enum Content {
    /// Its name, and where its attributes stand in the list of all attributes.
    Element(u32, (u32, u32)),
    Text(Words),
    Comment(Words),
}

/// Words of a file.
#[derive(Clone, Copy, Debug)]
enum Words {
    /// As they stand there: first and last byte.
    Typed(u32, u32),
    /// Made of several pieces or of references: number in the list of such words.
    Made(u32),
}

/// A file as a tree.
#[derive(Debug)]
pub struct Xml<'t> {
    text: &'t str,
    nodes: Vec<Node>,
    /// Children of all nodes; those of one stand together.
    children: Vec<NodeId>,
    /// Attributes of all elements: name and value.
    attributes: Vec<(u32, Words)>,
    /// Names of elements and attributes, each once.
    names: Vec<String>,
    made: Vec<String>,
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
    // About as many nodes as tags: half of these begin an element, and words stand beside most.
    let tags = text.bytes().filter(|byte| *byte == b'<').count();
    let xml = Xml {
        text,
        nodes: Vec::with_capacity(tags),
        children: Vec::with_capacity(tags),
        attributes: Vec::new(),
        names: Vec::new(),
        made: Vec::new(),
        broken: Vec::new(),
        too_deep: None,
        lines,
    };
    let mut reading = Reading { xml, numbers: BTreeMap::new(), open: Vec::new(), levels: vec![(NodeId(0), Vec::new())] };
    let nameless = reading.number("");
    let content = Content::Element(nameless, (0, 0));
    reading.xml.nodes.push(Node { content, parent: None, children: (0, 0), offset: 0, end: offset(text.len()) });
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

    fn words(&self, words: Words) -> &str {
        match words {
            Words::Typed(start, end) => &self.text[start as usize..end as usize],
            Words::Made(number) => &self.made[number as usize],
        }
    }

    /// Children in order.
    #[must_use]
    pub fn children(&self, id: NodeId) -> &[NodeId] {
        let (start, end) = self.node(id).children;
        &self.children[start as usize..end as usize]
    }

    /// The element that holds this node.
    #[must_use]
    pub fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).parent
    }

    /// Name of an element, empty for text and comments. The prefix of the TEI namespace is left out.
    #[must_use]
    pub fn name(&self, id: NodeId) -> &str {
        match self.node(id).content {
            Content::Element(name, _) => &self.names[name as usize],
            _ => "",
        }
    }

    /// An attribute by its name as typed: `xml:id`.
    #[must_use]
    pub fn attribute(&self, id: NodeId, name: &str) -> Option<&str> {
        let Content::Element(_, (start, end)) = self.node(id).content else { return None };
        let mut own = self.attributes[start as usize..end as usize].iter();
        own.find(|(own, _)| self.names[*own as usize] == name).map(|(_, value)| self.words(*value))
    }

    /// Text, if it is text.
    #[must_use]
    pub fn text(&self, id: NodeId) -> Option<&str> {
        match self.node(id).content {
            Content::Text(words) => Some(self.words(words)),
            _ => None,
        }
    }

    /// Text of a comment.
    #[must_use]
    pub fn comment(&self, id: NodeId) -> Option<&str> {
        match self.node(id).content {
            Content::Comment(words) => Some(self.words(words)),
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
    /// Number of each name.
    numbers: BTreeMap<String, u32>,
    /// Open elements with their names as typed; `None` for those nested too deep.
    open: Vec<(u32, Option<NodeId>)>,
    /// The elements that are being filled, the outermost first, with their children so far.
    levels: Vec<(NodeId, Vec<NodeId>)>,
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
                    self.put_text(Cow::Borrowed(&text[at..at + 1 + next]), at);
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
                Event::Start(tag) | Event::Empty(tag) if !is_name(tag.name().0) => {
                    // `5 < 6`: the sign stands for itself.
                    self.xml.broken.push((start, "`<` begins no element here; it stands in the text as typed".into()));
                    let typed = self.xml.text.get(start..end).unwrap_or_default();
                    let length = typed[1..].find('<').map_or(typed.len(), |at| at + 1);
                    self.put_text(Cow::Borrowed(&typed[..length]), start);
                    if length < typed.len() {
                        // What the parser took for the rest of the tag is read again.
                        return self.read_from(self.xml.text.get(start + length..).unwrap_or_default(), start + length);
                    }
                }
                Event::Start(tag) => self.start(&tag, start),
                Event::Empty(tag) => {
                    self.start(&tag, start);
                    let name = tag.name().0.to_owned();
                    self.end(&name, end);
                }
                Event::End(tag) => self.end(tag.name().0, end),
                Event::Text(words) => self.put_text(words.xml10_content(), start),
                Event::CData(words) => self.put_text(words.xml10_content(), start),
                Event::GeneralRef(reference) => {
                    let typed = reference.xml10_content().into_owned();
                    match character(&typed) {
                        Some(letter) => self.put_text(Cow::Borrowed(letter.encode_utf8(&mut [0; 4])), start),
                        None => {
                            self.xml
                                .broken
                                .push((start, format!("the entity `&{typed};` is defined elsewhere; it stands in the text as typed")));
                            self.put_text(Cow::Owned(format!("&{typed};")), start);
                        }
                    }
                }
                Event::Comment(words) => {
                    let content = Content::Comment(self.words(words.xml10_content()));
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

    /// The number of a name.
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = offset(self.xml.names.len());
        self.xml.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }

    /// Words that need not be copied when the file has them as they are.
    fn words(&mut self, words: Cow<'_, str>) -> Words {
        let place = match &words {
            Cow::Borrowed(typed) => self.place(typed),
            Cow::Owned(_) => None,
        };
        place.unwrap_or_else(|| {
            self.xml.made.push(words.into_owned());
            Words::Made(offset(self.xml.made.len() - 1))
        })
    }

    /// Where words stand that the parser lent from the file.
    fn place(&self, typed: &str) -> Option<Words> {
        let start = typed.as_ptr().addr().checked_sub(self.xml.text.as_ptr().addr())?;
        let end = start + typed.len();
        self.xml.text.get(start..end).filter(|there| *there == typed).map(|_| Words::Typed(offset(start), offset(end)))
    }

    fn put(&mut self, content: Content, start: usize, end: usize) -> NodeId {
        let id = NodeId(offset(self.xml.nodes.len()));
        let parent = self.levels.last_mut().map(|(parent, children)| {
            children.push(id);
            *parent
        });
        self.xml.nodes.push(Node { content, parent, children: (0, 0), offset: offset(start), end: offset(end) });
        id
    }

    fn put_text(&mut self, words: Cow<'_, str>, start: usize) {
        if words.is_empty() {
            return;
        }
        let end = start + words.len();
        let last = self.levels.last().and_then(|(_, children)| children.last().copied());
        let before = last.and_then(|last| match self.xml.node(last).content {
            Content::Text(before) => Some((last, before)),
            _ => None,
        });
        let Some((last, before)) = before else {
            let content = Content::Text(self.words(words));
            self.put(content, start, end);
            return;
        };
        let number = match before {
            Words::Made(number) => number,
            Words::Typed(..) => {
                let copy = self.xml.words(before).to_owned();
                self.xml.made.push(copy);
                offset(self.xml.made.len() - 1)
            }
        };
        self.xml.made[number as usize].push_str(&words);
        let node = &mut self.xml.nodes[last.0 as usize];
        (node.content, node.end) = (Content::Text(Words::Made(number)), offset(end));
    }

    fn start(&mut self, tag: &BytesStart<'_>, start: usize) {
        let typed = self.number(tag.name().0);
        if self.open.len() >= DEEPEST {
            self.xml.too_deep.get_or_insert(start);
            self.open.push((typed, None));
            return;
        }
        let first = offset(self.xml.attributes.len());
        for attribute in tag.attributes().with_checks(false).flatten() {
            let value =
                attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap_or_else(|_| Cow::Owned(attribute.value.to_string()));
            let entry = (self.number(attribute.key.0), self.words(value));
            self.xml.attributes.push(entry);
        }
        let name = self.number(plain_name(tag.name().0));
        let id = self.put(Content::Element(name, (first, offset(self.xml.attributes.len()))), start, start);
        self.open.push((typed, Some(id)));
        self.levels.push((id, Vec::new()));
    }

    fn end(&mut self, name: &str, end: usize) {
        let number = self.numbers.get(name).copied();
        let Some(depth) = self.open.iter().rposition(|(open, _)| Some(*open) == number) else {
            self.xml.broken.push((end, format!("`</{name}>` ends what was never begun")));
            return;
        };
        while self.open.len() > depth {
            let Some((typed, id)) = self.open.pop() else { return };
            if self.open.len() > depth {
                let typed = &self.xml.names[typed as usize];
                self.xml.broken.push((end, format!("`<{typed}>` is not ended before `</{name}>`")));
            }
            if id.is_some() {
                self.close(end);
            }
        }
    }

    /// Ends the element that is being filled.
    fn close(&mut self, end: usize) {
        let Some((id, children)) = self.levels.pop() else { return };
        let first = offset(self.xml.children.len());
        self.xml.children.extend(children);
        let node = &mut self.xml.nodes[id.0 as usize];
        node.children = (first, offset(self.xml.children.len()));
        node.end = offset(end);
    }

    fn finish(&mut self) {
        let end = self.xml.text.len();
        if let Some((name, _)) = self.open.last() {
            let name = &self.xml.names[*name as usize];
            let message = format!("the file breaks off within `<{name}>` ({} elements are open)", self.open.len());
            self.xml.broken.push((end, message));
        }
        while !self.levels.is_empty() {
            self.close(end);
        }
        if !self.xml.nodes.iter().skip(1).any(|node| matches!(node.content, Content::Element(..))) {
            self.xml.broken.push((0, "there is no XML in this file".into()));
        }
    }
}

/// Whether a name may be that of an element.
fn is_name(name: &str) -> bool {
    name.starts_with(|letter: char| letter.is_alphabetic() || letter == '_')
}

fn position(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

/// `tei:div` is `div`; the prefixes of other vocabularies stay, since their words may mean something else.
fn plain_name(typed: &str) -> &str {
    typed.strip_prefix("tei:").unwrap_or(typed)
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
            ("<a>5 < 6, <b>x</b> < 7</a>", "(a 5 < 6, (b x) < 7)", vec!["`<` begins no element here; it stands in the text as typed"; 2]),
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
