//! `ibid explain`: what a finding means and how to mend it.

use crate::base::suggest::nearest;
use crate::diag::codes::{Severity, TABLE};
use std::process::ExitCode;

/// Prints the explanation of a code, or the list of all.
#[must_use]
pub fn run(code: Option<&str>) -> ExitCode {
    let Some(code) = code else {
        for row in TABLE {
            println!("{:24} {}", row.name, row.summary);
        }
        return ExitCode::SUCCESS;
    };
    match TABLE.iter().find(|row| row.name == code) {
        Some(row) => {
            println!("{} ({}): {}\n\n{}", row.name, severity(row.severity), row.summary, row.explanation);
            ExitCode::SUCCESS
        }
        None => {
            eprintln!("error: there is no finding `{code}`");
            if let Some(near) = nearest(code, TABLE.iter().map(|row| row.name)) {
                eprintln!("help: did you mean `{near}`?");
            }
            ExitCode::from(2)
        }
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}
