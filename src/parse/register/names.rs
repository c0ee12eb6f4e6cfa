//! What is nearly right in an entry: names that a comma parts or joins, numbers of authority files, an entry whose first line is gone.

use crate::base::path::ContentPath;
use crate::base::span::Span;
use crate::diag::{Code, Diagnostic};
use crate::parse::fields::{Fields, Reader};
use crate::parse::yaml::{Node, NodeKind, quoted};
use std::collections::BTreeMap;

/// Authority files, the beginning of their addresses, and a number of theirs.
const AUTHORITIES: [(&str, &str); 6] = [
    ("viaf", "7393146"),
    ("gnd", "118571273"),
    ("wikidata", "Q1394"),
    ("geonames", "524901"),
    ("lcnaf", "n79063778"),
    ("isni", "0000000121403146"),
];

impl Reader<'_> {
    /// Other names of an entry. A comma parts the names of a list in brackets, and joins what stands in one text.
    pub(super) fn aliases(&mut self, fields: &Fields, name: &str, sort: &str) -> Vec<String> {
        let family =
            sort.split_once(',').map_or_else(|| name.split_whitespace().next_back().unwrap_or_default(), |(family, _)| family.trim());
        let given = sort.split_once(',').map_or_else(|| name.split_whitespace().next().unwrap_or_default(), |(_, given)| given.trim());
        let typed = self.texts_of(fields, "aliases");
        if let Some(Node { kind: NodeKind::Scalar { .. }, .. }) = fields.get("aliases")
            && let [only] = typed.as_slice()
        {
            let parts: Vec<&str> = only.value.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
            let repeated = |part: &&str| *part == family || part.split_whitespace().any(|word| word == family);
            if parts.len() > 2 || only.value.contains(';') || parts.len() == 2 && repeated(&parts[1]) {
                let listed = parts.join(", ");
                let message = "`aliases` seems to have several names in one text";
                let finding = self.report(Code::WrongType, message, only.span);
                finding.help.push(format!("write a list: `aliases: [{listed}]`; if it is one name: `aliases: [{}]`", quoted(&only.value)));
            }
        }
        for pair in typed.windows(2) {
            let [surname, first] = pair else { continue };
            let between = self.text.get(surname.span.range().end..first.span.range().start).unwrap_or_default();
            let parted = between.trim() == "," && !family.is_empty() && surname.value == family;
            if parted && is_given(&first.value, given) {
                let whole = format!("{}, {}", surname.value, first.value);
                let message = format!("the comma makes two names of `{whole}`");
                let help = format!("write {}; if they are two, put them on lines of their own", quoted(&whole));
                self.report(Code::WrongType, message, surname.span.to(first.span)).help.push(help);
            }
        }
        typed.into_iter().map(|name| name.value).collect()
    }

    /// Numbers of authority files, or their addresses.
    pub(super) fn authorities(&mut self, fields: &Fields) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for (authority, example) in AUTHORITIES {
            let Some(typed) = self.spanned_of(fields, authority) else { continue };
            if is_number(authority, &typed.value) {
                found.insert(authority.to_owned(), typed.value);
                continue;
            }
            let message = format!("`{authority}` cannot be `{}`", crate::base::text::head(&typed.value, 60).0);
            let help = match number_in(authority, &typed.value) {
                Some(number) => format!("write `{authority}: {}`", quoted(&number)),
                None => format!("write the number alone, as `{authority}: {}`", quoted(example)),
            };
            self.report(Code::UnknownValue, message, typed.span).help.push(help);
        }
        found
    }
}

/// `George V.` or `Georgy` beside a given name that begins with the same letter.
fn is_given(part: &str, given: &str) -> bool {
    let ends_with_initial = part.ends_with('.') && part.split_whitespace().next_back().is_some_and(|last| last.chars().count() <= 5);
    let same = part.chars().next().is_some_and(|letter| given.starts_with(letter));
    same && (ends_with_initial || part == given)
}

