//! Links: from what an editor typed to where it leads. One answer for each annotation.

use super::DocumentIndex;
use super::paragraphs::{Lasting, Paragraphs};
use super::printed::{PrintedAnswer, PrintedPlaces};
use super::routes::Routes;
use crate::base::later::Later;
use crate::base::path::{self, ContentPath, OutputPath};
use crate::base::span::Spanned;
use crate::base::suggest::{differ_in_figures, nearest};
use crate::base::text::composed;
use crate::diag::{Code, Diagnostic, Label};
use crate::model::annotation::{Annotation, AnnotationKind, Citation};
use crate::model::config::Config;
use crate::model::document::{Party, Summary};
use crate::model::entity::{Entity, EntityKind};
use crate::model::entry::Entry;
use crate::model::ledger::Number;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where an annotation leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// Nothing to lead to: editorial signs, page breaks, dates; also links that were reported.
    None,
    /// Another site.
    External(String),
    /// A document or page, perhaps at an anchor.
    Document(DocumentIndex, Option<String>),
    /// A file under `content/media`.
    Media(OutputPath),
    /// A register entry's page.
    Entity(OutputPath),
    /// For each cite, whether its entry exists.
    Entries(Vec<bool>),
    /// For each target of a printed cross-reference, where it is.
    Printed(Vec<PrintedAnswer>),
}

/// What one document's links may ask about the others.
#[derive(Clone, Copy, Debug)]
pub struct World<'a> {
    /// Settings.
    pub config: &'a Config,
    /// Registers.
    pub entities: &'a BTreeMap<String, Entity>,
    /// Bibliography.
    pub entries: &'a BTreeMap<String, Entry>,
    /// All documents and pages.
    pub documents: &'a [Summary],
    /// Addresses.
    pub routes: &'a Routes,
    /// Printed places.
    pub printed: &'a Later<PrintedPlaces>,
    /// Numbers of paragraphs, in the order of the documents.
    pub paragraphs: &'a [Lasting],
}

/// The answer to one annotation.
pub fn target(world: &World<'_>, summary: &Summary, annotation: &Annotation, findings: &mut Vec<Diagnostic>) -> Target {
    match &annotation.kind {
        AnnotationKind::Link { target, .. } | AnnotationKind::Image { target, .. } => link(world, summary, target, findings),
        AnnotationKind::Mention { kind, id } => mention(world, summary, *kind, id, findings),
        AnnotationKind::Citation(citation) => cites(world, summary, citation, findings),
        AnnotationKind::CrossReference { work, targets } => {
            check_entry(world, summary, work, findings);
            Target::Printed(targets.iter().map(|target| world.printed.get().find(&work.value, target)).collect())
        }
        _ => Target::None,
    }
}

fn link(world: &World<'_>, summary: &Summary, target: &Spanned<String>, findings: &mut Vec<Diagnostic>) -> Target {
    let typed = target.value.as_str();
    if let Some((scheme, _)) = typed.split_once(':')
        && matches!(scheme, "http" | "https" | "mailto")
    {
        return Target::External(typed.to_owned());
    }
    let (file, fragment) = typed.split_once('#').map_or((typed, None), |(file, fragment)| (file, Some(fragment)));
    let fragment =
        fragment.filter(|fragment| !fragment.is_empty()).map(|fragment| path::unpercent(fragment).unwrap_or_else(|| fragment.to_owned()));
    let own_file = summary.file.as_str().to_owned();
    let wanted =
        if file.is_empty() { Some(own_file) } else { path::unpercent(file).and_then(|file| path::join(summary.file.folder(), &file)) };
    let wanted = wanted.map(|file| as_on_disk(world, file));
    let found = wanted.as_ref().and_then(|file| world.routes.by_file.get(file));
    if let (Some(index), Some(file)) = (found, &wanted) {
        if let Some(fragment) = &fragment
            && !has_anchor(&world.documents[index.at()], world.paragraphs[index.at()].value.get(), fragment)
        {
            findings.push(
                Diagnostic::new(
                    Code::DeadLink,
                    format!("there is no place `#{fragment}` in `{file}`"),
                    Label::new(&summary.file, target.span),
                )
                .help(anchor_help(&world.documents[index.at()], fragment)),
            );
        }
        return Target::Document(*index, fragment);
    }
    if let Some(published) = wanted.as_ref().and_then(|file| world.routes.media.get(&ContentPath::new(file.as_str()))) {
        return Target::Media(published.path.clone());
    }
    findings.push(dead_link(world, summary, target, wanted.as_deref()));
    Target::None
}

