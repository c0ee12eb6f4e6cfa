//! Blocks to HTML. Text is escaped here and nowhere else; raw HTML of a document is printed as text, or sanitised where the
//! edition allows it.

use super::World;
use super::citation::Citations;
use super::citation::cites::Forms;
use super::escape::escape_html;
use super::notes::Noted;
use crate::base::path::OutputPath;
use crate::base::slug::slug;
use crate::model::block::{Align, Block, BlockKind, Delimiter, Inline, ListItem, Part};
use crate::model::document::Summary;
use crate::model::theme::Words;
use crate::resolve::{Answers, DocumentIndex, Site};

/// Writes the text of one document or note.
pub struct HtmlWriter<'a> {
    pub(super) site: &'a Site,
    pub(super) words: &'a Words,
    pub(super) summary: &'a Summary,
    pub(super) answers: &'a Answers,
    /// Where the page is written: links are relative to it.
    pub(super) page: &'a OutputPath,
    pub(super) noted: &'a Noted,
    pub(super) citations: &'a Citations,
    /// Which form each cite has where it stands.
    pub(super) forms: Forms,
    pub(super) out: String,
    /// Notes have no paragraph numbers.
    pub(super) in_note: bool,
    tables: u32,
    codes: u32,
    pub(super) emendations: u32,
    highest_heading: u8,
    after_running: bool,
    sign: Option<String>,
    /// Within a link there can be no other, nor a button: what would be one is a span.
    pub(super) in_link: bool,
    /// References to notes met within a link, to be written after it.
    pub(super) after_link: Vec<u32>,
    /// Anchors of page breaks already written.
    pub(super) page_breaks: Vec<String>,
}

impl<'a> HtmlWriter<'a> {
    /// A writer for the document `index` on the page `page`.
    pub fn new(world: &World<'a>, index: DocumentIndex, page: &'a OutputPath, noted: &'a Noted) -> Self {
        let (site, words) = (world.site, &world.theme.words);
        let summary = &site.documents[index.at()];
        let highest = summary.headings.iter().map(|heading| heading.level).min().unwrap_or(2);
        Self {
            site,
            words,
            summary,
            answers: &site.answers[index.at()],
            page,
            noted,
            citations: world.citations,
            forms: super::citation::cites::forms(site, index),
            out: String::new(),
            in_note: false,
            tables: 0,
            codes: 0,
            emendations: 0,
            highest_heading: highest,
            after_running: false,
            sign: None,
            in_link: false,
            after_link: Vec::new(),
            page_breaks: Vec::new(),
        }
    }

    /// The HTML of a document's text.
    pub fn body(&mut self, blocks: &[Block]) -> String {
        self.blocks(blocks);
        self.gone(self.summary.paragraphs);
        std::mem::take(&mut self.out)
    }

    /// Places of paragraphs that stood after the `before`th and are in the text no more: links to them still lead here.
    fn gone(&mut self, before: u32) {
        let answers = self.answers;
        for (_, number) in answers.paragraphs.gone.iter().filter(|(at, _)| *at == before) {
            self.out.push_str(&format!("<span id=\"p{number}\"></span>"));
        }
    }

    /// The number of a paragraph that lasts.
    fn lasting(&self, position: u32) -> String {
        self.answers.paragraphs.number(position).to_string()
    }

    /// The HTML of a note; `by` is printed after its last words.
    pub fn note(&mut self, blocks: &[Block], by: &str) -> String {
        self.in_note = true;
        self.blocks(blocks);
        self.in_note = false;
        let mut html = std::mem::take(&mut self.out);
        if !by.is_empty() {
            let mut signed = String::from(" <i class=\"by\">");
            escape_html(by, &mut signed);
            signed.push_str("</i>");
            match html.strip_suffix("</p>").map(str::len) {
                Some(end) => html.insert_str(end, &signed),
                None => html.push_str(&format!("<p>{}</p>", signed.trim_start())),
            }
        }
        html
    }

