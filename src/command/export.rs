//! `ibid export`: the edition in formats of other programs.

use crate::base::say;
use crate::diag::{self, human};
use crate::{export, load, parse, resolve, write};
use crate::{say, tell};
use clap::{Args, ValueEnum};
use std::io::IsTerminal;
use std::path::PathBuf;
use std::process::ExitCode;

/// What `ibid export` is asked.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  ibid export tei                       TEI P5, one file a document and edition.xml\n  ibid export cmif --output cmif        letters for correspSearch\n  ibid export text --root my-edition\n\nDrafts are left out. Exit status: 0, 1 if there is an error among the findings, 2 if something could not be done."
)]
pub struct ExportArgs {
    /// The format
    #[arg(value_enum)]
    pub format: ExportFormat,
    /// The edition's folder, the one that holds `content`
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// Where to write (default: `export/FORMAT` in the edition's folder)
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
}

/// A format on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// TEI P5: one file a document, and the whole edition
    Tei,
    /// CMIF 1.1: who wrote to whom, for correspSearch
    Cmif,
    /// Plain text: one file a document
    Text,
    /// JSON: one file a document, and the whole edition
    Json,
}

/// Exports. Findings go to standard error.
#[must_use]
pub fn run(args: &ExportArgs) -> ExitCode {
    match export(args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(message) => {
            tell!("error: {message}");
            ExitCode::from(2)
        }
    }
}

fn export(args: &ExportArgs) -> Result<bool, String> {
    let loaded = load::load_with_history(&args.root);
    let (inputs, mut findings) = (loaded.value, loaded.findings);
    let parsed = parse::parse(&inputs);
    findings.extend(parsed.findings);
    let resolved = resolve::resolve(parsed.value, resolve::Drafts::LeftOut);
    findings.extend(resolved.findings);
    findings.retain(|finding| finding.severity == diag::Severity::Error);
    diag::arrange(&mut findings);
    let text_of = |path: &_| inputs.content_file(path).and_then(crate::load::File::shown);
    say::err(human::print(&findings, std::io::stderr().is_terminal(), text_of));
    if !findings.is_empty() {
        tell!("nothing was exported");
        return Ok(false);
    }
    let site = resolved.value;
    let (name, artifacts) = match args.format {
        ExportFormat::Tei => ("tei", export::tei::print(&site)),
        ExportFormat::Cmif => ("cmif", export::cmif::print(&site)?),
        ExportFormat::Text => ("text", export::text::print(&site)),
        ExportFormat::Json => ("json", export::json::print(&site)),
    };
    let output = args.output.clone().unwrap_or_else(|| args.root.join("export").join(name));
    let files: Vec<(&str, &[u8])> = artifacts.iter().map(|artifact| (artifact.path.as_str(), artifact.bytes.as_slice())).collect();
    let (written, unchanged) = write::content::write_folder(&output, &files)?;
    say!("{}: {written} files written, {unchanged} unchanged", output.display());
    Ok(true)
}
