//! Lists: numbered where the printed labels are numbers, else paragraphs that begin with their label.

use super::super::text::{Block, BlockKind, Inline, words};
use super::words::is_numbered;
use super::writer::{Flow, Writer, clean};
use crate::formats::xml::NodeId;
use crate::model::block::Delimiter;

/// An item with its label, if it has one.
struct Item {
    label: Option<NodeId>,
    item: Option<NodeId>,
}

impl Writer<'_, '_> {
    pub(super) fn list(&mut self, id: NodeId, flow: &mut Flow) {
        let xml = self.reading.xml;
        let items = self.items(id, flow);
        let labels: Option<Vec<(u64, Delimiter)>> = items.iter().map(|item| self.number(item.label?)).collect();
        let numbers = labels.filter(|labels| !labels.is_empty() && labels.windows(2).all(|pair| pair[0].1 == pair[1].1));
        // The reader takes a single item above 1, and a list above 99, for paragraphs; so do we.
        let numbers = numbers.filter(|labels| labels[0].0 <= 99 && labels.iter().all(|(number, _)| *number < 1_000_000));
        if let Some(numbers) = numbers {
            let delimiter = numbers[0].1;
            let items = items.iter().zip(numbers).map(|(item, (number, _))| (number, self.item(item))).collect();
            flow.out.push(Block::new(BlockKind::Numbered(delimiter, items)));
        } else if items.iter().any(|item| item.label.is_some()) {
            for item in &items {
                self.labelled(item, flow);
            }
        } else if is_numbered(xml, id) {
            let items = (1..).zip(&items).map(|(number, item)| (number, self.item(item))).collect();
            flow.out.push(Block::new(BlockKind::Numbered(Delimiter::Period, items)));
        } else if !items.is_empty() {
            let items = items.iter().map(|item| self.item(item)).collect();
            flow.out.push(Block::new(BlockKind::Bullets(items)));
        }
    }

    /// The items; headings of the list go before it, page breaks wait for the next words.
    fn items(&mut self, id: NodeId, flow: &mut Flow) -> Vec<Item> {
        let xml = self.reading.xml;
        let mut items: Vec<Item> = Vec::new();
        for child in xml.children(id).to_vec() {
            match xml.name(child) {
                "label" => items.push(Item { label: Some(child), item: None }),
                "item" | "bibl" | "biblStruct" => match items.last_mut() {
                    Some(Item { item: open @ None, .. }) => *open = Some(child),
                    _ => items.push(Item { label: None, item: Some(child) }),
                },
                "head" | "headLabel" | "headItem" => self.node(child, flow),
                "" => {}
                // A page break between items is among them: it belongs to the item after it.
                _ => items.push(Item { label: None, item: Some(child) }),
            }
        }
        self.join_breaks(items)
    }

    /// Page breaks between items, moved into the item after them: they are written when that item is.
    fn join_breaks(&mut self, items: Vec<Item>) -> Vec<Item> {
        let xml = self.reading.xml;
        let mut out: Vec<Item> = Vec::new();
        let mut breaks: Vec<(usize, NodeId)> = Vec::new();
        for item in items {
            match item.item.filter(|node| xml.name(*node) == "pb") {
                Some(page) => breaks.push((out.len(), page)),
                None => out.push(item),
            }
        }
        for (index, page) in breaks {
            let next = out.get(index).and_then(|item| item.label.or(item.item));
            match next {
                Some(next) => self.pages_before.entry(next).or_default().push(page),
                None => {
                    let mark = self.page_break(page);
                    self.pending.extend(mark);
                }
            }
        }
        out
    }

    fn number(&self, label: NodeId) -> Option<(u64, Delimiter)> {
        let xml = self.reading.xml;
        if xml.within(label).any(|node| matches!(xml.name(node), "note" | "pb")) {
            return None;
        }
        let text = xml.all_text(label);
        let text = text.trim();
        let delimiter = match text.chars().next_back()? {
            '.' => Delimiter::Period,
            ')' => Delimiter::Parenthesis,
            _ => return None,
        };
        let digits = &text[..text.len() - 1];
        let number: u64 = digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
        (number.to_string() == digits).then_some((number, delimiter))
    }

    fn item(&mut self, item: &Item) -> Vec<Block> {
        self.breaks_before(item);
        item.item.map(|node| self.blocks(node, None)).unwrap_or_default()
    }

    fn breaks_before(&mut self, item: &Item) {
        for node in [item.label, item.item].into_iter().flatten() {
            for page in self.pages_before.remove(&node).unwrap_or_default() {
                let mark = self.page_break(page);
                self.pending.extend(mark);
            }
        }
    }

    /// A paragraph that begins with its label.
    fn labelled(&mut self, item: &Item, flow: &mut Flow) {
        self.breaks_before(item);
        let mut line = item.label.map(|label| self.inner(label)).unwrap_or_default();
        let Some(node) = item.item else {
            flow.line = line;
            self.end_line(flow);
            return;
        };
        let waiting = std::mem::take(&mut self.pending);
        let mut blocks = self.blocks(node, flow.part);
        match blocks.first_mut().map(|block| &mut block.kind) {
            Some(BlockKind::Paragraph(text)) => {
                line.push(Inline::text(" "));
                line.append(text);
                *text = waiting.into_iter().chain(clean(line)).collect();
            }
            _ => {
                let after = std::mem::replace(&mut self.pending, waiting);
                let paragraph = self.paragraph(clean(line), flow.part);
                self.pending.extend(after);
                blocks.insert(0, paragraph);
            }
        }
        flow.out.append(&mut blocks);
    }

    /// A list within a line, as in a signature or a table cell: one line an item.
    pub(super) fn list_in_line(&mut self, id: NodeId, out: &mut Vec<Inline>) {
        let xml = self.reading.xml;
        let started = !words(out).is_empty();
        let mut first = !started;
        for child in xml.children(id).to_vec() {
            match xml.name(child) {
                "" => {}
                "label" => {
                    if !std::mem::replace(&mut first, false) {
                        out.push(Inline::Break);
                    }
                    out.extend(self.inner(child));
                    out.push(Inline::text(" "));
                }
                "item" => {
                    let labelled =
                        xml.children(id).iter().take_while(|node| **node != child).filter(|node| !xml.name(**node).is_empty()).last();
                    let after_label = labelled.is_some_and(|node| xml.name(*node) == "label");
                    if !after_label && !std::mem::replace(&mut first, false) {
                        out.push(Inline::Break);
                    }
                    out.extend(self.inner(child));
                }
                _ => self.inline(child, out),
            }
        }
    }
}
