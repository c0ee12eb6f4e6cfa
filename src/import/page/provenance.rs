//! From a page's source notes to fields: publications, copy-text, printed source, ways of sending, dates of writing, responsibility, rights.
//!
//! A sentence whose fields print it back is fields only. Of any other the sentence itself stays too, as `statement`, or the report says how
//! the printed form will differ.

use super::facts::{Known, date_of_title};
use super::labels::Label;
use super::{Desk, Page};
use crate::base::slug::slug;
use crate::formats::source_note::{self, Noun, Printed, Published, Sentence, Statement};
use crate::import::front::{Fields, Value};
use crate::import::shelf::{NewEntity, Shelf};
use crate::model::entity::EntityKind;
use crate::model::entry::{Entry, Name};
use crate::parse::date::{self, WarningKind};

/// What a page says of where its text comes from.
#[derive(Clone, Debug, Default)]
pub struct Provenance {
    /// Words of the date of writing, and the place.
    pub written: Option<(String, Option<String>)>,
    /// It was dictated or spoken, not written.
    sent_from: Option<String>,
    sent_to: Option<String>,
    published: Vec<Value>,
    copy_text: Option<Value>,
    source: Option<Value>,
    /// What "Publisher:" says beside "Source:", and whether the work has taken it.
    publisher: Option<String>,
    publisher_used: bool,
    archive: Fields,
    translators: Vec<String>,
    /// Key and title of the work it is printed from, for references to other volumes.
    pub work: Option<(String, Entry)>,
    /// Language named in the header.
    pub language: Option<String>,
    /// Keywords.
    pub keywords: Vec<String>,
    /// Who did what.
    pub responsibility: Vec<Value>,
    /// Rights.
    pub rights: Option<String>,
    /// Words that must stand in the fields.
    pub moved: Vec<String>,
    /// Statements without a field: rule, line, words.
    pub left: Vec<(&'static str, usize, String)>,
}

/// Reads the header and the source notes of a page.
pub fn read(page: &Page, shelf: &mut Shelf, desk: &mut Desk<'_>) -> Provenance {
    let mut out = Provenance::default();
    // The printed source first: what else is printed in the same work is then known.
    let publisher = page.labels.iter().find(|labelled| labelled.label == Label::Publisher);
    out.publisher = publisher.map(|labelled| labelled.value.trim().trim_end_matches(['.', ';']).to_owned());
    let (source, rest): (Vec<_>, Vec<_>) = page.labels.iter().partition(|labelled| labelled.label == Label::Source);
    for labelled in source.into_iter().chain(rest) {
        let value = labelled.value.trim();
        let line = labelled.line;
        match labelled.label {
            Label::Written | Label::Dictated | Label::Delivered => out.written(value, line, desk),
            Label::SourceNote => out.source_note(&composed(&labelled.printed, value), line, shelf, desk),
            Label::Source => out.source(value, line, shelf, desk),
            Label::Publisher if out.publisher_used => {}
            Label::Publisher => out.left.push(("a publisher stands apart from the source", line, labelled.value.clone())),
            Label::Archive => out.archive_of(value),
            Label::Translated => {
                out.translators.extend(people(value));
                out.moved.push(people(value).concat());
            }
            Label::Transcribed | Label::TranscribedAndMarkedUp | Label::MarkedUp | Label::Proofread => out.deeds(labelled.label, value),
            Label::Rights => out.rights_of(value),
            Label::Keywords => {
                out.keywords.extend(value.split([',', ';', '|']).map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned))
            }
            Label::Language => out.language = Some(value.to_owned()),
            Label::Author | Label::Recipient => {}
            Label::Place | Label::Other => {
                out.left.push(("a statement of the header has no field", line, format!("{} {value}", labelled.printed)))
            }
        }
    }
    out
}

/// A value that needs its label to be a sentence: `Published: First published…` does not, `Printed from: the original` does.
fn composed(label: &str, value: &str) -> String {
    if label.is_empty() || source_note::begins_source_note(value) {
        return value.to_owned();
    }
    // "First Published:" of a header is "First published" of a sentence.
    let label = label.trim().trim_end_matches(':').trim();
    let mut letters = label.chars();
    let first: String = letters.next().map(String::from).unwrap_or_default();
    format!("{first}{} {value}", letters.as_str().to_lowercase())
}