    pub(super) fn text(&mut self, text: &str) {
        escape_html(text, &mut self.out);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            let running = matches!(block.kind, BlockKind::Paragraph(_)) && block.part.is_none();
            self.block(block);
            self.after_running = running;
        }
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Paragraph(text) => self.paragraph(block, text),
            BlockKind::Heading { level, text } => self.heading(block, *level, text),
            BlockKind::Quote(blocks) => self.quote(block, blocks),
            BlockKind::List { start, delimiter, tight, items } => self.list(block, *start, *delimiter, *tight, items),
            BlockKind::Table { columns, head, rows } => self.table(block, columns, head, rows),
            BlockKind::Code { language, text } => self.code(language, text),
            BlockKind::Html(text) => self.raw(text),
            BlockKind::Rule if block.part == Some(Part::Omission) => self.out.push_str("<p class=\"omission\">* * *</p>"),
            BlockKind::Rule => self.out.push_str("<hr>"),
        }
    }

    fn paragraph(&mut self, block: &Block, text: &[Inline]) {
        if let [Inline::Annotated(index, _)] = text
            && self.figure(*index)
        {
            return;
        }
        let mut classes = Vec::new();
        let addresses = matches!(block.part, Some(Part::Salutation | Part::Addressee));
        if (block.number.is_some() || addresses) && !self.in_note {
            let plain = opening(text);
            if !self.after_running && block.part.is_none() {
                classes.push("fl");
            }
            if plain.starts_with(['“', '„', '«', '‘', '"']) {
                classes.push("hq");
            }
            if !addresses && starts_with_enumerator(&plain) {
                classes.push("en");
            }
        }
        if let Some(part) = block.part {
            classes.push(part.name());
        }
        self.out.push_str("<p");
        self.attributes(block, &classes, !self.in_note);
        self.out.push('>');
        if let Some(position) = block.number.filter(|_| !self.in_note) {
            self.gone(position - 1);
        }
        self.sign();
        if block.part == Some(Part::Verse) {
            self.verse(text);
        } else {
            self.inlines(text);
        }
        if let Some(number) = block.number.filter(|_| !self.in_note).map(|position| self.lasting(position)) {
            let anchor = block.id.clone().unwrap_or_else(|| format!("p{number}"));
            let label = self.words.fill("paragraph_number", &[("number", &number)]);
            self.out.push_str(&format!("<a class=\"pl\" href=\"#{}\" aria-label=\"", crate::base::path::percent(&anchor)));
            self.text(&label);
            self.out.push_str(&format!("\">¶ {number}</a>"));
        }
        self.out.push_str("</p>");
    }

    /// `class`, `id`, `lang` of a block.
    fn attributes(&mut self, block: &Block, classes: &[&str], numbered: bool) {
        if !classes.is_empty() {
            self.out.push_str(&format!(" class=\"{}\"", classes.join(" ")));
        }
        let id = match (&block.id, block.number) {
            (Some(id), _) => Some(id.clone()),
            (None, Some(position)) if numbered => Some(format!("p{}", self.lasting(position))),
            _ => None,
        };
        if let Some(id) = id {
            self.out.push_str(" id=\"");
            self.text(&id);
            self.out.push('"');
        }
        if let Some(language) = &block.language {
            self.out.push_str(" lang=\"");
            self.text(language);
            self.out.push('"');
        }
    }

    fn verse(&mut self, text: &[Inline]) {
        self.out.push_str("<span>");
        for piece in text {
            match piece {
                Inline::SoftBreak | Inline::HardBreak => self.out.push_str("</span><br><span>"),
                piece => self.inline(piece),
            }
        }
        self.out.push_str("</span>");
    }

    fn heading(&mut self, block: &Block, level: u8, text: &[Inline]) {
        // The page's own title is the only h1: the highest heading of the text is h2.
        let level = (level + 2 - self.highest_heading.min(level)).clamp(2, 6);
        let id = block.id.clone().unwrap_or_else(|| slug(&opening(text)));
        self.out.push_str(&format!("<h{level} id=\""));
        self.text(&id);
        self.out.push('"');
        if let Some(part) = block.part {
            self.out.push_str(&format!(" class=\"{}\"", part.name()));
        }
        self.out.push('>');
        self.inlines(text);
        self.out.push_str(&format!("</h{level}>"));
    }

    fn quote(&mut self, block: &Block, blocks: &[Block]) {
        let embedded = block.id.as_ref().and_then(|id| self.summary.front.contains.iter().find(|embedded| embedded.id.value == *id));
        let part = block.part.map(Part::name);
        let classes: Vec<&str> = part.into_iter().chain(embedded.map(|_| "doc")).collect();
        self.out.push_str("<blockquote");
        self.attributes(block, &classes, false);
        self.out.push('>');
        if let Some(embedded) = embedded {
            let caption = super::facts::embedded_caption(self, embedded, blocks);
            self.out.push_str(&caption);
        }
        self.after_running = false;
        self.blocks(blocks);
        self.out.push_str("</blockquote>");
    }

    fn list(&mut self, block: &Block, start: Option<u64>, delimiter: Delimiter, tight: bool, items: &[ListItem]) {
        if let (Some(start), Delimiter::Parenthesis) = (start, delimiter) {
            return self.enumeration(block, start, tight, items);
        }
        let name = if start.is_some() { "ol" } else { "ul" };
        self.out.push_str(&format!("<{name}"));
        let classes: Vec<&str> = block.part.map(Part::name).into_iter().collect();
        self.attributes(block, &classes, false);
        if let Some(start) = start.filter(|start| *start != 1) {
            self.out.push_str(&format!(" start=\"{start}\""));
        }
        self.out.push('>');
        let mut expected = start.unwrap_or(1);
        for item in items {
            match item.number.filter(|number| *number != expected) {
                Some(number) => {
                    self.out.push_str(&format!("<li value=\"{number}\">"));
                    expected = number;
                }
                None => self.out.push_str("<li>"),
            }
            expected = expected.saturating_add(1);
            self.item(item, tight);
            self.out.push_str("</li>");
        }
        self.out.push_str(&format!("</{name}>"));
    }

    /// `1)`: HTML counts with a stop only, so the sign is written out as typed and the list is told apart by its role.
    fn enumeration(&mut self, block: &Block, start: u64, tight: bool, items: &[ListItem]) {
        self.out.push_str("<div role=\"list\"");
        let classes: Vec<&str> = std::iter::once("par").chain(block.part.map(Part::name)).collect();
        self.attributes(block, &classes, false);
        self.out.push('>');
        let mut expected = start;
        for item in items {
            let number = item.number.unwrap_or(expected);
            expected = number.saturating_add(1);
            self.out.push_str("<div role=\"listitem\">");
            self.sign = Some(format!("{number}) "));
            if !matches!(item.blocks.first().map(|block| &block.kind), Some(BlockKind::Paragraph(_))) {
                self.sign();
            }
            self.item(item, tight);
            self.out.push_str("</div>");
        }
        self.out.push_str("</div>");
    }

    /// The sign of an item that waits for its first words.
    pub(super) fn sign(&mut self) {
        if let Some(sign) = self.sign.take() {
            self.out.push_str(&sign);
        }
    }

    fn item(&mut self, item: &ListItem, tight: bool) {
        if let Some(done) = item.task {
            self.out.push_str(if done { "☑ " } else { "☐ " });
        }
        for block in &item.blocks {
            match &block.kind {
                BlockKind::Paragraph(text) if tight && block.part.is_none() => {
                    self.sign();
                    self.inlines(text);
                }
                _ => {
                    self.after_running = false;
                    self.block(block);
                }
            }
        }
    }

    fn table(&mut self, block: &Block, columns: &[Align], head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) {
        self.tables += 1;
        let label =
            self.words.fill(if self.in_note { "table_in_note_number" } else { "table_number" }, &[("number", &self.tables.to_string())]);
        self.out.push_str("<div class=\"tbl\" role=\"group\" tabindex=\"0\" aria-label=\"");
        self.text(&label);
        self.out.push_str("\"><table");
        let part: Vec<&str> = block.part.map(Part::name).into_iter().collect();
        self.attributes(block, &part, false);
        self.out.push('>');
        if head.iter().any(|cell| !cell.is_empty()) {
            self.out.push_str("<thead>");
            self.row(columns, head, true);
            self.out.push_str("</thead>");
        }
        self.out.push_str("<tbody>");
        for row in rows {
            self.row(columns, row, false);
        }
        self.out.push_str("</tbody></table></div>");
    }

    fn row(&mut self, columns: &[Align], cells: &[Vec<Inline>], head: bool) {
        self.out.push_str("<tr>");
        for (column, cell) in cells.iter().enumerate() {
            let name = if head && !cell.is_empty() { "th" } else { "td" };
            self.out.push_str(&format!("<{name}"));
            let align = match columns.get(column) {
                Some(Align::Right) => "ar",
                Some(Align::Center) => "ac",
                _ => "",
            };
            let classes = [align, if is_figure(cell) { "fg" } else { "" }].into_iter().filter(|class| !class.is_empty());
            let classes = classes.collect::<Vec<_>>().join(" ");
            if !classes.is_empty() {
                self.out.push_str(&format!(" class=\"{classes}\""));
            }
            self.out.push_str(if name == "th" { " scope=\"col\">" } else { ">" });
            self.inlines(cell);
            self.out.push_str(&format!("</{name}>"));
        }
        self.out.push_str("</tr>");
    }

    fn code(&mut self, language: &str, text: &str) {
        self.codes += 1;
        let label = self.words.fill("code_number", &[("number", &self.codes.to_string())]);
        self.out.push_str("<pre class=\"code\" tabindex=\"0\" role=\"group\" aria-label=\"");
        self.text(&label);
        self.out.push_str("\"><code>");
        self.out.push_str(&super::highlight::highlight(language, text));
        self.out.push_str("</code></pre>");
    }

    /// Raw HTML is inert: comments are left out, the rest is printed as typed.
    fn raw(&mut self, text: &str) {
        let trimmed = text.trim();
        if trimmed.starts_with("<!--") && trimmed.ends_with("-->") {
            return;
        }
        if self.site.config.html_sanitised {
            self.out.push_str(&super::sanitise::block(trimmed));
            return;
        }
        self.out.push_str("<p>");
        self.text(trimmed);
        self.out.push_str("</p>");
    }
}

