//! The header: titles, the work a volume is, languages, rights, archive, keywords.

use super::super::front::{Fields, Value};
use super::super::text::short_title;
use super::Reading;
use crate::base::slug::slug;
use crate::base::text::{is_web_address, squeeze};
use crate::formats::xml::NodeId;
use crate::model::entry::{Entry, Name};

impl Reading<'_> {
    fn header(&self, top: NodeId) -> Option<NodeId> {
        self.xml.child(top, "teiHeader").or_else(|| self.xml.find(top, "teiHeader"))
    }

    pub(super) fn words_at(&self, from: NodeId, path: &[&str]) -> Option<String> {
        let mut at = from;
        for name in path {
            at = self.xml.child(at, name)?;
        }
        Some(squeeze(&self.xml.all_text(at))).filter(|words| !words.is_empty())
    }

    /// The title of a file.
    pub(super) fn title(&self, top: NodeId) -> String {
        let xml = self.xml;
        let titles = self.header(top).and_then(|header| xml.find(header, "titleStmt"));
        let all: Vec<NodeId> = titles.map(|titles| xml.named(titles, "title").collect()).unwrap_or_default();
        let by = |kind: &str| {
            all.iter().copied().find(|title| xml.attribute(*title, "type") == Some(kind) || xml.attribute(*title, "level") == Some(kind))
        };
        let best = by("complete").or_else(|| by("main")).or_else(|| by("a")).or_else(|| all.first().copied());
        let words = best.map(|title| squeeze(&xml.all_text(title))).unwrap_or_default();
        let words = words.trim_end_matches([',', ';', ':', ' ']);
        if words.is_empty() { self.name.clone() } else { words.to_owned() }
    }

    /// The language of the text: of `text`, of `TEI`, or the only one of the header.
    pub(super) fn language_of(&self, top: NodeId) -> Option<String> {
        let xml = self.xml;
        let text = xml.child(top, "text").or_else(|| xml.find(top, "text"));
        let stated = text.and_then(|text| xml.attribute(text, "xml:lang")).or_else(|| xml.attribute(top, "xml:lang"));
        let used = || {
            let usage = xml.find(top, "langUsage")?;
            let mut languages = xml.named(usage, "language").filter_map(|language| xml.attribute(language, "ident"));
            languages.next().filter(|_| languages.next().is_none())
        };
        let tag = stated.or_else(used).map(str::to_owned).or_else(|| self.name.starts_with("frus").then(|| "en".to_owned()))?;
        let well = tag.split('-').next().is_some_and(|main| matches!(main.len(), 2 | 3))
            && tag.split('-').all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        well.then_some(tag)
    }

    /// Enters the volume into the bibliography; its key.
    pub(super) fn work_of(&mut self, top: NodeId) -> Option<String> {
        let xml = self.xml;
        let header = self.header(top)?;
        let file = xml.child(header, "fileDesc")?;
        let full = self.title(top);
        let number = xml
            .child(file, "titleStmt")
            .and_then(|titles| xml.named(titles, "title").find(|title| xml.attribute(*title, "type") == Some("volumenumber")));
        let number = number.map(|number| squeeze(&xml.all_text(number))).unwrap_or_default();
        let title = if number.is_empty() {
            full.as_str()
        } else {
            full.strip_suffix(&number).map_or(full.as_str(), |title| title.trim_end_matches([',', ' ']))
        };
        let mut editors = Vec::new();
        for editor in xml.child(file, "titleStmt").into_iter().flat_map(|titles| xml.named(titles, "editor")) {
            let name = squeeze(&xml.all_text(editor));
            if !name.is_empty() {
                editors.push(match name.rsplit_once(' ') {
                    Some((given, family)) if !name.contains(',') => Name { family: family.to_owned(), given: Some(given.to_owned()) },
                    _ => Name::read(&name),
                });
            }
        }
        let date = self.words_at(file, &["publicationStmt", "date"]);
        let entry = Entry {
            key: self.name.clone(),
            kind: "book".into(),
            title: title.to_owned(),
            short_title: short_title(title),
            volume: Some(volume_number(&number)).filter(|volume| !volume.is_empty() && title != full),
            publisher: self.words_at(file, &["publicationStmt", "publisher"]),
            location: self.words_at(file, &["publicationStmt", "pubPlace"]),
            date: date.as_deref().and_then(|date| crate::parse::date::read(date, &self.context(None)).date),
            editors,
            language: self.language.clone(),
            ..Entry::default()
        };
        self.work_entry = Some(entry.clone());
        Some(self.shelf.work(entry))
    }

    /// What the header of a letter says of its source, rights and keywords.
    pub(super) fn letter_header(&mut self, top: NodeId, front: &mut Fields) {
        let xml = self.xml;
        let Some(header) = self.header(top) else { return };
        let source = xml.find(header, "sourceDesc");
        if let Some(identifier) = source.and_then(|source| xml.find(source, "msIdentifier")) {
            let mut archive = Fields::new();
            let words =
                |name: &str| xml.named(identifier, name).next().map(|node| squeeze(&xml.all_text(node))).filter(|words| !words.is_empty());
            let place: Vec<String> = ["country", "settlement", "institution", "repository"].iter().filter_map(|name| words(name)).collect();
            archive.put("repository", place.join(", "));
            archive.put_some("collection", words("collection"));
            archive.put_some("shelfmark", words("idno"));
            front.put("archive", archive);
        }
        let printed: Vec<String> = source
            .map(|source| {
                xml.within(source)
                    .filter(|node| matches!(xml.name(*node), "bibl" | "biblStruct") && !self.is_within(*node, "biblStruct"))
                    .collect::<Vec<_>>()
            })
            .unwrap_or_default()
            .into_iter()
            .map(|node| squeeze(&xml.all_text(node)))
            .filter(|words| !words.is_empty())
            .collect();
        if let Some((first, others)) = printed.split_first() {
            let statement = |words: &String| -> Value {
                let mut source = Fields::new();
                source.put("statement", words.as_str());
                source.into()
            };
            front.put("source", statement(first));
            front.put_list("also_in", others.iter().map(statement).collect());
        }
        front.put_some("language", self.language.clone());
        if let Some(licence) = xml.find(header, "licence").or_else(|| xml.find(header, "availability")) {
            let mut rights = Fields::new();
            let target = xml.attribute(licence, "target").filter(|target| target.starts_with("http"));
            let (url, other) = target.map_or((None, ""), |target| if is_web_address(target) { (Some(target), "") } else { (None, target) });
            rights.put("text", squeeze(&format!("{} {other}", xml.all_text(licence))));
            if !rights.is_empty() {
                rights.put_some("url", url);
                front.put("rights", rights);
            }
        }
        let keywords = xml.within(header).filter(|node| xml.name(*node) == "term" && self.is_within(*node, "keywords"));
        front.put("keywords", keywords.map(|term| squeeze(&xml.all_text(term))).filter(|word| !word.is_empty()).collect::<Vec<_>>());
        if let Some(summary) = xml.find(header, "abstract") {
            front.put("abstract", squeeze(&xml.all_text(summary)));
        }
    }
}

