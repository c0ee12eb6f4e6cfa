//! Saved web pages: static pages as archives make them by hand, and pages of a MediaWiki with its own class names.
//!
//! What surrounds the text is set aside by element, class and id; notes are told by links that lead there and back.

mod notes;
mod tables;

use super::page::builder::{Builder, Wrap};
use super::page::header;
use super::page::understand::understand;
use super::page::{
    Labelled, Page, PageNote, chrome,
    labels::{self, Label},
    ledger::Ledger,
    loose,
};
use super::plain_text::decoded;
use super::report::{Report, Sort};
use super::shelf::Shelf;
use super::text::{Block, BlockKind, Inline, raised};
use super::{Imported, Original};
use crate::base::text::squeeze;
use crate::formats::encoding;
use crate::formats::html::{self, Element, Node};
use crate::formats::source_note;
use crate::model::block::{Delimiter, Part};
use notes::Notes;
use std::collections::BTreeMap;

/// Reads one page.
pub fn read(original: &Original, shelf: &mut Shelf, report: &mut Report, imported: &mut Imported) {
    let declared = encoding::declared_in_markup(&original.bytes);
    let text = decoded(original, declared.as_deref(), report);
    let web = html::read(&text);
    if web.too_deep {
        report.say(Sort::Broken, "elements are nested too deep; the inner ones are taken as one", &original.name, 0, "their words came in");
    }
    let body = web.root.find(|element| element.name == "body").unwrap_or(&web.root);
    let mut ledger = Ledger::default();
    ledger.enter(&body.text());
    let mut reading =
        Reading { file: &original.name, report, ledger, page: Page::default(), notes: Notes::find(body), marks: BTreeMap::new(), rules: 0 };
    reading.address(&web);
    reading.body(body);
    let (page, ledger) = (reading.page, reading.ledger);
    understand(page, original, ledger, shelf, report, imported);
}

struct Reading<'a> {
    file: &'a str,
    report: &'a mut Report,
    ledger: Ledger,
    page: Page,
    notes: Notes,
    /// Markup without a counterpart here, by name, with how often it stood.
    marks: BTreeMap<String, usize>,
    /// Rules, which have no words.
    rules: usize,
}

/// Elements that begin a block of their own.
const BLOCKS: [&str; 34] = [
    "p",
    "div",
    "blockquote",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "li",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "pre",
    "center",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "nav",
    "aside",
    "address",
    "form",
    "fieldset",
    "figure",
    "figcaption",
    "tbody",
    "tr",
    "body",
];

/// Ids and classes of what surrounds a text, with the rule.
const AROUND: [(&str, &str); 44] = [
    ("mw-editsection", "edit links"),
    ("editsection", "edit links"),
    ("mw-jump-link", "navigation of the site"),
    ("jump-to-nav", "navigation of the site"),
    ("mw-navigation", "navigation of the site"),
    ("mw-head", "navigation of the site"),
    ("mw-panel", "navigation of the site"),
    ("mw-page-base", "navigation of the site"),
    ("mw-head-base", "navigation of the site"),
    ("mw-indicators", "navigation of the site"),
    ("contentsub", "navigation of the site"),
    ("toc", "table of contents of the site"),
    ("toctitle", "table of contents of the site"),
    ("printfooter", "address of the page"),
    ("catlinks", "categories"),
    ("mw-normal-catlinks", "categories"),
    ("navbox", "navigation of the site"),
    ("noprint", "navigation of the site"),
    ("subpagelist", "list of subpages"),
    ("sitenotice", "navigation of the site"),
    ("footer", "footer of the site"),
    ("mw-data-after-content", "navigation of the site"),
    ("navigation", "navigation of the site"),
    ("breadcrumb", "path of the page on the site"),
    ("breadcrumbs", "path of the page on the site"),
    ("link", "navigation of the site"),
    ("next", "navigation of the site"),
    ("updat", "footer of the site"),
    ("updated", "footer of the site"),
    ("toplink", "navigation of the site"),
    ("headernav", "navigation of the site"),
    ("menu", "navigation of the site"),
    ("sidebar", "navigation of the site"),
    ("linkback", "navigation of the site"),
    ("pagenav", "navigation of the site"),
    ("pager", "navigation of the site"),
    ("nav", "navigation of the site"),
    ("siteheader", "navigation of the site"),
    ("sitefooter", "footer of the site"),
    ("readme", "navigation of the site"),
    ("mw-cite-backlink", WAY_BACK),
    ("sister-project", "navigation of the site"),
    ("mw-hidden-catlinks", "categories"),
    ("skip-link", "navigation of the site"),
];

