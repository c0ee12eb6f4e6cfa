//! `ibid import`: texts of other programs and sites into the edition, with a report.

use super::place::quoted;
use crate::base::path::ContentPath;
use crate::base::say;
use crate::import::plan::{Changed, Planner};
use crate::import::{self, Custody, Format, Original, Report, Shelf};
use crate::load::{self, Inputs, originals};
use crate::{parse, write};
use crate::{say, tell};
use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Args, ValueEnum};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

type Files = BTreeMap<ContentPath, Vec<u8>>;

/// What `ibid import` is asked.
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "Examples:\n  ibid import text letter.txt --into my-edition\n  ibid import tei frus1918Russiav03.xml --into my-edition\n  ibid import tei letters/ --report import.json\n\nFiles that an editor changed after an import are left as they are, unless --overwrite is given.\nExit status: 0 all came in, 1 something is broken, lost or left as it was, 2 nothing could be done."
)]
pub struct ImportArgs {
    /// What the files are
    #[arg(value_parser = FormatParser)]
    pub format: FormatName,
    /// Files, or folders with files in them
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// The edition's folder, the one that holds `content`; it is made when it is not there
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub into: PathBuf,
    /// Write the whole report as JSON
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
    /// Replace documents that an editor has changed since they were imported
    #[arg(long)]
    pub overwrite: bool,
    /// Say what would come in, write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Where the files are from, in words (default: their names)
    #[arg(long, value_name = "WORDS")]
    pub from: Option<String>,
    /// The address they were fetched from
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// The day they were fetched
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub retrieved: Option<String>,
}

/// A format on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormatName {
    /// TEI P5: letters one a file, or volumes of documents.
    Tei,
    /// Pages copied from a wiki or archive as plain text.
    Text,
    /// Saved web pages, static ones and those of a MediaWiki.
    Html,
    /// Pages of a MediaWiki: wikitext, or saved as HTML.
    Mediawiki,
    /// Libraries of BibLaTeX or CSL-JSON, as Zotero exports them.
    #[value(alias = "zotero")]
    Bibliography,
}

impl FormatName {
    fn format(self) -> Format {
        match self {
            Self::Tei => Format::Tei,
            Self::Text => Format::Text,
            Self::Html => Format::Html,
            Self::Mediawiki => Format::Mediawiki,
            Self::Bibliography => Format::Bibliography,
        }
    }

    /// Extensions of the files taken from a folder.
    fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Tei => &["xml", "tei"],
            Self::Text => &["txt", "text"],
            Self::Html => &["html", "htm", "xhtml"],
            Self::Mediawiki => &["wiki", "wikitext", "mediawiki", "txt", "html", "htm"],
            Self::Bibliography => &["bib", "json"],
        }
    }
}

/// Reads the format, and answers a file in its place with the formats there are.
#[derive(Clone)]
struct FormatParser;

impl TypedValueParser for FormatParser {
    type Value = FormatName;

    fn parse_ref(&self, command: &clap::Command, _: Option<&clap::Arg>, value: &OsStr) -> Result<FormatName, clap::Error> {
        let typed = value.to_string_lossy();
        FormatName::from_str(&typed, true).map_err(|_| clap::Error::raw(ErrorKind::InvalidValue, without_format(&typed)).with_cmd(command))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(FormatName::value_variants().iter().filter_map(FormatName::to_possible_value)))
    }
}

