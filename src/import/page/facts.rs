//! From what a page's header, title and opening say to the fields of a document.

use super::embedded::Within;
use super::labels::Label;
use super::names::{self, Addressed};
use super::opening::Opening;
use super::provenance::Provenance;
use super::{Desk, Page, opening};
use crate::import::front::{Fields, Value};
use crate::import::shelf::{NewEntity, Shelf};
use crate::model::document::Role;
use crate::model::entity::EntityKind;
use crate::parse::date;

/// First words of a title → kind.
const KINDS: [(&str, &str); 34] = [
    ("letter", "letter"),
    ("letters", "letter"),
    ("postcard", "letter"),
    ("telegram", "telegram"),
    ("radiogram", "radiogram"),
    ("radio message", "radiogram"),
    ("telephone message", "telegram"),
    ("note", "note"),
    ("notes", "note"),
    ("memorandum", "memorandum"),
    ("memo", "memorandum"),
    ("circular", "circular"),
    ("minutes", "minutes"),
    ("decree", "decree"),
    ("resolution", "resolution"),
    ("declaration", "declaration"),
    ("statement", "statement"),
    ("draft", "draft"),
    ("article", "article"),
    ("speech", "speech"),
    ("report", "report"),
    ("diary", "diary"),
    ("treaty", "treaty"),
    ("письмо", "letter"),
    ("телеграмма", "telegram"),
    ("радиограмма", "radiogram"),
    ("записка", "note"),
    ("декрет", "decree"),
    ("постановление", "resolution"),
    ("проект", "draft"),
    ("речь", "speech"),
    ("доклад", "report"),
    ("статья", "article"),
    ("протокол", "minutes"),
];

/// People of a document.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// Names of the authors as shown.
    pub authors: Vec<String>,
    /// Names of those addressed, from the title or heading, when no line of the document names them.
    pub recipients: Vec<String>,
}

impl People {
    /// Family name of the only author.
    #[must_use]
    pub fn family(&self) -> Option<&str> {
        match self.authors.as_slice() {
            [only] => Some(names::family(only)),
            _ => None,
        }
    }
}

/// Who wrote and to whom, as header, heading and title say.
#[must_use]
pub fn people(page: &Page, opening: &Opening, title: &str, desk: &mut Desk<'_>) -> People {
    let mut people = People::default();
    for labelled in &page.labels {
        match labelled.label {
            Label::Author => people.authors.extend(list(&labelled.value)),
            Label::Recipient => people.recipients.extend(list(&labelled.value)),
            _ => {}
        }
    }
    if people.authors.is_empty()
        && let Some((_, author)) = &page.author
    {
        people.authors.push(names::lowered(author));
    }
    let lines = opening.headings.iter().map(String::as_str).chain([title]);
    for line in lines {
        let Some((from, to)) = from_to(line) else { continue };
        if let Some(from) = from.filter(|_| people.authors.is_empty()) {
            desk.guess("“X to Y” in a heading names writer and addressee", 0, line);
            people.authors.push(names::lowered(from));
        }
        if people.recipients.is_empty() {
            people.recipients.push(names::lowered(to));
        }
    }
    people
}

/// Names joined by commas and "and". Those who are named by what they are stay together.
fn list(value: &str) -> Vec<String> {
    if names::is_office(value) || names::is_group(value) {
        return vec![value.trim().to_owned()];
    }
    value
        .split([',', ';'])
        .flat_map(|part| part.split(" and "))
        .flat_map(|part| part.split(" и "))
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// `MARX TO ENGELS`, `To M. N. Pokrovsky`, `Letter to Joseph Stalin for …, April 24, 1922`.
fn from_to(line: &str) -> Option<(Option<&str>, &str)> {
    let line = line.trim();
    let line = line.split_once(". ").filter(|(number, _)| number.bytes().all(|byte| byte.is_ascii_digit())).map_or(line, |(_, rest)| rest);
    if let Some(offices) = between_offices(line) {
        return Some(offices);
    }
    let until = |text: &'_ str| {
        let ends = [", ", " for ", " with ", " on ", " in ", " about ", "[", " ("];
        ends.iter().filter_map(|end| text.find(end)).min().unwrap_or(text.len())
    };
    let named = |text: &str| {
        let bare = names::without_titles(text);
        let article = ["the ", "The ", "THE "].iter().any(|head| bare.starts_with(head));
        let known = !article || names::is_office(bare) || names::is_group(bare) || names::names_body(bare);
        known
            && (1..=5).contains(&bare.split(' ').count())
            && bare
                .split(' ')
                .all(|word| word.starts_with(|letter: char| letter.is_uppercase()) || matches!(word, "the" | "of" | "von" | "and"))
    };
    let heads = [
        "Letter to ",
        "Telegram to ",
        "Note to ",
        "Letters to ",
        "Radiogram to ",
        "Message to ",
        "Postcard to ",
        "Memo to ",
        "To ",
        "TO ",
        "To: ",
        "Письмо ",
        "Телеграмма ",
        "Записка ",
    ];
    if let Some(rest) = heads.iter().find_map(|head| line.strip_prefix(head)) {
        let to = rest[..until(rest)].trim();
        return named(to).then_some((None, to));
    }
    let (from, to) = [" to ", " TO ", " To "].iter().find_map(|word| line.split_once(word))?;
    let to = to[..until(to)].trim();
    let person =
        |text: &str| named(text) && text.split(' ').count() <= 3 && !KINDS.iter().any(|(word, _)| text.to_lowercase().starts_with(word));
    (person(from.trim()) && named(to)).then(|| (Some(from.trim()), to))
}

