//! The whole build on one screen: load → parse → resolve → render → write.
//!
//! [`build`] makes everything in memory; [`update::update`] brings an output folder up to date and does only what changed input asks for.
//! Both go through [`prepare`], which keeps in a [`Memory`] what the next build can use again.

mod consequences;
mod kept;
pub mod live;
pub mod update;

use crate::base::path::ContentPath;
use crate::base::watch::{self, Facts, State};
use crate::diag::levels::{Level, Levels};
use crate::diag::policy::{Policy, Sieve};
use crate::diag::{self, Checked, Code, Diagnostic, Severity, baseline};
use crate::formats::csl::Style;
use crate::load::{self, Inputs};
use crate::model::config::Config;
use crate::model::theme::Theme;
use crate::parse::Parsed;
use crate::render::citation::{self, Citations};
use crate::render::{self, Artifact, World};
use crate::resolve::{self, Drafts, Site};
use crate::{check, parse};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// What a build made, before anything is written.
#[derive(Default)]
pub struct Built {
    /// The files as they were read: findings show their lines.
    pub inputs: Inputs,
    /// The site's files; not to be published when there is an error among the findings.
    pub artifacts: Vec<Artifact>,
    /// The address the site will have.
    pub public_url: Option<String>,
    /// All findings that are shown, arranged.
    pub findings: Vec<Diagnostic>,
    /// How many more are known and not shown.
    pub known: usize,
    /// How many of the list of known findings did not occur.
    pub gone: usize,
    /// Documents and pages.
    pub documents: usize,
    /// Drafts that are no part of the site.
    pub left_out: usize,
}

impl Built {
    /// The text of a file, for showing a finding's line.
    #[must_use]
    pub fn text_of(&self, path: &ContentPath) -> Option<&str> {
        let theme = || self.inputs.themes.iter().find(|file| file.path == *path);
        self.inputs.content_file(path).or_else(theme).and_then(crate::load::File::shown)
    }
}

/// What is known of an edition from the last time, to be used again where its files have not changed.
#[derive(Default)]
pub struct Memory {
    parse: parse::Memory,
    /// Answers of the citation processor.
    citations: citation::Memory,
    resolve: resolve::Memory,
    check: check::Memory,
    design: Option<Design>,
    /// Menus, the layout of time, compiled templates.
    pub render: render::Memory,
}

/// The theme and the citation styles.
#[derive(Clone)]
struct Design {
    /// State of the files they are from.
    from: State,
    theme: Arc<Theme>,
    styles: Arc<Vec<Style>>,
    findings: Vec<Diagnostic>,
}

/// Reads the theme and the styles, unless they are those of `known`.
fn design(inputs: &Inputs, parsed: &Parsed, known: Option<Design>) -> Design {
    let themes: Vec<_> = inputs.themes.iter().map(|file| (&file.path, file.digest)).collect();
    let from = watch::state(&(parsed.others, themes));
    known.filter(|known| known.from == from).unwrap_or_else(|| {
        let theme = parse::theme::read(&parsed.edition.config, &inputs.themes, load::builtin::FILES);
        let styles = parse::styles::read(&parsed.edition.config, &inputs.content);
        let findings = theme.findings.into_iter().chain(styles.findings).collect();
        Design { from, theme: Arc::new(theme.value), styles: Arc::new(styles.value), findings }
    })
}

impl Memory {
    /// Whether a file is a draft.
    fn is_draft(&self, file: &ContentPath) -> bool {
        let known = self.parse.documents.get(file).and_then(|(_, parsed)| parsed.value.as_ref());
        known.is_some_and(|document| document.summary.draft)
    }
}

/// About how many facts there are of a document, in itself and in lists.
const FACTS_OF_DOCUMENT: usize = 14;

