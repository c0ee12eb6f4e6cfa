//! `content/edition.yaml`: the settings of an edition. Every one has a default but the title.

use super::date::{self, DateContext};
use super::fields::{Fields, Reader};
use super::yaml::{self, Node, NodeKind};
use crate::base::path::ContentPath;
use crate::base::slug;
use crate::base::span::{Span, Spanned};
use crate::base::suggest::nearest;
use crate::base::text::is_web_address;
use crate::diag::codes::TABLE;
use crate::diag::levels::Level;
use crate::diag::{Checked, Code, Diagnostic, Label};
use crate::model::config::{Config, Export, Revisions};
use crate::model::date::Day;
use crate::model::note::{Marks, Series};
use std::collections::BTreeMap;

/// Where the settings stand.
pub const FILE: &str = "content/edition.yaml";

/// Settings, in the order of the manual.
pub const FIELDS: [&str; 30] = [
    "title",
    "subtitle",
    "short_title",
    "description",
    "editors",
    "publisher",
    "url",
    "domain",
    "version",
    "version_date",
    "cmif_id",
    "languages",
    "theme",
    "citation_styles",
    "exports",
    "rights",
    "rights_editorial",
    "calendar",
    "calendar_switch",
    "calendar_switch_place",
    "note_kind",
    "note_kinds",
    "review",
    "pages",
    "kinds",
    "repository",
    "revisions",
    "ibid",
    "findings",
    "html",
];

/// `review`: whether a second person must validate, and whether git must know that person.
const REVIEW: [((bool, bool), &str); 3] =
    [((true, false), "second-person"), ((true, true), "second-person-commits"), ((false, false), "none")];

const REVISIONS: [(Revisions, &str); 3] = [(Revisions::Names, "names"), (Revisions::Dates, "dates"), (Revisions::Hidden, "none")];

const MARKS: [(Marks, &str); 4] =
    [(Marks::Numbers, "numbers"), (Marks::Letters, "letters"), (Marks::Stars, "stars"), (Marks::Symbols, "symbols")];

/// Note series every edition has: kind, label, name, marks.
const SERIES: [(&str, &str, &str, Marks); 6] = [
    ("editor", "—Ed.", "", Marks::Numbers),
    ("author", "", "", Marks::Symbols),
    ("tr", "—Tr.", "", Marks::Numbers),
    ("text", "", "", Marks::Letters),
    ("archive", "", "", Marks::Letters),
    ("publisher", "", "", Marks::Numbers),
];

/// The settings of an edition that says nothing.
#[must_use]
pub fn defaults() -> Config {
    let nowhere = |word: &str| Spanned::new(word.to_owned(), Span::default());
    Config {
        file: ContentPath::new(FILE),
        title: String::new(),
        subtitle: None,
        short_title: String::new(),
        description: None,
        editors: Vec::new(),
        publisher: None,
        public_url: None,
        domain: None,
        rights: None,
        rights_editorial: None,
        language: "en".into(),
        languages: vec!["en".into()],
        theme: nowhere("octavo"),
        citation_styles: ["chicago-notes", "mla", "apa", "bibtex"].map(nowhere).into(),
        exports: Export::ALL.map(|(export, _)| export).into(),
        series: SERIES.into_iter().map(|(kind, label, name, marks)| (kind.to_owned(), series(kind, label, name, marks))).collect(),
        default_note_kind: "editor".into(),
        calendar: Default::default(),
        calendar_switch: None,
        calendar_switch_place: None,
        version: None,
        version_date: None,
        kinds: BTreeMap::new(),
        repository: None,
        cmif_id: None,
        second_person_review: false,
        review_by_commits: false,
        revisions: Revisions::Names,
        html_sanitised: false,
        finding_levels: BTreeMap::new(),
        pages: Vec::new(),
    }
}

fn series(kind: &str, label: &str, name: &str, marks: Marks) -> Series {
    Series { kind: kind.into(), label: label.into(), name: name.into(), marks }
}

