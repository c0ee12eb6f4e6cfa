//! `ibid explain`: what a finding means and how to mend it.

use crate::base::suggest::nearest;
use crate::diag::codes::TABLE;
use std::process::ExitCode;

/// Prints the explanation of a code, or the list of all.
#[must_use]
pub fn run(code: Option<&str>) -> ExitCode {
    let Some(code) = code else {
        for row in TABLE {
            println!("{:24} {:8} {}", row.name, row.severity.name(), row.summary);
        }
        return ExitCode::SUCCESS;
    };
    match TABLE.iter().find(|row| row.name == code) {
        Some(row) => {
            let firm = if row.code.is_firm() { ", always" } else { "" };
            println!("{} ({}{firm}): {}\n\n{}", row.name, row.severity.name(), row.summary, row.explanation);
            if !row.code.is_firm() {
                println!(
                    "\nThe edition may take it otherwise: `findings: {{ {}: allow }}` in `content/edition.yaml`, or `warn`, or `deny`.",
                    row.name
                );
            }
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