/// `The Consul General at Moscow (Summers) to the Secretary of State`.
fn between_offices(line: &str) -> Option<(Option<&str>, &str)> {
    let (from, to) = line.split_once(" to ")?;
    let office = |text: &str| names::is_office(text.split(" (").next().unwrap_or(text)) || names::is_group(text);
    let to = to.trim_end_matches('.');
    (office(from) && office(to)).then_some((Some(from), to))
}

/// The first word of a title that names a kind, and the kind.
#[must_use]
pub fn kind_of_title(title: &str) -> Option<(&'static str, &'static str)> {
    let lower = title.trim_start_matches(['[', '“', '"']).to_lowercase();
    KINDS
        .into_iter()
        .find(|(word, _)| lower.strip_prefix(word).is_some_and(|rest| rest.chars().next().is_none_or(|next| !next.is_alphanumeric())))
}

/// The kind of a document, by its title, heading or greeting.
#[must_use]
pub fn kind(title: &str, opening: &Opening, desk: &mut Desk<'_>) -> Option<&'static str> {
    if let Some((word, kind)) = kind_of_title(title) {
        desk.guess("the title’s first word says the kind", 0, if word == kind { kind.to_owned() } else { format!("{word} → {kind}") });
        return Some(kind);
    }
    let addressed = from_to(title).is_some() || opening.headings.iter().any(|heading| from_to(heading).is_some());
    if opening.salutation.is_some() || addressed || title.to_lowercase().starts_with("to ") && title.contains("***") {
        desk.guess("a document with a salutation, or titled “to” somebody, is a letter", 0, title);
        return Some("letter");
    }
    None
}

/// The words of a date at the end of a title: `…, April 24, 1922`.
#[must_use]
pub fn date_of_title<'t>(title: &'t str, desk: &Desk<'_>) -> Option<&'t str> {
    let title = title.trim();
    let title = title.rsplit_once(" (").filter(|(_, rest)| rest.len() <= 3 && rest.ends_with(')')).map_or(title, |(title, _)| title);
    title.match_indices(", ").map(|(at, _)| &title[at + 2..]).find(|tail| {
        let reading = date::read(tail, &desk.dates);
        reading.date.is_some() && reading.place.is_none() && reading.span.range() == (0..tail.len())
    })
}

/// A party for `author` or `to`: an id of the registers.
pub fn party(addressed: &Addressed, title_names: &[String], shelf: &mut Shelf, desk: &mut Desk<'_>) -> Value {
    let Some(name) = &addressed.name else {
        let mut fields = Fields::new();
        fields.put("as", addressed.printed.as_str());
        role(addressed.role, &mut fields);
        return Value::Map(fields);
    };
    let mut fields = Fields::new();
    // Names in the case of an address are no names of a register.
    match if is_inflected(&addressed.printed) {
        known_inflected(name, addressed.kind, shelf)
    } else {
        Some(entity(name, addressed.kind, title_names, shelf, desk))
    } {
        Some(id) => fields.put("ref", id),
        None => desk.puzzled("a name in the dative is not looked up; it stands as printed", 0, addressed.printed.as_str()),
    }
    role(addressed.role, &mut fields);
    fields.put("as", addressed.printed.as_str());
    Value::Map(fields)
}

fn role(role: Role, fields: &mut Fields) {
    let name = match role {
        Role::To => return,
        Role::For => "for",
        Role::Via => "via",
        Role::Cc => "cc",
    };
    fields.put("role", name);
}

/// «Т. Чичерину», «В Политбюро ЦК»: an address in Russian stands in another case.
fn is_inflected(printed: &str) -> bool {
    printed.chars().any(|letter| ('\u{400}'..='\u{4ff}').contains(&letter))
}

/// «Г. В. Чичерину» with «т. Чичерин!» over the text is «Г. В. Чичерин»; other names stay as they are.
fn nominative(name: &str, salutation: Option<&str>) -> String {
    let greeted = salutation.and_then(names::greeted).filter(|_| is_inflected(name));
    let Some(greeted) = greeted else { return name.to_owned() };
    let (before, family) = name.rsplit_once(' ').map_or(("", name), |(before, family)| (before, family));
    let common = family.chars().zip(names::family(&greeted).chars()).take_while(|(a, b)| a == b).count();
    if common >= 3 && common + 2 >= family.chars().count() {
        format!("{before} {}", names::family(&greeted)).trim().to_owned()
    } else {
        name.to_owned()
    }
}

fn is_dative(name: &str, salutation: Option<&str>) -> bool {
    is_inflected(name) && salutation.and_then(names::greeted).is_none_or(|greeted| names::family(&greeted) != names::family(name))
}

/// An entry of the registers whose name gives the dative by one of the common endings.
fn known_inflected(name: &str, kind: EntityKind, shelf: &Shelf) -> Option<String> {
    let endings = [("у", ""), ("ю", "й"), ("ю", "ь"), ("ому", "ий"), ("ому", "ый"), ("ой", "ая"), ("е", "а"), ("", "")];
    endings.iter().find_map(|(dative, own)| shelf.known(kind, &format!("{}{own}", name.strip_suffix(dative)?)))
}

/// An author: an id of the registers; whoever is named only by an office or as one of a group stands as printed.
fn author(name: &str, shelf: &mut Shelf, desk: &mut Desk<'_>) -> Value {
    if let Some((office, inner)) =
        name.strip_suffix(')').and_then(|name| name.split_once(" (")).filter(|(office, _)| names::is_office(office))
        && !inner.is_empty()
    {
        desk.guess("the name beside an office is that of the writer", 0, format!("{office}: {inner}"));
        let mut fields = Fields::new();
        fields.put("ref", entity(inner, EntityKind::Person, &[], shelf, desk));
        fields.put("as", name);
        return Value::Map(fields);
    }
    if names::is_office(name) || names::is_group(name) {
        desk.guess("an office, or a group, is nobody in particular; it stands as printed", 0, name);
        let mut fields = Fields::new();
        fields.put("as", name);
        return Value::Map(fields);
    }
    let ordered = names::in_order(names::without_titles(name));
    Value::Text(entity(&ordered, names::kind_of(name), &[], shelf, desk))
}

/// The id of a person or body. A fuller form in the title, `Joseph Stalin` for `Stalin`, is the name shown.
pub fn entity(name: &str, kind: EntityKind, title_names: &[String], shelf: &mut Shelf, desk: &mut Desk<'_>) -> String {
    let fuller =
        title_names.iter().find(|full| kind == EntityKind::Person && full.as_str() != name && full.split(' ').next_back() == Some(name));
    let known = [Some(name), fuller.map(String::as_str)].into_iter().flatten().find_map(|name| shelf.known(kind, name));
    if let Some(id) = known {
        return id;
    }
    let shown = fuller.map_or(name, String::as_str);
    if fuller.is_some() {
        desk.guess("a fuller name in the title is that of the person named shortly", 0, format!("{name} → {shown}"));
    }
    let mut new = NewEntity::named(kind, shown);
    new.sort = names::inverted(shown);
    if shown != name {
        new.aliases.push(name.to_owned());
    }
    let id = shelf.entity(shown, new);
    desk.guess("a name that no register has is entered as it stands", 0, format!("{shown} → `{id}`"));
    id
}

/// Names in a title, by which shorter ones can be told: words with capitals after "to", "and", "from", "with".
#[must_use]
pub fn names_in(title: &str) -> Vec<String> {
    let mut out = Vec::new();
    for (at, word) in [" to ", " To ", " TO ", " from ", " From "].iter().flat_map(|word| title.match_indices(word)) {
        let rest = &title[at + word.len()..];
        let name: Vec<&str> = rest.split(' ').take_while(|word| word.starts_with(char::is_uppercase)).take(4).collect();
        let cut = name.iter().position(|word| word.ends_with(',')).map_or(name.len(), |at| at + 1);
        let name = name[..cut].join(" ");
        let name = names::without_titles(name.trim_end_matches([',', '.']));
        if name.contains(' ') {
            out.push(names::lowered(name));
        }
    }
    out
}

/// What is already known of a document when its fields are written.
pub struct Known<'a> {
    /// The page.
    pub page: &'a Page,
    /// Its title.
    pub title: &'a str,
    /// Its opening.
    pub opening: &'a Opening,
    /// Who.
    pub people: &'a People,
    /// Documents in it.
    pub within: &'a [Within],
    /// Where it comes from.
    pub provenance: &'a Provenance,
    /// BCP 47.
    pub language: Option<&'a str>,
}