fn people(value: &str) -> Vec<String> {
    let value = value.trim().trim_end_matches('.').trim_start_matches("by ").trim_start_matches(": ");
    value.split(", ").flat_map(|part| part.split(" and ")).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

impl Provenance {
    fn written(&mut self, value: &str, line: usize, desk: &mut Desk<'_>) {
        let bare = ["Written ", "Dictated ", "Delivered ", "Написано ", "Продиктовано "]
            .iter()
            .find_map(|word| value.strip_prefix(word))
            .unwrap_or(value);
        let bare = bare.trim().trim_end_matches(';');
        let (sentence, russian) = if value.contains(|letter: char| ('\u{400}'..='\u{4ff}').contains(&letter)) {
            ("Написано ", true)
        } else {
            ("Written ", false)
        };
        let read = source_note::read(&format!("{sentence}{bare}"));
        let (place, words) = match read.first().map(|sentence| &sentence.statement) {
            Some(Statement::Written { place, date }) if read.len() == 1 => (place.clone(), date.clone()),
            _ => (None, Some(bare.to_owned())),
        };
        let words = words.unwrap_or_default();
        let words = if russian { words } else { words.trim_end_matches('.').to_owned() };
        if self.written.is_some() {
            self.left.push(("a second date of writing", line, value.to_owned()));
            return;
        }
        if words.is_empty() && place.is_none() {
            return;
        }
        let reading = date::read(&words, &desk.dates);
        if reading.date.is_none() || !reading.warnings.is_empty() {
            let why = reading.warnings.first().map_or("no date", |warning| warning.kind.name());
            desk.puzzled("the date of writing is not read with certainty; it stands as printed", line, format!("{words} ({why})"));
        }
        self.moved.push(words.clone());
        self.moved.extend(place.clone());
        self.written = Some((words, place));
    }

    fn source_note(&mut self, text: &str, line: usize, shelf: &mut Shelf, desk: &mut Desk<'_>) {
        for sentence in source_note::read(text) {
            match sentence.statement.clone() {
                Statement::Published(published) => self.publication(&sentence, &published, line, shelf, desk),
                Statement::Copy(copy) => {
                    let mut fields = Fields::new();
                    fields.put_some("kind", copy.kind);
                    fields.put_some("hand", copy.hand);
                    fields.put_some("found", copy.found);
                    fields.put("statement", sentence.text.as_str());
                    self.moved.push(sentence.text.clone());
                    match self.copy_text {
                        None => self.copy_text = Some(fields.into()),
                        Some(_) => self.left.push(("a second statement of the copy-text", line, sentence.text)),
                    }
                }
                Statement::Sent { from, to } => {
                    self.moved.extend(from.iter().chain(&to).cloned());
                    (self.sent_from, self.sent_to) = (from, to);
                }
                Statement::Written { .. } => self.written(
                    if sentence.text.ends_with(" г.") { &sentence.text } else { sentence.text.trim_end_matches('.') },
                    line,
                    desk,
                ),
                Statement::Printed(_) | Statement::Other => self.beside(sentence, line, desk),
            }
        }
    }

    /// A sentence without a field of its own: it stays with the statement of the copy-text, when there is one.
    fn beside(&mut self, sentence: Sentence, line: usize, desk: &mut Desk<'_>) {
        if let Some(Value::Map(fields)) = &self.copy_text
            && let Some(statement) = fields.text("statement")
        {
            let joined = format!("{statement} {}", sentence.text);
            let mut new = Fields::new();
            for (name, value) in fields.iter().filter(|(name, _)| name != "statement") {
                new.put(name, value.clone());
            }
            new.put("statement", joined);
            self.copy_text = Some(new.into());
            desk.puzzled("a sentence of the source note has no field; it stands in `copy_text`", line, sentence.text.clone());
            self.moved.push(sentence.text);
        } else {
            let mut fields = Fields::new();
            fields.put("statement", sentence.text.as_str());
            desk.puzzled("a sentence of the source note is not understood; it stands under `first_published`", line, sentence.text.clone());
            self.moved.push(sentence.text);
            self.published.push(fields.into());
        }
    }

    fn publication(&mut self, sentence: &Sentence, published: &Published, line: usize, shelf: &mut Shelf, desk: &mut Desk<'_>) {
        let mut fields = Fields::new();
        fields.put_some("date", published.date.as_deref());
        if let Some(title) = &published.container {
            let container = work_of_publication(published, title, shelf, desk).unwrap_or_else(|| title.clone());
            fields.put("in", container);
        }
        fields.put_some("volume", published.volume.as_deref());
        fields.put_some("issue", published.issue.as_deref());
        fields.put_some("pages", published.pages.as_deref());
        match published.extent {
            source_note::Extent::Unsaid => {}
            source_note::Extent::Part => fields.put("extent", "part"),
            source_note::Extent::Full => fields.put("extent", "full"),
        }
        // What `in` cannot say beside a title, the sentence says.
        let said = sentence.is_exact() && published.noun.is_none() && published.location.is_none();
        if said {
            self.moved.extend([&published.date, &published.volume, &published.issue, &published.pages].into_iter().flatten().cloned());
        } else {
            let printed = sentence.printed().unwrap_or_default();
            let rule = if sentence.is_exact() {
                "a source note says more than its fields; the sentence stands with them"
            } else {
                "the fields of a source note do not print it letter for letter; the sentence stands with them"
            };
            desk.guess(rule, line, format!("“{}”: the fields print “{printed}”", sentence.text));
            fields.put("statement", sentence.text.as_str());
            self.moved.push(sentence.text.clone());
        }
        self.published.push(fields.into());
    }

    fn source(&mut self, value: &str, line: usize, shelf: &mut Shelf, desk: &mut Desk<'_>) {
        if self.source.is_some() {
            self.left.push(("a second source", line, value.to_owned()));
            return;
        }
        let sentence = source_note::read_source(value);
        let Statement::Printed(printed) = &sentence.statement else {
            desk.puzzled("the source is not taken apart; it stands as one sentence", line, value);
            self.moved.push(value.to_owned());
            self.source = Some(Value::Text(value.to_owned()));
            return;
        };
        let mut entry = work(printed, desk);
        if let Some(publisher) = self.publisher.as_deref().filter(|_| entry.publisher.is_none()) {
            publish(&mut entry, publisher, desk);
            self.publisher_used = true;
        }
        let key = shelf.work(entry.clone());
        let mut fields = Fields::new();
        fields.put("work", key.as_str());
        fields.put_some("pages", printed.pages.as_deref());
        fields.put_some("number", printed.number.as_deref());
        fields.put_some("edition", printed.edition.as_deref().map(|edition| edition.replace("..", ".")));
        self.moved.extend([&printed.pages, &printed.number].into_iter().flatten().cloned());
        if !sentence.is_exact() {
            let printed = sentence.printed().unwrap_or_default();
            if words_missing(&sentence.text, &printed) {
                fields.put("statement", sentence.text.as_str());
                self.moved.push(sentence.text.clone());
                desk.guess("the source says more than its fields; the sentence stands with them", line, sentence.text.as_str());
            } else {
                desk.guess(
                    "the fields of the source print it in the order of the house",
                    line,
                    format!("“{}”: “{printed}.”", sentence.text),
                );
            }
        }
        self.work = Some((key, entry));
        self.source = Some(fields.into());
    }

    /// `РГАСПИ, ф. 2, оп. 1, д. 100, л. 1`; of others the repository and the rest.
    fn archive_of(&mut self, value: &str) {
        let value = value.trim().trim_end_matches('.');
        let mut rest: Vec<&str> = Vec::new();
        for (at, part) in value.split(", ").enumerate() {
            let (word, number) =
                part.split_once(['.', ' ']).map_or((part, ""), |(word, number)| (word, number.trim_start_matches('.').trim()));
            let field = match word.to_lowercase().as_str() {
                "ф" | "фонд" | "f" | "fond" => Some("fonds"),
                "оп" | "опись" | "op" => Some("inventory"),
                "д" | "дело" | "d" | "file" => Some("file"),
                "л" | "лл" | "l" | "ll" | "лист" => Some("leaves"),
                _ => None,
            };
            match field.filter(|_| !number.is_empty()) {
                _ if at == 0 => self.archive.put("repository", part),
                Some(field) => self.archive.put(field, number),
                None => rest.push(part),
            }
        }
        self.archive.put("shelfmark", rest.join(", "));
    }

    fn deeds(&mut self, label: Label, value: &str) {
        let did: &[&str] = match label {
            Label::Transcribed => &["transcribed"],
            Label::Proofread => &["proofread"],
            Label::MarkedUp => &["marked-up"],
            _ => &["transcribed", "marked-up"],
        };
        let (years, names): (Vec<String>, Vec<String>) = people(value.trim_end_matches(';'))
            .into_iter()
            .partition(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit()));
        for who in names {
            for did in did {
                let mut fields = Fields::new();
                fields.put("who", who.as_str());
                fields.put("did", *did);
                fields.put_some("when", years.first().map(String::as_str));
                self.responsibility.push(fields.into());
            }
            self.moved.push(who);
        }
    }

    fn rights_of(&mut self, value: &str) {
        self.moved.push(value.to_owned());
        let before = self.rights.take().map(|text| format!("{text} ")).unwrap_or_default();
        self.rights = Some(format!("{before}{value}"));
    }

    /// `written`, `sent`, `received`.
    pub fn dates(&self, fields: &mut Fields, known: &Known<'_>, shelf: &mut Shelf, desk: &mut Desk<'_>) {
        let place = |name: &str, shelf: &mut Shelf| {
            shelf.known(EntityKind::Place, name).unwrap_or_else(|| shelf.entity(name, NewEntity::named(EntityKind::Place, name)))
        };
        let title = date_of_title(known.title, desk);
        let dateline = known.opening.dateline.as_ref();
        let whole = |words: &String| !date::read(words, &desk.dates).warnings.iter().any(|warning| warning.kind == WarningKind::NoYear);
        let (words, from, rule) = match (&self.written, dateline, title) {
            (Some((words, _)), ..) if !words.is_empty() => (Some(words.clone()), None, None),
            (_, Some((words, _)), _) if whole(words) => (Some(words.clone()), None, Some("the date of writing is that of the dateline")),
            (_, _, Some(title)) => (Some(title.to_owned()), None, Some("the date of writing is that of the title")),
            (_, Some((words, _)), None) => {
                (Some(words.clone()), Some("its year is not known"), Some("the date of writing is that of the dateline"))
            }
            _ => (None::<String>, None, None),
        };
        if let (Some(words), Some(rule)) = (&words, rule) {
            desk.guess(rule, 0, format!("{words}{}", from.map(|why: &str| format!("; {why}")).unwrap_or_default()));
        }
        let at = self.written.as_ref().and_then(|(_, place)| place.clone());
        match (&words, at) {
            (words, Some(at)) => {
                let mut written = Fields::new();
                written.put("place", place(&at, shelf));
                written.put_some("date", words.as_deref());
                fields.put("written", written);
            }
            (Some(words), None) => fields.put("written", words.as_str()),
            (None, None) => {}
        }
        let from = self.sent_from.clone().or_else(|| dateline.and_then(|(_, place)| place.clone()));
        for (name, at) in [("sent", from), ("received", self.sent_to.clone())] {
            if let Some(at) = at {
                let mut event = Fields::new();
                event.put("place", place(&at, shelf));
                fields.put(name, event);
            }
        }
    }

    /// `first_published`, `copy_text`, `source`, `translation`.
    pub fn sources(&self, fields: &mut Fields) {
        fields.put("first_published", Value::List(self.published.clone()));
        if let Some(copy) = &self.copy_text {
            // A sentence that says no more than itself is typed as one.
            let only = match copy {
                Value::Map(map) if map.iter().count() == 1 => map.get("statement").cloned(),
                _ => None,
            };
            fields.put("copy_text", only.unwrap_or_else(|| copy.clone()));
        }
        if let Some(source) = &self.source {
            fields.put("source", source.clone());
        }
        fields.put("archive", self.archive.clone());
        if !self.translators.is_empty() {
            let mut translation = Fields::new();
            translation.put_list("by", self.translators.iter().map(|name| Value::Text(name.clone())).collect());
            fields.put("translation", translation);
        }
    }

    /// The key of another volume of the work it is printed from.
    pub fn volume(&self, number: &str, shelf: &mut Shelf) -> Option<String> {
        let (key, entry) = self.work.as_ref()?;
        let own = entry.volume.as_deref()?;
        if arabic(own) == arabic(number) {
            return Some(key.clone());
        }
        let stem = key.strip_suffix(&format!("-{}", arabic(own))).unwrap_or(key);
        let other = Entry { key: format!("{stem}-{}", arabic(number)), volume: Some(number.to_owned()), date: None, ..entry.clone() };
        Some(shelf.work(other))
    }
}

