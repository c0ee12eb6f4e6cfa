//! Elements that are blocks: paragraphs, quotations, openers and closers, enclosures, verse.

use super::super::page::{closing::is_formula, opening::dateline};
use super::super::text::{Block, BlockKind, Inline, words};
use super::enclosure::is_address;
use super::writer::{Flow, Writer, clean};
use crate::base::text::squeeze;
use crate::formats::xml::NodeId;
use crate::model::block::Part;

impl Writer<'_, '_> {
    /// The children of an element as blocks.
    pub(super) fn blocks(&mut self, id: NodeId, part: Option<Part>) -> Vec<Block> {
        let mut flow = Flow::new(part);
        self.children(id, &mut flow);
        self.end_line(&mut flow);
        flow.out
    }

    fn children(&mut self, id: NodeId, flow: &mut Flow) {
        for child in self.reading.xml.children(id).to_vec() {
            self.node(child, flow);
        }
    }

    /// Puts one node into the flow.
    pub(super) fn node(&mut self, id: NodeId, flow: &mut Flow) {
        let xml = self.reading.xml;
        if self.moved.contains(&id) {
            return;
        }
        match xml.name(id) {
            "ab" if xml.attribute(id, "type").is_some_and(|kind| Part::read(kind).is_some()) => {
                let part = xml.attribute(id, "type").and_then(Part::read);
                self.with_part(id, flow, part);
            }
            "p" | "ab" | "div" | "div1" | "div2" | "div3" | "body" | "front" | "back" | "argument" | "epigraph" | "sp" | "div4"
            | "group" | "text" => {
                self.end_line(flow);
                let before = flow.out.len();
                self.children(id, flow);
                self.end_line(flow);
                self.look(id, flow.out.get(before));
            }
            "opener" => self.with_part(id, flow, None),
            "address" if clean(flow.line.clone()).is_empty() => self.with_part(id, flow, Some(Part::Addressee)),
            "closer" => self.closer(id, flow),
            "head" | "trailer" | "byline" | "docTitle" | "titlePart" | "speaker" | "stage" => self.heading(id, flow),
            "dateline" => self.with_part(id, flow, Some(Part::Dateline)),
            "salute" => {
                let part = if self.reading.is_within(id, "closer") { Part::Closer } else { Part::Salutation };
                self.with_part(id, flow, Some(part));
            }
            "signed" => self.with_part(id, flow, Some(Part::Signature)),
            "postscript" => self.postscript(id, flow),
            "addrLine" | "l" => {
                if !clean(flow.line.clone()).is_empty() {
                    flow.line.push(Inline::Break);
                }
                self.children_in_line(id, flow);
            }
            "lg" => self.verse(id, flow),
            "frus:attachment" | "floatingText" => self.enclosure(id, flow),
            "quote" | "cit" | "q" if self.is_block_quotation(id) => self.quotation(id, flow),
            "list" | "listBibl" => {
                self.end_line(flow);
                self.list(id, flow);
            }
            "table" => {
                self.end_line(flow);
                self.table(id, flow);
            }
            "note" => self.note(id, flow),
            "noteGrp" | "listAnnotation" => self.set_aside(id),
            "fw" => self.set_aside(id),
            "listPerson" | "listPlace" | "listOrg" | "listEvent" | "listRelation" | "standOff" => self.set_aside(id),
            "milestone" if xml.attribute(id, "rend").is_some_and(|rend| rend.contains('*') || rend.contains("star")) => {
                self.end_line(flow);
                flow.out.push(Block::new(BlockKind::Stars));
            }
            "pb" if clean(flow.line.clone()).is_empty() => {
                let mark = self.page_break(id);
                self.pending.extend(mark);
            }
            _ => self.inline(id, &mut flow.line),
        }
    }

    fn children_in_line(&mut self, id: NodeId, flow: &mut Flow) {
        let inner = self.inner(id);
        flow.line.extend(inner);
    }

    /// A block whose words play a part; blocks within it are blocks of their own.
    fn with_part(&mut self, id: NodeId, flow: &mut Flow, part: Option<Part>) {
        self.end_line(flow);
        let before = flow.part;
        flow.part = part.or(before);
        self.children(id, flow);
        self.end_line(flow);
        flow.part = before;
    }

    /// What is said of a paragraph's look and cannot be kept.
    fn look(&mut self, id: NodeId, first: Option<&Block>) {
        if let Some(rend) = self.reading.xml.attribute(id, "rend").filter(|rend| *rend != "flushleft" && first.is_some()) {
            let rule = format!("the look `{rend}` of a paragraph is not kept; the words stay");
            self.reading.not_understood(&rule, id);
        }
    }

    fn heading(&mut self, id: NodeId, flow: &mut Flow) {
        self.end_line(flow);
        let mut line = self.inner(id);
        if !self.reading.single {
            line = upright(line);
        }
        flow.line = line;
        let before = flow.part.replace(Part::Heading);
        self.end_line(flow);
        flow.part = before;
    }

    /// Leave-taking, then the signature with what stands beside it.
    fn closer(&mut self, id: NodeId, flow: &mut Flow) {
        let xml = self.reading.xml;
        self.end_line(flow);
        let signed = xml.within(id).any(|node| xml.name(node) == "signed");
        let before = flow.part.replace(if signed { Part::Signature } else { Part::Closer });
        for child in xml.children(id).to_vec() {
            match xml.name(child) {
                "signed" => {
                    let words = clean(flow.line.clone());
                    if flow.line.iter().any(|inline| matches!(inline, Inline::Break)) || words.is_empty() {
                        self.children_in_line(child, flow);
                    } else {
                        // What stands on the same line as the name.
                        let inner = self.inner(child);
                        flow.line.extend(inner);
                    }
                }
                _ => self.node(child, flow),
            }
        }
        self.end_line(flow);
        flow.part = before;
        self.leave_taking(id, flow);
    }

