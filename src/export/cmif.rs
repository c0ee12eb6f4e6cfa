//! CMIF 1.1 (Correspondence Metadata Interchange Format, TEI Correspondence SIG): who wrote to whom, when and where, for correspSearch.
//!
//! A letter's persons are named with the address of an authority file where the register has one. A side that nobody is known for says
//! `Unknown`, as the format asks. Dates are days of the calendar now in use.

use super::{datable, documents, party_name};
use crate::base::digest::sha256;
use crate::base::path::OutputPath;
use crate::formats::xml::escape;
use crate::model::date::Date;
use crate::model::document::{Event, Party, Role};
use crate::model::entity::{Entity, EntityKind};
use crate::render::Artifact;
use crate::resolve::Site;

/// The file, or what the settings lack for it.
///
/// # Errors
/// Which settings of `content/edition.yaml` are missing, with lines to copy.
pub fn print(site: &Site) -> Result<Vec<Artifact>, String> {
    let config = &site.config;
    let (Some(url), Some(id), Some(date)) = (config.public_url.as_deref(), config.cmif_id.as_deref(), dated(site)) else {
        return Err(lacking(site));
    };
    let id = if id.starts_with(|letter: char| letter.is_ascii_digit()) { format!("uuid-{id}") } else { id.to_owned() };
    let mut out = head(site, url, &id, &date);
    for (index, summary) in documents(site) {
        let front = &summary.front;
        let page = format!("{url}{}", site.routes.documents.get(index).map(OutputPath::as_str).unwrap_or_default());
        if !front.to.is_empty() {
            let event = front.sent.as_ref().or(front.written.as_ref());
            letter(site, &mut out, &id, &page, (&front.author, event), (&front.to, front.received.as_ref()), None);
        }
        for inner in front.contains.iter().filter(|inner| !inner.to.is_empty()) {
            let page = format!("{page}#{}", inner.id.value);
            letter(site, &mut out, &id, &page, (&inner.author, inner.date.as_ref()), (&inner.to, None), front.written.as_ref());
        }
    }
    out.push_str("    </profileDesc>\n  </teiHeader>\n  <text>\n    <body>\n      <p/>\n    </body>\n  </text>\n</TEI>\n");
    Ok(vec![Artifact { path: OutputPath::new("cmif.xml"), bytes: out.into_bytes() }])
}

/// All settings that are missing, each with a line to copy.
fn lacking(site: &Site) -> String {
    let config = &site.config;
    let mut lines = Vec::new();
    if config.public_url.is_none() {
        lines.push(
            "url: https://letters.example.org/   # where the edition is published: the file names the address of each letter".to_owned(),
        );
    }
    if config.cmif_id.is_none() {
        let digest = sha256(format!("{} {}", config.title, config.editors.join(" ")).as_bytes());
        let part = |from: usize, to: usize| digest.get(from..to).unwrap_or_default();
        let uuid = format!("{}-{}-8{}-8{}-{}", part(0, 8), part(8, 12), part(12, 15), part(15, 18), part(18, 30));
        lines.push(format!("cmif_id: {uuid}   # any UUID, which then never changes; this one is made of the edition’s title"));
    }
    if dated(site).is_none() {
        lines.push("version_date: 2026-01-31   # when the letters were last changed".to_owned());
    }
    let names: Vec<String> = lines.iter().filter_map(|line| Some(format!("`{}`", line.split(':').next()?))).collect();
    let (settings, copy) = if lines.len() == 1 { ("a setting", "line") } else { ("settings", "lines") };
    format!(
        "`content/edition.yaml` lacks {settings} that the format asks for: {}; nothing was exported\n\n  {copy} to copy and adapt:\n\n  {}\n",
        names.join(", "),
        lines.join("\n  ")
    )
}

/// When the edition was last changed: by its version, else by the history of its files.
fn dated(site: &Site) -> Option<String> {
    let version = site.config.version_date.as_ref().map(|date| date.edtf.as_str().to_owned());
    let changed = || {
        site.revisions
            .iter()
            .filter_map(|revision| revision.changed.as_ref().or(revision.published.as_ref()))
            .map(|moment| moment.day)
            .max()
    };
    version.or_else(|| changed().map(|day| day.to_string()))
}

