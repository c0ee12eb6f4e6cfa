//! The text: blocks, running text, notes where their marks stand.

use super::super::datable;
use super::super::plain::citation_words;
use super::{tokens, xml_id};
use crate::formats::xml::escape;
use crate::model::annotation::{Annotation, AnnotationKind, PrintedTarget};
use crate::model::block::{Block, BlockKind, Delimiter, Inline, Part};
use crate::model::document::Summary;
use crate::model::entity::EntityKind;
use crate::resolve::Site;
use crate::resolve::links::Target;
use std::cell::RefCell;
use std::collections::BTreeSet;

struct Body<'a> {
    site: &'a Site,
    summary: &'a Summary,
    index: usize,
    scope: &'a str,
    id: String,
    text: crate::model::block::Body,
    /// Notes whose text is written.
    written: RefCell<BTreeSet<u32>>,
}

/// The content of `body`.
pub fn document(site: &Site, index: usize, scope: &str) -> String {
    let summary = &site.documents[index];
    let body = Body {
        site,
        summary,
        index,
        scope,
        id: xml_id(&summary.front.id.value.0),
        text: site.bodies[index].made(),
        written: RefCell::default(),
    };
    let kind =
        summary.front.kind.as_ref().map(|kind| format!(" type=\"{}\"", escape(&tokens(&kind.value).replace(' ', "-")))).unwrap_or_default();
    let mut out = format!("      <div{kind}>\n");
    out.push_str(&body.division(&body.text.blocks, &format!("{}.", body.id)));
    out.push_str(&body.loose_notes());
    out.push_str("      </div>\n");
    out
}

