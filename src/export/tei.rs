//! TEI P5: one file a document, and a `teiCorpus` of the whole edition. Valid against `tei_all`.
//!
//! Header: file, source, archive, correspondence, persons and places that the document names, languages, keywords, state. Text: each part of
//! a letter in its element where TEI allows it (opener, closer, postscript), else as `ab` of that type. What an editor marked keeps its
//! meaning: names with `ref`, dates with `when`, corrections as `choice`, printed cross-references as `work#d704` and `work#pg_112`.

mod body;
mod header;

use super::documents;
use crate::base::path::OutputPath;
use crate::formats::xml::escape;
use crate::render::Artifact;
use crate::resolve::Site;
use rayon::prelude::*;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "xmlns=\"http://www.tei-c.org/ns/1.0\"";

/// All documents, and `edition.xml` with all of them.
#[must_use]
pub fn print(site: &Site) -> Vec<Artifact> {
    let all: Vec<usize> = documents(site).map(|(index, _)| index).collect();
    let elements: Vec<String> = all.par_iter().map(|index| document(site, *index, "")).collect();
    let mut artifacts: Vec<Artifact> = all
        .iter()
        .zip(&elements)
        .map(|(index, element)| {
            let path = OutputPath::new(format!("documents/{}.xml", site.documents[*index].front.id.value));
            let text = element.replacen("<TEI", &format!("<TEI {NAMESPACE}"), 1);
            Artifact { path, bytes: format!("{DECLARATION}{text}").into_bytes() }
        })
        .collect();
    // Ids of notes and embedded documents must be unique in the whole: they begin with the document's id.
    let whole = format!("{DECLARATION}<teiCorpus {NAMESPACE}>\n{}{}</teiCorpus>\n", header::edition(site), corpus(site, &all));
    artifacts.push(Artifact { path: OutputPath::new("edition.xml"), bytes: whole.into_bytes() });
    artifacts
}

fn corpus(site: &Site, all: &[usize]) -> String {
    let elements: Vec<String> = all
        .par_iter()
        .map(|index| {
            let id = xml_id(&site.documents[*index].front.id.value.0);
            document(site, *index, &format!("{id}."))
        })
        .collect();
    elements.concat()
}

/// One document as `TEI` without a namespace; `scope` stands before the ids of persons and places.
fn document(site: &Site, index: usize, scope: &str) -> String {
    let summary = &site.documents[index];
    let id = xml_id(&summary.front.id.value.0);
    let language = summary.front.language.as_deref().unwrap_or(&site.config.language);
    let header = header::document(site, index, scope);
    let text = body::document(site, index, scope);
    format!("<TEI xml:id=\"{id}\">\n{header}  <text xml:lang=\"{}\">\n    <body>\n{text}    </body>\n  </text>\n</TEI>\n", escape(language))
}

/// An id as an XML name: one that begins with a digit gets a letter before it.
fn xml_id(id: &str) -> String {
    if id.starts_with(|letter: char| letter.is_ascii_digit() || letter == '-') { format!("id-{id}") } else { id.to_owned() }
}

/// Words as values of `teidata.word`: without signs that a word cannot hold.
fn tokens(words: &str) -> String {
    let plain =
        |word: &str| word.chars().filter(|letter| letter.is_alphanumeric() || matches!(letter, '-' | '.' | '_' | ':')).collect::<String>();
    words.split_whitespace().map(plain).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