fn head(site: &Site, url: &str, id: &str, date: &str) -> String {
    let config = &site.config;
    let title = escape(&config.title);
    let editors: String = config.editors.iter().map(|editor| format!("        <editor>{}</editor>\n", escape(editor))).collect();
    let editors = if editors.is_empty() { format!("        <editor>{title}</editor>\n") } else { editors };
    let publisher = escape(config.publisher.as_deref().unwrap_or(&config.title));
    let date = format!("        <date when=\"{}\"/>\n", escape(date));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">\n  <teiHeader>\n    <fileDesc>\n      <titleStmt>\n        <title>Letters in: {title}</title>\n{editors}      </titleStmt>\n      <publicationStmt>\n        <publisher><ref target=\"{url}\">{publisher}</ref></publisher>\n        <idno type=\"url\">{url}cmif.xml</idno>\n{date}        <availability>\n          <licence target=\"https://creativecommons.org/publicdomain/zero/1.0/\">CC0 1.0</licence>\n        </availability>\n      </publicationStmt>\n      <sourceDesc>\n        <bibl type=\"online\" xml:id=\"{id}\">{title}. <ref target=\"{url}\">{url}</ref></bibl>\n      </sourceDesc>\n    </fileDesc>\n    <profileDesc>\n",
        url = escape(url),
    )
}

type Side<'s> = (&'s [Party], Option<&'s Event>);

/// One letter. What is sent within another, and bears no date, was written before that one: `around`.
fn letter(site: &Site, out: &mut String, id: &str, page: &str, sent: Side<'_>, received: Side<'_>, around: Option<&Event>) {
    out.push_str(&format!("      <correspDesc ref=\"{}\" source=\"#{id}\">\n", escape(page)));
    for (kind, (parties, event)) in [("sent", sent), ("received", received)] {
        out.push_str(&format!("        <correspAction type=\"{kind}\">\n"));
        let named: Vec<&Party> = parties.iter().filter(|party| matches!(party.role, Role::To | Role::For) && !party.unknown).collect();
        if named.is_empty() {
            out.push_str("          <persName>Unknown</persName>\n");
        }
        for party in named {
            let entity = party.entity.as_ref().and_then(|id| site.entities.get(&id.value));
            let body = entity.map_or_else(|| is_group(party_name(site, party)), |entity| entity.kind == EntityKind::Organisation);
            let element = if body { "orgName" } else { "persName" };
            let reference = entity.and_then(authority).map(|address| format!(" ref=\"{}\"", escape(&address))).unwrap_or_default();
            let doubt = if party.certainty.as_deref() == Some("low") { " cert=\"low\"" } else { "" };
            out.push_str(&format!("          <{element}{reference}{doubt}>{}</{element}>\n", escape(bare(party_name(site, party)))));
        }
        if let Some(place) = event.and_then(|event| event.place.as_ref()) {
            let entity = site.entities.get(&place.value);
            let reference = entity.and_then(authority).map(|address| format!(" ref=\"{}\"", escape(&address))).unwrap_or_default();
            let name = entity.map_or(place.value.as_str(), |entity| entity.name.as_str());
            out.push_str(&format!("          <placeName{reference}>{}</placeName>\n", escape(name)));
        }
        if let Some(date) = event.and_then(|event| event.date.as_ref()) {
            out.push_str(&format!("          {}\n", day(date)));
        } else if let Some(last) = around.and_then(|around| around.date.as_ref()?.latest.day()).filter(|_| kind == "sent") {
            out.push_str(&format!("          <date notAfter=\"{last}\" evidence=\"conjecture\"/>\n"));
        }
        out.push_str("        </correspAction>\n");
    }
    out.push_str("      </correspDesc>\n");
}

/// A name without the word that says for whom: `for the Politbureau`, `for all the members of the delegation`.
fn bare(name: &str) -> &str {
    ["for ", "to ", "pour ", "für ", "для "].iter().find_map(|word| name.strip_prefix(word)).unwrap_or(name)
}

/// Whether words describe several rather than name one: `all the members of the delegation`. The format has no element but that of a body.
fn is_group(name: &str) -> bool {
    let name = bare(name);
    name.starts_with(char::is_lowercase)
        && name.split(' ').count() > 1
        && !["de ", "von ", "van ", "du ", "d’"].iter().any(|particle| name.starts_with(particle))
}

fn day(date: &Date) -> String {
    let attributes: String = datable(date).iter().map(|(name, value)| format!(" {name}=\"{}\"", escape(value))).collect();
    let evidence = if date.evidence == crate::model::date::Evidence::Stated { "" } else { " evidence=\"conjecture\"" };
    format!("<date{attributes}{evidence}>{}</date>", escape(&date.printed))
}

/// The address of an entity in an authority file.
#[must_use]
pub fn authority(entity: &Entity) -> Option<String> {
    let bases = [
        ("gnd", "https://d-nb.info/gnd/"),
        ("viaf", "https://viaf.org/viaf/"),
        ("lcnaf", "https://id.loc.gov/authorities/names/"),
        ("wikidata", "https://www.wikidata.org/entity/"),
        ("geonames", "https://www.geonames.org/"),
        ("isni", "https://isni.org/isni/"),
    ];
    let by_name = bases.iter().find_map(|(name, base)| {
        let identifier = entity.authorities.get(*name)?;
        Some(if identifier.starts_with("http") { identifier.clone() } else { format!("{base}{identifier}") })
    });
    by_name.or_else(|| entity.same_as.first().cloned())
}
