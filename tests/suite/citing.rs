//! Citations of many documents ask the processor little: what differs from one to the next is a hole of a shared template.

use ibid::parse::theme;
use ibid::render::citation::Citations;
use ibid::{load, parse, resolve};
use std::fs;
use std::sync::Arc;

/// The templates of an edition of so many letters, each last changed on a day of its own: how many, and how many are of one letter alone.
fn templates(letters: usize) -> (usize, usize) {
    let folder = tempfile::tempdir().expect("a folder for the edition");
    let documents = folder.path().join("content/documents");
    fs::create_dir_all(&documents).expect("a folder for the documents");
    let styles = "chicago-notes, chicago-author-date, mla, apa, gost-r-7-0-5-2008";
    let settings = format!("title: Letters\nurl: https://edition.example/\nversion: \"1.0\"\ncitation_styles: [{styles}]\n");
    fs::write(folder.path().join("content/edition.yaml"), settings).expect("settings");
    for number in 1..=letters {
        let (month, day) = (number % 12 + 1, number % 28 + 1);
        let text = format!(
            "---\nid: l{number}\ntitle: Letter no. {number}\nauthor: Jones, Mary\ndate: 1890-{day:02}-{day:02}\nresponsibility: {{ who: A. Smith, did: transcribed, when: 2026-{month:02}-{day:02} }}\n---\n\nSir:\n"
        );
        fs::write(documents.join(format!("l{number}.md")), text.replace(&format!("1890-{day:02}"), "1890-05")).expect("a letter");
    }
    let inputs = load::load(folder.path()).value;
    let parsed = parse::parse(&inputs);
    let config = &parsed.value.edition.config;
    let words = theme::read(config, &inputs.themes, load::builtin::FILES).value.words;
    let styles = Arc::new(parse::styles::read(config, &inputs.content).value);
    let site = resolve::resolve(parsed.value, resolve::Drafts::LeftOut).value;
    let citations = Citations::of(&site, &words, &styles, 0, Default::default());
    let memo = citations.memo.get();
    (memo.len(), memo.values().filter(|template| !template.whole).count())
}

#[test]
fn letters_changed_on_different_days_share_their_templates() {
    let (few, few_alone) = templates(2);
    assert_eq!((templates(40), few_alone), ((few, 0), 0));
}