/// The first plain words of running text, enough to see how it begins.
pub(super) fn opening(text: &[Inline]) -> String {
    let mut out = String::new();
    collect(text, 60, &mut out);
    out
}

/// Longest figure that is kept on one line, in characters.
const FIGURE: usize = 24;

/// Whether a cell of a table holds one figure, which must not be broken: `2, 000, 000. 00`, `£ 1,250`, `−3½ %`. A lone number needs no care.
fn is_figure(cell: &[Inline]) -> bool {
    let words = opening(cell);
    let words = words.trim();
    words.contains(|letter: char| letter.is_numeric())
        && words.contains(|letter: char| !letter.is_alphanumeric())
        && words.chars().count() <= FIGURE
        && !words.contains(char::is_alphabetic)
}

/// The plain words of blocks, as far as they are running text.
pub(super) fn words(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        match &block.kind {
            BlockKind::Paragraph(text) | BlockKind::Heading { text, .. } => collect(text, usize::MAX, &mut out),
            BlockKind::Quote(inner) => out.push_str(&words(inner)),
            _ => {}
        }
        out.push(' ');
    }
    out
}

fn collect(text: &[Inline], most: usize, out: &mut String) {
    for piece in text {
        if out.len() > most {
            return;
        }
        match piece {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::SoftBreak | Inline::HardBreak => out.push(' '),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Deleted(inner) | Inline::Annotated(_, inner) => {
                collect(inner, most, out);
            }
            Inline::Html(_) | Inline::NoteRef(_) => {}
        }
    }
}

/// Whether words begin with `1)`, `a)`, `(1)` or `12.` after an opening quotation mark.
fn starts_with_enumerator(text: &str) -> bool {
    let text = text.trim_start_matches(['“', '„', '«', '‘', '"']);
    let inner = text.strip_prefix('(').unwrap_or(text);
    let digits: usize = inner.chars().take_while(char::is_ascii_digit).count();
    let label = if digits > 0 { digits } else { usize::from(inner.starts_with(|letter: char| letter.is_alphabetic())) };
    if label == 0 || label > 3 {
        return false;
    }
    let after = inner.char_indices().nth(label).map_or("", |(at, _)| &inner[at..]);
    match after.chars().next() {
        Some(')') => true,
        Some('.') => digits > 0 && digits < 3 && !text.starts_with('(') && after[1..].starts_with(char::is_whitespace),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enumerators_are_known_by_their_form() {
        for text in ["1) The", "“2) Our", "(a) one", "12. Next"] {
            assert!(starts_with_enumerator(text), "{text}");
        }
        for text in ["1922. In", "I) no, a numeral: yes", "The 1) first", "a. b"] {
            assert_eq!(starts_with_enumerator(text), text.starts_with("I)"), "{text}");
        }
    }
}
