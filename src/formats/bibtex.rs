//! BibTeX and BibLaTeX: the door to the crate that knows LaTeX escapes, names, abbreviations and cross-references.
//!
//! An entry that cannot be read is reported and left out; the others are read.

mod slips;

use super::{Record, hold, surround};
use crate::base::path::ContentPath;
use crate::base::span::{Span, Spanned};
use crate::base::suggest::nearest;
use crate::base::text::squeeze;
use crate::diag::{Checked, Code, Diagnostic, Label};
use crate::model::citable::{CHANGED, CONTAINER_ISSUED, Citable};
use crate::model::date::Date;
use crate::model::entry::{Entry, Name};
use biblatex::{Bibliography, ChunksExt, ParseError, ParseErrorKind, Person, RawBibliography, Token};
use std::collections::BTreeMap;

/// Entries left out before reading stops: each costs one more reading of the file.
const SLIPS: usize = 100;
/// Deepest nesting of braces.
const DEPTH: usize = 64;

/// Entry type, our kind, kind of the work that holds it.
const KINDS: [(&str, &str, &str); 36] = [
    ("article", "article", "periodical"),
    ("suppperiodical", "article", "periodical"),
    ("book", "book", "book"),
    ("mvbook", "book", "book"),
    ("booklet", "book", "book"),
    ("inbook", "chapter", "book"),
    ("bookinbook", "chapter", "book"),
    ("suppbook", "chapter", "book"),
    ("incollection", "anthos", "anthology"),
    ("suppcollection", "anthos", "anthology"),
    ("collection", "anthology", "anthology"),
    ("mvcollection", "anthology", "anthology"),
    ("inproceedings", "article", "proceedings"),
    ("conference", "article", "proceedings"),
    ("proceedings", "proceedings", "proceedings"),
    ("mvproceedings", "proceedings", "proceedings"),
    ("inreference", "entry", "reference"),
    ("reference", "reference", "reference"),
    ("mvreference", "reference", "reference"),
    ("manual", "report", "anthology"),
    ("report", "report", "anthology"),
    ("techreport", "report", "anthology"),
    ("thesis", "thesis", "anthology"),
    ("mastersthesis", "thesis", "anthology"),
    ("phdthesis", "thesis", "anthology"),
    ("unpublished", "manuscript", "anthology"),
    ("periodical", "periodical", "periodical"),
    ("online", "web", "web"),
    ("electronic", "web", "web"),
    ("www", "web", "web"),
    ("patent", "patent", "anthology"),
    ("legislation", "legislation", "anthology"),
    ("jurisdiction", "case", "anthology"),
    ("artwork", "artwork", "exhibition"),
    ("audio", "audio", "audio"),
    ("video", "video", "video"),
];

/// Types that are kept as works of no special kind.
const OTHERS: [&str; 23] = [
    "misc",
    "letter",
    "dataset",
    "software",
    "image",
    "movie",
    "music",
    "performance",
    "review",
    "standard",
    "legal",
    "bibnote",
    "commentary",
    "artifact",
    "map",
    "newspaper",
    "archival",
    "xdata",
    "set",
    "customa",
    "customb",
    "customc",
    "customd",
];

