//! Imports: each original under `tests/import/FORMAT` with the files it becomes and the report, in a file of the same name that ends in `.md`.
//! `BLESS=1` writes them anew: read what it wrote.

use ibid::base::path::ContentPath;
use ibid::import::plan::{self, Changed, Plan};
use ibid::import::{Custody, Format, Original, Report, Shelf, Sort};
use ibid::load::{File, Inputs};
use std::fmt::Write;
use std::path::Path;

/// Reads originals into the edition `inputs`.
pub fn import(format: Format, originals: &[Original], inputs: &Inputs, changed: Changed) -> (Plan, Report) {
    let mut shelf = Shelf::of(&ibid::parse::parse(inputs).value);
    let mut report = Report::default();
    let plan = plan::plan(format, originals, &mut shelf, inputs, &Custody::default(), changed, &mut report);
    (plan, report)
}

/// The edition after a plan is carried out.
fn after(inputs: &Inputs, plan: &Plan) -> Inputs {
    let mut content: Vec<File> = inputs
        .content
        .iter()
        .filter(|file| !plan.files.contains_key(&file.path))
        .map(|file| file_of(&file.path, file.bytes().to_vec()))
        .collect();
    content.extend(plan.files.iter().map(|(path, bytes)| file_of(path, bytes.clone())));
    content.sort_by(|a, b| a.path.cmp(&b.path));
    let mut inputs = Inputs::default();
    inputs.content = content;
    inputs
}

fn file_of(path: &ContentPath, bytes: Vec<u8>) -> File {
    File::new(path.clone(), bytes, Default::default())
}

fn original(folder: &Path, name: &str) -> Original {
    Original { name: name.to_owned(), bytes: std::fs::read(folder.join(name)).expect("the original is there") }
}

fn shown(plan: &Plan, report: &Report) -> String {
    let mut out = format!("# Report\n\n````text\n{}````\n", report.human());
    for (path, bytes) in &plan.files {
        let text = String::from_utf8_lossy(bytes);
        let text = if text.ends_with('\n') { text } else { format!("{text}\n").into() };
        write!(out, "\n### {path}\n\n````text\n{text}````\n").expect("strings take all");
    }
    out
}

fn folder(format: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import").join(format)
}

#[test]
fn tei_files_become_documents() {
    let folder = folder("tei");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".xml"))
        .collect();
    names.sort();
    assert!(names.len() >= 3, "the originals are there");
    let mut wrong = Vec::new();
    for name in names {
        let (plan, report) = import(Format::Tei, &[original(&folder, &name)], &Inputs::default(), Changed::Keep);
        let result = shown(&plan, &report);
        let expectation = folder.join(&name).with_extension("md");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&expectation, &result).expect("it can be written");
        }
        if std::fs::read_to_string(&expectation).unwrap_or_default() != result {
            wrong.push(name);
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "run with BLESS=1 and read the difference");
}

#[test]
fn what_is_imported_is_read_without_findings() {
    for name in ["volume.xml", "letter.xml"] {
        let (plan, report) = import(Format::Tei, &[original(&folder("tei"), name)], &Inputs::default(), Changed::Keep);
        let parsed = ibid::parse::parse(&after(&Inputs::default(), &plan));
        let mut findings: Vec<String> = parsed.findings.iter().map(|finding| finding.message.clone()).collect();
        findings.extend(
            ibid::resolve::resolve(parsed.value, ibid::resolve::Drafts::LeftOut).findings.iter().map(|finding| finding.message.clone()),
        );
        assert_eq!((findings, report.figures.characters_lost), (Vec::<String>::new(), 0), "{name}");
    }
}

#[test]
fn a_second_import_changes_nothing_and_keeps_what_an_editor_did() {
    let originals = [original(&folder("tei"), "volume.xml")];
    let (first, _) = import(Format::Tei, &originals, &Inputs::default(), Changed::Keep);
    let edition = after(&Inputs::default(), &first);
    let (second, report) = import(Format::Tei, &originals, &edition, Changed::Keep);
    assert_eq!((second.files.len(), second.unchanged, report.is_clean()), (0, 2, true));

    let path = ContentPath::new("content/documents/frus1918russiav03/frus1918russiav03-d48.md");
    let mut edited = Plan::default();
    edited.files.insert(path.clone(), b"---\nid: frus1918russiav03-d48\ntitle: Mine\n---\n".to_vec());
    let edition = after(&edition, &edited);
    let (third, report) = import(Format::Tei, &originals, &edition, Changed::Keep);
    let kept: Vec<&str> = report.remarks.iter().filter(|remark| remark.sort == Sort::Kept).map(|remark| remark.text.as_str()).collect();
    assert_eq!((third.files.len(), kept, report.is_clean()), (0, vec![path.as_str()], false));
    let (fourth, _) = import(Format::Tei, &originals, &edition, Changed::Overwrite);
    assert_eq!(fourth.files.keys().collect::<Vec<_>>(), vec![&path]);
    assert_eq!(fourth.files[&path], first.files[&path]);
}

