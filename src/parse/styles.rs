//! Citation styles: those named in `content/edition.yaml`, from `content/styles/` or from those that come with the program.

use crate::base::path::{ContentPath, join};
use crate::base::span::Spanned;
use crate::base::suggest::nearest;
use crate::diag::{Checked, Code, Diagnostic, Label};
use crate::formats::csl::{Style, StyleProblem};
use crate::load::File;
use crate::model::config::Config;

/// The tab that is no style but the entry for BibTeX.
const BIBTEX: &str = "bibtex";
/// The style of cites when none is named.
const DEFAULT: &str = "chicago-notes";

/// Reads the styles of an edition, in their order; at least one, since cites in the text have one.
#[must_use]
pub fn read(config: &Config, content: &[File]) -> Checked<Vec<Style>> {
    let mut findings = Vec::new();
    let mut styles: Vec<Style> = Vec::new();
    for name in config.citation_styles.iter().filter(|name| name.value != BIBTEX) {
        if styles.iter().any(|style| style.name == name.value) {
            continue;
        }
        match style(config, name, content) {
            Ok(style) => styles.push(style),
            Err(finding) => findings.push(*finding),
        }
    }
    if styles.is_empty() {
        styles.extend(Style::named(DEFAULT));
    }
    Checked::new(styles, findings)
}

fn style(config: &Config, name: &Spanned<String>, content: &[File]) -> Result<Style, Box<Diagnostic>> {
    let typed = name.value.as_str();
    let place = Label::new(&config.file, name.span);
    let stem = typed.strip_suffix(".csl").unwrap_or(typed);
    let paths = [format!("content/styles/{stem}.csl"), join("content", &format!("{stem}.csl")).unwrap_or_default()];
    let file = content.iter().find(|file| paths.iter().any(|path| file.path.as_str() == path));
    let Some(file) = file else {
        return Style::named(typed).ok_or_else(|| Box::new(unknown(typed, place, content)));
    };
    let text = file.text()?;
    Style::read(typed, text).map_err(|problem| Box::new(refused(&file.path, text, problem, place)))
}

fn unknown(typed: &str, place: Label, content: &[File]) -> Diagnostic {
    let finding = Diagnostic::new(Code::UnknownStyle, format!("there is no citation style `{typed}`"), place);
    let own = content.iter().filter_map(|file| file.path.as_str().strip_prefix("content/styles/")?.strip_suffix(".csl"));
    let known: Vec<String> = Style::names().chain([BIBTEX]).map(str::to_owned).chain(own.map(str::to_owned)).collect();
    match nearest(typed, known.iter().map(String::as_str)) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding
            .help(format!("put the style file at `content/styles/{typed}.csl`, or use one that is there: `chicago-notes`, `mla`, `apa`")),
    }
}

fn refused(path: &ContentPath, text: &str, problem: StyleProblem, place: Label) -> Diagnostic {
    let named = |finding: Diagnostic| finding.also(place.clone().saying("named here"));
    match problem {
        StyleProblem::TooLarge => {
            named(Diagnostic::new(Code::UnreadableStyle, "the style file is larger than a mebibyte", Label::file(path)))
                .help("styles are small; check that this is the right file")
        }
        StyleProblem::Dependent(parent) => {
            let label = text.find("independent-parent").map_or_else(|| Label::file(path), |at| line_at(path, text, at));
            let stem = parent.rsplit('/').next().unwrap_or(&parent).to_owned();
            let finding = named(Diagnostic::new(Code::DependentStyle, "this style only points to another one", label));
            if Style::named(&stem).is_some() {
                finding.help(format!("use `{stem}`, which comes with ibid, in its place"))
            } else {
                finding.help(format!("download the style `{stem}` and name it in `citation_styles` in place of this one"))
            }
        }
        StyleProblem::Unreadable(why) => {
            let label = match text.find("<style") {
                Some(at) => line_at(path, text, at),
                None => Label::file(path),
            };
            let words = format!("this is no citation style: {why}");
            named(Diagnostic::new(Code::UnreadableStyle, words, label))
                .help("take the `.csl` file of the style from the repository of citation styles again")
        }
    }
}

/// The line at a byte.
fn line_at(path: &ContentPath, text: &str, at: usize) -> Label {
    let start = text[..at].rfind('\n').map_or(0, |line| line + 1);
    let end = text[at..].find('\n').map_or(text.len(), |line| at + line);
    let indent = text[start..end].len() - text[start..end].trim_start().len();
    Label::new(path, crate::base::span::Span::new(start + indent, start + text[start..end].trim_end().len().max(indent)))
}
