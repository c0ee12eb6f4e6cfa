//! Names that editors bring along for our fields: from their own language, from other programs, or by another word of the field; and fields that
//! were typed a level too high.

/// Our field, and other names for it in small letters.
const NAMES: &[(&str, &[&str])] = &[
    ("title", &["titel", "titre", "título", "titolo", "название", "заголовок", "заглавие", "überschrift", "headline"]),
    ("short_title", &["kurztitel", "titre court", "краткое название", "linktitle", "shorttitle"]),
    ("subtitle", &["untertitel", "sous-titre", "подзаголовок"]),
    (
        "author",
        &[
            "autor",
            "auteur",
            "autore",
            "verfasser",
            "absender",
            "expéditeur",
            "автор",
            "отправитель",
            "from",
            "sender",
            "writer",
            "authors",
        ],
    ),
    ("to", &["adressat", "empfänger", "an", "destinataire", "à", "адресат", "кому", "получатель", "recipient", "recipients", "addressee"]),
    ("date", &["year", "datum", "data", "fecha", "дата", "datiert", "dated"]),
    ("written", &["verfasst", "geschrieben", "écrit", "rédigé", "написано", "написан", "created"]),
    ("sent", &["abgesandt", "gesendet", "envoyé", "отправлено", "отправлен", "dispatched"]),
    ("received", &["erhalten", "empfangen", "eingegangen", "reçu", "получено", "получен", "arrived"]),
    ("place", &["ort", "lieu", "luogo", "lugar", "место"]),
    ("kind", &["art", "typ", "type", "genre", "вид", "тип", "doctype", "document_type"]),
    ("language", &["sprache", "langue", "lingua", "idioma", "язык", "lang"]),
    ("source", &["quelle", "druckvorlage", "fonte", "fuente", "источник", "printed_in"]),
    ("archive", &["archiv", "archives", "архив", "repository", "location", "standort", "shelfmark", "signatur", "шифр"]),
    ("copy_text", &["vorlage", "textvorlage", "печатается по", "base_text"]),
    (
        "first_published",
        &["erstdruck", "erstveröffentlichung", "première publication", "первая публикация", "впервые опубликовано", "published"],
    ),
    ("status", &["stand", "état", "состояние", "статус", "state", "draft"]),
    ("abstract", &["regest", "zusammenfassung", "résumé", "аннотация", "summary", "description"]),
    ("description", &["beschreibung", "описание", "abstract", "summary"]),
    ("keywords", &["schlagworte", "schlagwörter", "mots-clés", "ключевые слова", "tags", "categories", "subjects", "taxonomies"]),
    ("rights", &["rechte", "droits", "права", "licence", "license", "copyright", "lizenz", "лицензия"]),
    ("id", &["kennung", "identifiant", "slug", "идентификатор", "xml:id", "identifier"]),
    ("base", &["extends", "parent", "inherits", "based_on"]),
    ("aliases", &["alias", "permalink", "redirect_from", "redirects", "variants", "namensvarianten", "variantes", "варианты", "aka"]),
    ("facsimile", &["faksimile", "fac-similé", "факсимиле", "scan", "scans", "image", "images", "bild"]),
    ("translation", &["übersetzung", "traduction", "перевод", "translator"]),
    ("responsibility", &["bearbeiter", "bearbeitung", "ответственность", "transcriber", "transcribed_by", "editor"]),
    ("editors", &["herausgeber", "éditeurs", "редакторы", "составители", "editor", "author", "authors"]),
    ("publisher", &["verlag", "издатель", "издательство"]),
    ("url", &["base_url", "baseurl", "site_url", "адрес", "website"]),
    ("order", &["reihenfolge", "ordre", "порядок", "weight", "position"]),
    ("calendar", &["kalender", "calendrier", "календарь"]),
    ("name", &["nom", "nome", "nombre", "имя", "наименование", "label", "title"]),
    ("sort", &["sortierung", "сортировка", "sort_name", "sort_key", "sortkey"]),
    ("identification", &["beruf", "beschreibung", "кто это", "occupation", "role", "description"]),
    ("born", &["geboren", "né", "née", "nato", "nacido", "родился", "родилась", "birth", "birthdate", "date_of_birth"]),
    ("died", &["gestorben", "mort", "morte", "morto", "умер", "умерла", "death", "deathdate", "date_of_death"]),
    ("note", &["anmerkung", "bemerkung", "remarque", "примечание", "remark", "comment"]),
    ("coordinates", &["koordinaten", "coordonnées", "координаты", "geo", "latlong", "lat_lon"]),
    ("work", &["werk", "ouvrage", "edition_of", "произведение", "key", "cite"]),
    ("pages", &["seite", "seiten", "s", "page", "страницы", "стр", "с", "pp", "p"]),
    ("volume", &["band", "bd", "tome", "том", "т", "vol"]),
    ("number", &["nummer", "nr", "numéro", "номер", "no"]),
];