/// Whether a value is a number of this authority file, or an address.
fn is_number(authority: &str, value: &str) -> bool {
    if value.starts_with("https://") || value.starts_with("http://") {
        return crate::base::text::is_web_address(value);
    }
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match authority {
        "viaf" | "geonames" => digits(value),
        "gnd" => value.len() >= 2 && value.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'X')) && digits(&value[..1]),
        "wikidata" => value.strip_prefix('Q').is_some_and(digits),
        "lcnaf" => {
            let figures = value.trim_start_matches(|letter: char| letter.is_ascii_lowercase());
            (1..=3).contains(&(value.len() - figures.len())) && digits(figures)
        }
        "isni" => {
            let figures = value.replace(' ', "");
            figures.len() == 16 && digits(&figures[..15]) && figures.ends_with(|last: char| last.is_ascii_digit() || last == 'X')
        }
        _ => true,
    }
}

/// The number of an authority file that a value holds, as the register has it: `118571273` of `118571273` and of `GND 118571273`.
#[must_use]
pub fn number(authority: &str, value: &str) -> Option<String> {
    if is_number(authority, value) { Some(value.to_owned()) } else { number_in(authority, value) }
}

/// The number in `GND 118 123`, `(DE-588)118571273`, `q1394`, `www.wikidata.org/wiki/Q1394`, if there is one.
fn number_in(authority: &str, value: &str) -> Option<String> {
    let last = value.trim_end_matches('/').rsplit(['/', ':', ')']).next()?.trim();
    let rest = last.get(..authority.len()).filter(|start| start.eq_ignore_ascii_case(authority)).map_or(last, |_| &last[authority.len()..]);
    let joined: String = rest.chars().filter(|letter| !letter.is_whitespace()).collect();
    [joined.clone(), joined.to_uppercase(), joined.to_lowercase(), format!("Q{joined}")]
        .into_iter()
        .find(|number| is_number(authority, number) && (authority == "wikidata" || !number.starts_with('Q')))
}

/// An entry whose first line is gone is read as part of the one above it, so that several fields stand twice: one finding says why.
pub(super) fn headless(file: &ContentPath, text: &str, findings: &mut Vec<Diagnostic>) {
    let word = |finding: &Diagnostic| finding.primary.span.and_then(|span| text.get(span.range())).unwrap_or_default().to_owned();
    let twice = |finding: &Diagnostic| finding.code == Code::DuplicateKey && finding.primary.file == *file;
    let starts: Vec<(Span, Option<Span>)> = findings
        .iter()
        .filter(|finding| twice(finding) && word(finding) == "name")
        .filter_map(|finding| Some((finding.primary.span?, finding.others.first().and_then(|other| other.span))))
        .collect();
    for (start, first) in starts {
        // Up to the next line that is not indented as far.
        let block = block_from(text, start.range().start);
        let of_block =
            |finding: &Diagnostic| twice(finding) && finding.primary.span.is_some_and(|span| block.contains(&span.range().start));
        if findings.iter().filter(|finding| of_block(finding)).count() < 2 {
            continue;
        }
        let name = text[start.range().end..].lines().next().unwrap_or_default().trim_start_matches(':').trim().trim_matches(['"', '\'']);
        let id = crate::base::slug::slug(name.split(',').next().unwrap_or(name).split_whitespace().next_back().unwrap_or_default());
        let id = if id.is_empty() { "id".to_owned() } else { id };
        findings.retain(|finding| !of_block(finding));
        let mut finding = Diagnostic::new(
            Code::MissingField,
            format!("{}: `{}`", super::HEADLESS, crate::base::text::head(name, 60).0),
            crate::diag::Label::new(file, start),
        )
        .help(format!("put its id on a line of its own before it, as `{id}:`"));
        finding.others.extend(first.map(|first| crate::diag::Label::new(file, first).saying("it is read as part of this entry")));
        findings.push(finding);
    }
}

fn block_from(text: &str, at: usize) -> std::ops::Range<usize> {
    let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let indent = at - line;
    let mut end = line;
    for line in text[line..].split_inclusive('\n') {
        let own = line.len() - line.trim_start().len();
        if end > at && !line.trim().is_empty() && own < indent {
            break;
        }
        end += line.len();
    }
    at..end
}
