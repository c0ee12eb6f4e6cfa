//! The fourth stage: `Site` → artifacts. The only room that knows HTML.

pub mod chronology;
pub mod citation;
pub mod correspondence;
pub mod date_words;
pub mod document;
pub mod entry_words;
pub mod escape;
mod facsimiles;
mod facts;
pub mod feed;
pub mod highlight;
pub mod home;
pub mod host_files;
pub mod html;
mod inline;
pub mod languages;
pub mod mentions;
pub mod notes;
pub mod page_input;
pub mod parts;
pub mod registers;
pub mod routes;
pub mod source_view;
pub mod templates;
pub mod works;

use crate::base::path::{ContentPath, OutputPath};
use crate::diag::{Checked, Code, Diagnostic, Label};
use crate::formats::csl::Style;
use crate::load::Inputs;
use crate::model::theme::Theme;
use crate::resolve::Site;
use crate::resolve::routes::{CHRONOLOGY_ICS, CHRONOLOGY_JSON};
use citation::Citations;
use rayon::prelude::*;
use routes::Page;
use templates::Templates;

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// Where, under `output/`.
    pub path: OutputPath,
    /// Its contents.
    pub bytes: Vec<u8>,
}

/// Everything rendering reads.
#[derive(Clone, Copy)]
pub struct World<'a> {
    /// The edition.
    pub site: &'a Site,
    /// Its theme.
    pub theme: &'a Theme,
    /// The files as they are on the disk: media to copy, Markdown to show.
    pub inputs: &'a Inputs,
    /// Cites, entries and blocks.
    pub citations: &'a Citations,
}

/// Renders every file of the site, in the order of their paths.
#[must_use]
pub fn render(site: &Site, theme: &Theme, styles: &[Style], inputs: &Inputs) -> Checked<Vec<Artifact>> {
    let citations = Citations::of(site, &theme.words, styles, citation::template::Memo::new());
    let world = World { site, theme, inputs, citations: &citations };
    let edition = home::edition(site, theme);
    let templates = match Templates::compile(theme, &edition) {
        Ok(templates) => templates,
        Err(report) => return Checked::new(Vec::new(), vec![template_error(site, &report)]),
    };
    let timeline = chronology::Timeline::of(site);
    let pages = routes::pages(site, &timeline);
    let rendered: Vec<Result<Artifact, String>> = pages.par_iter().map(|page| render_page(&world, &templates, &timeline, page)).collect();
    let mut findings = Vec::new();
    let mut artifacts = Vec::with_capacity(rendered.len());
    for result in rendered {
        match result {
            Ok(artifact) => artifacts.push(artifact),
            // One report is enough: the same template fails on every page.
            Err(report) if findings.is_empty() => findings.push(template_error(site, &report)),
            Err(_) => {}
        }
    }
    artifacts.extend(files(&world));
    artifacts.extend(citation::records::files(&world));
    let data = |path: &str, text: String| Artifact { path: OutputPath::new(path), bytes: text.into_bytes() };
    artifacts.push(data(CHRONOLOGY_JSON, chronology::export::json(site, &theme.words)));
    artifacts.push(data(CHRONOLOGY_ICS, chronology::export::calendar(site, &theme.words)));
    artifacts.extend(feed::feeds(site, &theme.words).into_iter().map(|(path, xml)| data(path, xml)));
    artifacts.extend(host_files::files(site, &pages).into_iter().map(|(path, text)| data(&path, text)));
    artifacts.sort_by(|a, b| a.path.cmp(&b.path));
    Checked::new(artifacts, findings)
}

fn render_page(world: &World<'_>, templates: &Templates, timeline: &chronology::Timeline, page: &Page) -> Result<Artifact, String> {
    let input = routes::input(world, timeline, page);
    let html = templates.page(&input)?;
    Ok(Artifact { path: page.path.clone(), bytes: languages::mark(html, &world.site.tongues) })
}

/// Files that are published as they are.
fn files(world: &World<'_>) -> Vec<Artifact> {
    let theme =
        world.theme.files.iter().map(|(name, bytes)| Artifact { path: OutputPath::new(format!("theme/{name}")), bytes: bytes.clone() });
    let media = world.inputs.content.iter().filter_map(|file| {
        let published = world.site.routes.media.get(&file.path)?;
        Some(Artifact { path: published.path.clone(), bytes: file.bytes.clone() })
    });
    theme.chain(media).collect()
}

fn template_error(site: &Site, report: &str) -> Diagnostic {
    let file = ContentPath::new(format!("themes/{}", site.config.theme.value));
    Diagnostic::new(Code::TemplateError, format!("the theme cannot be used: {}", report.trim()), Label::file(&file))
        .help("correct the template, or remove it to go back to the built-in one")
}
