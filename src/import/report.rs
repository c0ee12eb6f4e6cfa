//! What an import says of itself: how much came in, what it guessed and by which rule, what it did not understand, what it changed.

use serde::Serialize;
use std::collections::BTreeMap;

/// Sorts of remarks, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// The original is broken there: what follows may be incomplete. The exit status tells.
    Broken,
    /// Words of the original that are nowhere in the result. The exit status tells.
    Lost,
    /// Left as it was, since an editor changed the file; the exit status tells.
    Kept,
    /// A mark or element that has no counterpart here; its words came in as plain text.
    NotUnderstood,
    /// Words that are no part of a document, kept in a file beside the documents.
    SetAside,
    /// Characters that are not as in the original.
    Changed,
    /// Something the original does not say in so many words.
    Guess,
}

impl Sort {
    /// All sorts with the heading under which they are printed.
    pub const ALL: [(Self, &'static str); 7] = [
        (Self::Broken, "Broken in the original"),
        (Self::Lost, "Lost"),
        (Self::Kept, "Left as an editor has it"),
        (Self::NotUnderstood, "Not understood"),
        (Self::SetAside, "Set aside"),
        (Self::Changed, "Changed"),
        (Self::Guess, "Guessed"),
    ];

    /// Whether an import with such a remark is not clean.
    #[must_use]
    pub fn is_grave(self) -> bool {
        matches!(self, Self::Broken | Self::Lost | Self::Kept)
    }
}

/// One remark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// Which sort.
    pub sort: Sort,
    /// The rule, in words that are the same for all remarks of the kind: "the year is that of the dateline".
    pub rule: String,
    /// The original file.
    pub file: String,
    /// Its line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// The words it is about, and what was made of them.
    pub text: String,
}

/// How much came in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// Original files read.
    pub originals: usize,
    /// Documents.
    pub documents: usize,
    /// Documents with a date of writing.
    pub dated: usize,
    /// Notes.
    pub notes: usize,
    /// Marks of notes in the texts.
    pub note_references: usize,
    /// Notes to which no mark leads.
    pub notes_without_reference: usize,
    /// References between documents of the edition.
    pub references: usize,
    /// References to what is not in the edition, kept as printed cross-references or words.
    pub references_elsewhere: usize,
    /// Mentions of persons, places and other entries of the registers.
    pub mentions: usize,
    /// Entries added to the registers.
    pub entities_added: usize,
    /// Works added to the bibliography.
    pub works_added: usize,
    /// Characters of the originals' documents, blanks not counted.
    pub characters: usize,
    /// Of these, characters that are neither in the texts nor in fields.
    pub characters_lost: usize,
}

/// The report of one import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// How much.
    pub figures: Figures,
    /// What else is to be said, in the order of the originals.
    pub remarks: Vec<Remark>,
}

/// Examples shown of one rule; the file written by `--report` has all.
const EXAMPLES: usize = 3;

impl Report {
    /// Adds a remark.
    pub fn say(&mut self, sort: Sort, rule: &str, file: &str, line: usize, text: impl Into<String>) {
        self.remarks.push(Remark { sort, rule: rule.to_owned(), file: file.to_owned(), line, text: text.into() });
    }

    /// Whether everything came in.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        !self.remarks.iter().any(|remark| remark.sort.is_grave())
    }

    /// For people: figures, then remarks by sort and rule with a few examples.
    #[must_use]
    pub fn human(&self) -> String {
        let figures = &self.figures;
        let mut out = String::new();
        let dated = if figures.dated == figures.documents { String::new() } else { format!(", {} of them dated", figures.dated) };
        out.push_str(&format!("{}{dated}, from {}\n", count(figures.documents, "document"), count(figures.originals, "file")));
        let mut line = |name: &str, text: String| out.push_str(&format!("  {name:11} {text}\n"));
        let loose = match figures.notes_without_reference {
            0 => "each tied to its mark in the text".to_owned(),
            number => format!("{number} without a mark in the text"),
        };
        if figures.notes > 0 {
            line("notes", format!("{}, {loose}", figures.notes));
        }
        if figures.references + figures.references_elsewhere > 0 {
            line("references", format!("{} between documents, {} to other places", figures.references, figures.references_elsewhere));
        }
        if figures.mentions + figures.entities_added > 0 {
            line("registers", format!("{}, {} added", count(figures.mentions, "mention"), entries(figures.entities_added)));
        }
        if figures.works_added > 0 {
            line("works", format!("{} added to the bibliography", figures.works_added));
        }
        if figures.characters > 0 {
            line("characters", format!("{}, {} lost", figures.characters, figures.characters_lost));
        }
        for (sort, heading) in Sort::ALL {
            let mut rules: BTreeMap<&str, Vec<&Remark>> = BTreeMap::new();
            for remark in self.remarks.iter().filter(|remark| remark.sort == sort) {
                rules.entry(&remark.rule).or_default().push(remark);
            }
            if !rules.is_empty() {
                out.push_str(&format!("\n{heading}:\n"));
            }
            for (rule, remarks) in rules {
                out.push_str(&format!("  {rule} ({})\n", remarks.len()));
                for remark in remarks.iter().take(EXAMPLES) {
                    let place = if remark.line == 0 { remark.file.clone() } else { format!("{}:{}", remark.file, remark.line) };
                    out.push_str(&format!("    {place}  {}\n", crate::base::text::head(&remark.text, 110).0));
                }
                if remarks.len() > EXAMPLES {
                    out.push_str(&format!("    and {} more\n", remarks.len() - EXAMPLES));
                }
            }
        }
        out
    }
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

fn entries(number: usize) -> String {
    if number == 1 { "1 entry".to_owned() } else { format!("{number} entries") }
}
