//! The text of a document file: its block tree and the part of the summary that only the text can tell.
//!
//! The stages: Markdown to events (`markdown`), brackets that Markdown leaves unread (`brackets`), numbers that are no lists (`enumerators`),
//! notes taken out (`notes`), then blocks (`blocks`) and lines (`inlines`) with their annotations. It never fails and never looks at another file.

use super::date::DateContext;
use super::inlines::Gathered;
use super::notes::Notes;
use super::{apparatus, blocks, brackets, enumerators, leftovers, markdown, notes, page_order, prose, typed_marks, unindented};
use crate::base::path::ContentPath;
use crate::base::span::{Span, Spanned};
use crate::base::text::head;
use crate::diag::{Checked, Code, Diagnostic, Label};
use crate::model::annotation::{Annotation, Place};
use crate::model::block::{Body, Part};
use crate::model::document::Heading;
use crate::model::note::{Note, NoteRef};
use crate::proof::{self, Setting};

/// Characters of the opening words of a text.
const OPENING: usize = 160;
/// Characters of the opening words of a note.
const NOTE_OPENING: usize = 80;

/// What the text tells the summary; the fields are those of [`crate::model::document::Summary`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BodySummary {
    /// Headings in the text.
    pub headings: Vec<Heading>,
    /// Ids typed as `{#id}`.
    pub anchors: Vec<Spanned<String>>,
    /// Number of the last numbered paragraph.
    pub paragraphs: u32,
    /// Marked parts with their plain words, those in quotations apart: they belong to embedded documents.
    pub parts: Vec<(Part, Spanned<String>)>,
    /// Annotations in the order of the text, then of the notes.
    pub annotations: Vec<Annotation>,
    /// References to notes in the same order.
    pub note_refs: Vec<NoteRef>,
    /// Notes in the order in which they are first referred to; unused ones last.
    pub notes: Vec<Note>,
    /// First words of the text.
    pub opening: String,
    /// Words of the text without notes.
    pub words: u32,
}

/// Reads the text of the file `file` that begins at byte `start` of `text`.
#[must_use]
pub fn read_body(file: &ContentPath, text: &str, start: usize, context: &DateContext) -> Checked<(Body, BodySummary)> {
    read_and_proof(file, text, start, context, None)
}

/// Reads the text and looks through it for slips of the pen.
#[must_use]
pub fn read_and_proof(
    file: &ContentPath,
    text: &str,
    start: usize,
    context: &DateContext,
    setting: Option<&Setting>,
) -> Checked<(Body, BodySummary)> {
    let read = markdown::read(text, start);
    let mut findings = Vec::new();
    for (label, span) in &read.unused {
        let finding = format!("this line gives `[{label}]` an address and would not be shown");
        findings.push(
            Diagnostic::new(Code::LostDefinition, finding, Label::new(file, *span))
                .help(format!("type `\\[{label}]:` if the line belongs to the text, or remove it")),
        );
    }
    if let Some(span) = read.too_deep {
        let message = format!("nested deeper than {} levels", markdown::DEEPEST);
        findings.push(
            Diagnostic::new(Code::DeepNesting, message, Label::new(file, span))
                .help("type a backslash before signs that belong to the text"),
        );
    }
    let events = brackets::mend(read.events, text, file, &mut findings);
    let events = enumerators::dissolve(events, text, file);
    if setting.is_some() {
        unindented::run(file, text, &events, &mut findings);
    }
    let (events, definitions) = notes::split(events);
    if let Some(setting) = setting {
        let passages = prose::passages(&events, &definitions, text);
        proof::text(file, &passages, setting, &mut findings);
        leftovers::run(file, text, &passages, &mut findings);
        typed_marks::run(file, text, &passages, &typed_marks::Written { definitions: &definitions, body: &events }, &mut findings);
    }
    let notes = Notes::new(definitions, file, &mut findings);
    let mut gathered = Gathered { text, file, dates: context, annotations: Vec::new(), note_refs: Vec::new(), notes, findings };
    let mut outline = blocks::Outline::default();
    let mut body = Body { blocks: blocks::read(&events, Place::default(), &mut gathered, &mut outline), notes: Vec::new() };
    let paragraphs = outline.paragraphs;
    let written = read_notes(&mut body, &mut gathered, &mut outline);
    let labels: Vec<&str> = gathered.notes.labels().collect();
    let meant = apparatus::undefined(&gathered.note_refs, &labels, file, text, &mut gathered.findings);
    if let Some(setting) = setting {
        page_order::run(file, &gathered.annotations, setting.pages, &mut gathered.findings);
    }
    // A mark and a note that miss each other are one slip.
    let named = |finding: &Diagnostic| finding.primary.span.and_then(|span| text.get(span.range()));
    gathered.findings.retain(|finding| finding.code != Code::UnusedNote || !meant.iter().any(|label| named(finding) == Some(label)));
    let summary = BodySummary {
        headings: outline.headings,
        anchors: outline.anchors,
        paragraphs,
        parts: outline.parts,
        annotations: gathered.annotations,
        note_refs: gathered.note_refs,
        notes: written,
        opening: opening(from_first_sentence(&outline.opening), OPENING),
        words: outline.words,
    };
    Checked::new((body, summary), gathered.findings)
}