/// Where an image of the paper is: an address, a file beside the document, or one named from `content/` or from `content/media/`.
pub fn facsimile(world: &World<'_>, summary: &Summary, image: &Spanned<String>, findings: &mut Vec<Diagnostic>) -> Target {
    let typed = image.value.as_str();
    if typed.starts_with("https://") || typed.starts_with("http://") {
        return Target::External(typed.to_owned());
    }
    for folder in [summary.file.folder(), "content", "content/media"] {
        let file = path::join(folder, typed).map(|file| ContentPath::new(file.as_str()));
        if let Some(published) = file.and_then(|file| world.routes.media.get(&file)) {
            return Target::Media(published.path.clone());
        }
    }
    let names: Vec<&str> = world.routes.media.keys().map(|file| file.as_str().trim_start_matches("content/")).collect();
    let help = nearest(typed, names).map_or_else(
        || "put the image into `content/media/`, or give the address of a IIIF manifest".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    findings
        .push(Diagnostic::new(Code::DeadLink, format!("there is no image `{typed}`"), Label::new(&summary.file, image.span)).help(help));
    Target::None
}

fn dead_link(world: &World<'_>, summary: &Summary, target: &Spanned<String>, wanted: Option<&str>) -> Diagnostic {
    let label = Label::new(&summary.file, target.span);
    let typed = target.value.split('#').next().unwrap_or_default();
    let near = meant(world, wanted.unwrap_or(typed)).map(|file| {
        let link = OutputPath::new(summary.file.as_str()).link_to(&OutputPath::new(file), None);
        format!("did you mean `{link}`?")
    });
    let Some(wanted) = wanted else {
        return Diagnostic::new(Code::DeadLink, format!("`{}` leads out of the edition", target.value), label)
            .help(near.unwrap_or_else(|| "link to a file inside `content/`, relative to this one".to_owned()));
    };
    let named = typed.strip_suffix(".md").unwrap_or(typed);
    let name = typed.rsplit(['/', '\\']).next().unwrap_or(typed);
    let help = match near {
        _ if is_image(name) => {
            let media = OutputPath::new(summary.file.as_str()).link_to(&OutputPath::new(format!("content/media/{name}")), None);
            let there = nearest(name, world.routes.media.keys().filter_map(|file| file.as_str().rsplit('/').next()));
            match there.filter(|near| *near != name) {
                Some(near) => format!("`content/media/` has `{near}`"),
                None => format!("put the image into `content/media/` and type `{media}`"),
            }
        }
        _ if world.entities.contains_key(named) => {
            format!("type `{}:{named}`, if the entry of the register is meant", world.entities[named].kind.scheme())
        }
        _ if world.entries.contains_key(named) => format!("type `cite:{named}`, if the work of the bibliography is meant"),
        _ if typed.starts_with("www.") => format!("write `https://{}`, if it is a page of the web", target.value),
        Some(near) => near,
        None => "check the file's name, or remove the link".to_owned(),
    };
    Diagnostic::new(Code::DeadLink, format!("there is no file `{wanted}`"), label).help(help)
}

/// Whether a name ends like that of an image.
fn is_image(name: &str) -> bool {
    const ENDINGS: [&str; 9] = ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "tif", "tiff"];
    name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// The path in the form of Unicode in which the disk has it: a Mac may write `é` as two signs where a keyboard types one.
fn as_on_disk(world: &World<'_>, file: String) -> String {
    if file.is_ascii() || world.routes.by_file.contains_key(&file) || world.routes.media.contains_key(&ContentPath::new(file.as_str())) {
        return file;
    }
    let same = composed(&file);
    let documents = world.routes.by_file.keys().map(String::as_str);
    let media = world.routes.media.keys().map(ContentPath::as_str);
    documents.chain(media).find(|known| composed(known) == same).map_or(file, str::to_owned)
}

/// The file that a path probably means: one of that name elsewhere, the document of that id, the only one whose name ends or begins so, else
/// one spelt nearly so.
fn meant<'w>(world: &World<'w>, wanted: &str) -> Option<&'w str> {
    let name = wanted.rsplit(['/', '\\']).next().unwrap_or(wanted);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let files = || world.documents.iter().map(|document| document.file.as_str());
    files()
        .find(|file| file.rsplit('/').next() == Some(name))
        .or_else(|| world.documents.iter().find(|document| document.front.id.value.0 == stem).map(|document| document.file.as_str()))
        .or_else(|| only_part(stem, world.documents.iter().map(|document| (document.file.stem(), document.file.as_str()))))
        .or_else(|| {
            // Whole paths only afterwards: the folders that all share would make any two short names alike.
            let stems = world.documents.iter().map(|document| document.file.stem()).filter(|other| !differ_in_figures(stem, other));
            let near = nearest(stem, stems).filter(|_| stem.chars().count() > 2)?;
            files().find(|file| file.rsplit('/').next().and_then(|name| name.strip_suffix(".md")) == Some(near))
        })
        .or_else(|| nearest(wanted, files().filter(|file| !differ_in_figures(wanted, file))).filter(|_| name.len() >= 8))
}

