//! Links read as annotations: the scheme says what a link is.
//!
//! Web addresses and relative paths stay links; our schemes become mentions, references, dates and editorial signs; everything else is
//! reported and shown as plain words, so that no page ever holds a `javascript:` address.

use super::date::{self, DateContext};
use super::pages;
use crate::base::path::ContentPath;
use crate::base::slug::slug;
use crate::base::span::{Span, Spanned};
use crate::diag::{Code, Diagnostic, Label};
use crate::model::annotation::{AnnotationKind, Citation, Cite, PrintedTarget};
use crate::model::entity::EntityKind;

/// Schemes that are not registers, with the form an editor types.
pub(super) const SIGNS: [(&str, &str); 8] = [
    ("cite", "[printed words](cite:key \"p. 5\")"),
    ("date", "[April 22](date:1922-04-22)"),
    ("at", "[Document 704](at:work/704)"),
    ("page", "[](page:534a)"),
    ("sic", "[reading](<sic:as it stands> \"reason\")"),
    ("supplied", "[word](supplied:)"),
    ("unclear", "[word](unclear:)"),
    ("gap", "[…](gap: \"reason\")"),
];

/// Schemes of addresses that stay links.
pub(super) const ADDRESSES: [&str; 3] = ["http", "https", "mailto"];

/// The scheme of a target (RFC 3986, section 3.1), if it has one.
#[must_use]
pub fn scheme(target: &str) -> Option<&str> {
    let (scheme, _) = target.split_once(':')?;
    let mut letters = scheme.chars();
    let first = letters.next().is_some_and(|letter| letter.is_ascii_alphabetic());
    (first && letters.all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-' | '.'))).then_some(scheme)
}

/// Whether a scheme is one of ours.
#[must_use]
pub fn is_ours(scheme: &str) -> bool {
    SIGNS.iter().any(|(name, _)| *name == scheme) || EntityKind::is_scheme(scheme)
}

/// A link as typed.
#[derive(Debug)]
pub struct Typed<'a> {
    /// Destination and its place.
    pub target: Spanned<String>,
    /// Title in quotation marks.
    pub title: String,
    /// Plain words of the link.
    pub words: &'a str,
    /// The file.
    pub file: &'a ContentPath,
    /// What surrounds a date.
    pub dates: &'a DateContext,
}

/// Reads a link.
pub fn read(link: Typed<'_>, findings: &mut Vec<Diagnostic>) -> AnnotationKind {
    let Some(scheme) = scheme(&link.target.value).map(str::to_owned) else {
        return match without_colon(&link) {
            Some(finding) => {
                findings.push(finding);
                AnnotationKind::Unreadable
            }
            None => AnnotationKind::Link { target: link.target, title: link.title },
        };
    };
    if ADDRESSES.iter().any(|known| known.eq_ignore_ascii_case(&scheme)) {
        return AnnotationKind::Link { target: link.target, title: link.title };
    }
    let value = link.target.value[scheme.len() + 1..].to_owned();
    if let Some((kind, ..)) = EntityKind::ALL.iter().find(|(_, name, _)| *name == scheme) {
        if value.is_empty() {
            return empty(&link, &scheme, findings);
        }
        if let Some(finding) = several(&link, &scheme, &value) {
            findings.push(finding);
            return AnnotationKind::Unreadable;
        }
        return AnnotationKind::Mention { kind: *kind, id: Spanned::new(value, after_scheme(&link.target, &scheme)) };
    }
    let reason = if link.title.is_empty() && scheme != "sic" { value.trim().to_owned() } else { link.title.clone() };
    match scheme.as_str() {
        "date" => dated(&link, &value, findings),
        "cite" if value.trim().is_empty() => empty(&link, &scheme, findings),
        "cite" => covered(&link, &value, findings),
        "at" => cross_reference(&link, &value, findings),
        "page" if value.trim().is_empty() => empty(&link, &scheme, findings),
        "page" => page_break(&link, value.trim(), findings),
        "sic" => {
            findings.extend((value.trim().is_empty() && reason.is_empty()).then(|| without_source(&link)));
            AnnotationKind::Emendation { source: value, reason }
        }
        "supplied" => AnnotationKind::Supplied { reason },
        "unclear" => AnnotationKind::Unclear { reason },
        "gap" => AnnotationKind::Gap { reason },
        _ => unknown(&link, &scheme, findings),
    }
}