/// Names of languages as babel has them, with their codes.
const LANGUAGES: [(&str, &str); 22] = [
    ("american", "en-US"),
    ("british", "en-GB"),
    ("bulgarian", "bg"),
    ("czech", "cs"),
    ("danish", "da"),
    ("dutch", "nl"),
    ("english", "en"),
    ("finnish", "fi"),
    ("french", "fr"),
    ("german", "de"),
    ("greek", "el"),
    ("hungarian", "hu"),
    ("italian", "it"),
    ("latin", "la"),
    ("ngerman", "de"),
    ("norwegian", "no"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("russian", "ru"),
    ("spanish", "es"),
    ("swedish", "sv"),
    ("ukrainian", "uk"),
];

/// Reads a `.bib` file.
#[must_use]
pub fn read(file: &ContentPath, text: &str) -> Checked<Vec<Record>> {
    let mut findings = Vec::new();
    let mut source = text.replacen('\u{feff}', "   ", usize::from(text.starts_with('\u{feff}')));
    if let Some(at) = slips::too_deep(text, DEPTH) {
        findings.push(finding(file, at..at + 1, "the braces are nested too deeply").help("take out the braces that do nothing"));
        return Checked::new(Vec::new(), findings);
    }
    let types: Vec<&str> = KINDS.iter().map(|(name, ..)| *name).chain(OTHERS).collect();
    let mut kinds = BTreeMap::new();
    // Text between entries is passed over by the format, and an entry without its sign is such a text.
    let refused = RawBibliography::parse(&source).is_err();
    for slip in slips::find(file, text, &types).into_iter().filter(|slip| refused || slip.is_silent) {
        // Blank bytes keep the places of all other entries.
        source.replace_range(slip.entry.clone(), &" ".repeat(slip.entry.len()));
        findings.push(slip.finding);
    }
    loop {
        let error = match RawBibliography::parse(&source) {
            Ok(raw) => {
                kinds = raw
                    .entries
                    .iter()
                    .rev()
                    .map(|entry| (entry.v.key.v.to_owned(), (entry.v.kind.v.to_lowercase(), entry.v.key.span.clone())))
                    .collect();
                match Bibliography::from_raw(raw) {
                    Ok(bibliography) => {
                        let records: Vec<Record> = bibliography
                            .iter()
                            .filter_map(|entry| {
                                let (kind, span) = kinds.get(&entry.key)?;
                                let span = Span::from(span.clone());
                                findings.extend(unknown_type(file, entry, kind, span, &types));
                                record(file, entry, kind, span)
                            })
                            .collect();
                        return Checked::new(records, findings);
                    }
                    Err(error) => error,
                }
            }
            Err(error) => error,
        };
        let broken = broken_entry(&source, &error);
        findings.push(explain(file, text, &error, &broken, &kinds));
        if findings.len() >= SLIPS || source[broken.clone()].trim().is_empty() {
            return Checked::new(Vec::new(), findings);
        }
        source.replace_range(broken.clone(), &" ".repeat(broken.len()));
    }
}

fn unknown_type(file: &ContentPath, entry: &biblatex::Entry, kind: &str, key: Span, types: &[&str]) -> Option<Diagnostic> {
    if types.contains(&kind) || kind.starts_with("custom") {
        return None;
    }
    let message = format!("`@{kind}` of `{}` is no type of work", entry.key);
    let help = nearest(kind, types.iter().copied()).map_or_else(
        || "write `@book`, `@article`, `@collection`, `@incollection`, `@online` or `@misc`".to_owned(),
        |near| format!("did you mean `@{near}`?"),
    );
    Some(Diagnostic::new(Code::UnknownValue, message, Label::new(file, key)).help(help))
}

fn finding(file: &ContentPath, range: std::ops::Range<usize>, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Code::BibtexSyntax, message, Label::new(file, Span::from(range)))
}

/// The entry that could not be read: the one at the error, or the first with an open brace, which the parser notices only where the next begins.
fn broken_entry(source: &str, error: &ParseError) -> std::ops::Range<usize> {
    let here = entry_around(source, error.span.start);
    let late = matches!(error.kind, ParseErrorKind::UnexpectedEof | ParseErrorKind::Expected(_) | ParseErrorKind::Unexpected(_));
    let mut entry = entry_around(source, 0);
    while late && entry.start < here.end {
        let braces = |mark| source[entry.clone()].matches(mark).count();
        if braces('{') > braces('}') {
            return entry;
        }
        let next = entry_around(source, entry.end);
        if next.start <= entry.start {
            break;
        }
        entry = next;
    }
    here
}