/// An edition that is read and resolved: ready to be rendered file by file.
pub struct Prepared {
    /// The files as they were read.
    pub inputs: Inputs,
    /// The edition.
    pub site: Site,
    /// Its theme.
    pub theme: Arc<Theme>,
    /// What the citation processor made for it.
    pub citations: Citations,
    /// What was found so far and is shown, arranged.
    pub findings: Vec<Diagnostic>,
    /// Drafts that are no part of it.
    left_out: usize,
    sieve: Sieve,
}

impl Prepared {
    /// What rendering reads.
    #[must_use]
    pub fn world(&self) -> World<'_> {
        World { site: &self.site, theme: &self.theme, inputs: &self.inputs, citations: &self.citations }
    }

    /// Everything that can change, with the state it is in.
    #[must_use]
    pub fn facts(&self) -> Facts {
        let mut facts = Facts::with_capacity_and_hasher(self.site.documents.unwatched().len() * FACTS_OF_DOCUMENT, Default::default());
        facts.extend(self.site.facts().chain(self.inputs.facts()));
        facts
    }

    /// The end of a build: what was made, and what was found while making it.
    #[must_use]
    pub fn built(mut self, made: Checked<Vec<Artifact>>) -> Built {
        let mut found = made.findings;
        self.sieve.sift(&mut found);
        self.findings.extend(found);
        diag::arrange(&mut self.findings);
        Built {
            artifacts: made.value,
            public_url: self.site.config.public_url.clone(),
            findings: self.findings,
            known: self.sieve.baseline.hidden,
            gone: self.sieve.baseline.gone(),
            documents: self.site.documents.len(),
            left_out: self.left_out,
            inputs: self.inputs,
        }
    }
}

/// Reads and resolves an edition, with or without its drafts, and with what the command line says of findings.
#[must_use]
pub fn prepare(loaded: Checked<Inputs>, drafts: Drafts, policy: &Policy, memory: &mut Memory) -> Prepared {
    prepare_and(loaded, drafts, policy, memory, |_, _, _, _| Vec::new())
}

/// `more` finds, besides what it is given, what a build is not asked for and what stops none.
fn prepare_and(
    loaded: Checked<Inputs>,
    drafts: Drafts,
    policy: &Policy,
    memory: &mut Memory,
    more: impl Fn(&Inputs, &Site, &mut parse::Memory, &[Diagnostic]) -> Vec<Diagnostic>,
) -> Prepared {
    let (inputs, mut findings) = (loaded.value, loaded.findings);
    let parsed = parse::parse_again(&inputs, &mut memory.parse);
    findings.extend(parsed.findings);
    let design = design(&inputs, &parsed.value, memory.design.take());
    findings.extend(design.findings.iter().cloned());
    memory.design = Some(design.clone());
    let drafts_of = |parsed: &Parsed| parsed.documents.iter().filter(|document| document.summary.draft).count();
    let left_out = if drafts == Drafts::LeftOut { drafts_of(&parsed.value) } else { 0 };
    let site = resolve::resolve_again(parsed.value, drafts, &mut memory.resolve);
    findings.extend(site.findings);
    findings.extend(check::run_again(&site.value, memory.resolve.world, &mut memory.check));
    consequences::leave_out(&mut findings, &[], &inputs);
    let mut lenient = more(&inputs, &site.value, &mut memory.parse, &findings);
    let known = inputs.content_file(&ContentPath::new(baseline::FILE)).and_then(|file| std::str::from_utf8(file.bytes()).ok());
    let mut sieve = policy.sieve(levels(&site.value.config), known);
    sieve.sift(&mut findings);
    sieve.sift_leniently(&mut lenient);
    findings.extend(lenient);
    let known = std::mem::take(&mut memory.citations);
    let citations = Citations::of(&site.value, &design.theme.words, &design.styles, memory.resolve.world, known);
    memory.citations = citations.known();
    Prepared { inputs, site: site.value, theme: design.theme, citations, findings, left_out, sieve }
}