/// The field of `known` that is meant by another name of it.
#[must_use]
pub(super) fn meant<'k>(typed: &str, known: &[&'k str]) -> Option<&'k str> {
    let typed = typed.trim().to_lowercase();
    let typed = typed.trim_end_matches('.');
    let loose = typed.replace([' ', '-'], "_");
    let named = |names: &[&str]| names.iter().any(|name| *name == typed || name.replace([' ', '-'], "_") == loose);
    NAMES.iter().filter(|(_, names)| named(names)).find_map(|(field, _)| known.iter().copied().find(|word| word == field))
}

/// What is said of a thing in messages, without words around its name: ``an entry of `contains` `` is `contains`.
#[must_use]
pub(super) fn bare(what: &str) -> &str {
    what.split('`').nth(1).unwrap_or(what)
}

/// Fields without which a thing has no name.
#[must_use]
pub(super) fn is_needed(what: &str, name: &str) -> bool {
    match name {
        "title" => matches!(what, "this document" | "this page" | "the edition") || what.starts_with("the entry"),
        "name" => what.starts_with("the entry"),
        _ => false,
    }
}

/// Fields that belong into a field, for one that was left empty above them.
#[must_use]
pub(super) fn fields_within(field: &str) -> &'static [&'static str] {
    match field {
        "author" | "to" | "from" | "by" => &["ref", "as", "role", "cert"],
        "source" | "also_in" => &["work", "volume", "pages", "number", "edition", "statement", "url"],
        "archive" => &["repository", "collection", "fonds", "inventory", "file", "leaves", "shelfmark", "url"],
        "date" => &["printed", "edtf", "calendar", "evidence", "cert"],
        "written" | "sent" | "received" => &["place", "date", "from", "by", "printed", "edtf", "calendar", "evidence", "cert"],
        "first_published" => &["date", "in", "volume", "issue", "pages", "extent", "statement"],
        "copy_text" => &["kind", "hand", "found", "statement"],
        "translation" => &["of", "of_language", "by", "from_work"],
        "responsibility" => &["who", "did", "when"],
        "rights" | "rights_editorial" => &["text", "url"],
        "errata" => &["date", "was", "now", "reason"],
        "imported" => &["from", "url", "retrieved", "sha256"],
        "facsimile" => &["image", "page", "label"],
        _ => &[],
    }
}

/// Fields of an entry, which may have lost their indentation below its id.
#[must_use]
pub(super) fn fields_of_entry(what: &str) -> &'static [&'static str] {
    match what {
        "a register" => &["name", "sort", "aliases", "original", "identification", "born", "died"],
        "the bibliography" => &["type", "title", "author", "editor", "date", "publisher", "location", "parent"],
        _ => &[],
    }
}

/// What to type for words where fields are wanted, with the words in it where it is clear which field they are.
#[must_use]
pub(super) fn example(field: &str, typed: &str) -> String {
    let words = if typed.contains('\n') || typed.len() > 80 || typed.starts_with(['[', '{']) { "…" } else { typed.trim() };
    let typed = match words.contains([':', '#', ',', '"', '{', '[']) {
        true => super::yaml::quoted(words.trim_matches('"')),
        false => words.to_owned(),
    };
    let form = match field {
        "translation" => "translation: { of_language: ru, by: A. Smith }".to_owned(),
        "contains" => "contains: [{ id: draft, kind: telegram }]".to_owned(),
        "errata" => "errata: [{ date: 2026-01-31, was: Frances, now: Francis }]".to_owned(),
        "imported" => format!("imported: {{ from: {typed} }}"),
        "parent" => format!("parent: {{ type: newspaper, title: {typed} }}"),
        "responsibility" => format!("responsibility: [{{ who: {}, did: transcribed }}]", words.split(',').next().unwrap_or(words)),
        "rights" => format!("rights: {{ text: {typed} }}"),
        "publisher" => format!("publisher: {{ name: {typed} }}"),
        "affiliated" => format!("affiliated: [{{ role: translator, names: {typed} }}]"),
        "a register" => "lenin: { name: V. I. Lenin }".to_owned(),
        "the bibliography" => "lcw-45: { type: book, title: Collected Works }".to_owned(),
        _ => return "write fields, `name: value`, each on a line of its own".to_owned(),
    };
    format!("it has fields of its own: type `{form}`")
}

/// A field of a document, what it is for, and the fields that belong into it.
const WITHIN: &[(&str, &str, &[&str])] = &[
    ("source", "source: { work: …, pages: … }", &["work", "pages", "volume", "number", "edition"]),
    (
        "archive",
        "archive: { repository: …, collection: … }",
        &["repository", "collection", "fonds", "inventory", "file", "leaves", "shelfmark"],
    ),
    ("written", "written: { date: …, place: … }", &["place", "printed", "edtf", "evidence"]),
    ("to", "to: [{ ref: …, as: … }]", &["ref", "as", "role"]),
];

/// What to type for a field that stands beside the one it belongs in.
#[must_use]
pub(super) fn inside(typed: &str, known: &[&str]) -> Option<String> {
    let typed = typed.trim().to_lowercase();
    let places = WITHIN.iter().filter(|(field, _, _)| known.contains(field));
    places
        .filter_map(|(field, form, names)| {
            let name = names.iter().find(|name| **name == typed).copied().or_else(|| meant(&typed, names))?;
            Some(format!("`{name}` belongs in `{field}`: type `{form}`"))
        })
        .next()
}