/// `(supplied)`, `(person;lenin)`, `(page180)`: a scheme whose colon is missing or another sign. Such a link could lead to no file.
fn without_colon(link: &Typed<'_>) -> Option<Diagnostic> {
    let typed = link.target.value.as_str();
    let known = EntityKind::ALL.iter().map(|(_, name, _)| *name).chain(SIGNS.iter().map(|(name, _)| *name));
    let scheme =
        known.filter(|name| typed.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name))).max_by_key(|name| name.len())?;
    let behind = &typed[scheme.len()..];
    let separated = behind.starts_with([';', '/', '=', ',', '.', '-'])
        || scheme == "page" && behind.starts_with(|letter: char| letter.is_ascii_digit());
    let names_file = || behind.chars().skip(1).any(|letter| matches!(letter, '.' | '/' | '#'));
    if !(behind.is_empty() || separated && !names_file()) {
        return None;
    }
    let message = format!("`{typed}` is not read as an annotation, since its colon is missing");
    let help = match (behind, scheme) {
        ("", "supplied" | "unclear" | "gap") if link.title.is_empty() => format!("type `({scheme}:)`"),
        ("", "supplied" | "unclear" | "gap") => format!("type `({scheme}: \"{}\")`", link.title),
        ("", _) => format!("type it as in `{}`", example(scheme, link.words)),
        _ => super::unread::with_colon(scheme, behind),
    };
    Some(Diagnostic::new(Code::UnknownScheme, message, Label::new(link.file, link.target.span)).help(help))
}

/// Reads the source of an image: an address or a path.
pub fn image(target: Spanned<String>, title: String, file: &ContentPath, findings: &mut Vec<Diagnostic>) -> AnnotationKind {
    match scheme(&target.value) {
        Some(scheme) if !["http", "https"].iter().any(|known| known.eq_ignore_ascii_case(scheme)) => {
            findings.push(
                Diagnostic::new(Code::UnknownScheme, format!("an image cannot be read from `{scheme}:`"), Label::new(file, target.span))
                    .help(match target.value.rsplit(['/', '\\']).next() {
                        Some(name) if scheme.len() == 1 || scheme.eq_ignore_ascii_case("file") => {
                            format!("that is a place on your own disk: put the image into `content/media/` and name it from there, as `../media/{name}`")
                        }
                        _ => "put the image into `content/media/` and name it from there, as `../media/seal.png`".to_owned(),
                    }),
            );
            AnnotationKind::Unreadable
        }
        _ => AnnotationKind::Image { target, title },
    }
}

/// The place of what follows the scheme; the whole target where it was not typed letter for letter.
fn after_scheme(target: &Spanned<String>, scheme: &str) -> Span {
    let exact = (target.span.end - target.span.start) as usize == target.value.len();
    if exact { Span { start: target.span.start + Span::new(0, scheme.len() + 1).end, end: target.span.end } } else { target.span }
}

/// The form of an annotation as an editor types it, with the words of the link where they are what is missing.
fn example(scheme: &str, words: &str) -> String {
    let figures = !words.is_empty() && words.trim().bytes().all(|byte| byte.is_ascii_digit());
    match (SIGNS.iter().find(|(name, _)| *name == scheme), slug(words)) {
        (Some(("page", _)), _) if figures => format!("[](page:{})", words.trim()),
        (Some(("sic", _)), _) if !words.is_empty() => format!("[{words}](<sic:what stands in the source> \"reason\")"),
        (Some((_, form)), _) => (*form).to_owned(),
        (None, id) if id.is_empty() => format!("[words]({scheme}:id)"),
        (None, id) => format!("[{words}]({scheme}:{id})"),
    }
}

/// `[their agreement](sic:)`: an emendation that does not say what it emends.
fn without_source(link: &Typed<'_>) -> Diagnostic {
    Diagnostic::new(Code::UnreadMarkup, "`sic:` does not say what stands in the source", Label::new(link.file, link.target.span))
        .help(format!("type it as in `{}`", example("sic", link.words)))
        .help(format!("if the source has nothing here, type `[{}](supplied:)`, or give the reason: `(<sic:> \"reason\")`", link.words))
}

/// `[](page:p. 534)`: the number stands there without its word.
fn page_break(link: &Typed<'_>, value: &str, findings: &mut Vec<Diagnostic>) -> AnnotationKind {
    let number = pages::without_word(value);
    if number != value {
        let message = format!("`page:` takes the number of the page without a word before it, and `{value}` would be shown");
        findings.push(
            Diagnostic::new(Code::UnreadMarkup, message, Label::new(link.file, link.target.span)).help(format!("type `[](page:{number})`")),
        );
    }
    AnnotationKind::PageBreak(value.to_owned())
}

/// `person:lansing;francis`: two entries in one mention.
fn several(link: &Typed<'_>, scheme: &str, value: &str) -> Option<Diagnostic> {
    let ids: Vec<&str> = value.split([',', ';', '+', '&']).map(str::trim).filter(|id| !id.is_empty()).collect();
    let [first, second, ..] = ids.as_slice() else { return None };
    let message = format!("`{scheme}:` names one entry, and here stand {}", ids.len());
    let help = format!("mark the words of each by themselves: `[…]({scheme}:{first})` and `[…]({scheme}:{second})`");
    Some(Diagnostic::new(Code::UnknownScheme, message, Label::new(link.file, link.target.span)).help(help))
}