/// `Volume III` → 3; other words stay without the word for volume.
fn volume_number(words: &str) -> String {
    let number = words.trim_start_matches("Volume").trim_start_matches("Vol.").trim().trim_end_matches([',', '.']);
    match roman(number) {
        Some(value) => value.to_string(),
        None => number.to_owned(),
    }
}

fn roman(text: &str) -> Option<u32> {
    let value = |letter: char| match letter {
        'I' => Some(1),
        'V' => Some(5),
        'X' => Some(10),
        'L' => Some(50),
        'C' => Some(100),
        _ => None,
    };
    let numbers: Vec<u32> = text.chars().map(value).collect::<Option<_>>()?;
    let mut sum = 0;
    for (index, number) in numbers.iter().enumerate() {
        let less = numbers.get(index + 1).is_some_and(|next| next > number);
        sum = if less {
            sum + numbers[index + 1] - number
        } else if index > 0 && numbers[index - 1] < *number {
            sum
        } else {
            sum + number
        };
    }
    (!numbers.is_empty() && slug(text).len() == text.len()).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn volumes_are_numbered() {
        let cases = [("Volume III", "3"), ("Volume XIV", "14"), ("Volume IX", "9"), ("Volume XL", "40"), ("Part 2", "Part 2"), ("", "")];
        for (words, number) in cases {
            assert_eq!(volume_number(words), number, "{words}");
        }
    }
}
