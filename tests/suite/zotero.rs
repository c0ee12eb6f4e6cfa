//! What Zotero takes from a page: the rules of its importer for embedded metadata and of its reader of RDF, applied to built pages.
//!
//! In their order: the item type is `z:itemType`, else `bibo:type` or `bib:type`, `og:type`, `dc:type`, else what Highwire fields say, else a web page.
//! Creators come from Dublin Core and the `z:` fields that the type knows, unless a `citation_author` stands: then from these alone. COinS is
//! another importer, which comes before. `BLESS=1` rewrites `tests/zotero/expected.txt`: read it.

use ibid::pipeline;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// Item type → creators it knows beside contributors: Zotero's own and the field that is read for each.
const CREATORS: &[(&str, &[&str])] = &[
    ("letter", &["author", "recipient"]),
    ("bookSection", &["author", "editor", "translator"]),
    ("newspaperArticle", &["author", "translator"]),
    ("manuscript", &["author", "translator"]),
    ("report", &["author", "translator"]),
    ("statute", &["author"]),
    ("document", &["author", "editor", "translator"]),
    ("presentation", &["presenter"]),
    ("interview", &["interviewee"]),
    ("webpage", &["author", "translator"]),
];

/// `<meta>` of a page: name and content, in order.
fn metas(html: &str) -> Vec<(String, String)> {
    let value = |tag: &str, name: &str| {
        let at = tag.find(&format!("{name}=\""))? + name.len() + 2;
        let text = tag[at..].split('"').next()?;
        Some(text.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    };
    html.split("<meta ")
        .skip(1)
        .filter_map(|rest| {
            let tag = rest.split_once('>')?.0;
            Some((value(tag, "name").or_else(|| value(tag, "property"))?, value(tag, "content")?))
        })
        .collect()
}

/// Statements by `prefix:property`, as the importer has them: the prefix in small letters, the property with a small first letter.
fn statements(metas: &[(String, String)]) -> BTreeMap<String, Vec<String>> {
    const PREFIXES: [&str; 8] = ["bib", "bibo", "dc", "dcterms", "prism", "z", "eprints", "og"];
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, content) in metas {
        let Some(at) = name.find(['.', ':', '_']) else { continue };
        let prefix = name[..at].to_lowercase();
        if PREFIXES.contains(&prefix.as_str()) {
            let mut property = name[at + 1..].chars();
            let first = property.next().map(|first| first.to_lowercase().to_string()).unwrap_or_default();
            found.entry(format!("{prefix}:{first}{}", property.as_str())).or_default().push(content.clone());
        }
    }
    found
}

fn import(html: &str) -> String {
    let metas = metas(html);
    let said = statements(&metas);
    let highwire = |name: &str| metas.iter().filter(|(own, _)| own == name).map(|(_, content)| content.clone()).collect::<Vec<_>>();
    let first = |names: &[&str]| names.iter().find_map(|name| said.get(*name)).and_then(|values| values.first().cloned());
    let guess = if !highwire("citation_book_title").is_empty() || !highwire("citation_inbook_title").is_empty() {
        "bookSection"
    } else if !highwire("citation_title").is_empty() {
        "journalArticle"
    } else {
        "webpage"
    };
    let og = first(&["og:type"]).map(|kind| if kind == "website" { "webpage".to_owned() } else { kind });
    let kind = first(&["z:itemType"]).or(first(&["bibo:type", "bib:type"])).or(og).unwrap_or_else(|| guess.to_owned());
    let mut out = format!("  {kind}\n");
    let mut add = |label: &str, value: Option<String>| {
        if let Some(value) = value {
            writeln!(out, "  {label}: {value}").expect("a string can be written");
        }
    };
    let title = highwire("citation_title").first().cloned().or(first(&["dc:title"]));
    add("title", title);
    let authors = highwire("citation_author");
    if authors.is_empty() {
        let known = CREATORS.iter().find(|(own, _)| *own == kind).map_or(&[][..], |(_, roles)| roles);
        for role in known {
            let field = match *role {
                "author" => "dc:creator".to_owned(),
                "editor" => "bib:editors".to_owned(),
                role => format!("z:{role}s"),
            };
            said.get(&field).into_iter().flatten().for_each(|name| add(role, Some(name.clone())));
        }
    } else {
        authors.into_iter().for_each(|name| add("author", Some(name)));
    }
    let either = |name: &str, other: &[&str]| highwire(name).first().cloned().or(first(other));
    add("date", either("citation_date", &["dc:date"]));
    add("publication", highwire("citation_inbook_title").first().cloned().or(first(&["dc:source"])));
    add("volume", either("citation_volume", &[]));
    let pages = [highwire("citation_firstpage"), highwire("citation_lastpage")].concat();
    add("pages", (!pages.is_empty()).then(|| pages.join("-")));
    add("publisher", either("citation_publisher", &["dc:publisher"]));
    add("language", either("citation_language", &["dc:language"]));
    add("archive location", first(&["dc:coverage"]));
    add("letter or report type", first(&["dc:type"]));
    add("abstract", first(&["dcterms:abstract"]));
    add("rights", first(&["dc:rights"]));
    add("url", either("citation_public_url", &["og:url"]));
    out
}

#[test]
fn zotero_takes_letters_as_letters() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut made = String::new();
    for folder in ["tests/sites/letter", "tests/exports/edition", "tests/fields", "."] {
        let built = pipeline::build(&root.join(folder));
        let documents = built
            .artifacts
            .iter()
            .filter(|artifact| artifact.path.as_str().starts_with("documents/") && artifact.path.as_str().ends_with(".html"));
        // Of the example edition, enough to see its kinds.
        for artifact in documents.take(if folder == "." { 6 } else { usize::MAX }) {
            let html = String::from_utf8(artifact.bytes.clone()).expect("pages are text");
            assert!(!html.contains("Z3988"), "{}: COinS", artifact.path);
            let json = html.split("<script type=\"application/ld+json\">").nth(1).and_then(|rest| rest.split("</script>").next());
            let data: serde_json::Value = serde_json::from_str(json.expect("JSON-LD stands in the head")).expect("JSON-LD is JSON");
            assert!(data.get("name").is_some_and(serde_json::Value::is_string), "{}: JSON-LD has no name", artifact.path);
            made.push_str(&format!("{folder}: {}\n{}\n", artifact.path, import(&html)));
        }
    }
    let file = root.join("tests/zotero/expected.txt");
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(root.join("tests/zotero")).expect("the folder can be made");
        std::fs::write(&file, &made).expect("the expectation can be written");
    }
    assert_eq!(made, std::fs::read_to_string(&file).expect("the expectation is there"));
}