fn letter_from(id: &str, person: &str) -> Vec<u8> {
    format!(
        "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\" xml:id=\"{id}\"><teiHeader><fileDesc><titleStmt><title>A letter</title></titleStmt>\
         <sourceDesc><listPerson><person xml:id=\"p1\"><persName><surname>{person}</surname><forename>Ada</forename></persName></person>\
         </listPerson></sourceDesc></fileDesc><profileDesc><correspDesc><correspAction type=\"sent\"><persName ref=\"#p1\">{person}</persName>\
         </correspAction></correspDesc></profileDesc></teiHeader><text><body><p>Words of {person}.</p></body></text></TEI>"
    )
    .into_bytes()
}

fn documents(plan: &Plan) -> Vec<(&str, Option<String>)> {
    let author = |bytes: &[u8]| {
        let text = String::from_utf8_lossy(bytes).into_owned();
        text.lines().find_map(|line| line.strip_prefix("author: ").map(str::to_owned))
    };
    let paths = plan.files.iter().filter(|(path, _)| path.as_str().starts_with("content/documents/"));
    paths.map(|(path, bytes)| (path.as_str(), author(bytes))).collect()
}

#[test]
fn keys_of_one_letter_are_not_those_of_another() {
    let named = |name: &str, id: &str, person: &str| Original { name: name.into(), bytes: letter_from(id, person) };
    let letters = [named("a.xml", "a", "Berg"), named("b.xml", "b", "Stein"), named("c.xml", "c", "Berg")];
    let (plan, report) = import(Format::Tei, &letters, &Inputs::default(), Changed::Keep);
    let expected = [
        ("content/documents/a.md", Some("berg".to_owned())),
        ("content/documents/b.md", Some("stein".to_owned())),
        ("content/documents/c.md", Some("berg".to_owned())),
    ];
    assert_eq!(documents(&plan), expected);
    assert_eq!((report.figures.entities_added, report.figures.characters_lost), (2, 0));
}

#[test]
fn originals_with_one_id_do_not_write_over_each_other() {
    let named = |name: &str, person: &str| Original { name: name.into(), bytes: letter_from("l1", person) };
    let letters = [named("a/1.xml", "Berg"), named("b/2.xml", "Stein")];
    let (plan, report) = import(Format::Tei, &letters, &Inputs::default(), Changed::Keep);
    let expected = [("content/documents/l1-2.md", Some("stein".to_owned())), ("content/documents/l1.md", Some("berg".to_owned()))];
    assert_eq!((documents(&plan), report.is_clean()), (expected.to_vec(), true));
    assert!(plan.files.contains_key(&ContentPath::new("content/imported/l1-2.xml")), "what is set aside of both is kept");

    let (first, _) = import(Format::Tei, &letters[..1], &Inputs::default(), Changed::Keep);
    let edition = after(&Inputs::default(), &first);
    let (second, report) = import(Format::Tei, &letters[1..], &edition, Changed::Keep);
    let kept: Vec<&str> = report.remarks.iter().filter(|remark| remark.sort == Sort::Kept).map(|remark| remark.rule.as_str()).collect();
    assert_eq!((documents(&second), kept), (vec![], vec!["it was imported from another original; `--overwrite` replaces it"]));
}