/// Whether a file that is not [`FILE`] is probably meant to be: `edition.yml`, `Edition.yaml`, `editon.yaml`.
#[must_use]
pub fn is_meant(path: &str) -> bool {
    let name = path.strip_prefix("content/").unwrap_or(path).to_lowercase();
    let stem = [".yaml", ".yml", ".yaml.txt", ".yml.txt"].iter().find_map(|ending| name.strip_suffix(ending));
    stem.is_some_and(|stem| nearest(stem, ["edition"]).is_some())
}

/// Says that there is no `content/edition.yaml`, and gives the defaults.
#[must_use]
pub fn missing() -> Checked<Config> {
    let place = Label::file(&ContentPath::new(FILE));
    let finding = Diagnostic::new(Code::MissingEdition, "there is no `content/edition.yaml`", place)
        .help("create it with a line `title: …`, or give the edition's folder with `--root`");
    Checked::new(defaults(), vec![finding])
}

/// Reads the settings.
#[must_use]
pub fn read(file: &ContentPath, text: &str) -> Checked<Config> {
    let tree = yaml::read(file, text, Span::new(0, text.len()));
    let mut reader = Reader::new(file, text, DateContext::default());
    reader.findings = tree.findings;
    let unread = tree.value.is_none() && !reader.findings.is_empty();
    let fields = tree.value.as_ref().and_then(|node| reader.fields(node, "the edition", &FIELDS)).unwrap_or(Fields::NONE);
    if !unread && !fields.has("title") {
        reader.missing("the edition", "title", Span::at(0));
    }
    let config = reader.config(&fields);
    Checked::new(config, reader.findings)
}