/// The fields of a document, in the order in which they are printed.
pub fn fields(known: &Known<'_>, shelf: &mut Shelf, desk: &mut Desk<'_>) -> Fields {
    let mut fields = Fields::new();
    let kind = kind(known.title, known.opening, desk);
    fields.put("title", known.title);
    fields.put_some("kind", kind);
    if kind.is_some() && known.page.title.is_some() && date_of_title(known.title, desk).is_some() {
        desk.guess("a title that ends with the date was made by editors", 0, known.title);
        fields.put("title_origin", "editorial");
    }
    let title_names = names_in(known.title);
    let authors: Vec<Value> = known.people.authors.iter().map(|name| author(name, shelf, desk)).collect();
    fields.put_list("author", authors.clone());
    let lines: Vec<Addressed> = known.opening.addressees.iter().flat_map(|line| names::addressed(line)).collect();
    let mut to: Vec<Value> = lines.iter().map(|addressed| party(addressed, &title_names, shelf, desk)).collect();
    if to.is_empty() {
        let named: Vec<Addressed> = known
            .people
            .recipients
            .iter()
            .filter(|name| !name.contains('*'))
            .flat_map(|name| names::addressed(&nominative(name, known.opening.salutation.as_deref())))
            .collect();
        let plain = |addressed: &Addressed, shelf: &mut Shelf, desk: &mut Desk<'_>| match &addressed.name {
            Some(name) if !is_dative(name, known.opening.salutation.as_deref()) => {
                Value::Text(entity(name, addressed.kind, &title_names, shelf, desk))
            }
            _ => party(addressed, &title_names, shelf, desk),
        };
        to = named.iter().map(|addressed| plain(addressed, shelf, desk)).collect();
        if to.is_empty()
            && let Some(name) = known.opening.salutation.as_deref().and_then(names::greeted)
        {
            desk.guess("nobody is named as the addressee: the salutation does", 0, name.as_str());
            to.push(Value::Text(entity(&name, EntityKind::Person, &title_names, shelf, desk)));
        }
        if let Some(name) = known.people.recipients.first().filter(|_| !to.is_empty()) {
            desk.guess("no line of the letter names the addressee: the title does", 0, name.as_str());
        }
    }
    fields.put_list("to", to);
    known.provenance.dates(&mut fields, known, shelf, desk);
    known.provenance.sources(&mut fields);
    fields.put_some("language", known.language);
    let author = authors.first().filter(|_| authors.len() == 1);
    let within: Vec<Value> = known
        .within
        .iter()
        .map(|within| Value::Map(within.fields(author, |addressed| party(addressed, &title_names, shelf, desk))))
        .collect();
    fields.put("contains", Value::List(within));
    fields.put("keywords", known.provenance.keywords.iter().map(|word| Value::Text(word.clone())).collect::<Vec<_>>());
    fields.put("responsibility", Value::List(known.provenance.responsibility.clone()));
    fields.put("status", "transcribed");
    if let Some(rights) = &known.provenance.rights {
        let mut text = Fields::new();
        text.put("text", rights.as_str());
        fields.put("rights", text);
    }
    fields
}

/// The year that title or header give a dateline without one: read again with it.
#[must_use]
pub fn year_of(words: &str, desk: &Desk<'_>) -> Option<i32> {
    let date = date::read(words, &desk.dates).date?;
    date.edtf.as_str().get(..4)?.parse().ok()
}

/// Whether a line is a date, without anything else that could be told.
#[must_use]
pub fn is_plain_date(line: &str) -> bool {
    opening::dateline(line, &date::DateContext::default()).is_some() && kind_of_title(line).is_none()
}

/// Whether a line is a date by itself.
#[must_use]
pub fn is_date(line: &str, desk: &Desk<'_>) -> bool {
    opening::dateline(line, &desk.dates).is_some()
}