const WAY_BACK: &str = "back-links of notes";

fn around(element: &Element) -> Option<&'static str> {
    if element.name == "footer" && element.text().contains(['©', '|']) {
        return Some("footer of the site");
    }
    if matches!(element.name.as_str(), "nav" | "button" | "select" | "input" | "form" | "iframe") {
        return Some("navigation of the site");
    }
    let id = element.attribute("id").unwrap_or_default().to_lowercase();
    if (id == "header" || element.has_class("header")) && element.find(|inner| matches!(inner.name.as_str(), "h1" | "h2" | "h3")).is_none()
    {
        return Some("navigation of the site");
    }
    AROUND.iter().find(|(name, _)| id == *name || element.has_class(name)).map(|(_, rule)| *rule)
}

impl Reading<'_> {
    /// The page's language, address and site.
    fn address(&mut self, web: &html::WebPage) {
        let canonical = web.root.find(|element| element.name == "link" && element.attribute("rel") == Some("canonical"));
        // Browsers write `saved from url=(0042)https://…` into a page they save.
        let saved = web
            .comments
            .iter()
            .find_map(|comment| comment.trim().strip_prefix("saved from url=")?.split_once(')').map(|(_, url)| url.trim()));
        let url = canonical.and_then(|link| link.attribute("href")).or(saved).filter(|url| url.starts_with("http"));
        self.page.url = url.map(str::to_owned);
        let tag = web.root.attribute("lang").map(|tag| tag.split('-').next().unwrap_or(tag).to_lowercase());
        self.page.language = tag.filter(|tag| tag.len() == 2 && tag.bytes().all(|byte| byte.is_ascii_lowercase()));
    }

    fn body(&mut self, body: &Element) {
        let content = ["mw-parser-output", "mw-content-text", "bodycontent", "content"].iter().find_map(|name| {
            body.find(|element| element.attribute("id").is_some_and(|id| id.eq_ignore_ascii_case(name)) || element.has_class(name))
        });
        let root = match content {
            Some(content) => {
                self.surroundings(body, content);
                content
            }
            None => body,
        };
        let mut builder = Builder::default();
        self.blocks(root, &mut builder);
        builder.end();
        if builder.odd_blanks > 0 {
            let text = format!("{} non-breaking blanks are plain ones", builder.odd_blanks);
            self.report.say(Sort::Changed, "blanks that only shape a line", self.file, 0, text);
        }
        self.page.pieces = builder.pieces;
        self.lines_of_the_site();
        header::take(&mut self.page, &mut self.ledger);
        for (label, blocks) in std::mem::take(&mut self.notes.texts) {
            self.page.notes.push(PageNote { label, line: 0, blocks });
        }
        if self.page.notes.is_empty() {
            loose::find(&mut self.page, &mut self.ledger, self.file, self.report);
        }
        loose::brackets(&mut self.page, &mut self.ledger);
        self.guesses();
    }

    /// Remarks on what has no counterpart, and on notes.
    fn guesses(&mut self) {
        if self.rules > 0 {
            self.report.say(Sort::Changed, "rules between parts of the page are left out", self.file, 0, format!("{} of them", self.rules));
        }
        for (name, count) in &self.marks {
            self.report.say(
                Sort::NotUnderstood,
                "markup without a counterpart; its words stand",
                self.file,
                0,
                format!("<{name}>, {count} times"),
            );
        }
        for label in &self.notes.loose {
            self.report.say(Sort::NotUnderstood, "a link to a note leads nowhere; its mark stands as words", self.file, 0, label.as_str());
        }
        if self.page.pieces.is_empty() {
            self.report.say(Sort::Broken, "the page has no text", self.file, 0, "only a header came in");
        }
    }

    /// Title and site stand outside of the content of a wiki's page; all else there is set aside.
    fn surroundings(&mut self, body: &Element, content: &Element) {
        for child in &body.children {
            match child {
                Node::Element(element) if element.order == content.order => {}
                Node::Element(element) if element.all().iter().any(|inner| inner.order == content.order) => {
                    self.surroundings(element, content)
                }
                Node::Element(element) if matches!(element.name.as_str(), "script" | "style" | "noscript") => {}
                Node::Element(element) => {
                    let words = squeeze(&element.text());
                    if words.is_empty() {
                        continue;
                    }
                    let heading = element.attribute("id").is_some_and(|id| id.eq_ignore_ascii_case("firstHeading"))
                        || element.has_class("firstHeading");
                    if self.page.title.is_none() && (heading || element.name == "h1") {
                        self.page.title = Some((0, words));
                        continue;
                    }
                    if let Some(site) = chrome::site(&words) {
                        self.page.site = Some(site.to_owned());
                    }
                    self.aside(around(element).unwrap_or("around the text of the page"), &words);
                }
                Node::Text(words) if !words.trim().is_empty() => self.aside("around the text of the page", words),
                _ => {}
            }
        }
    }

    fn aside(&mut self, rule: &'static str, words: &str) {
        if rule == WAY_BACK {
            self.ledger.form(words);
            return;
        }
        self.ledger.aside(words);
        self.page.aside.push((rule, 0, squeeze(words)));
    }

    /// Paragraphs that are chrome by their words.
    fn lines_of_the_site(&mut self) {
        let pieces = std::mem::take(&mut self.page.pieces);
        let count = pieces.len();
        for (at, piece) in pieces.into_iter().enumerate() {
            let plain = match &piece.block.kind {
                BlockKind::Paragraph(text) => super::text::words(text),
                _ => String::new(),
            };
            let near = at < 8 || at + 6 > count;
            let site = chrome::site(&plain).filter(|_| at < 8);
            if let Some(site) = site {
                self.page.site.get_or_insert(site.to_owned());
            }
            match chrome::rule(&plain).filter(|_| near).or(site.map(|_| "the site names itself")) {
                Some(rule) if piece.block.part.is_none() => self.aside(rule, &plain),
                _ => self.page.pieces.push(piece),
            }
        }
    }

    fn blocks(&mut self, element: &Element, builder: &mut Builder) {
        for child in &element.children {
            match child {
                Node::Text(words) => builder.text(words),
                Node::Comment(words) => self.comment(words),
                Node::Element(inner) if self.is_block(inner) => self.block(inner, builder),
                Node::Element(inner) => self.inline(inner, builder),
            }
        }
    }

    /// An element in the flow of text that holds blocks is one.
    fn is_block(&self, element: &Element) -> bool {
        BLOCKS.contains(&element.name.as_str())
            || matches!(element.name.as_str(), "font" | "span" | "a" | "b" | "i" | "strong" | "em")
                && element.children.iter().any(|child| matches!(child, Node::Element(inner) if self.is_block(inner)))
    }

    fn block(&mut self, element: &Element, builder: &mut Builder) {
        builder.end();
        if let Some(rule) = around(element).filter(|_| !self.notes.holds(element)) {
            let words = element.text();
            if !words.trim().is_empty() {
                self.aside(rule, &words);
            }
            return;
        }
        if let Some(label) = self.notes.label_of(element) {
            self.note(element, label);
            return;
        }
        let name = element.name.as_str();
        let heading = matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        if self.notes.is_heading(element) {
            self.ledger.form(&element.text());
            return;
        }
        if element.attribute("class").is_some_and(|class| class.eq_ignore_ascii_case("keywords")) {
            let words = squeeze(&element.text());
            let length = labels::read(&words).filter(|found| found.2).map_or(0, |found| found.1);
            let (label, value) = (Label::Keywords, words[length..].trim().to_owned());
            self.ledger.form(&words[..length]);
            if !value.is_empty() {
                self.page.labels.push(Labelled { label, printed: String::new(), value, href: None, line: 0 });
            }
            return;
        }
        let part = element.attribute("class").and_then(header::part_of_class);
        match name {
            _ if heading => {
                self.inlines(element, builder);
                let text = builder.inlines();
                let level = name.as_bytes()[1] - b'0';
                if !text.is_empty() {
                    builder.block(BlockKind::Heading(level, text));
                }
            }
            // A rule that only sets the text apart from header and notes has no words.
            "hr" => self.rules += 1,
            "pre" => {
                let text = element.text();
                builder.block(BlockKind::Code(text.trim_matches('\n').to_owned()));
            }
            "blockquote" => {
                let inner = self.apart(element);
                if !inner.is_empty() {
                    builder.block(BlockKind::Quote(inner));
                }
            }
            "ul" => self.list(element, None, builder),
            "ol" => self.list(element, Some(element.attribute("start").and_then(|start| start.parse().ok()).unwrap_or(1)), builder),
            "table" => self.table(element, builder),
            "p" if self.continues_note(element) => {}
            _ => self.plain_block(element, part, builder),
        }
    }

    fn plain_block(&mut self, element: &Element, part: Option<Part>, builder: &mut Builder) {
        let first = builder.pieces.len();
        builder.part = part.filter(|_| {
            element.name == "p" || !element.children.iter().any(|child| matches!(child, Node::Element(inner) if self.is_block(inner)))
        });
        self.blocks(element, builder);
        builder.end();
        // A part may be said of the block around paragraphs.
        if let Some(part) = part {
            for piece in builder.pieces[first..].iter_mut().filter(|piece| piece.block.part.is_none()) {
                piece.block.part = Some(part);
            }
        }
    }

    /// A paragraph after a note, before the next one, goes on with it.
    fn continues_note(&mut self, element: &Element) -> bool {
        let Some(label) = self.notes.open.clone() else { return false };
        let shown = squeeze(&element.text());
        let other = labels::read(&shown).is_some_and(|found| found.2)
            || labels::unknown(&shown).is_some() && labels::read(&shown).is_some()
            || source_note::begins_source_note(&shown)
            || chrome::rule(&shown).is_some();
        if other {
            self.notes.open = None;
            return false;
        }
        let inner = self.apart(element);
        if inner.is_empty() {
            return true;
        }
        if let Some((_, blocks)) = self.notes.texts.iter_mut().find(|(own, _)| *own == label) {
            blocks.extend(inner);
        }
        self.report.say(Sort::Guess, "a paragraph between notes goes on with the note before it", self.file, 0, format!("[{label}]"));
        true
    }

    fn note(&mut self, element: &Element, label: String) {
        let mut blocks = self.apart(element);
        if let Some(own) = notes::without_own_mark(&mut blocks, &label) {
            self.ledger.form(&own);
        } else if let Some(BlockKind::Paragraph(text)) = blocks.first_mut().map(|block| &mut block.kind)
            && let Some(Inline::Text(words)) = text.first_mut()
            && let Some(rest) = [". ", ") ", ": ", "] "].iter().find_map(|sign| words.trim_start().strip_prefix(sign))
        {
            // The point after the mark that leads back: `<a>1</a>. By rail.`
            let sign = words[..words.len() - rest.len()].to_owned();
            *words = rest.to_owned();
            self.ledger.form(&sign);
        }
        self.notes.texts.push((label.clone(), blocks));
        self.notes.open = matches!(element.name.as_str(), "p" | "div").then_some(label);
    }

    /// The blocks of an element, put together apart from those around it.
    fn apart(&mut self, element: &Element) -> Vec<Block> {
        let mut builder = Builder::default();
        self.blocks(element, &mut builder);
        builder.end();
        builder.pieces.into_iter().map(|piece| piece.block).collect()
    }

    fn list(&mut self, element: &Element, start: Option<u64>, builder: &mut Builder) {
        let mut items: Vec<Vec<Block>> = Vec::new();
        for child in &element.children {
            match child {
                Node::Element(item) => match self.notes.label_of(item) {
                    Some(label) => self.note(item, label),
                    None => items.push(self.apart(item)),
                },
                Node::Text(words) if !words.trim().is_empty() => items.push(vec![Block::paragraph(vec![Inline::text(squeeze(words))])]),
                _ => {}
            }
        }
        items.retain(|item| !item.is_empty());
        if items.is_empty() {
            return;
        }
        match start {
            None => builder.block(BlockKind::Bullets(items)),
            Some(start) => {
                // The numbers are the browser's: they stand in no words of the page.
                (start..).zip(&items).for_each(|(number, _)| self.ledger.enter(&format!("{number}.")));
                builder.block(BlockKind::Numbered(Delimiter::Period, (start..).zip(items).collect()));
            }
        }
    }

    fn inlines(&mut self, element: &Element, builder: &mut Builder) {
        for child in &element.children {
            match child {
                Node::Text(words) => builder.text(words),
                Node::Element(inner) => self.inline(inner, builder),
                Node::Comment(words) => self.comment(words),
            }
        }
    }

    /// What somebody wrote into the page for other editors.
    fn comment(&mut self, words: &str) {
        let words = squeeze(words);
        let machine = words.is_empty() || words.starts_with(['#', '[']) || words.starts_with("saved from") || words.starts_with("NewPP");
        if !machine && words.contains(' ') {
            self.page.aside.push(("a comment in the page", 0, words));
        }
    }

    fn inline(&mut self, element: &Element, builder: &mut Builder) {
        if let Some(rule) = around(element).filter(|_| !self.notes.holds(element)) {
            let words = element.text();
            if !words.trim().is_empty() {
                self.aside(rule, &words);
            }
            return;
        }
        if let Some(label) = self.notes.mark(element) {
            self.ledger.form(&element.text());
            builder.push(Inline::Note(label));
            return;
        }
        if self.notes.is_way_back(element) {
            self.ledger.form(&element.text());
            return;
        }
        match element.name.as_str() {
            "script" | "style" | "noscript" | "template" | "wbr" => {}
            "br" => builder.line_end(),
            "sup" | "sub" if element.children.iter().all(|child| matches!(child, Node::Text(_))) => self.raised(element, builder),
            "i" | "em" | "cite" | "dfn" | "var" => self.wrapped(element, Wrap::Emphasis, builder),
            "b" | "strong" => self.wrapped(element, Wrap::Strong, builder),
            "s" | "strike" | "del" => self.wrapped(element, Wrap::Deleted, builder),
            "a" => self.link(element, builder),
            "img" => {
                let words = format!("{} ({})", element.attribute("src").unwrap_or_default(), element.attribute("alt").unwrap_or_default());
                self.page.aside.push(("an image of the page", 0, words));
            }
            "span" | "font" | "small" | "big" | "abbr" | "acronym" | "q" | "time" | "ins" | "bdi" | "label" | "nobr" | "p" => {
                self.inlines(element, builder)
            }
            other => {
                *self.marks.entry(other.to_owned()).or_default() += 1;
                self.inlines(element, builder);
            }
        }
    }

    /// Raised figures that are no marks of notes: the characters Unicode has for them.
    fn raised(&mut self, element: &Element, builder: &mut Builder) {
        let text = element.text();
        let signs = if element.name == "sup" { raised(&text) } else { text.clone() };
        if signs == text {
            *self.marks.entry(element.name.clone()).or_default() += 1;
        } else {
            self.ledger.form(&text);
            self.ledger.enter(&signs);
            let rule = "raised figures are written with the characters Unicode has for them";
            self.report.say(Sort::Changed, rule, self.file, 0, format!("{text} → {signs}"));
        }
        builder.text(&signs);
    }

    fn wrapped(&mut self, element: &Element, wrap: Wrap, builder: &mut Builder) {
        builder.open(wrap.clone());
        self.inlines(element, builder);
        builder.close(|open| *open == wrap);
    }

    fn link(&mut self, element: &Element, builder: &mut Builder) {
        let href = element.attribute("href").unwrap_or_default().trim();
        let words = squeeze(&element.text());
        if let Some(page) = printed_page(element, &words) {
            self.ledger.form(&words);
            let rule = "an anchor with the number of a page in brackets is where that page begins";
            self.report.say(Sort::Guess, rule, self.file, 0, words);
            builder.push(Inline::annotated(format!("page:{page}"), Vec::new()));
            return;
        }
        if (href.starts_with("http://") || href.starts_with("https://")) && !words.is_empty() {
            self.wrapped(element, Wrap::Annotated(href.to_owned(), String::new()), builder);
            return;
        }
        if !href.is_empty() && !href.starts_with('#') && !words.is_empty() {
            self.page.aside.push(("where a link to another page of the site led; its words stand", 0, format!("{words} → {href}")));
        }
        self.inlines(element, builder);
    }
}

/// `<a name="p297">[297]</a>` → 297.
fn printed_page(anchor: &Element, words: &str) -> Option<String> {
    let name = anchor.attribute("name").or_else(|| anchor.attribute("id")).filter(|_| anchor.attribute("href").is_none())?;
    let number = words.strip_prefix(['[', '{', '|'])?.strip_suffix([']', '}', '|'])?;
    let digits = !number.is_empty() && number.len() <= 4 && number.bytes().all(|byte| byte.is_ascii_digit());
    let own = name.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    (digits && own == number && name.to_lowercase().starts_with('p')).then(|| number.to_owned())
}
