//! The whole build on one screen: load → parse → resolve → render → write.
//!
//! [`build`] makes everything in memory; [`update`] brings an output folder up to date and does only what changed input asks for. Both go
//! through [`prepare`], which keeps in a [`Memory`] what the next build can use again.

pub mod update;

use crate::base::path::ContentPath;
use crate::base::watch::{Fact, State};
use crate::diag::{self, Checked, Diagnostic};
use crate::load::{self, Inputs};
use crate::model::theme::Theme;
use crate::render::{self, Artifact, World};
use crate::resolve::{self, Drafts, Site};
use crate::{check, parse};
use std::collections::HashMap;
use std::path::Path;

/// What a build made, before anything is written.
pub struct Built {
    /// The files as they were read: findings show their lines.
    pub inputs: Inputs,
    /// The site's files; not to be published when there is an error among the findings.
    pub artifacts: Vec<Artifact>,
    /// All findings, arranged.
    pub findings: Vec<Diagnostic>,
}

impl Built {
    /// The text of a file, for showing a finding's line.
    #[must_use]
    pub fn text_of(&self, path: &ContentPath) -> Option<&str> {
        self.inputs.text_of(path)
    }
}

/// What is known of an edition from the last time, to be used again where its files have not changed.
#[derive(Default)]
pub struct Memory {
    parse: parse::Memory,
    resolve: resolve::Memory,
    /// Menus, the layout of time, compiled templates.
    pub render: render::Memory,
}

/// An edition that is read and resolved: ready to be rendered file by file.
pub struct Prepared {
    /// The files as they were read.
    pub inputs: Inputs,
    /// The edition.
    pub site: Site,
    /// Its theme.
    pub theme: Theme,
    /// What was found so far, not arranged yet.
    pub findings: Vec<Diagnostic>,
}

impl Prepared {
    /// What rendering reads.
    #[must_use]
    pub fn world(&self) -> World<'_> {
        World { site: &self.site, theme: &self.theme, inputs: &self.inputs }
    }

    /// Everything that can change, with the state it is in.
    #[must_use]
    pub fn facts(&self) -> HashMap<Fact, State> {
        self.site.facts().chain(self.inputs.facts()).collect()
    }
}

/// Reads and resolves an edition.
#[must_use]
pub fn prepare(loaded: Checked<Inputs>, drafts: Drafts, memory: &mut Memory) -> Prepared {
    let (inputs, mut findings) = (loaded.value, loaded.findings);
    let parsed = parse::parse_again(&inputs, &mut memory.parse);
    findings.extend(parsed.findings);
    let theme = parse::theme::read(&parsed.value.edition.config, &inputs.themes, load::builtin::FILES);
    findings.extend(theme.findings);
    let site = resolve::resolve_again(parsed.value, drafts, &mut memory.resolve);
    findings.extend(site.findings);
    findings.extend(check::run(&site.value));
    Prepared { inputs, site: site.value, theme: theme.value, findings }
}

/// Builds the edition at `root` in memory.
#[must_use]
pub fn build(root: &Path) -> Built {
    let prepared = prepare(load::load(root), Drafts::LeftOut, &mut Memory::default());
    let rendered = if diag::error_count(&prepared.findings) == 0 {
        render::render(&prepared.site, &prepared.theme, &prepared.inputs)
    } else {
        Checked::default()
    };
    let Prepared { inputs, mut findings, .. } = prepared;
    findings.extend(rendered.findings);
    diag::arrange(&mut findings);
    Built { inputs, artifacts: rendered.value, findings }
}