/// Words of a sentence that its printed form lacks, labels aside.
fn words_missing(text: &str, printed: &str) -> bool {
    const LABELS: [&str; 14] = ["vol", "volume", "p", "pp", "page", "pages", "т", "том", "с", "стр", "the", "by", "м", "изд"];
    let list = |text: &str| {
        text.to_lowercase()
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let there = list(printed);
    list(text).iter().any(|word| !there.contains(word) && !LABELS.contains(&word.as_str()))
}

/// The work a text is printed from, as an entry of the bibliography.
fn work(printed: &Printed, desk: &Desk<'_>) -> Entry {
    let title = printed.title.clone().unwrap_or_default();
    let author = printed.author.clone().unwrap_or_default();
    let volume = printed.volume.as_deref().map(arabic);
    let key = slug(&format!("{} {title} {}", names_only(&author), volume.clone().unwrap_or_default()));
    Entry {
        key,
        kind: "book".into(),
        title,
        authors: authors(&author),
        publisher: printed.publisher.clone(),
        location: printed.location.clone(),
        date: printed.date.as_deref().and_then(|words| date::read(words, &desk.dates).date),
        volume,
        ..Entry::default()
    }
}

/// `Foreign Languages Publishing House, Moscow, 1954`.
fn publish(entry: &mut Entry, words: &str, desk: &Desk<'_>) {
    let mut parts: Vec<&str> = words.split(", ").collect();
    let year = parts.last().copied().filter(|last| last.len() == 4 && last.bytes().all(|byte| byte.is_ascii_digit()));
    if let Some(year) = year {
        parts.pop();
        entry.date = entry.date.take().or_else(|| date::read(year, &desk.dates).date);
    }
    if parts.len() > 1 && entry.location.is_none() {
        entry.location = parts.pop().map(str::to_owned);
    }
    entry.publisher = Some(parts.join(", ")).filter(|name| !name.is_empty());
}

/// `Marx-Engels`, `Karl Marx and Frederick Engels`.
fn authors(names: &str) -> Vec<Name> {
    names.split(" and ").flat_map(|part| part.split('-')).map(str::trim).filter(|name| !name.is_empty()).map(Name::read).collect()
}

fn names_only(author: &str) -> String {
    author.split(", ").next().unwrap_or(author).to_owned()
}

/// A volume of a miscellany or collection is a work of its own; a journal stays a title.
fn work_of_publication(published: &Published, title: &str, shelf: &mut Shelf, desk: &Desk<'_>) -> Option<String> {
    let volume = published.volume.as_deref()?;
    let periodical = matches!(published.noun, Some(Noun::Journal | Noun::Magazine | Noun::Newspaper));
    if periodical || published.issue.is_some() || title.contains(',') {
        return None;
    }
    let number = arabic(volume);
    let (author, own) = source_note::author_and_title(title);
    let entry = Entry {
        key: slug(&format!("{title} {number}")),
        kind: "book".into(),
        title: own.to_owned(),
        authors: authors(author),
        location: published.location.clone(),
        date: published.date.as_deref().and_then(|words| date::read(words, &desk.dates).date),
        volume: Some(number),
        ..Entry::default()
    };
    Some(shelf.work(entry))
}

/// `XXXVI` → `36`, `Bd. 2` → `2`; other words stay.
pub fn arabic(volume: &str) -> String {
    let roman = !volume.is_empty() && volume.chars().all(|letter| "IVXLCDM".contains(letter));
    if roman {
        let value = |letter| match letter {
            'I' => 1_i32,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            'C' => 100,
            'D' => 500,
            _ => 1000,
        };
        let values: Vec<i32> = volume.chars().map(value).collect();
        let total: i32 = values
            .iter()
            .enumerate()
            .map(|(at, value)| if values.get(at + 1).is_some_and(|next| next > value) { -value } else { *value })
            .sum();
        return total.to_string();
    }
    let figures: String = volume.chars().skip_while(|letter| !letter.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    if figures.is_empty() { volume.to_owned() } else { figures }
}
