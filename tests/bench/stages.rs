//! What one document and a whole edition cost: `cargo bench`. Nothing here asserts a time.

mod corpus;

use divan::Bencher;
use ibid::diag::Checked;
use ibid::render::World;
use ibid::render::citation::Citations;
use ibid::{load, parse, pipeline, render, resolve};
use std::path::{Path, PathBuf};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

fn letter() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/letter")
}

/// Front matter, Markdown and annotations of the letter.
#[divan::bench]
fn parse_the_letter(bencher: Bencher) {
    let inputs = load::load(&letter()).value;
    let file = inputs.content.iter().find(|file| file.path.as_str().ends_with("stalin.md")).expect("the letter is there");
    bencher.bench(|| parse::document(file, false, &parse::date::DateContext::default()));
}

/// All pages of the edition that holds the letter alone.
#[divan::bench]
fn render_the_letters_site(bencher: Bencher) {
    let inputs = load::load(&letter()).value;
    let Checked { value: parsed, .. } = parse::parse(&inputs);
    let theme = parse::theme::read(&parsed.edition.config, &inputs.themes, load::builtin::FILES).value;
    let styles = std::sync::Arc::new(parse::styles::read(&parsed.edition.config, &inputs.content).value);
    let site = resolve::resolve(parsed, resolve::Drafts::LeftOut).value;
    let citations = Citations::of(&site, &theme.words, &styles, 0, Default::default());
    bencher.bench(|| render::render(World { site: &site, theme: &theme, inputs: &inputs, citations: &citations }));
}

/// 1,000 made-up documents from the disk to pages in memory.
#[divan::bench(sample_count = 5)]
fn build_a_thousand(bencher: Bencher) {
    let folder = tempfile::tempdir().expect("a folder for the edition");
    corpus::write(folder.path(), 1000).expect("the edition can be written");
    bencher.bench_local(|| pipeline::build(folder.path()).artifacts.len());
}

/// All rows of the chronology of so many documents: order in time, rows of every act, pages, days of the year, charts. It is to grow as n log n.
#[divan::bench(sample_count = 9, args = [10_000, 100_000])]
fn index_rows(bencher: Bencher, documents: usize) {
    let folder = tempfile::tempdir().expect("a folder for the edition");
    corpus::write(folder.path(), 1000).expect("the edition can be written");
    let mut parsed = parse::parse(&load::load(folder.path()).value).value;
    let thousand = parsed.documents;
    parsed.documents = Vec::new();
    for copy in 0..documents / 1000 {
        for document in &thousand {
            // The text is not read by any index; dates move so that equal days are rare.
            let mut summary = document.summary.clone();
            summary.front.change(|front| front.id.value.0.push_str(&format!("-{copy}")));
            summary.text.change(|text| {
                text.annotations.clear();
                text.notes.clear();
                text.note_refs.clear();
            });
            parsed.documents.push(parse::Document { summary, ..parse::Document::default() });
        }
    }
    let theme = parse::theme::read(&parsed.edition.config, &[], load::builtin::FILES).value;
    let site = resolve::resolve(parsed, resolve::Drafts::LeftOut).value;
    let page = ibid::base::path::OutputPath::new("chronology.html");
    bencher.bench_local(|| {
        let order = resolve::order::arrange(&site.documents);
        let chronology = resolve::chronology::collect(&site.documents, &order);
        let timeline = render::chronology::Timeline::of(&site);
        let rows: usize = site.order.time.iter().map(|index| timeline.row(&site, &theme.words, &page, *index).title.len()).sum();
        (chronology.moments.len(), rows, timeline.charts(&site, &page).len())
    });
}