/// From the last `@` at the start of a line at or before `at` to the next one.
fn entry_around(source: &str, at: usize) -> std::ops::Range<usize> {
    let mut at = at.min(source.len());
    while !source.is_char_boundary(at) {
        at -= 1;
    }
    let begins = |range: std::ops::Range<usize>| {
        let offset = range.start;
        source[range].match_indices('@').map(move |(found, _)| offset + found).filter(|found| {
            let before = source[..*found].rfind('\n').map_or(0, |line| line + 1);
            source[before..*found].trim().is_empty()
        })
    };
    let after = (at..=source.len()).skip(1).find(|next| source.is_char_boundary(*next)).unwrap_or(source.len());
    let start = begins(0..after).next_back().unwrap_or(0);
    let end = begins(start + usize::from(source[start..].starts_with('@'))..source.len()).next().unwrap_or(source.len());
    start..end
}

fn explain(
    file: &ContentPath,
    text: &str,
    error: &ParseError,
    broken: &std::ops::Range<usize>,
    kinds: &BTreeMap<String, (String, std::ops::Range<usize>)>,
) -> Diagnostic {
    let head = text[broken.clone()].trim_start().lines().next().unwrap_or("").trim_end();
    let start = broken.start + (text[broken.clone()].len() - text[broken.clone()].trim_start().len());
    let entry = Label::new(file, Span::new(start, start + head.len()));
    let mut at = error.span.start.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let here = Label::new(file, Span::at(at)).saying("reading stopped here");
    let token = |token: &Token| match token {
        Token::Identifier => "a name",
        Token::OpeningBrace => "`{`",
        Token::ClosingBrace => "`}`",
        Token::Comma => "a comma",
        Token::QuotationMark => "a quotation mark",
        Token::Equals => "`=`",
        Token::DecimalPoint => "a point",
    };
    match &error.kind {
        ParseErrorKind::DuplicateKey(key) => {
            let finding = Diagnostic::new(Code::DuplicateEntry, format!("the key `{key}` stands twice in the bibliography"), entry);
            let first = kinds.get(key).map(|(_, span)| Label::new(file, Span::from(span.clone())).saying("first here"));
            first.into_iter().fold(finding, Diagnostic::also).help("give one of the two another key")
        }
        ParseErrorKind::UnexpectedEof => Diagnostic::new(Code::BibtexSyntax, "this entry never ends", entry)
            .help("type the `}` that closes the entry or one of its fields"),
        ParseErrorKind::Expected(what) => {
            Diagnostic::new(Code::BibtexSyntax, format!("{} is missing in this entry", token(what)), entry).also(here)
        }
        ParseErrorKind::Unexpected(what) => {
            Diagnostic::new(Code::BibtexSyntax, format!("{} stands in the wrong place in this entry", token(what)), entry).also(here)
        }
        ParseErrorKind::UnknownAbbreviation(name) => {
            let finding = Diagnostic::new(Code::BibtexSyntax, format!("the abbreviation `{name}` is not defined"), entry);
            finding.also(here).help("put the words in braces: `{…}`")
        }
        ParseErrorKind::MalformedCommand => {
            let finding = Diagnostic::new(Code::BibtexSyntax, "a LaTeX command in this entry cannot be read", entry);
            finding.also(here).help("type the letter itself: the file is UTF-8")
        }
        ParseErrorKind::ResolutionError(_) => {
            Diagnostic::new(Code::BibtexSyntax, "a cross-reference of this entry cannot be followed", entry)
        }
        _ => Diagnostic::new(Code::BibtexSyntax, "this entry cannot be read", entry).also(here),
    }
}

struct Fields<'a> {
    entry: &'a biblatex::Entry,
    used: Vec<&'static str>,
}

impl Fields<'_> {
    fn text(&mut self, name: &'static str) -> Option<String> {
        self.used.push(name);
        let text = squeeze(&unmarked(&self.entry.get(name)?.format_verbatim()));
        (!text.is_empty()).then_some(text)
    }

    fn first(&mut self, names: &[&'static str]) -> Option<String> {
        let mut found = None;
        for name in names {
            let text = self.text(name);
            found = found.or(text);
        }
        found
    }

    fn names(&mut self, name: &'static str) -> Vec<Name> {
        self.used.push(name);
        let people = self.entry.get_as::<Vec<Person>>(name).unwrap_or_default();
        people.iter().map(person).filter(|name| !name.family.is_empty()).collect()
    }

    /// A title with its subtitle.
    fn title(&mut self, main: &'static str, sub: &'static str) -> Option<String> {
        let main = self.text(main);
        let sub = self.text(sub);
        match (main, sub) {
            (Some(main), Some(sub)) => Some(format!("{main}: {sub}")),
            (main, sub) => main.or(sub),
        }
    }
}

