//! The examples of the CommonMark specification and of GFM's extensions, printed from our tree and compared with the expected HTML.
//!
//! Intended differences stand in `tests/commonmark/differences.txt` with a reason; the test fails when an example differs that is not listed,
//! and when a listed one no longer differs. The printer here exists for this test alone.

use ibid::base::path::ContentPath;
use ibid::model::annotation::{Annotation, AnnotationKind};
use ibid::model::block::{Align, Block, BlockKind, Inline};
use ibid::parse::body::read_body;
use ibid::parse::date::DateContext;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[derive(serde::Deserialize)]
struct Example {
    name: String,
    markdown: String,
    html: String,
}

#[test]
fn examples_of_the_specifications() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/commonmark");
    let read = |name: &str| fs::read_to_string(folder.join(name)).expect("the file is there");
    let listed: BTreeMap<String, String> = read("differences.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split_once(' ').expect("a number and a reason"))
        .map(|(name, reason)| (name.to_owned(), reason.to_owned()))
        .collect();
    let mut report = String::new();
    let mut count = 0;
    for file in ["commonmark-0.31.2.json", "gfm-extensions.json"] {
        let examples: Vec<Example> = serde_json::from_str(&read(file)).expect("examples are JSON");
        for example in examples {
            count += 1;
            let ours = html(&example.markdown);
            let equal = normal(&ours) == normal(&example.html);
            match (equal, listed.contains_key(&example.name)) {
                (true, true) => report.push_str(&format!("\n{} no longer differs: remove it from differences.txt", example.name)),
                (false, false) => report.push_str(&format!(
                    "\n--- {} differs\n{}\n--- expected\n{}\n--- ours\n{ours}",
                    example.name, example.markdown, example.html
                )),
                _ => {}
            }
        }
    }
    assert_eq!(count, 652 + 14, "all examples were read");
    assert!(report.is_empty(), "{report}");
}

/// White space between blocks is no difference.
fn normal(html: &str) -> String {
    html.lines()
        .map(str::trim_end)
        .collect::<Vec<_>>()
        .join("\n")
        .replace(">\n<", "><")
        .replace("<li>\n", "<li>")
        .replace("\n</li>", "</li>")
        .trim()
        .to_owned()
}