impl Reader<'_> {
    fn config(&mut self, fields: &Fields) -> Config {
        let preset = defaults();
        let languages = self.languages(fields).unwrap_or(preset.languages);
        let language = languages.first().cloned().unwrap_or(preset.language);
        let calendar = self.calendar_of(fields, "calendar").unwrap_or(preset.calendar);
        self.dates.language = date::Language::of_tag(&language);
        self.dates.calendar = calendar;
        let styles = self.texts_of(fields, "citation_styles");
        let series = self.series(fields, preset.series);
        let title = self.text_of(fields, "title").unwrap_or_default();
        let public_url = self.address_of(fields);
        let (second_person, by_commits) = self.word_of(fields, "review", &REVIEW).unwrap_or_default();
        self.check_program(fields);
        Config {
            file: self.file.clone(),
            short_title: self.text_of(fields, "short_title").unwrap_or_else(|| title.clone()),
            title,
            subtitle: self.text_of(fields, "subtitle"),
            description: self.text_of(fields, "description"),
            editors: self.texts_of(fields, "editors").into_iter().map(|name| name.value).collect(),
            publisher: self.text_of(fields, "publisher"),
            domain: self.domain_of(fields, public_url.as_deref()),
            public_url,
            rights: self.rights_of(fields, "rights"),
            rights_editorial: self.rights_of(fields, "rights_editorial"),
            language,
            languages,
            theme: self.spanned_of(fields, "theme").unwrap_or(preset.theme),
            citation_styles: if styles.is_empty() { preset.citation_styles } else { styles },
            exports: self.exports(fields).unwrap_or(preset.exports),
            default_note_kind: self.note_kind(fields, &series).unwrap_or(preset.default_note_kind),
            series,
            calendar,
            calendar_switch: self.day_of(fields, "calendar_switch"),
            calendar_switch_place: self.text_of(fields, "calendar_switch_place"),
            version: self.text_of(fields, "version"),
            version_date: self.date_of(fields, "version_date"),
            kinds: self.kinds(fields),
            repository: self.text_of(fields, "repository"),
            cmif_id: self.uuid_of(fields, "cmif_id"),
            second_person_review: second_person,
            review_by_commits: by_commits,
            revisions: self.word_of(fields, "revisions", &REVISIONS).unwrap_or(preset.revisions),
            html_sanitised: self.word_of(fields, "html", &[(true, "sanitised"), (false, "text")]).unwrap_or(false),
            finding_levels: self.finding_levels(fields),
            pages: self.menu(fields),
        }
    }

    /// The pages of the menu, by their names; a file's name will do.
    fn menu(&mut self, fields: &Fields) -> Vec<Spanned<String>> {
        let mut pages = self.texts_of(fields, "pages");
        for page in &mut pages {
            let name = page.value.rsplit('/').next().unwrap_or_default();
            page.value = name.strip_suffix(".md").unwrap_or(name).to_owned();
        }
        pages.retain(|page| self.check_id(page, "pages"));
        pages
    }

    /// The languages that are ones; `None` when none is given.
    fn languages(&mut self, fields: &Fields) -> Option<Vec<String>> {
        let alone = fields.get("languages").is_some_and(|node| !matches!(node.kind, NodeKind::List(_)));
        let mut languages = self.texts_of(fields, "languages");
        languages.retain(|language| self.is_language(language, alone));
        (!languages.is_empty()).then(|| languages.into_iter().map(|language| language.value).collect())
    }

    /// Reports what is no code of a language, with the code where a name was typed or a list was meant.
    fn is_language(&mut self, typed: &Spanned<String>, alone: bool) -> bool {
        let parts: Vec<String> = typed.value.split([',', ';', ' ']).filter(|part| !part.is_empty()).map(code_of_language).collect();
        let named = !super::fields::is_language(&typed.value) || code_of_language(&typed.value) != typed.value;
        if !named || parts.is_empty() || !parts.iter().all(|part| super::fields::is_language(part)) {
            return self.check_language(typed, "languages");
        }
        let message = format!("`languages` must be language codes, but is `{}`", crate::base::text::head(&typed.value, 60).0);
        let codes = parts.join(", ");
        let help = if alone { format!("write `languages: [{codes}]`") } else { format!("write `{codes}`") };
        self.report(Code::UnknownValue, message, typed.span).help.push(help);
        false
    }

    /// `exports: [bibtex, ris]` or `exports: none`; `None` when nothing is said.
    fn exports(&mut self, fields: &Fields) -> Option<Vec<Export>> {
        let listed = fields.has("exports").then(|| self.texts_of(fields, "exports"))?;
        if matches!(listed.as_slice(), [only] if only.value == "none") {
            return Some(Vec::new());
        }
        let mut exports = Vec::new();
        for word in listed {
            match Export::ALL.iter().find(|(_, name)| *name == word.value) {
                Some((export, _)) if !exports.contains(export) => exports.push(*export),
                Some(_) => {}
                None => self.unknown_word(&word, "exports", Export::ALL.iter().map(|(_, name)| *name).chain(["none"])),
            }
        }
        Some(exports)
    }

    fn uuid_of(&mut self, fields: &Fields, name: &str) -> Option<String> {
        let words = self.spanned_of(fields, name)?;
        let parts = words.value.split('-').map(|part| part.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(part.len()));
        if parts.eq([8, 4, 4, 4, 12].map(Some)) {
            return Some(words.value);
        }
        let finding = self.report(Code::UnknownValue, format!("`{name}` is no UUID: `{}`", words.value), words.span);
        finding.help.push("write 32 hexadecimal digits, as `b8eaa11e-7056-4f03-9afc-a8372631990e`".into());
        None
    }

    fn address_of(&mut self, fields: &Fields) -> Option<String> {
        let url = self.spanned_of(fields, "url")?;
        let host = url.value.split("://").nth(1).and_then(|rest| rest.split(['/', ':', '?', '#']).next()).unwrap_or_default();
        let named = host.split('.').all(|part| !part.is_empty() && part.chars().all(|letter| letter.is_alphanumeric() || letter == '-'));
        let blank = url.value.contains(char::is_whitespace);
        if !is_web_address(&url.value) || !named {
            let finding = self.report(Code::UnknownValue, format!("`url` is no web address: `{}`", url.value), url.span);
            finding.help.push(match url.value.strip_prefix("www.") {
                _ if blank => "an address has no blanks; write it as your browser shows it".into(),
                Some(_) => format!("write `https://{}`", url.value),
                None => "write the whole address, as `https://example.org/letters/`".into(),
            });
            return None;
        }
        if url.value.contains(['?', '#']) {
            let finding = self.report(Code::UnknownValue, format!("`url` is the address of one page: `{}`", url.value), url.span);
            finding.help.push("write the address of the folder in which the site stands, without `?` and `#`".into());
            return None;
        }
        Some(if url.value.ends_with('/') { url.value } else { format!("{}/", url.value) })
    }

    /// `ibid: 0.2`: the oldest version of this program that can build the edition.
    fn check_program(&mut self, fields: &Fields) {
        let Some(asked) = self.spanned_of(fields, "ibid") else { return };
        let own = env!("CARGO_PKG_VERSION");
        let numbers = |version: &str| -> Option<Vec<u32>> { version.split('.').map(|part| part.parse().ok()).collect() };
        let own_numbers = numbers(own.split(['-', '+']).next().unwrap_or(own)).unwrap_or_default();
        let version = asked.value.trim_start_matches([' ', '>', '=', 'v']);
        match numbers(version) {
            None => {
                let finding = self.report(Code::UnknownValue, format!("`ibid` is no version: `{}`", asked.value), asked.span);
                finding.help.push(format!("write the oldest version that will do, as `ibid: \"{own}\"`"));
            }
            Some(wanted) if wanted > own_numbers => {
                let message = format!("this edition needs ibid {version} or newer; this is ibid {own}");
                self.report(Code::OldProgram, message, asked.span).help.push("install the newer version; nothing was changed".into());
            }
            Some(_) => {}
        }
    }

    /// A host name, the one of `url`.
    fn domain_of(&mut self, fields: &Fields, url: Option<&str>) -> Option<String> {
        let domain = self.spanned_of(fields, "domain")?;
        let label = |part: &str| slug::is_id(&part.to_lowercase());
        if !domain.value.contains('.') || !domain.value.split('.').all(label) {
            let finding = self.report(Code::UnknownValue, format!("`domain` is no name of a host: `{}`", domain.value), domain.span);
            finding.help.push("write the name alone, without `https://` and `/`, as `letters.example.org`".into());
            return None;
        }
        let host = url.and_then(|url| url.split("//").nth(1)).and_then(|rest| rest.split(['/', ':']).next());
        if let Some(host) = host.filter(|host| !host.eq_ignore_ascii_case(&domain.value)) {
            let message = format!("`domain` is `{}`, but `url` leads to `{host}`", domain.value);
            self.report(Code::UnknownValue, message, domain.span).help.push(format!("write `domain: {host}`, or correct `url`"));
        }
        Some(domain.value)
    }

    fn note_kind(&mut self, fields: &Fields, series: &BTreeMap<String, Series>) -> Option<String> {
        let kind = self.spanned_of(fields, "note_kind")?;
        if !series.contains_key(&kind.value) {
            self.unknown_word(&kind, "note_kind", series.keys().map(String::as_str));
            return None;
        }
        Some(kind.value)
    }

    fn day_of(&mut self, fields: &Fields, name: &str) -> Option<Day> {
        let words = self.spanned_of(fields, name)?;
        let day = date::read_day(&words.value);
        if day.is_none() {
            let message = format!("`{name}` must be a day, but is `{}`", words.value);
            self.report(Code::UnknownValue, message, words.span).help.push("write year, month and day, as `1918-02-14`".into());
        }
        day
    }

    /// `note_kinds: {editor: {label, name, marks}}`: what is not said of a series stays as it was; a new kind begins with numbers.
    fn series(&mut self, fields: &Fields, mut all: BTreeMap<String, Series>) -> BTreeMap<String, Series> {
        let Some(listed) = fields.get("note_kinds").and_then(|node| self.open_fields(node, "`note_kinds`")) else { return all };
        for (key, node) in listed.entries() {
            if !self.check_id(&Spanned::new(key.text.clone(), key.span), "note_kinds") {
                continue;
            }
            let mut own = all.remove(&key.text).unwrap_or_else(|| series(&key.text, "", &key.text, Marks::Numbers));
            match &node.kind {
                NodeKind::Map(_) => {
                    if let Some(one) = self.fields(node, &format!("the note series `{}`", key.text), &["label", "name", "marks"]) {
                        own.label = self.words_or_nothing(&one, "label").unwrap_or(own.label);
                        own.name = self.text_of(&one, "name").unwrap_or(own.name);
                        own.marks = self.word_of(&one, "marks", &MARKS).unwrap_or(own.marks);
                    }
                }
                _ => own.label = self.spanned(node, &key.text).map_or(own.label, |label| label.value),
            }
            all.insert(key.text.clone(), own);
        }
        all
    }

    /// `findings: {unused-note: warn}`.
    fn finding_levels(&mut self, fields: &Fields) -> BTreeMap<String, String> {
        let Some(listed) = fields.get("findings").and_then(|node| self.open_fields(node, "`findings`")) else { return BTreeMap::new() };
        let mut levels = BTreeMap::new();
        for (key, node) in listed.entries() {
            let Some(code) = Code::read(&key.text) else {
                let near = nearest(&key.text, TABLE.iter().map(|row| row.name));
                let help = near.map_or_else(|| "`ibid explain` lists all codes".to_owned(), |near| format!("did you mean `{near}`?"));
                self.report(Code::UnknownField, format!("there is no finding `{}`", key.text), key.span).help.push(help);
                continue;
            };
            let Some(word) = self.spanned(node, &key.text) else { continue };
            if Level::read(&word.value).is_none() {
                self.unknown_word(&word, "findings", Level::ALL.iter().map(|(_, name)| *name));
            } else if code.is_firm() && word.value != "deny" {
                let message = format!("`{}` is always an error", code.name());
                let finding = self.report(Code::UnknownValue, message, word.span);
                finding.help.push("remove the line: what cannot be read or would be lost is never passed over".into());
            } else {
                levels.insert(key.text.clone(), word.value);
            }
        }
        levels
    }

    /// A text that may be empty: `label: ""` takes a label away.
    fn words_or_nothing(&mut self, fields: &Fields, name: &str) -> Option<String> {
        let node = fields.get(name)?;
        match &node.kind {
            NodeKind::Scalar { text, .. } if text.is_empty() => Some(String::new()),
            _ => self.spanned(node, name).map(|words| words.value),
        }
    }

    /// `kinds: {circular: Circular}` or `kinds: [circular]`.
    fn kinds(&mut self, fields: &Fields) -> BTreeMap<String, String> {
        let Some(node) = fields.get("kinds") else { return BTreeMap::new() };
        if !matches!(node.kind, NodeKind::Map(_)) {
            return self.ids_of(fields, "kinds").into_iter().map(|kind| (kind.value.clone(), capital(&kind.value))).collect();
        }
        let Some(listed) = self.open_fields(node, "`kinds`") else { return BTreeMap::new() };
        listed.entries().iter().filter_map(|(key, node)| self.kind(&key.text, key.span, node)).collect()
    }

    fn kind(&mut self, id: &str, span: Span, node: &Node) -> Option<(String, String)> {
        if !slug::is_id(id) {
            self.check_id(&Spanned::new(id.to_owned(), span), "kinds");
            return None;
        }
        let name = match node.kind {
            NodeKind::Null => None,
            _ => self.spanned(node, id),
        };
        Some((id.to_owned(), name.map_or_else(|| capital(id), |name| name.value)))
    }
}