fn person(person: &Person) -> Name {
    let family = [&person.prefix, &person.name, &person.suffix].map(|part| squeeze(part));
    let family = family.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" ");
    let given = squeeze(&person.given_name);
    match (family.is_empty(), given.is_empty()) {
        (true, _) => Name { family: given, given: None },
        (false, true) => Name { family, given: None },
        (false, false) => Name { family, given: Some(given) },
    }
}

fn record(file: &ContentPath, entry: &biblatex::Entry, kind: &str, span: Span) -> Option<Record> {
    if matches!(kind, "xdata" | "set") {
        return None;
    }
    let (_, own, mut holder) = KINDS.iter().find(|(name, ..)| *name == kind).copied().unwrap_or(("", "misc", "misc"));
    let mut fields = Fields { entry, used: vec!["crossref", "xdata", "entrysubtype"] };
    if entry.get("entrysubtype").is_some_and(|chunks| chunks.format_verbatim() == "newspaper") {
        holder = "newspaper";
    }
    let date = date(&mut fields).map(|date| Spanned::new(date, span));
    let mut made = Entry {
        span,
        file: file.clone(),
        key: entry.key.clone(),
        kind: own.into(),
        title: fields.title("title", "subtitle").unwrap_or_default(),
        title_original: fields.text("origtitle"),
        short_title: fields.text("shorttitle"),
        language: fields.first(&["langid", "language"]).map(language),
        authors: fields.names("author"),
        editors: fields.names("editor"),
        translators: fields.names("translator"),
        publisher: fields.first(&["publisher", "institution", "school", "organization"]),
        location: fields.first(&["location", "address"]),
        volume: fields.text("volume"),
        edition: fields.text("edition"),
        issue: fields.first(&["issue", "number"]),
        pages: fields.text("pages").map(|pages| pages.replace("--", "–").replace('—', "–")),
        url: fields.text("url"),
        note: fields.text("note"),
        ..Entry::default()
    };
    for name in ["doi", "isbn", "issn"] {
        made.serials.extend(fields.text(name).map(|value| (name.to_owned(), value)));
    }
    let series =
        fields.text("series").map(|title| Entry { kind: "anthology".into(), title, volume: made.issue.take(), ..Entry::default() });
    let main = fields.title("maintitle", "mainsubtitle").map(|title| Entry { kind: holder.into(), title, ..Entry::default() });
    let held = fields
        .title("journaltitle", "journalsubtitle")
        .or_else(|| fields.text("journal"))
        .or_else(|| fields.title("booktitle", "booksubtitle"));
    if let Some(title) = held {
        hold(&mut made, Entry { kind: holder.into(), title, ..Entry::default() });
    }
    for outer in [main, series].into_iter().flatten() {
        surround(&mut made, outer);
    }
    let rest = entry.fields.iter().filter(|(name, _)| !fields.used.contains(&name.as_str()));
    made.more = rest.map(|(name, chunks)| (name.clone(), squeeze(&chunks.format_verbatim()))).collect();
    Some(Record { entry: made, date })
}

/// Words without the commands that only say how they look: `\emph{Pravda}` → `Pravda`.
fn unmarked(text: &str) -> String {
    const LOOKS: [&str; 10] = ["emph", "textit", "textbf", "textsc", "textsl", "textrm", "textup", "mkbibemph", "textnormal", "uline"];
    let mut out = String::with_capacity(text.len());
    let mut open: Vec<bool> = Vec::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let command = LOOKS.iter().find_map(|name| rest.strip_prefix('\\')?.strip_prefix(name)?.strip_prefix('{'));
        if let Some(after) = command {
            open.push(true);
            rest = after;
            continue;
        }
        rest = &rest[letter.len_utf8()..];
        match letter {
            '{' if !open.is_empty() => open.push(false),
            '}' if open.pop() == Some(true) => continue,
            _ => {}
        }
        out.push(letter);
    }
    out
}

