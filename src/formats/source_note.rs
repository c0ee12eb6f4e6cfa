//! The sentences in which an edition says where a text comes from, read into fields and printed from them again.
//!
//! "First published in 1959 in Lenin Miscellany XXXVI. Printed from a typewritten copy." is two statements. Each is read by
//! its language's grammar; [`Sentence::is_exact`] says whether printing the fields gives the sentence back letter for
//! letter. Where it does not, the importer keeps the sentence itself: nothing here is ever put right.

mod english;
mod russian;
mod words;

/// A language whose source notes are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// Russian.
    Russian,
}

/// How much of the document a publication printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Extent {
    /// Not said.
    #[default]
    Unsaid,
    /// "in part", "abridged".
    Part,
    /// "in full".
    Full,
}

/// What kind of thing a text appeared in, as the sentence names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say all")]
pub enum Noun {
    Journal,
    Magazine,
    Newspaper,
    Collection,
    Book,
    Pamphlet,
}

/// An earlier publication.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// In part or in full.
    pub extent: Extent,
    /// When, as printed: `1959`, `[1977]`, `January 21, 1927`.
    pub date: Option<String>,
    /// "the journal" before the title.
    pub noun: Option<Noun>,
    /// Title of what it appeared in.
    pub container: Option<String>,
    /// `XXXVI`, `46`, `Bd. 2`.
    pub volume: Option<String>,
    /// `17`.
    pub issue: Option<String>,
    /// Place of publication.
    pub location: Option<String>,
    /// `5-7`.
    pub pages: Option<String>,
}

/// What the text was printed from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Copy {
    /// `original`, `typewritten-copy`, `manuscript` … when it is one of the known words.
    pub kind: Option<&'static str>,
    /// In whose hand.
    pub hand: Option<String>,
    /// Where it was found.
    pub found: Option<String>,
}

/// A place in a printed work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Printed {
    /// `Lenin`, `Ленин, В. И.`
    pub author: Option<String>,
    /// `Collected Works`.
    pub title: Option<String>,
    /// `Progress Publishers`.
    pub publisher: Option<String>,
    /// `1976`, `[1977]`.
    pub date: Option<String>,
    /// `Moscow`.
    pub location: Option<String>,
    /// `45`.
    pub volume: Option<String>,
    /// `533b-534a`.
    pub pages: Option<String>,
    /// Number of the document in the work.
    pub number: Option<String>,
    /// `5-е изд.`
    pub edition: Option<String>,
}

/// One statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Statement {
    /// Where it appeared before.
    Published(Published),
    /// What it was printed from.
    Copy(Copy),
    /// Where the paper went.
    Sent {
        /// From where.
        from: Option<String>,
        /// To where.
        to: Option<String>,
    },
    /// When and where it was written: the words after "Written".
    Written {
        /// Where.
        place: Option<String>,
        /// The words of the date.
        date: Option<String>,
    },
    /// The work the text is taken from.
    Printed(Printed),
    /// Something else.
    Other,
}

/// A sentence and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// As printed, with its full stop.
    pub text: String,
    /// The language it was read in.
    pub language: Language,
    /// What it says.
    pub statement: Statement,
}

impl Sentence {
    /// The sentence as its fields print it; `None` when there are none.
    #[must_use]
    pub fn printed(&self) -> Option<String> {
        match self.language {
            Language::English => english::print(&self.statement),
            Language::Russian => russian::print(&self.statement),
        }
    }

    /// Whether the fields give the sentence back, its last full stop aside.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.printed().is_some_and(|printed| printed == bare(&self.text))
    }
}

/// A sentence without the sign that ends it.
fn bare(text: &str) -> &str {
    let text = text.trim();
    // "1922 г." ends with an abbreviation, whose stop is the sentence's too.
    if text.ends_with(" г.") { text } else { text.strip_suffix(['.', ';']).unwrap_or(text).trim_end() }
}

/// Reads a source note of one or several sentences.
#[must_use]
pub fn read(text: &str) -> Vec<Sentence> {
    let language = language_of(text);
    words::sentences(text)
        .into_iter()
        .map(|sentence| {
            let statement = match language {
                Language::English => english::read(bare(sentence)),
                Language::Russian => russian::read(bare(sentence)),
            };
            Sentence { text: sentence.to_owned(), language, statement }
        })
        .collect()
}

/// Reads what stands after "Source:".
#[must_use]
pub fn read_source(text: &str) -> Sentence {
    let language = language_of(text);
    let printed = match language {
        Language::English => english::source(bare(text)),
        Language::Russian => russian::source(bare(text)),
    };
    let known = printed.title.is_some() && (printed.volume.is_some() || printed.pages.is_some() || printed.date.is_some());
    let statement = if known { Statement::Printed(printed) } else { Statement::Other };
    Sentence { text: text.trim().to_owned(), language, statement }
}

/// "Lenin Collected Works" is `Lenin` and `Collected Works`; other titles have no author.
#[must_use]
pub fn author_and_title(title: &str) -> (&str, &str) {
    english::author_and_title(title)
}

/// Whether a line begins as a source note does.
#[must_use]
pub fn begins_source_note(text: &str) -> bool {
    words::begins_statement(text)
}

fn language_of(text: &str) -> Language {
    let cyrillic = text.chars().filter(|letter| ('\u{400}'..='\u{4ff}').contains(letter)).count();
    let latin = text.chars().filter(char::is_ascii_alphabetic).count();
    if cyrillic > latin { Language::Russian } else { Language::English }
}

#[cfg(test)]
mod tests;