fn empty(link: &Typed<'_>, scheme: &str, findings: &mut Vec<Diagnostic>) -> AnnotationKind {
    findings.push(
        Diagnostic::new(Code::UnknownScheme, format!("`{scheme}:` names nothing"), Label::new(link.file, link.target.span))
            .help(format!("type it as in `{}`", example(scheme, link.words))),
    );
    AnnotationKind::Unreadable
}

fn unknown(link: &Typed<'_>, scheme: &str, findings: &mut Vec<Diagnostic>) -> AnnotationKind {
    let place = Label::new(
        link.file,
        Span { end: link.target.span.end.min(link.target.span.start + Span::new(0, scheme.len() + 1).end), ..link.target.span },
    );
    let finding = Diagnostic::new(Code::UnknownScheme, format!("there is no annotation `{scheme}:`"), place);
    findings.push(finding.help(super::other_schemes::instead(link.words, scheme, &link.target.value[scheme.len() + 1..])));
    AnnotationKind::Unreadable
}

/// `date:` followed by EDTF or a printed date, or by nothing when the words themselves are the date.
fn dated(link: &Typed<'_>, value: &str, findings: &mut Vec<Diagnostic>) -> AnnotationKind {
    let typed = if value.trim().is_empty() { link.words.trim() } else { value.trim() };
    let reading = date::read(typed, link.dates);
    let place = Label::new(link.file, link.target.span);
    for warning in reading.warnings {
        // What a field would be told to hold has no place in a link.
        let (message, _) = warning.message.split_once("; type").unwrap_or((warning.message.as_str(), ""));
        let finding = Diagnostic::new(Code::BadDate, message, place.clone());
        let helpless = message.len() < warning.message.len() || reading.date.is_none();
        findings.push(match helpless {
            true => finding.help(format!("type the day that is meant, as in `[{}](date:1922-04-22)`", link.words)),
            false => finding,
        });
    }
    match reading.date {
        Some(date) => AnnotationKind::Dated(Box::new(date)),
        None => {
            if !findings.iter().any(|finding| finding.primary == place) {
                findings.push(
                    Diagnostic::new(Code::BadDate, format!("`{typed}` cannot be read as a date"), place)
                        .help("type it as `date:1922-04-22` or `<date:April 22, 1922>`"),
                );
            }
            AnnotationKind::Unreadable
        }
    }
}

/// `at:work/704,705` or `at:work/p112`.
fn cross_reference(link: &Typed<'_>, value: &str, findings: &mut Vec<Diagnostic>) -> AnnotationKind {
    let (work, places) = value.split_once('/').unwrap_or((value, ""));
    if let Some(place) = places.split(',').map(str::trim).find(|place| pages::without_word(place) != *place) {
        let message = format!("`{place}` is no place of a work as `at:` has it");
        let help = format!("type `at:{work}/p{}`", pages::without_word(place));
        findings.push(Diagnostic::new(Code::BadCrossReference, message, Label::new(link.file, link.target.span)).help(help));
        return AnnotationKind::Unreadable;
    }
    let targets: Vec<PrintedTarget> = places.split(',').map(str::trim).filter(|place| !place.is_empty()).map(printed_target).collect();
    if work.is_empty() || targets.is_empty() {
        findings.push(
            Diagnostic::new(
                Code::BadCrossReference,
                format!("`at:{value}` names no document or page of a work"),
                Label::new(link.file, link.target.span),
            )
            .help("type `at:work/704` for a document number, `at:work/p112` for a page"),
        );
        return AnnotationKind::Unreadable;
    }
    let span = after_scheme(&link.target, "at");
    let end = if span == link.target.span { span.end } else { span.start + Span::new(0, work.len()).end };
    AnnotationKind::CrossReference { work: Spanned::new(work.to_owned(), Span { start: span.start, end }), targets }
}

/// `cite:key` with the place in the work as title: the words covered say in print what the key says to machines.
fn covered(link: &Typed<'_>, key: &str, findings: &mut Vec<Diagnostic>) -> AnnotationKind {
    let (locators, suffix) = super::locator::read(link.title.trim());
    if !suffix.is_empty() {
        findings.push(super::locator::unread(&suffix, Label::new(link.file, link.target.span)));
    }
    let key = Spanned::new(key.trim().to_owned(), after_scheme(&link.target, "cite"));
    let cite = Cite { key, prefix: String::new(), locators, suffix, suppress_author: false };
    AnnotationKind::Citation(Citation { cites: vec![cite], in_text: false, covered: true })
}

fn printed_target(place: &str) -> PrintedTarget {
    match place.strip_prefix('p') {
        Some(page)
            if page.starts_with(|letter: char| letter.is_ascii_digit())
                || !page.is_empty() && page.chars().all(|letter| "ivxlcdm".contains(letter)) =>
        {
            PrintedTarget::Page(page.to_owned())
        }
        _ => PrintedTarget::Number(place.to_owned()),
    }
}
