//! `ibid completions` and `ibid manual`: what shells and the system's manual want to know of the command line. The door to both crates.

use crate::base::say;
use crate::tell;
use clap::Command;
pub use clap_complete::Shell;
use std::io::Write;
use std::process::ExitCode;

/// Prints the completions of a shell.
#[must_use]
pub fn completions(mut command: Command, shell: Shell) -> ExitCode {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut command, "ibid", &mut text);
    print(&text)
}

/// Prints the manual page (roff): the program, then each command.
#[must_use]
pub fn manual(command: &Command) -> ExitCode {
    match page(command) {
        Ok(text) => print(&text),
        Err(error) => {
            tell!("error: the manual page could not be made: {error}");
            ExitCode::from(2)
        }
    }
}

fn page(command: &Command) -> std::io::Result<Vec<u8>> {
    let mut text = Vec::new();
    let whole = clap_mangen::Man::new(command.clone());
    whole.render_title(&mut text)?;
    whole.render_name_section(&mut text)?;
    whole.render_synopsis_section(&mut text)?;
    whole.render_description_section(&mut text)?;
    commands(command, "ibid", &mut text)?;
    whole.render_extra_section(&mut text)?;
    whole.render_version_section(&mut text)?;
    Ok(text)
}

/// A section for each command, and for the commands in it.
fn commands(command: &Command, name: &str, text: &mut Vec<u8>) -> std::io::Result<()> {
    for part in command.get_subcommands() {
        let name = format!("{name} {}", part.get_name());
        writeln!(text, ".SH {}", name.to_uppercase())?;
        let page = clap_mangen::Man::new(part.clone());
        if let Some(about) = part.get_about() {
            writeln!(text, "{about}.")?;
        }
        let mut sections = Vec::new();
        page.render_options_section(&mut sections)?;
        page.render_extra_section(&mut sections)?;
        // The command is the section: what is said of it has no headings of that rank.
        for line in String::from_utf8_lossy(&sections).lines() {
            writeln!(text, "{}", if line.starts_with(".SH ") { ".PP" } else { line })?;
        }
        commands(part, &name, text)?;
    }
    Ok(())
}

fn print(text: &[u8]) -> ExitCode {
    say::out(String::from_utf8_lossy(text));
    ExitCode::SUCCESS
}
