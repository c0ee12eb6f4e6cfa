//! Sessions at a terminal: `tests/transcripts/NAME.md` holds commands and what a person sees.
//!
//! In each fence a line `$ command` is run by `sh` in a folder that is empty at the beginning of the file and the same throughout it; below it
//! stands what it prints, and `(status N)` where it does not end with 0. `ibid` is the program under test. `BLESS=1` writes anew what is printed.
#![cfg(unix)]

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

/// A shell in an empty world: no settings of git or of the machine, a name and a day for commits.
pub fn shell(folder: &Path, home: &Path, command: &str) -> Command {
    let program = Path::new(env!("CARGO_BIN_EXE_ibid")).parent().expect("the program is in a folder");
    let path = std::env::var("PATH").unwrap_or_default();
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(command).current_dir(folder).env_clear();
    shell.env("PATH", format!("{}:{path}", program.display())).env("HOME", home).env("LC_ALL", "C.UTF-8");
    shell.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", home.join("gitconfig"));
    shell.env("GIT_CEILING_DIRECTORIES", home);
    shell
}

/// Names and a default branch for git, in a home of its own.
pub fn home() -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a home");
    let settings = "[user]\n\tname = A. Smith\n\temail = smith@example.org\n[init]\n\tdefaultBranch = main\n[advice]\n\tdetachedHead = false\n[protocol \"file\"]\n\tallow = always\n";
    std::fs::write(home.path().join("gitconfig"), settings).expect("settings for git");
    home
}

/// What is seen after one command.
fn seen(folder: &Path, home: &Path, command: &str) -> String {
    let answer = shell(folder, home, &format!("exec 2>&1; {command}")).output().expect("sh runs");
    let mut text = String::from_utf8_lossy(&answer.stdout).trim_end().to_owned();
    if !answer.status.success() {
        if !text.is_empty() {
            text.push('\n');
        }
        write!(text, "(status {})", answer.status.code().unwrap_or(-1)).expect("a text takes more");
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// The file with what is printed today.
fn replayed(text: &str) -> String {
    let (home, mut out, mut in_fence) = (home(), String::new(), false);
    let folder = home.path().join("work");
    std::fs::create_dir(&folder).expect("a folder to work in");
    for line in text.lines() {
        if line.starts_with("````") {
            in_fence = !in_fence;
        }
        match line.strip_prefix("$ ").filter(|_| in_fence) {
            Some(command) => {
                writeln!(out, "{line}").expect("a text takes more");
                out.push_str(&seen(&folder, home.path(), command));
            }
            // What was printed last time.
            None if in_fence && !line.starts_with("````") => {}
            None => writeln!(out, "{line}").expect("a text takes more"),
        }
    }
    out
}

#[test]
fn sessions_read_as_written() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/transcripts");
    let mut paths: Vec<_> = std::fs::read_dir(root).expect("transcripts").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    assert!(paths.len() > 1, "there are transcripts");
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("a transcript is text");
        let made = replayed(&text);
        assert!(text.contains("\n$ "), "{} runs something", path.display());
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, &made).expect("a transcript can be written");
        } else {
            assert_eq!(made, text, "{}", path.display());
        }
    }
}