/// Names of languages as one types them, with their codes.
const LANGUAGES: [(&str, &str); 30] = [
    ("english", "en"),
    ("englisch", "en"),
    ("anglais", "en"),
    ("английский", "en"),
    ("eng", "en"),
    ("german", "de"),
    ("deutsch", "de"),
    ("allemand", "de"),
    ("немецкий", "de"),
    ("ger", "de"),
    ("french", "fr"),
    ("français", "fr"),
    ("französisch", "fr"),
    ("французский", "fr"),
    ("fre", "fr"),
    ("russian", "ru"),
    ("russisch", "ru"),
    ("russe", "ru"),
    ("русский", "ru"),
    ("rus", "ru"),
    ("italian", "it"),
    ("italiano", "it"),
    ("spanish", "es"),
    ("español", "es"),
    ("polish", "pl"),
    ("polski", "pl"),
    ("latin", "la"),
    ("ukrainian", "uk"),
    ("українська", "uk"),
    ("chinese", "zh"),
];

/// The code of a language that was typed by name; anything else as it stands.
fn code_of_language(typed: &str) -> String {
    let small = typed.to_lowercase();
    LANGUAGES.iter().find(|(name, _)| *name == small).map_or_else(|| typed.to_owned(), |(_, code)| (*code).to_owned())
}

/// `press-release` → `Press release`.
fn capital(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