fn language(name: String) -> String {
    let small = name.to_lowercase();
    LANGUAGES.iter().find(|(babel, _)| *babel == small).map_or(name, |(_, code)| (*code).to_owned())
}

/// `date`, or `year` with `month` and `day`.
fn date(fields: &mut Fields) -> Option<String> {
    let whole = fields.text("date");
    let (year, month, day) = (fields.text("year"), fields.text("month"), fields.text("day"));
    if whole.is_some() {
        return whole;
    }
    let (year, month) = (year?, month.as_deref().and_then(number_of_month));
    Some(match (month, day.and_then(|day| day.parse::<u8>().ok())) {
        (Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
        (Some(month), None) => format!("{year}-{month:02}"),
        _ => year,
    })
}

fn number_of_month(month: &str) -> Option<usize> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let number = month.parse().ok().filter(|number| (1..=12).contains(number));
    number.or_else(|| MONTHS.iter().position(|name| month.to_lowercase().starts_with(name)).map(|at| at + 1))
}

/// CSL type, entry type of BibLaTeX.
const TYPES: [(&str, &str); 20] = [
    ("book", "book"),
    ("collection", "collection"),
    ("chapter", "incollection"),
    ("article-journal", "article"),
    ("article-newspaper", "article"),
    ("article-magazine", "article"),
    ("paper-conference", "inproceedings"),
    ("entry-encyclopedia", "inreference"),
    ("report", "report"),
    ("thesis", "thesis"),
    ("webpage", "online"),
    ("post", "online"),
    ("post-weblog", "online"),
    ("manuscript", "unpublished"),
    ("personal_communication", "letter"),
    ("periodical", "periodical"),
    ("legislation", "legislation"),
    ("legal_case", "jurisdiction"),
    ("patent", "patent"),
    ("motion_picture", "video"),
];

/// CSL variable, field of BibLaTeX. The title of what holds a thing and numbers are apart, since they hang on the type.
const FIELDS: [(&str, &str); 16] = [
    ("title", "title"),
    ("title-short", "shorttitle"),
    ("original-title", "origtitle"),
    ("collection-title", "series"),
    ("volume", "volume"),
    ("edition", "edition"),
    ("publisher", "publisher"),
    ("publisher-place", "location"),
    ("page", "pages"),
    ("number-of-volumes", "volumes"),
    ("chapter-number", "chapter"),
    ("genre", "type"),
    ("note", "note"),
    ("keyword", "keywords"),
    ("ISBN", "isbn"),
    ("ISSN", "issn"),
];

/// Prints things as BibLaTeX.
#[must_use]
pub fn print(items: &[Citable]) -> String {
    items.iter().map(entry).collect::<Vec<_>>().join("\n")
}