/// Of names with their values, the value of the only name of which `part` is the end or the beginning, or else any run of whole words.
fn only_part<'v>(part: &str, names: impl Iterator<Item = (&'v str, &'v str)> + Clone) -> Option<&'v str> {
    let words = |name: &str| name.to_lowercase().split(|letter: char| !letter.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>();
    let part = words(part);
    if part.iter().all(String::is_empty) {
        return None;
    }
    let only = |fits: &dyn Fn(&[String]) -> bool| {
        let mut found = names.clone().filter(|(name, _)| fits(&words(name))).map(|(_, value)| value);
        let first = found.next();
        first.filter(|_| found.next().is_none())
    };
    only(&|name| name.ends_with(&part)).or_else(|| only(&|name| name.starts_with(&part))).or_else(|| only(&|name| in_order(&part, name)))
}

/// Whether the words of `part` stand in `name` in their order, all but the last perhaps shortened.
fn in_order(part: &[String], name: &[String]) -> bool {
    let mut name = name.iter();
    let (last, others) = part.split_last().unzip();
    others.unwrap_or_default().iter().all(|word| name.any(|other| other.starts_with(word.as_str())))
        && last.is_none_or(|word| name.any(|other| other == word))
}

/// Whether a document has a place of this name: a paragraph, note, reference, page break, heading or an id of its own.
fn has_anchor(document: &Summary, paragraphs: &Paragraphs, name: &str) -> bool {
    name.strip_prefix('p').and_then(Number::read).is_some_and(|number| paragraphs.has(&number, document.paragraphs))
        || document.anchors.iter().any(|anchor| anchor.value == name)
        || document.headings.iter().any(|heading| heading.id == name)
        || name.strip_prefix("fn").is_some_and(|key| document.notes.iter().any(|note| note.label.value.mark() == key))
        || document
            .annotations
            .iter()
            .any(|annotation| matches!(&annotation.kind, AnnotationKind::PageBreak(page) if super::printed::page_anchor(page) == name))
}

fn anchor_help(document: &Summary, name: &str) -> String {
    let note = ["_ftn", "_edn", "_ftnref", "_ednref", "footnote", "sdfootnote", "sdendnote", "endnote", "fn:", "fn-"];
    if let Some(figures) = note.iter().filter_map(|sign| name.strip_prefix(sign)).next_back() {
        let number: String = figures.chars().filter(char::is_ascii_digit).collect();
        let number = if number.is_empty() { "1" } else { number.as_str() };
        return format!(
            "this is the mark of a note from another program: type `[^{number}]`, and `[^{number}]:` before the words of the note"
        );
    }
    let anchors =
        document.anchors.iter().map(|anchor| anchor.value.as_str()).chain(document.headings.iter().map(|heading| heading.id.as_str()));
    nearest(name, anchors).map_or_else(
        || format!("paragraphs are `#p1` to `#p{}`, notes `#fn1`, and ids are given as `{{#name}}`", document.paragraphs),
        |near| format!("did you mean `#{near}`?"),
    )
}

fn mention(world: &World<'_>, summary: &Summary, kind: EntityKind, id: &Spanned<String>, findings: &mut Vec<Diagnostic>) -> Target {
    match world.entities.get(&id.value) {
        Some(entity) => {
            if entity.kind != kind {
                findings.push(
                    Diagnostic::new(
                        Code::UnknownEntity,
                        format!("`{}` stands in the register of {}, not of {}", id.value, entity.kind.register(), kind.register()),
                        Label::new(&summary.file, id.span),
                    )
                    .also(Label::new(&entity.file, entity.span).saying("defined here"))
                    .help(format!("write `{}:{}`", entity.kind.scheme(), id.value)),
                );
            }
            Target::Entity(Routes::entity(entity))
        }
        None => {
            findings.push(unknown_entity(world, summary, id, Some(kind)));
            Target::None
        }
    }
}

fn unknown_entity(world: &World<'_>, summary: &Summary, id: &Spanned<String>, kind: Option<EntityKind>) -> Diagnostic {
    let of_kind = world.entities.values().filter(|entity| kind.is_none_or(|kind| entity.kind == kind)).map(|entity| entity.id.as_str());
    let file = kind.map_or_else(|| "content/registers/".to_owned(), |kind| format!("content/registers/{}.yaml", kind.register()));
    let finding =
        Diagnostic::new(Code::UnknownEntity, format!("no register has the id `{}`", id.value), Label::new(&summary.file, id.span));
    match nearest(&id.value, of_kind).and_then(|near| world.entities.get(near)) {
        Some(near) => {
            finding.also(Label::new(&near.file, near.span).saying("a similar id")).help(match crate::base::slug::is_id(&id.value) {
                true => format!("use `{}`, or add `{}` to `{file}`", near.id, id.value),
                false => format!("use `{}`", near.id),
            })
        }
        None if !crate::base::slug::is_id(&id.value) => {
            let better = crate::base::slug::slug(&id.value);
            finding.help(format!("ids are small letters, digits and hyphens: add an entry to `{file}`, as `{better}`, and use its id"))
        }
        None => finding.help(format!("add `{}` to `{file}`", id.value)),
    }
}

fn cites(world: &World<'_>, summary: &Summary, citation: &Citation, findings: &mut Vec<Diagnostic>) -> Target {
    Target::Entries(citation.cites.iter().map(|cite| check_entry(world, summary, &cite.key, findings)).collect())
}

fn check_entry(world: &World<'_>, summary: &Summary, key: &Spanned<String>, findings: &mut Vec<Diagnostic>) -> bool {
    if world.entries.contains_key(&key.value) {
        return true;
    }
    let finding = Diagnostic::new(
        Code::UnknownCite,
        format!("no bibliography entry has the key `{}`", key.value),
        Label::new(&summary.file, key.span),
    );
    findings.push(match nearest(&key.value, world.entries.keys().map(String::as_str)).and_then(|near| world.entries.get(near)) {
        Some(near) => finding.also(Label::new(&near.file, near.span).saying("a similar key")).help(format!("use `{}`", near.key)),
        None => finding
            .help(format!("add an entry `{}` to `content/bibliography.yaml`", key.value))
            .help(format!("type `\\@{}` if this is no citation", key.value)),
    });
    false
}

/// Checks the ids that stand in the front matter: parties, places, works, relations, embedded documents.
pub fn check_front(world: &World<'_>, summary: &Summary, findings: &mut Vec<Diagnostic>) {
    let front = &summary.front;
    parties_and_places(world, summary, findings);
    let sources = front.source.iter().chain(&front.also_in).filter_map(|source| source.work.as_ref());
    let containers = front
        .first_published
        .iter()
        .filter_map(|publication| publication.container.as_ref())
        .filter(|container| crate::base::slug::is_id(&container.value));
    let translated = front.translation.as_ref().and_then(|translation| translation.from_work.as_ref());
    let translated = translated.filter(|work| crate::base::slug::is_id(&work.value));
    for key in sources.chain(containers).chain(translated) {
        check_entry(world, summary, key, findings);
    }
    check_relations(world, summary, findings);
}

fn parties_and_places(world: &World<'_>, summary: &Summary, findings: &mut Vec<Diagnostic>) {
    let front = &summary.front;
    let events = [&front.written, &front.sent, &front.received].into_iter().flatten();
    let embedded_events = front.contains.iter().filter_map(|embedded| embedded.date.as_ref());
    let mut parties: Vec<&Party> = front.author.iter().chain(&front.to).collect();
    parties.extend(front.contains.iter().flat_map(|embedded| embedded.author.iter().chain(&embedded.to)));
    parties.extend(front.translation.iter().flat_map(|translation| &translation.by));
    let mut ids: Vec<&Spanned<String>> = front.mentions.iter().collect();
    for event in events.chain(embedded_events) {
        parties.extend(&event.by);
        ids.extend(event.place.iter().filter(|place| crate::base::slug::is_id(&place.value)));
        findings.extend(event.place.iter().filter_map(|place| wrong_register(world, summary, place, "place", &[EntityKind::Place])));
    }
    ids.extend(parties.iter().filter_map(|party| party.entity.as_ref()));
    for party in &parties {
        findings.extend(several(world, summary, party));
        let bodies = [EntityKind::Person, EntityKind::Organisation, EntityKind::Periodical];
        findings.extend(party.entity.iter().filter_map(|id| wrong_register(world, summary, id, "person or body", &bodies)));
    }
    for id in ids {
        if !world.entities.contains_key(&id.value) && crate::base::slug::is_id(&id.value) {
            findings.push(unknown_entity(world, summary, id, None));
        }
    }
}

/// An id that stands in a register of other things than the field names, as a person where a place is wanted.
fn wrong_register(world: &World<'_>, summary: &Summary, id: &Spanned<String>, wanted: &str, kinds: &[EntityKind]) -> Option<Diagnostic> {
    let entity = world.entities.get(&id.value).filter(|entity| !kinds.contains(&entity.kind))?;
    let message = format!("`{}` stands in the register of {}, and a {wanted} is wanted here", id.value, entity.kind.register());
    let finding = Diagnostic::new(Code::UnknownEntity, message, Label::new(&summary.file, id.span))
        .also(Label::new(&entity.file, entity.span).saying("defined here"));
    let near = |other: &&Entity| kinds.contains(&other.kind) && (other.name == entity.name || other.aliases.contains(&entity.name));
    Some(match world.entities.values().find(near) {
        Some(other) => finding.help(format!("did you mean `{}`?", other.id)),
        None => finding.help(format!("type the id of a {wanted}, or its name in words")),
    })
}

/// `to: stalin, politbureau`, `to: stalin and politbureau`: ids in one line are one name, unless they are a list.
fn several(world: &World<'_>, summary: &Summary, party: &Party) -> Option<Diagnostic> {
    let typed = party.printed.as_deref().filter(|_| party.entity.is_none())?;
    let joined = ["and", "und", "et", "и", "&"].iter().fold(typed.to_owned(), |typed, and| typed.replace(&format!(" {and} "), ","));
    let parted = joined.contains([',', ';']);
    // `to: [lansing francis]`: the comma was forgotten.
    let ids: Vec<&str> = if parted { joined.split([',', ';']).map(str::trim).collect() } else { joined.split_whitespace().collect() };
    (ids.len() > 1 && ids.iter().all(|id| world.entities.contains_key(*id))).then(|| {
        let message = format!("`{typed}` is read as one name, and the registers have each of these ids");
        Diagnostic::new(Code::WrongType, message, Label::new(&summary.file, party.span))
            .help(format!("type a list: `[{}]`", ids.join(", ")))
    })
}

fn check_relations(world: &World<'_>, summary: &Summary, findings: &mut Vec<Diagnostic>) {
    for (_, id) in &summary.front.relations {
        if !world.routes.by_id.contains_key(&id.value.0) {
            let finding = Diagnostic::new(
                Code::UnknownDocument,
                format!("no document has the id `{}`", id.value),
                Label::new(&summary.file, id.span),
            );
            let known = world.documents.iter().filter(|document| !document.page).map(|document| document.front.id.value.0.as_str());
            let near = only_part(&id.value.0, known.clone().map(|id| (id, id)))
                .or_else(|| nearest(&id.value.0, known.filter(|other| !differ_in_figures(&id.value.0, other))));
            findings.push(match near {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding.help("use the id of a document of this edition"),
            });
        }
    }
    for embedded in &summary.front.contains {
        if !summary.anchors.iter().any(|anchor| anchor.value == embedded.id.value) {
            let message = format!("`{}` is described under `contains`, but no block of the text has this id", embedded.id.value);
            let finding = Diagnostic::new(Code::EmbeddedMismatch, message, Label::new(&summary.file, embedded.id.span));
            let near = nearest(&embedded.id.value, summary.anchors.iter().map(|anchor| anchor.value.as_str()));
            findings.push(match summary.anchors.iter().find(|anchor| Some(anchor.value.as_str()) == near) {
                Some(anchor) => finding
                    .also(Label::new(&summary.file, anchor.span).saying("a similar id"))
                    .help(format!("write `{{#{}}}` there, or `{}` here", embedded.id.value, anchor.value)),
                None => finding.help(format!("put `{{#{}}}` on a line of its own after the block that holds it", embedded.id.value)),
            });
        }
    }
}

/// Checks that what an entry is said to be part of stands in a register.
pub fn check_registers(entities: &BTreeMap<String, Entity>) -> Vec<Diagnostic> {
    let lost =
        entities.values().filter_map(|entity| Some((entity, entity.part_of.as_ref().filter(|id| !entities.contains_key(&id.value))?)));
    let finding = |(entity, id): (&Entity, &Spanned<String>)| {
        let message = format!("no register has the id `{}`", id.value);
        let finding = Diagnostic::new(Code::UnknownEntity, message, Label::new(&entity.file, id.span));
        match nearest(&id.value, entities.keys().map(String::as_str)) {
            Some(near) => finding.help(format!("did you mean `{near}`?")),
            None => finding.help(format!("add `{}` to `{}`", id.value, entity.file)),
        }
    };
    lost.map(finding).collect()
}