/// What each format is for, and the line for this file as far as its name says what it is.
fn without_format(typed: &str) -> String {
    let ending = Path::new(typed).extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let fitting = |format: &&FormatName| ending.as_deref().is_some_and(|ending| format.extensions().contains(&ending));
    let name = |format: &FormatName| format.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
    let mut words = match FormatName::value_variants().iter().find(fitting) {
        Some(format) => format!("say first what the file is, perhaps `ibid import {} {}`\n", name(format), quoted(Path::new(typed))),
        None if ending.is_some() => format!("`{typed}` is no format; say first what the file is, as `ibid import text FILE`\n"),
        None => format!("`{typed}` is no format\n"),
    };
    if matches!(ending.as_deref(), Some("docx" | "doc" | "odt" | "rtf" | "pdf")) {
        words = format!("save `{typed}` as plain text (UTF-8) first, then `ibid import text FILE`\n");
    }
    for format in FormatName::value_variants() {
        let help = format.to_possible_value().and_then(|value| value.get_help().map(ToString::to_string)).unwrap_or_default();
        words.push_str(&format!("\n  {:14}{help}", name(format)));
    }
    words.push('\n');
    words
}

/// Imports. The report goes to standard output, or to standard error what hinders.
#[must_use]
pub fn run(args: &ImportArgs) -> ExitCode {
    match import(args) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(message) => {
            tell!("error: {message}");
            ExitCode::from(2)
        }
    }
}

fn import(args: &ImportArgs) -> Result<bool, String> {
    if let Some(day) = args.retrieved.as_deref().filter(|day| parse::date::read_day(day).is_none()) {
        return Err(format!("`--retrieved {day}` is no day; type it as `2026-11-23`"));
    }
    let files = originals::list(&args.files, args.format.extensions())?;
    if files.is_empty() {
        return Err(format!("no file with the extension {} was found", args.format.extensions().join(" or ")));
    }
    let (inputs, mut shelf) = edition(&args.into);
    let mut report = Report::default();
    let custody = Custody { from: args.from.clone(), url: args.url.clone(), retrieved: args.retrieved.clone() };
    let changed = if args.overwrite { Changed::Overwrite } else { Changed::Keep };
    let mut planner = Planner::new(&inputs, &custody, changed);
    let read = |file: &originals::Named| originals::read(file).map(|bytes| Original { name: file.name.clone(), bytes });
    let format = args.format.format();
    let ids = |file: &originals::Named| Ok::<_, String>(import::ids(format, &read(file)?));
    let ids: Vec<_> = match files.as_slice() {
        // On this thread, so that what is freed is used again when the file is read for good.
        [only] => vec![ids(only)?],
        _ => files.par_iter().map(ids).collect::<Result<_, String>>()?,
    };
    for (file, ids) in files.iter().zip(ids) {
        planner.announce(&file.name, ids, &shelf, &mut report);
    }
    let write = |files: &Files| if args.dry_run || files.is_empty() { Ok(()) } else { write::content::write(&args.into, files) };
    for file in &files {
        let mut outcome = Ok(());
        let imported = import::read(format, &read(file)?, &mut shelf, &mut report, &mut |document, shelf, report| {
            planner.take(document, shelf, report);
            if outcome.is_ok() {
                outcome = write(&planner.ready());
            }
        });
        outcome?;
        planner.end(imported, &shelf, &mut report);
        write(&planner.ready())?;
    }
    let (written, unchanged) = (planner.written, planner.unchanged);
    write(&planner.finish(&shelf, &mut report))?;
    if let Some(place) = &args.report {
        let json = serde_json::to_vec_pretty(&report).map_err(|error| error.to_string())?;
        write::content::write_one(place, &json)?;
    }
    say::out(report.human());
    if args.dry_run {
        say!("\n{written} documents would be written, {unchanged} are there already; nothing was written");
    } else {
        say!("\n{}: {written} documents written, {unchanged} unchanged", args.into.display());
    }
    Ok(report.is_clean())
}

/// What is there. Of documents only the digests are kept, since an import reads none of them.
fn edition(root: &Path) -> (Inputs, Shelf) {
    let mut inputs = load::load(root).value;
    let shelf = Shelf::of(&parse::parse(&inputs).value);
    for file in inputs.content.iter_mut().filter(|file| file.path.as_str().starts_with("content/documents/")) {
        file.forget();
    }
    (inputs, shelf)
}