fn entry(citable: &Citable) -> String {
    let kind = TYPES.iter().find(|(csl, _)| *csl == citable.kind).map_or("misc", |(_, kind)| *kind);
    let mut out = format!("@{kind}{{{},\n", key(&citable.id));
    let mut add = |name: &str, value: &str| out.push_str(&format!("  {name} = {{{value}}},\n"));
    for (role, field) in [("author", "author"), ("editor", "editor"), ("translator", "translator"), ("recipient", "namea")] {
        let names: Vec<String> = citable.named(role).iter().map(bib_name).collect();
        if !names.is_empty() {
            add(field, &names.join(" and "));
        }
    }
    if !citable.named("recipient").is_empty() {
        add("nameatype", "recipient");
    }
    for (csl, field) in FIELDS {
        let Some(text) = citable.get(csl) else { continue };
        let text = if csl == "page" { text.replace(['–', '—'], "--") } else { text.to_owned() };
        let escaped = escape(&text);
        // A second pair of braces keeps the capitals of titles.
        add(field, &if csl.ends_with("title") || csl == "title-short" { format!("{{{escaped}}}") } else { escaped });
    }
    if let Some(title) = citable.get("container-title") {
        let field = match kind {
            "article" => "journaltitle",
            "online" | "misc" => "organization",
            _ => "booktitle",
        };
        add(field, &format!("{{{}}}", escape(title)));
    }
    if let Some(number) = citable.get("issue").or(citable.get("number")).or(citable.get("collection-number")) {
        add("number", &escape(number));
    }
    // A part of a volume has the volume's year, and its own date as that of the original; a page without a date has that of its state.
    let volume = citable.dates.get(CONTAINER_ISSUED).filter(|_| kind == "incollection");
    let state = citable.dates.get(CHANGED);
    if let Some(version) = citable.get("version").filter(|_| state.is_some()) {
        add("version", &escape(version));
    }
    for (date, field) in [(volume.or(citable.issued()).or(state), "date"), (volume.and(citable.issued()), "origdate")] {
        let Some(date) = date else { continue };
        match machine(date) {
            Some(date) => add(field, &date),
            None if field == "date" => add("year", &format!("{{{}}}", escape(&date.printed))),
            None => {}
        }
    }
    let archive: Vec<&str> =
        ["archive", "archive_collection", "archive_location", "call-number"].iter().filter_map(|name| citable.get(name)).collect();
    if !archive.is_empty() {
        add("library", &escape(&archive.join(", ")));
    }
    if let Some(language) = citable.get("language") {
        let name = LANGUAGES.iter().find(|(_, code)| language.starts_with(*code) && code.len() == 2).map_or(language, |(name, _)| *name);
        add("langid", &escape(name));
    }
    for (name, field) in [("DOI", "doi"), ("URL", "url")] {
        if let Some(address) = citable.get(name) {
            add(field, &address.replace('\\', "%5C").replace('{', "%7B").replace('}', "%7D").replace(char::is_whitespace, "%20"));
        }
    }
    out.push_str("}\n");
    out
}

/// A date as BibLaTeX reads it: EDTF of levels 0 and 1.
fn machine(date: &Date) -> Option<String> {
    let edtf = date.edtf.canonical();
    let plain = edtf.chars().all(|letter| letter.is_ascii_digit() || matches!(letter, '-' | '/' | '.' | '~' | '?' | '%'));
    (plain && date.edtf.level() < 2).then(|| edtf.to_owned())
}

fn bib_name(name: &Name) -> String {
    match &name.given {
        // A name as a whole: braces keep "Müller and Sons" together.
        None => format!("{{{}}}", escape(&name.family)),
        Some(given) => {
            let part = |text: &str| {
                let escaped = escape(text);
                if text.contains(',') || text.split_whitespace().any(|word| word.eq_ignore_ascii_case("and")) {
                    format!("{{{escaped}}}")
                } else {
                    escaped
                }
            };
            format!("{}, {}", part(&name.family), part(given))
        }
    }
}

/// Letters, digits and a few marks; the rest of an id becomes hyphens.
fn key(id: &str) -> String {
    let plain = |letter: char| if letter.is_ascii_alphanumeric() || "-_.:+/".contains(letter) { letter } else { '-' };
    crate::base::text::squeeze(id).chars().map(plain).collect()
}

/// Text without anything that LaTeX or a reader of `.bib` would obey. Braces are commands, since they are counted even after a backslash.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in squeeze(text).chars() {
        match letter {
            '\\' => out.push_str("{\\textbackslash}"),
            '{' => out.push_str("{\\textbraceleft}"),
            '}' => out.push_str("{\\textbraceright}"),
            '~' => out.push_str("{\\textasciitilde}"),
            '^' => out.push_str("{\\textasciicircum}"),
            '%' | '&' | '#' | '$' | '_' => {
                out.push('\\');
                out.push(letter);
            }
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}