/// Reads and resolves the edition at `root` with the history of its files, for commands that publish nothing.
#[must_use]
pub fn read(root: &Path, drafts: Drafts) -> Prepared {
    let mut prepared = prepare(load::load_with_history(root), drafts, &Policy::default(), &mut Memory::default());
    diag::arrange(&mut prepared.findings);
    prepared
}

/// Builds the edition at `root` in memory, as it will be published, from its files alone: without the history that git may have of them.
#[must_use]
pub fn build(root: &Path) -> Built {
    build_with(root, Drafts::LeftOut, &Policy::default())
}

/// Builds the edition at `root` in memory from its files alone, with or without its drafts, and with what the command line says of findings.
#[must_use]
pub fn build_with(root: &Path, drafts: Drafts, policy: &Policy) -> Built {
    made(prepare(load::load(root), drafts, policy, &mut Memory::default()))
}

fn made(prepared: Prepared) -> Built {
    let made = if diag::error_count(&prepared.findings) == 0 { render::render(prepared.world()) } else { Checked::default() };
    prepared.built(made)
}

/// Finds all that is to be found in the edition at `root`, drafts included, for a person who wants to know; makes nothing to be published.
#[must_use]
pub fn check(root: &Path, policy: &Policy) -> Built {
    let mut memory = Memory::default();
    let mut built =
        made(prepare_and(load::load_with_history(root), Drafts::LeftOut, policy, &mut memory, |inputs, site, memory, findings| {
            let parsed = parse::parse_again(inputs, memory).value;
            if parsed.documents.iter().any(|document| document.summary.draft) {
                with_drafts(inputs, parsed, findings)
            } else {
                suggestions(inputs, site, findings)
            }
        }));
    built.documents += built.left_out;
    built
}

/// What is found besides `findings` when the drafts are part of the edition. None of it stops a build, since drafts are not published.
fn with_drafts(inputs: &Inputs, parsed: Parsed, findings: &[Diagnostic]) -> Vec<Diagnostic> {
    let all = parsed.documents.iter().filter(|document| document.summary.draft);
    let drafts: BTreeSet<ContentPath> = all.map(|document| document.summary.file.clone()).collect();
    let place = |finding: &Diagnostic| (finding.code, finding.primary.file.clone(), finding.primary.span);
    let known: BTreeSet<_> = findings.iter().map(place).collect();
    let site = resolve::resolve(parsed, Drafts::Shown);
    let mut found = site.findings;
    found.extend(check::run(&site.value));
    consequences::leave_out(&mut found, findings, inputs);
    found.retain(|finding| {
        let of_draft = std::iter::once(&finding.primary).chain(&finding.others).any(|label| drafts.contains(&label.file));
        of_draft && !known.contains(&place(finding))
    });
    for finding in found.iter_mut().filter(|finding| finding.severity == Severity::Error) {
        finding.help.push("this is in a draft: it stops the build as soon as the draft is to be published".to_owned());
    }
    let all: Vec<Diagnostic> = findings.iter().chain(&found).cloned().collect();
    found.extend(suggestions(inputs, &site.value, &all));
    found
}

/// What could be done better; nothing of files whose fields could not be told from their text.
fn suggestions(inputs: &Inputs, site: &Site, findings: &[Diagnostic]) -> Vec<Diagnostic> {
    let unread = consequences::without_fields(findings);
    check::suggest(site, |summary| {
        if unread.contains(&summary.file) {
            return Vec::new();
        }
        let text = inputs.content_file(&summary.file).and_then(|file| std::str::from_utf8(file.bytes()).ok());
        text.map_or_else(Vec::new, |text| parse::body::passages(&summary.file, text))
    })
}

/// The levels of an edition from the words that `parse` has checked.
fn levels(config: &Config) -> Levels {
    let mut levels = Levels::default();
    if config.html_sanitised {
        levels.set(Code::RawHtml, Level::Allow);
    }
    for (code, level) in &config.finding_levels {
        if let (Some(code), Some(level)) = (Code::read(code), Level::read(level)) {
            levels.set(code, level);
        }
    }
    levels
}