impl Body<'_> {
    /// Blocks as the content of a `div`: what opens it, what is common, what closes it.
    fn division(&self, blocks: &[Block], ids: &str) -> String {
        let opens = |block: &Block| {
            matches!(block.part, Some(Part::Heading | Part::Dateline | Part::Addressee | Part::Salutation)) && is_paragraph(block)
        };
        let closes = |block: &Block| {
            matches!(block.part, Some(Part::Closer | Part::Signature | Part::Postscript | Part::Dateline | Part::Addressee))
                && is_paragraph(block)
        };
        let first = blocks.iter().take_while(|block| opens(block)).count();
        let last = blocks[first..].iter().rev().take_while(|block| closes(block)).count();
        let (top, rest) = blocks.split_at(first);
        let (middle, bottom) = rest.split_at(rest.len() - last);
        let mut out = String::new();
        for block in top {
            out.push_str(&self.opening(block));
        }
        for block in middle {
            out.push_str(&self.block(block, ids));
        }
        if middle.is_empty() {
            // A division needs a block that neither opens nor closes it.
            out.push_str("        <p/>\n");
        }
        for block in bottom {
            out.push_str(&self.closing(block));
        }
        out
    }

    fn opening(&self, block: &Block) -> String {
        let BlockKind::Paragraph(text) = &block.kind else { return String::new() };
        let words = self.inlines(text);
        match block.part {
            Some(Part::Dateline) => format!("        <dateline>{words}</dateline>\n"),
            Some(Part::Addressee) => format!("        <opener><address><addrLine>{words}</addrLine></address></opener>\n"),
            Some(Part::Salutation) => format!("        <salute>{words}</salute>\n"),
            _ => format!("        <head>{words}</head>\n"),
        }
    }

    fn closing(&self, block: &Block) -> String {
        let BlockKind::Paragraph(text) = &block.kind else { return String::new() };
        let words = self.inlines(text);
        match block.part {
            Some(Part::Closer) => format!("        <closer><salute>{words}</salute></closer>\n"),
            Some(Part::Signature) => format!("        <closer><signed>{words}</signed></closer>\n"),
            Some(Part::Dateline) => format!("        <closer><dateline>{words}</dateline></closer>\n"),
            Some(Part::Addressee) => format!("        <postscript><ab type=\"addressee\">{words}</ab></postscript>\n"),
            _ => format!("        <postscript><p>{words}</p></postscript>\n"),
        }
    }

    fn blocks(&self, blocks: &[Block], ids: &str) -> String {
        blocks.iter().map(|block| self.block(block, ids)).collect()
    }

    fn block(&self, block: &Block, ids: &str) -> String {
        let language = block.language.as_ref().map(|tag| format!(" xml:lang=\"{}\"", escape(tag))).unwrap_or_default();
        match &block.kind {
            BlockKind::Paragraph(text) => {
                match block.part {
                    Some(Part::Verse) => {
                        let lines: String = self.inlines(text).split("<lb/>").map(|line| format!("<l>{line}</l>")).collect();
                        let whole = text.iter().all(|inline| !matches!(inline, Inline::Emphasis(inner) | Inline::Strong(inner) if inner.contains(&Inline::HardBreak)));
                        if whole {
                            format!("        <lg{language}>{lines}</lg>\n")
                        } else {
                            format!("        <ab type=\"verse\"{language}>{}</ab>\n", self.inlines(text))
                        }
                    }
                    Some(part) => format!("        <ab type=\"{}\"{language}>{}</ab>\n", part.name(), self.inlines(text)),
                    None => format!("        <p{language}>{}</p>\n", self.inlines(text)),
                }
            }
            BlockKind::Heading { level, text } => {
                format!("        <ab type=\"heading\" subtype=\"level-{level}\">{}</ab>\n", self.inlines(text))
            }
            BlockKind::Quote(blocks) => match &block.id {
                Some(id) => {
                    let inner = self.division(blocks, ids);
                    format!(
                        "        <floatingText xml:id=\"{ids}{id}\" n=\"{id}\"{language}><body><div>\n{inner}        </div></body></floatingText>\n"
                    )
                }
                None => format!("        <quote{language}>\n{}        </quote>\n", self.blocks(blocks, ids)),
            },
            BlockKind::List { delimiter, items, start, .. } => {
                let sign = if *delimiter == Delimiter::Period { '.' } else { ')' };
                let items: String = items
                    .iter()
                    .map(|item| {
                        let label = item
                            .number
                            .filter(|_| start.is_some())
                            .map(|number| format!("<label>{number}{sign}</label>"))
                            .unwrap_or_default();
                        format!("          {label}<item>{}</item>\n", self.content(&item.blocks, ids))
                    })
                    .collect();
                format!("        <list>\n{items}        </list>\n")
            }
            BlockKind::Table { head, rows, .. } => self.table(head, rows),
            BlockKind::Code { text, .. } | BlockKind::Html(text) => {
                format!("        <ab type=\"code\" xml:space=\"preserve\">{}</ab>\n", escape(text))
            }
            BlockKind::Rule => "        <milestone unit=\"section\" rend=\"stars\"/>\n".to_owned(),
        }
    }

    fn table(&self, head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> String {
        let row = |cells: &[Vec<Inline>], role: &str| {
            let cells: String = cells.iter().map(|cell| format!("<cell>{}</cell>", self.inlines(cell))).collect();
            format!("          <row{role}>{cells}</row>\n")
        };
        let head = if head.iter().all(Vec::is_empty) { String::new() } else { row(head, " role=\"label\"") };
        format!("        <table>\n{head}{}        </table>\n", rows.iter().map(|cells| row(cells, "")).collect::<String>())
    }

    /// The content of a note or list item: running text alone, or blocks.
    fn content(&self, blocks: &[Block], ids: &str) -> String {
        match blocks {
            [Block { kind: BlockKind::Paragraph(text), part: None, .. }] => self.inlines(text),
            _ => format!("\n{}", self.blocks(blocks, ids)),
        }
    }

    fn inlines(&self, inlines: &[Inline]) -> String {
        inlines.iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(&self, inline: &Inline) -> String {
        match inline {
            Inline::Text(text) | Inline::Html(text) => escape(text),
            Inline::SoftBreak => " ".to_owned(),
            Inline::HardBreak => "<lb/>".to_owned(),
            Inline::Emphasis(inner) => format!("<hi rend=\"italic\">{}</hi>", self.inlines(inner)),
            Inline::Strong(inner) => format!("<hi rend=\"bold\">{}</hi>", self.inlines(inner)),
            Inline::Deleted(inner) => format!("<del>{}</del>", self.inlines(inner)),
            Inline::Code(text) => format!("<code>{}</code>", escape(text)),
            Inline::NoteRef(index) => self.note(*index),
            Inline::Annotated(index, inner) => match self.summary.annotations.get(*index as usize) {
                Some(annotation) => self.annotated(*index, annotation, inner),
                None => self.inlines(inner),
            },
        }
    }

    /// A note at its first mark; further marks point to it.
    fn note(&self, reference: u32) -> String {
        let Some(note) = self.summary.note_refs.get(reference as usize).and_then(|reference| reference.note) else { return String::new() };
        let key = format!("{}.fn{}", self.id, note + 1);
        if !self.written.borrow_mut().insert(note) {
            return format!("<ptr target=\"#{key}\"/>");
        }
        let numbered = &self.site.answers[self.index].notes[note as usize];
        let kind = if numbered.default { String::new() } else { format!(" type=\"{}\"", escape(&numbered.series)) };
        let blocks = &self.text.notes[note as usize];
        format!("<note xml:id=\"{key}\" n=\"{}\"{kind}>{}</note>", escape(&numbered.mark), self.content(blocks, &format!("{key}.")))
    }

    /// Notes to which no mark leads.
    fn loose_notes(&self) -> String {
        let all = self.site.answers[self.index].notes.len();
        let missing: Vec<usize> =
            (0..all).filter(|note| u32::try_from(*note).is_ok_and(|note| !self.written.borrow().contains(&note))).collect();
        let blocks = &self.text.notes;
        missing
            .iter()
            .map(|note| format!("        <note>{}</note>\n", self.content(&blocks[*note], &format!("{}.fn{}.", self.id, note + 1))))
            .collect()
    }

    fn annotated(&self, index: u32, annotation: &Annotation, inner: &[Inline]) -> String {
        let words = self.inlines(inner);
        let reason = |reason: &str| {
            let reason = tokens(reason);
            if reason.is_empty() { String::new() } else { format!(" reason=\"{}\"", escape(&reason)) }
        };
        match &annotation.kind {
            AnnotationKind::Mention { kind, id } => {
                let reference = format!("#{}{}", self.scope, xml_id(&id.value));
                match kind {
                    EntityKind::Person => format!("<persName ref=\"{reference}\">{words}</persName>"),
                    EntityKind::Organisation => format!("<orgName ref=\"{reference}\">{words}</orgName>"),
                    EntityKind::Place => format!("<placeName ref=\"{reference}\">{words}</placeName>"),
                    _ => format!("<rs type=\"{}\" ref=\"{}:{}\">{words}</rs>", kind.scheme(), kind.scheme(), id.value),
                }
            }
            AnnotationKind::Dated(date) => {
                let attributes: String = datable(date).iter().map(|(name, value)| format!(" {name}=\"{}\"", escape(value))).collect();
                format!("<date{attributes}>{words}</date>")
            }
            AnnotationKind::PageBreak(page) => format!("<pb n=\"{}\"/>", escape(page)),
            AnnotationKind::Emendation { source, reason } => {
                let kind = tokens(reason).replace(' ', "-");
                let kind = if kind.is_empty() { kind } else { format!(" type=\"{}\"", escape(&kind)) };
                format!("<choice><sic>{}</sic><corr{kind}>{words}</corr></choice>", escape(source))
            }
            AnnotationKind::Supplied { reason: why } => format!("<supplied{}>{words}</supplied>", reason(why)),
            AnnotationKind::Unclear { reason: why } => format!("<unclear{}>{words}</unclear>", reason(why)),
            AnnotationKind::Gap { reason: why } => format!("<gap{}/>", reason(why)),
            AnnotationKind::Image { target, .. } => {
                format!("<figure><graphic url=\"{}\"/><figDesc>{words}</figDesc></figure>", escape(&address(&target.value)))
            }
            AnnotationKind::CrossReference { work, targets } => {
                let targets: Vec<String> = targets
                    .iter()
                    .map(|target| match target {
                        PrintedTarget::Number(number) => address(&format!("{}#d{number}", work.value)),
                        PrintedTarget::Page(page) => address(&format!("{}#pg_{page}", work.value)),
                    })
                    .collect();
                format!("<ref target=\"{}\">{words}</ref>", escape(&targets.join(" ")))
            }
            AnnotationKind::Citation(citation) => {
                let targets: Vec<String> =
                    citation.cites.iter().map(|cite| address(&format!("bibliography.xml#{}", cite.key.value))).collect();
                format!(
                    "<ref type=\"citation\" target=\"{}\">{}</ref>",
                    escape(&targets.join(" ")),
                    escape(&citation_words(self.site, citation))
                )
            }
            AnnotationKind::Link { target, .. } => {
                let target = match self.site.answers[self.index].targets.get(index as usize) {
                    Some(Target::Document(document, _)) => self.other(&self.site.documents[document.at()].front.id.value.0),
                    _ => address(&target.value),
                };
                format!("<ref target=\"{}\">{words}</ref>", escape(&target))
            }
            AnnotationKind::Unreadable => words,
        }
    }

    /// Where another document is: its file, which has the id as typed, or its element in the file of the whole edition.
    fn other(&self, id: &str) -> String {
        if self.scope.is_empty() { address(&format!("{id}.xml")) } else { format!("#{}", xml_id(id)) }
    }
}

fn is_paragraph(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph(_))
}

/// An address without blanks, as `teidata.pointer` asks.
fn address(text: &str) -> String {
    text.chars().map(|letter| if letter.is_whitespace() { "%20".to_owned() } else { letter.to_string() }).collect()
}