/// Reads the notes in the order of their numbers; notes in notes get theirs on the way.
fn read_notes(body: &mut Body, gathered: &mut Gathered<'_>, outline: &mut blocks::Outline) -> Vec<Note> {
    let mut written = Vec::new();
    let mut all_used = true;
    loop {
        let number = written.len();
        let Some((definition, place)) = gathered.notes.get(number).map(|(definition, place)| (definition.clone(), place)) else {
            if !all_used {
                return written;
            }
            all_used = false;
            let last = Place { note: None, paragraph: outline.paragraphs };
            gathered.notes.unused(last, gathered.file, gathered.text, &mut gathered.findings);
            continue;
        };
        let here = Place { note: Some(Span::at(number).start), paragraph: place.paragraph };
        let blocks = blocks::read(&definition.events, here, gathered, outline);
        let words = blocks::first_words(&blocks);
        body.notes.push(blocks);
        written.push(Note { label: definition.label, span: definition.span, opening: opening(&words, NOTE_OPENING) });
    }
}

/// The words after the number of a dispatch and after the greeting, where they stand on the line of the text: `No. 12.] Sir: I have the honor`
/// begins `I have the honor`.
fn from_first_sentence(words: &str) -> &str {
    const GREETINGS: [&str; 11] =
        ["Sir", "Sirs", "Gentlemen", "Madam", "My", "Dear", "Your", "Excellency", "Monsieur", "Highness", "Messieurs"];
    let bare = words.trim_start_matches('[');
    let number = bare.strip_prefix("No. ").map(|rest| rest.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric()));
    let rest = number.and_then(|rest| rest.trim_start_matches('.').strip_prefix(']')).map_or(words, str::trim_start);
    let greeting = |head: &str| {
        let first = head.split(' ').next().unwrap_or_default().trim_end_matches(',');
        GREETINGS.contains(&first)
            && head.split(' ').count() <= 6
            && head.split(' ').all(|word| word == "and" || word == "dear" || word.starts_with(char::is_uppercase))
    };
    let after = rest.split_once(": ").filter(|(head, _)| greeting(head)).map_or(rest, |(_, after)| after.trim_start());
    if after.is_empty() { words } else { after }
}

fn opening(words: &str, limit: usize) -> String {
    let (words, cut) = head(words, limit);
    if cut { format!("{words}…") } else { words.to_owned() }
}

/// The passages of a file's text, for suggestions that need the registers.
#[must_use]
pub fn passages(file: &ContentPath, text: &str) -> Vec<proof::Passage> {
    let text = &*super::with_line_feeds(text);
    let start = super::front_matter::body_start(text);
    let mut unheard = Vec::new();
    let events = brackets::mend(markdown::read(text, start).events, text, file, &mut unheard);
    let (events, definitions) = notes::split(enumerators::dissolve(events, text, file));
    prose::passages(&events, &definitions, text)
}

#[cfg(test)]
mod tests {
    use super::from_first_sentence;

    #[test]
    fn an_opening_begins_with_the_first_sentence() {
        let cases = [
            ("No. 60.] Sir: I have the honor", "I have the honor"),
            ("[No. 7a.] My dear Sir: The answer is given", "The answer is given"),
            ("Your Highness and Your Excellency: We have", "We have"),
            ("My question: what is to be done", "My question: what is to be done"),
            ("No. 3 is lost.", "No. 3 is lost."),
            ("No. 12.]", "No. 12.]"),
        ];
        for (words, opening) in cases {
            assert_eq!(from_first_sentence(words), opening, "{words}");
        }
    }
}