    /// The paragraph before a signature that is only a formula: `I have [etc.]`, `Accept, Sir, …`.
    fn leave_taking(&mut self, id: NodeId, flow: &mut Flow) {
        let count = flow.out.len();
        let Some(at) = count.checked_sub(2) else { return };
        let formula = match &flow.out[at] {
            Block { part: None, kind: BlockKind::Paragraph(text), .. } => {
                let text = words(text);
                let short = text.split_whitespace().count() <= 8;
                let end = text.trim_end_matches([',', ':', ';', ']', ' ']);
                let etc = end.ends_with("etc.") || end.ends_with("&c.") || is_formula(&text);
                (short && etc).then_some(text)
            }
            _ => None,
        };
        if let Some(text) = formula {
            self.reading.guess(
                "a short paragraph before a signature that takes leave, or ends with “etc.”, is the leave-taking",
                id,
                &text,
            );
            flow.out[at].part = Some(Part::Closer);
        }
    }

    /// A postscript; in older volumes the line with the addressee's name under the signature is marked so.
    fn postscript(&mut self, id: NodeId, flow: &mut Flow) {
        self.end_line(flow);
        let addressee = self.addressee.clone();
        let before = flow.part.replace(Part::Postscript);
        let from = flow.out.len();
        self.children(id, flow);
        self.end_line(flow);
        flow.part = before;
        for at in from..flow.out.len() {
            let BlockKind::Paragraph(text) = &flow.out[at].kind else { continue };
            let lines = text.contains(&Inline::Break);
            let text = words(text);
            let short = text.split_whitespace().count() <= 20;
            let named =
                addressee.as_ref().is_some_and(|name| name.chars().count() > 2 && text.to_lowercase().contains(&name.to_lowercase()));
            let titled = (lines || text.contains("&c") || text.contains("etc.")) && is_address(&text);
            if short && at == from && (named || titled) {
                flow.out[at].part = Some(Part::Addressee);
                self.reading.guess("a postscript that names the recipient is the addressee’s line", id, &text);
            } else if short && dateline(&text, &self.reading.context(None)).is_some() {
                flow.out[at].part = Some(Part::Dateline);
                self.reading.guess("a postscript that is only a date, with a place perhaps, is the dateline", id, &text);
            }
        }
    }

    fn verse(&mut self, id: NodeId, flow: &mut Flow) {
        self.end_line(flow);
        let before = flow.part.replace(Part::Verse);
        for child in self.reading.xml.children(id).to_vec() {
            match self.reading.xml.name(child) {
                "l" => {
                    if !flow.line.is_empty() {
                        flow.line.push(Inline::Break);
                    }
                    self.children_in_line(child, flow);
                }
                "" => {}
                _ => self.node(child, flow),
            }
        }
        self.end_line(flow);
        flow.part = before;
    }

    fn is_block_quotation(&self, id: NodeId) -> bool {
        let xml = self.reading.xml;
        let look = xml.attribute(id, "rend").is_some_and(|rend| rend.contains("block"));
        look || xml
            .children(id)
            .iter()
            .any(|child| matches!(xml.name(*child), "p" | "list" | "table" | "lg" | "quote" | "ab" | "floatingText" | "l"))
    }

    fn quotation(&mut self, id: NodeId, flow: &mut Flow) {
        self.end_line(flow);
        let mut blocks = self.blocks(id, None);
        self.end_document(&mut blocks);
        if !blocks.is_empty() {
            flow.out.push(Block::new(BlockKind::Quote(blocks)));
        }
    }

    /// A note: of the edition where it stands in a line, or after a block; words of the editors where it is printed in the text.
    fn note(&mut self, id: NodeId, flow: &mut Flow) {
        if self.is_source_note(id) {
            self.end_line(flow);
            flow.line = self.inner(id);
            let before = flow.part.replace(Part::Heading);
            self.end_line(flow);
            flow.part = before;
            return;
        }
        if !self.reading.is_in_text(id) {
            // Its text is written where its mark stands.
            return;
        }
        let mark = self.mark(id);
        if !clean(flow.line.clone()).is_empty() {
            flow.line.push(mark);
            return;
        }
        match flow.out.last_mut().map(|block| &mut block.kind) {
            Some(BlockKind::Paragraph(text)) => text.push(mark),
            _ => self.pending.push(mark),
        }
    }

    /// Words of the editors printed in the text rather than as a note: `[Telegram]`, `File No. …`.
    pub(super) fn is_source_note(&self, id: NodeId) -> bool {
        let xml = self.reading.xml;
        xml.name(id) == "note" && (xml.attribute(id, "rend") == Some("inline") || xml.attribute(id, "place") == Some("inline"))
    }

    fn set_aside(&mut self, id: NodeId) {
        let rule = format!("`<{}>` is no part of the text; its words are set aside", self.reading.xml.name(id));
        let words = squeeze(&self.reading.xml.all_text(id));
        let reading = &mut *self.reading;
        reading.report.say(super::super::Sort::SetAside, &rule, reading.file, reading.xml.line(id), words);
        reading.aside.push(reading.xml.markup(id).to_owned());
        self.moved.insert(id);
    }
}

/// Words without italics and bold: headings of a volume are set in its own type.
pub(super) fn upright(line: Vec<Inline>) -> Vec<Inline> {
    let mut out = Vec::new();
    for inline in line {
        match inline {
            Inline::Emphasis(inner) | Inline::Strong(inner) => out.extend(upright(inner)),
            Inline::Annotated { target, title, words } => out.push(Inline::Annotated { target, title, words: upright(words) }),
            other => out.push(other),
        }
    }
    out
}
