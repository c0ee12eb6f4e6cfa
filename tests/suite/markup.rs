//! Markup pages: what an editor types and what the program understands by it.
//!
//! A page holds a title, the text between fences of six backticks, and what was understood: the tree with its spans resolved to words,
//! annotations, notes, findings. `BLESS=1` writes what is understood now; read it before you keep it.

use ibid::base::path::ContentPath;
use ibid::base::span::Span;
use ibid::model::annotation::{AnnotationKind, Place};
use ibid::model::block::{Block, BlockKind, Inline};
use ibid::parse::body::{BodySummary, read_body};
use ibid::parse::date::DateContext;
use std::fmt::Write;
use std::fs;
use std::path::Path;

const FENCE: &str = "``````";

#[test]
fn markup_pages() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/markup");
    let mut pages: Vec<_> =
        fs::read_dir(&folder).expect("the folder of pages is there").map(|entry| entry.expect("it can be listed").path()).collect();
    pages.sort();
    assert!(!pages.is_empty());
    let mut wrong = String::new();
    for page in pages {
        let text = fs::read_to_string(&page).expect("pages are UTF-8");
        let (title, input) = split(&text);
        let shown = format!("{title}{FENCE}\n{input}{FENCE}\n\n{FENCE}\n{}{FENCE}\n", understood(input));
        if std::env::var_os("BLESS").is_some() {
            fs::write(&page, shown).expect("pages can be written");
        } else if shown != text {
            write!(wrong, "\n=== {}\n{}", page.display(), shown).expect("strings take text");
        }
    }
    assert!(wrong.is_empty(), "understood otherwise than the pages say (BLESS=1 rewrites them):{wrong}");
}

/// Rows of one sign that would cost a careless reader the stack or the square of their length.
#[test]
fn floods_are_read_in_linear_time() {
    let floods: [(&str, usize); 16] = [
        ("> ", 50_000),
        ("- ", 20_000),
        ("[", 200_000),
        ("]", 200_000),
        ("*", 200_000),
        ("*a **a ", 10_000),
        ("`", 200_000),
        ("![", 100_000),
        ("[^a", 60_000),
        ("[@a ", 10_000),
        ("@a [", 10_000),
        ("[](sic:", 5_000),
        ("[[a](person:b)", 5_000),
        ("[^a]", 50_000),
        ("{.", 100_000),
        ("1. ", 3_000),
    ];
    let nested = format!("{}x{}", "[".repeat(10_000), "](sic:)".repeat(10_000));
    let texts = floods.into_iter().map(|(sign, times)| (sign, times, sign.repeat(times))).chain([("[…](sic:)", 10_000, nested)]);
    for (sign, times, text) in texts {
        let begun = std::time::Instant::now();
        let checked = read_body(&ContentPath::new("a.md"), &text, 0, &DateContext::default());
        assert!(!checked.value.0.blocks.is_empty(), "{sign}");
        let seconds = begun.elapsed().as_secs_f32();
        println!("{sign:?} x {times}: {seconds:.2} s, {} findings", checked.findings.len());
        assert!(seconds < 20.0, "{sign:?} x {times} took {seconds} s");
    }
}

/// Title with what stands above the first fence, and the input.
fn split(page: &str) -> (&str, &str) {
    let fence = format!("{FENCE}\n");
    let begin = page.find(&fence).expect("a page has an input between fences");
    let input = begin + fence.len();
    let end = input + page[input..].find(&format!("\n{FENCE}")).expect("the input ends") + 1;
    (&page[..begin], &page[input..end])
}

/// All that is understood of a text, indented.
pub fn understood(input: &str) -> String {
    // Three bytes stand for the front matter, so that offsets are proved to be those of the file.
    let text = format!("---{input}");
    let file = ContentPath::new("a.md");
    let checked = read_body(&file, &text, 3, &DateContext::default());
    let (body, summary) = checked.value;
    let mut out = String::new();
    blocks(&body.blocks, 0, &mut out);
    for (index, note) in body.notes.iter().enumerate() {
        let head = &summary.notes[index];
        writeln!(out, "note {index} [{}] {:?} opening {:?}", head.label.value.0, at(&text, head.label.span), head.opening).expect("text");
        blocks(note, 1, &mut out);
    }
    lists(&summary, &text, &mut out);
    for finding in &checked.findings {
        writeln!(out, "finding {} {:?}: {}", finding.code.name(), finding.primary.span.map(|span| at(&text, span)), finding.message)
            .expect("text");
        for other in &finding.others {
            writeln!(out, "  also {:?} {}", other.span.map(|span| at(&text, span)), other.text).expect("text");
        }
        for help in &finding.help {
            writeln!(out, "  help {help}").expect("text");
        }
    }
    out
}

fn at(text: &str, span: Span) -> &str {
    text.get(span.range()).expect("spans lie on character borders of the file")
}

fn place(place: Place) -> String {
    match place.note {
        Some(note) => format!("p{} note {note}", place.paragraph),
        None => format!("p{}", place.paragraph),
    }
}