fn html(markdown: &str) -> String {
    let (body, summary) = read_body(&ContentPath::new("a.md"), markdown, 0, &DateContext::default()).value;
    let printer = Printer { annotations: &summary.annotations };
    let mut out = String::new();
    printer.blocks(&body.blocks, false, &mut out);
    out
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// As the specification's own program writes addresses.
fn address(target: &str) -> String {
    let mut out = String::new();
    for byte in target.bytes() {
        match byte {
            b'&' => out.push_str("&amp;"),
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => out.push(char::from(byte)),
            _ if b"-_.+!*'(),%#@?=;:/~$".contains(&byte) => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

struct Printer<'a> {
    annotations: &'a [Annotation],
}

impl Printer<'_> {
    fn blocks(&self, blocks: &[Block], tight: bool, out: &mut String) {
        for block in blocks {
            match &block.kind {
                BlockKind::Paragraph(text) if tight => {
                    self.inlines(text, out);
                    out.push('\n');
                }
                BlockKind::Paragraph(text) => self.wrapped("p", text, out),
                BlockKind::Heading { level, text } => self.wrapped(&format!("h{level}"), text, out),
                BlockKind::Quote(inner) => {
                    out.push_str("<blockquote>\n");
                    self.blocks(inner, false, out);
                    out.push_str("</blockquote>\n");
                }
                BlockKind::List { start, tight, items, .. } => {
                    let name = if start.is_some() { "ol" } else { "ul" };
                    let start = start.filter(|start| *start != 1).map(|start| format!(" start=\"{start}\"")).unwrap_or_default();
                    out.push_str(&format!("<{name}{start}>\n"));
                    for item in items {
                        out.push_str("<li>");
                        match item.task {
                            Some(true) => out.push_str("<input disabled=\"\" type=\"checkbox\" checked=\"\"/>\n"),
                            Some(false) => out.push_str("<input disabled=\"\" type=\"checkbox\"/>\n"),
                            None => {}
                        }
                        let mut inner = String::new();
                        self.blocks(&item.blocks, *tight, &mut inner);
                        out.push_str(inner.trim_end_matches('\n'));
                        out.push_str("</li>\n");
                    }
                    out.push_str(&format!("</{name}>\n"));
                }
                BlockKind::Table { columns, head, rows } => self.table(columns, head, rows, out),
                BlockKind::Code { language, text } => {
                    let class = if language.is_empty() { String::new() } else { format!(" class=\"language-{}\"", escape(language)) };
                    out.push_str(&format!("<pre><code{class}>{}</code></pre>\n", escape(text)));
                }
                BlockKind::Html(html) => {
                    out.push_str(html.trim_end_matches('\n'));
                    out.push('\n');
                }
                BlockKind::Rule => out.push_str("<hr />\n"),
            }
        }
    }

    fn wrapped(&self, name: &str, text: &[Inline], out: &mut String) {
        out.push_str(&format!("<{name}>"));
        self.inlines(text, out);
        out.push_str(&format!("</{name}>\n"));
    }

    fn table(&self, columns: &[Align], head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], out: &mut String) {
        out.push_str("<table>\n<thead>\n");
        self.row("th", columns, head, out);
        out.push_str("</thead>\n");
        out.push_str("<tbody>\n");
        rows.iter().for_each(|row| self.row("td", columns, row, out));
        out.push_str("</tbody>\n");
        out.push_str("</table>\n");
    }

    fn row(&self, name: &str, columns: &[Align], cells: &[Vec<Inline>], out: &mut String) {
        out.push_str("<tr>\n");
        for (cell, align) in cells.iter().zip(columns) {
            let style = match align {
                Align::None => "",
                Align::Left => " style=\"text-align: left\"",
                Align::Center => " style=\"text-align: center\"",
                Align::Right => " style=\"text-align: right\"",
            };
            out.push_str(&format!("<{name}{style}>"));
            self.inlines(cell, out);
            out.push_str(&format!("</{name}>\n"));
        }
        out.push_str("</tr>\n");
    }

    fn inlines(&self, inlines: &[Inline], out: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => out.push_str(&escape(text)),
                Inline::SoftBreak => out.push('\n'),
                Inline::HardBreak => out.push_str("<br />\n"),
                Inline::Emphasis(inner) => self.within("em", inner, out),
                Inline::Strong(inner) => self.within("strong", inner, out),
                Inline::Deleted(inner) => self.within("del", inner, out),
                Inline::Code(text) => out.push_str(&format!("<code>{}</code>", escape(text))),
                Inline::Html(html) => out.push_str(html),
                Inline::NoteRef(index) => out.push_str(&format!("<sup>{index}</sup>")),
                Inline::Annotated(index, inner) => self.annotated(&self.annotations[*index as usize].kind, inner, out),
            }
        }
    }

    fn within(&self, name: &str, inner: &[Inline], out: &mut String) {
        out.push_str(&format!("<{name}>"));
        self.inlines(inner, out);
        out.push_str(&format!("</{name}>"));
    }

    fn annotated(&self, kind: &AnnotationKind, inner: &[Inline], out: &mut String) {
        let title = |title: &str| if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escape(title)) };
        match kind {
            AnnotationKind::Link { target, title: words } => {
                out.push_str(&format!("<a href=\"{}\"{}>", address(&target.value), title(words)));
                self.inlines(inner, out);
                out.push_str("</a>");
            }
            AnnotationKind::Image { target, title: words } => {
                let mut alt = String::new();
                plain(inner, &mut alt);
                out.push_str(&format!("<img src=\"{}\" alt=\"{}\"{} />", address(&target.value), escape(&alt), title(words)));
            }
            _ => self.inlines(inner, out),
        }
    }
}

fn plain(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Deleted(inner) | Inline::Annotated(_, inner) => plain(inner, out),
            _ => {}
        }
    }
}
