//! Findings in the Static Analysis Results Interchange Format (SARIF 2.1.0), which code hosts show beside the lines.

use super::codes::TABLE;
use super::place::{Files, Place};
use super::{Diagnostic, Label, Severity};
use crate::base::digest::Digest;
use crate::base::path::{ContentPath, percent};
use serde_json::{Value, json};

/// Prints the findings as one SARIF log. `folder` is put before the paths of files: the edition's folder in the repository, or nothing.
pub fn print<'a>(findings: &[Diagnostic], folder: &str, text_of: impl Fn(&ContentPath) -> Option<&'a str>) -> String {
    let mut files = Files::new(text_of);
    let results: Vec<Value> = findings.iter().map(|finding| result(finding, folder, &mut files)).collect();
    let rules: Vec<Value> = TABLE
        .iter()
        .map(|row| {
            json!({
                "id": row.name,
                "shortDescription": { "text": row.summary },
                "fullDescription": { "text": row.explanation },
                "help": { "text": row.explanation },
                "defaultConfiguration": { "level": row.severity.name() },
            })
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "ibid", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let mut text = serde_json::to_string_pretty(&log).expect("findings hold only text and numbers");
    text.push('\n');
    text
}

fn result<'a>(finding: &Diagnostic, folder: &str, files: &mut Files<'a, impl Fn(&ContentPath) -> Option<&'a str>>) -> Value {
    let words: Vec<&str> = std::iter::once(finding.message.as_str()).chain(finding.help.iter().map(String::as_str)).collect();
    let mut result = json!({
        "ruleId": finding.code.name(),
        "level": level(finding.severity),
        "message": { "text": words.join("\n") },
        "locations": [location(&finding.primary, folder, files)],
        "partialFingerprints": { "ibid/v1": fingerprint(finding) },
    });
    if !finding.others.is_empty() {
        let others = finding.others.iter().map(|other| {
            let mut place = location(other, folder, files);
            place["message"] = json!({ "text": other.text });
            place
        });
        result["relatedLocations"] = others.collect();
    }
    if !finding.fix.is_empty() {
        let edits = finding.fix.iter().filter_map(|edit| {
            let place = files.place(&Label::new(&finding.primary.file, edit.span))?;
            Some(json!({ "deletedRegion": region(place), "insertedContent": { "text": edit.text } }))
        });
        let edits: Vec<Value> = edits.collect();
        let change = json!({ "artifactLocation": { "uri": uri(&finding.primary.file, folder) }, "replacements": edits });
        result["fixes"] = json!([{ "description": { "text": finding.help.join("\n") }, "artifactChanges": [change] }]);
    }
    result
}

fn location<'a>(label: &Label, folder: &str, files: &mut Files<'a, impl Fn(&ContentPath) -> Option<&'a str>>) -> Value {
    let mut place = json!({ "artifactLocation": { "uri": uri(&label.file, folder) } });
    if let Some(at) = files.place(label) {
        place["region"] = region(at);
    }
    json!({ "physicalLocation": place })
}

fn region(place: Place) -> Value {
    json!({ "startLine": place.line, "startColumn": place.column, "endLine": place.end_line, "endColumn": place.end_column })
}

fn uri(file: &ContentPath, folder: &str) -> String {
    let path = format!("{folder}{file}");
    path.split('/').map(percent).collect::<Vec<_>>().join("/")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// The same for one finding whatever lines stand before it.
fn fingerprint(finding: &Diagnostic) -> String {
    Digest::of(format!("{}\n{}\n{}", finding.code.name(), finding.primary.file, finding.message).as_bytes()).to_string()
}