fn lists(summary: &BodySummary, text: &str, out: &mut String) {
    for (index, one) in summary.annotations.iter().enumerate() {
        let context = &one.context;
        writeln!(out, "annotation {index} {:?} {}", at(text, one.span), place(one.place)).expect("text");
        writeln!(out, "  {}", kind(&one.kind, text)).expect("text");
        writeln!(out, "  words {:?} | {:?} | {:?}", context.before, context.text, context.after).expect("text");
    }
    for (index, one) in summary.note_refs.iter().enumerate() {
        writeln!(out, "reference {index} {:?} {} note {:?}", at(text, one.label.span), place(one.place), one.note).expect("text");
    }
    for one in &summary.headings {
        writeln!(out, "heading {} {:?} #{}", one.level, one.text, one.id).expect("text");
    }
    for one in &summary.anchors {
        writeln!(out, "anchor {} {:?}", one.value, at(text, one.span)).expect("text");
    }
    for (part, words) in &summary.parts {
        writeln!(out, "part {} {:?}", part.name(), words.value).expect("text");
    }
    writeln!(out, "{} paragraphs, {} words, opening {:?}", summary.paragraphs, summary.words, summary.opening).expect("text");
}

fn kind(kind: &AnnotationKind, text: &str) -> String {
    match kind {
        AnnotationKind::Link { target, title } => format!("link {:?} in {:?} title {title:?}", target.value, at(text, target.span)),
        AnnotationKind::Image { target, title } => format!("image {:?} in {:?} title {title:?}", target.value, at(text, target.span)),
        AnnotationKind::Mention { kind, id } => format!("mention {kind:?} {:?} in {:?}", id.value, at(text, id.span)),
        AnnotationKind::CrossReference { work, targets } => {
            format!("cross-reference {:?} in {:?} {targets:?}", work.value, at(text, work.span))
        }
        AnnotationKind::Dated(date) => format!("dated {:?}", date.printed),
        AnnotationKind::Citation(citation) => {
            let cites = citation.cites.iter().map(|cite| {
                format!(
                    "{:?} in {:?} prefix {:?} locators {:?} suffix {:?} suppress {}",
                    cite.key.value,
                    at(text, cite.key.span),
                    cite.prefix,
                    cite.locators.iter().map(|one| format!("{:?} {} ‹{}›", one.kind, one.value, one.printed)).collect::<Vec<_>>(),
                    cite.suffix,
                    cite.suppress_author
                )
            });
            format!("citation in_text {}\n    {}", citation.in_text, cites.collect::<Vec<_>>().join("\n    "))
        }
        other => format!("{other:?}"),
    }
}

fn blocks(list: &[Block], depth: usize, out: &mut String) {
    for block in list {
        let pad = "  ".repeat(depth);
        let mut head = String::new();
        if let Some(number) = block.number {
            write!(head, " p{number}").expect("text");
        }
        if let Some(part) = block.part {
            write!(head, " .{}", part.name()).expect("text");
        }
        if let Some(id) = &block.id {
            write!(head, " #{id}").expect("text");
        }
        if let Some(language) = &block.language {
            write!(head, " lang={language}").expect("text");
        }
        match &block.kind {
            BlockKind::Paragraph(text) => writeln!(out, "{pad}paragraph{head}: {}", inlines(text)).expect("text"),
            BlockKind::Heading { level, text } => writeln!(out, "{pad}heading {level}{head}: {}", inlines(text)).expect("text"),
            BlockKind::Quote(inner) => {
                writeln!(out, "{pad}quote{head}").expect("text");
                blocks(inner, depth + 1, out);
            }
            BlockKind::List { start, delimiter, tight, items } => {
                writeln!(out, "{pad}list{head} start {start:?} {delimiter:?} tight {tight}").expect("text");
                for item in items {
                    writeln!(out, "{pad}  item number {:?} task {:?}", item.number, item.task).expect("text");
                    blocks(&item.blocks, depth + 2, out);
                }
            }
            BlockKind::Table { columns, head: cells, rows } => {
                writeln!(out, "{pad}table{head} {columns:?}").expect("text");
                for row in std::iter::once(cells).chain(rows) {
                    writeln!(out, "{pad}  row {}", row.iter().map(|cell| inlines(cell)).collect::<Vec<_>>().join(" ¦ ")).expect("text");
                }
            }
            BlockKind::Code { language, text } => writeln!(out, "{pad}code{head} {language:?} {text:?}").expect("text"),
            BlockKind::Html(text) => writeln!(out, "{pad}html{head} {text:?}").expect("text"),
            BlockKind::Rule => writeln!(out, "{pad}rule{head}").expect("text"),
        }
    }
}

fn inlines(list: &[Inline]) -> String {
    list.iter()
        .map(|inline| match inline {
            Inline::Text(text) => text.clone(),
            Inline::SoftBreak => "⏎".to_owned(),
            Inline::HardBreak => "⏎⏎".to_owned(),
            Inline::Emphasis(inner) => format!("‹em {}›", inlines(inner)),
            Inline::Strong(inner) => format!("‹strong {}›", inlines(inner)),
            Inline::Deleted(inner) => format!("‹del {}›", inlines(inner)),
            Inline::Code(text) => format!("‹code {text}›"),
            Inline::Html(text) => format!("‹html {text}›"),
            Inline::NoteRef(index) => format!("‹ref {index}›"),
            Inline::Annotated(index, inner) => format!("‹{index} {}›", inlines(inner)),
        })
        .collect()
}