#[test]
fn hostile_files_come_in_as_far_as_they_are_sure() {
    let read =
        |name: &str, bytes: Vec<u8>| import(Format::Tei, &[Original { name: name.into(), bytes }], &Inputs::default(), Changed::Keep).1;
    let deep = format!(
        "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><text><body>{}x{}</body></text></TEI>",
        "<div>".repeat(100_000),
        "</div>".repeat(100_000)
    );
    let report = read("deep.xml", deep.into_bytes());
    assert_eq!((report.figures.documents, report.figures.characters, report.figures.characters_lost, report.is_clean()), (1, 1, 0, false));
    let latin = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><TEI><text><body><p>Z\xfcrich</p></body></text></TEI>".to_vec();
    let report = read("latin.xml", latin);
    assert_eq!((report.figures.characters, report.figures.characters_lost, report.is_clean()), (6, 0, true));
    for (name, text) in [("empty.xml", ""), ("words.xml", "only words"), ("other.xml", "<html><p>x</p></html>")] {
        let report = read(name, text.as_bytes().to_vec());
        assert_eq!((report.figures.documents, report.is_clean()), (0, false), "{name}");
    }
}

#[test]
fn tei_goes_out_and_comes_in_again() {
    for name in ["volume.xml", "letter.xml"] {
        let (first, _) = import(Format::Tei, &[original(&folder("tei"), name)], &Inputs::default(), Changed::Keep);
        let site =
            ibid::resolve::resolve(ibid::parse::parse(&after(&Inputs::default(), &first)).value, ibid::resolve::Drafts::LeftOut).value;
        let exported: Vec<Original> = ibid::export::tei::print(&site)
            .into_iter()
            .filter(|artifact| artifact.path.as_str().starts_with("documents/"))
            .map(|artifact| Original { name: artifact.path.as_str().to_owned(), bytes: artifact.bytes })
            .collect();
        let (second, report) = import(Format::Tei, &exported, &Inputs::default(), Changed::Keep);
        let again =
            ibid::resolve::resolve(ibid::parse::parse(&after(&Inputs::default(), &second)).value, ibid::resolve::Drafts::LeftOut).value;
        assert_eq!(report.figures.characters_lost, 0, "{name}: {}", report.human());
        assert_eq!(facts(&again), facts(&site), "{name}");
    }
}

/// What must survive the way out and in: text, notes, dates, persons, references, page breaks.
fn facts(site: &ibid::resolve::Site) -> Vec<String> {
    use ibid::model::annotation::AnnotationKind;
    let mut out = Vec::new();
    for (index, summary) in site.documents.iter().enumerate() {
        let front = &summary.front;
        out.push(format!("{}: {}", front.id.value, front.title.value));
        let day = |event: &Option<ibid::model::document::Event>| {
            event.as_ref().and_then(|event| event.date.as_ref()).map(|date| date.edtf.as_str().to_owned())
        };
        let people = |parties: &[ibid::model::document::Party]| {
            parties.iter().map(|party| party.entity.as_ref().map(|id| id.value.clone())).collect::<Vec<_>>()
        };
        out.push(format!("{:?} {:?} {:?} {:?}", day(&front.written), day(&front.received), people(&front.author), people(&front.to)));
        let plain = ibid::export::plain::Plain::of(site, index);
        let text = site.bodies[index].made();
        out.extend(plain.blocks(&text.blocks));
        for (note, blocks) in site.answers[index].notes.iter().zip(&text.notes) {
            out.push(format!("[{}:{}] {}", note.series, note.mark, plain.blocks(blocks).join(" / ")));
        }
        for annotation in &summary.annotations {
            match &annotation.kind {
                AnnotationKind::Mention { kind, id } => out.push(format!("{} {}: {}", kind.scheme(), id.value, annotation.context.text)),
                AnnotationKind::CrossReference { work, targets } => out.push(format!("at {} {targets:?}", work.value)),
                AnnotationKind::Dated(date) => out.push(format!("date {}", date.edtf.as_str())),
                AnnotationKind::PageBreak(page) => out.push(format!("page {page}")),
                AnnotationKind::Link { target, .. } => out.push(format!("link {}", target.value.rsplit('/').next().unwrap_or_default())),
                AnnotationKind::Emendation { source, .. } => out.push(format!("sic {source}")),
                _ => {}
            }
        }
    }
    let used = out.join("\n");
    for entity in
        site.entities.values().filter(|entity| used.contains(&format!(" {}:", entity.id)) || used.contains(&format!("{:?}", entity.id)))
    {
        out.push(format!(
            "{:?} {} {} {} {:?} {:?}",
            entity.kind, entity.id, entity.name, entity.sort, entity.identification, entity.authorities
        ));
    }
    out
}
