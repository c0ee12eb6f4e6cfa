//! `ibid explain`: what a finding means and how to mend it; why a file of the site was written.

use crate::base::suggest::nearest;
use crate::diag::codes::TABLE;
use crate::pipeline::update;
use crate::{say, tell};
use std::path::Path;
use std::process::ExitCode;

/// Prints the explanation of a code, or the list of all.
#[must_use]
pub fn run(code: Option<&str>) -> ExitCode {
    let Some(code) = code else {
        for row in TABLE {
            say!("{:24} {:8} {}", row.name, row.severity.name(), row.summary);
        }
        return ExitCode::SUCCESS;
    };
    match TABLE.iter().find(|row| row.name == code) {
        Some(row) => {
            let firm = if row.code.is_firm() { ", always" } else { "" };
            say!("{} ({}{firm}): {}\n\n{}", row.name, row.severity.name(), row.summary, row.explanation);
            if !row.code.is_firm() {
                say!(
                    "\nThe edition may take it otherwise: `findings: {{ {}: allow }}` in `content/edition.yaml`, or `warn`, or `deny`.",
                    row.name
                );
            }
            ExitCode::SUCCESS
        }
        None if code.contains(['/', '.']) => output(Path::new(code)),
        None => {
            tell!("error: there is no finding `{code}`");
            if let Some(near) = nearest(code, TABLE.iter().map(|row| row.name)) {
                tell!("help: did you mean `{near}`?");
            }
            ExitCode::from(2)
        }
    }
}

/// Says why a file of a site was written the last time.
fn output(file: &Path) -> ExitCode {
    let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let Some(site) = absolute.ancestors().skip(1).find(|folder| folder.join(crate::write::OWN).is_dir()) else {
        tell!("error: `{}` is no file of a site that this program wrote", file.display());
        return ExitCode::from(2);
    };
    let inside = absolute.strip_prefix(site).unwrap_or(&absolute);
    let path = inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
    match update::why(site, &path) {
        Ok(why) if why.is_empty() => say!("{path}: made for the first time, or of a program or theme that was new"),
        Ok(why) => say!(
            "{path}: made again, since these had changed\n{}",
            why.iter().map(|name| format!("  {name}\n")).collect::<String>().trim_end()
        ),
        Err(message) => {
            tell!("error: {message}");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}
