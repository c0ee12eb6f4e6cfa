//! A published site is never worse than before: refused folders, builds at the same time, builds that die, disks that are full, low limits.

#![cfg(unix)]

use crate::incremental::tree;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

const IBID: &str = env!("CARGO_BIN_EXE_ibid");

/// A copy of the golden letter's edition in a folder of its own.
struct Edition {
    folder: tempfile::TempDir,
}

impl Edition {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the edition");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/letter/content");
        for (path, bytes) in tree(&source) {
            let file = folder.path().join("content").join(path);
            fs::create_dir_all(file.parent().expect("a folder")).expect("folders can be made");
            fs::write(file, bytes).expect("the edition can be copied");
        }
        Self { folder }
    }

    fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    fn command(&self) -> Command {
        let mut command = Command::new(IBID);
        command.arg("build").arg("--root").arg(self.folder.path());
        command
    }

    fn build(&self) -> Output {
        self.command().output().expect("the program can be run")
    }

    fn build_into(&self, output: &Path) -> (Option<i32>, String) {
        let done = self.command().arg("--output").arg(output).output().expect("the program can be run");
        (done.status.code(), String::from_utf8_lossy(&done.stderr).replace(&self.folder.path().display().to_string(), "EDITION"))
    }

    /// The site in `output`.
    fn site(&self) -> BTreeMap<String, Vec<u8>> {
        tree(&self.path("output"))
    }

    /// Changes a word that is on every page.
    fn retitle(&self, title: &str) {
        let text = fs::read_to_string(self.path("content/edition.yaml")).expect("settings");
        let old = text.lines().find(|line| line.starts_with("title:")).expect("a title").to_owned();
        let new = text.lines().find(|line| line.starts_with("short_title:")).map(str::to_owned);
        let mut text = text.replacen(&old, &format!("title: {title}"), 1);
        if let Some(short) = new {
            text = text.replacen(&short, &format!("short_title: {title}"), 1);
        }
        fs::write(self.path("content/edition.yaml"), text).expect("an edit");
    }
}

#[test]
fn folders_that_are_not_for_a_site_are_refused_and_left_alone() {
    let edition = Edition::new();
    fs::create_dir_all(edition.path("mine/letters")).expect("a folder");
    fs::write(edition.path("mine/letters/a.txt"), "mine").expect("a file");
    fs::write(edition.path("a-file"), "mine").expect("a file");
    fs::create_dir_all(edition.path("themes/octavo")).expect("a folder");
    let before = tree(edition.folder.path());
    let cases = [
        ("content", "error: `EDITION/content` is the edition's folder `content`: give another folder with `--output`\n"),
        ("content/site", "error: `EDITION/content/site` is inside the edition's folder `content`: give another folder with `--output`\n"),
        ("themes/site", "error: `EDITION/themes/site` is inside the edition's folder `themes`: give another folder with `--output`\n"),
        (
            "content/../content/./site",
            "error: `EDITION/content/../content/./site` is inside the edition's folder `content`: give another folder with `--output`\n",
        ),
        (".", "error: `EDITION/.` holds the edition's folder `content`: give another folder with `--output`\n"),
        ("..", "error: `EDITION/..` holds the edition's folder `content`: give another folder with `--output`\n"),
        (
            "mine",
            "error: `EDITION/mine` holds files that this program did not write, such as `letters`: give an empty folder with `--output`, or move them away\n",
        ),
        ("a-file", "error: `EDITION/a-file` is a file: give a folder with `--output`\n"),
    ];
    for (output, message) in cases {
        assert_eq!(edition.build_into(&edition.path(output)), (Some(2), message.to_owned()));
    }
    let (status, message) = edition.build_into(Path::new("/"));
    assert_eq!((status, message.as_str()), (Some(2), "error: `/` is the whole disk: give a folder of its own with `--output`\n"));
    std::os::unix::fs::symlink(edition.path("content"), edition.path("way")).expect("a link");
    let (status, message) = edition.build_into(&edition.path("way"));
    assert_eq!(status, Some(2), "{message}");
    fs::remove_file(edition.path("way")).expect("the link");
    assert!(tree(edition.folder.path()) == before, "a refused build changed something");
}

#[test]
fn only_what_the_program_wrote_is_removed_or_written_over() {
    let edition = Edition::new();
    fs::create_dir_all(edition.path("output")).expect("a folder");
    fs::write(edition.path("output/.gitignore"), "*\n").expect("names with a dot belong to others");
    assert_eq!(edition.build().status.code(), Some(0));
    fs::write(edition.path("output/documents/mine.txt"), "mine").expect("a file");
    let document = edition.path("content/documents/lcw-45-1922-04-24-stalin.md");
    let text = fs::read_to_string(&document).expect("the letter");
    fs::write(&document, text.replacen("id: lcw-45-1922-04-24-stalin", "id: other", 1)).expect("an edit");
    fs::write(edition.path("output/documents/other.html"), "mine as well").expect("a file");
    let before = edition.site();
    let done = edition.build();
    let said = String::from_utf8_lossy(&done.stderr)
        .replace(&edition.folder.path().canonicalize().expect("there").display().to_string(), "EDITION");
    assert!(
        said.ends_with("error: `EDITION/output/documents/other.html` is in the way, and this program did not write it: move it away, then build again\n"),
        "{said}"
    );
    assert_eq!(done.status.code(), Some(2));
    assert!(edition.site() == before, "a build that was refused changed the site");
    fs::remove_file(edition.path("output/documents/other.html")).expect("moved away");
    assert_eq!(edition.build().status.code(), Some(0));
    let after = edition.site();
    assert!(after.contains_key("documents/other.html") && !after.contains_key("documents/lcw-45-1922-04-24-stalin.html"));
    assert_eq!((after["documents/mine.txt"].as_slice(), after[".gitignore"].as_slice()), (b"mine".as_slice(), b"*\n".as_slice()));
}

#[test]
fn a_file_may_turn_into_a_folder_and_back() {
    let edition = Edition::new();
    let media = edition.path("content/media");
    fs::create_dir_all(&media).expect("a folder");
    fs::write(media.join("a"), "file").expect("media");
    assert_eq!(edition.build().status.code(), Some(0));
    fs::remove_file(media.join("a")).expect("media");
    fs::create_dir_all(media.join("a/b")).expect("a folder");
    fs::write(media.join("a/b/c"), "deep").expect("media");
    assert_eq!(edition.build().status.code(), Some(0));
    assert_eq!(edition.site()["media/a/b/c"], b"deep");
    fs::remove_dir_all(media.join("a")).expect("media");
    fs::write(media.join("a"), "file again").expect("media");
    assert_eq!(edition.build().status.code(), Some(0));
    assert_eq!(edition.site()["media/a"], b"file again");
    assert!(!edition.site().contains_key("media/a/b/c"));
}

#[test]
fn what_was_tampered_with_is_made_again() {
    let edition = Edition::new();
    assert_eq!(edition.build().status.code(), Some(0));
    let before = edition.site();
    fs::remove_file(edition.path("output/index.html")).expect("a page");
    fs::write(edition.path("output/404.html"), "x").expect("a page");
    assert_eq!(edition.build().status.code(), Some(0));
    assert!(edition.site() == before);
    for part in ["index", "traces", "files"] {
        let path = edition.path("output/.ibid").join(part);
        let bytes = fs::read(&path).expect("a part of the record");
        fs::write(&path, &bytes[..bytes.len() / 2]).expect("damage");
        assert_eq!(edition.build().status.code(), Some(0), "with a damaged {part}");
        assert!(edition.site() == before, "with a damaged {part}");
    }
}

#[test]
fn a_second_build_waits_and_names_the_first() {
    let edition = Edition::new();
    assert_eq!(edition.build().status.code(), Some(0));
    let lock = fs::File::options().write(true).open(edition.path("output/.ibid/lock")).expect("the lock");
    lock.lock().expect("free");
    fs::write(edition.path("output/.ibid/lock"), "4711\n").expect("the name of the first");
    let second = edition.command().stderr(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program can be run");
    std::thread::sleep(Duration::from_millis(300));
    drop(lock);
    let done = second.wait_with_output().expect("it ends");
    assert_eq!(String::from_utf8_lossy(&done.stderr), "another build (process 4711) is writing to this folder; waiting for it to end\n");
    assert_eq!(done.status.code(), Some(0));
}

#[test]
fn builds_at_the_same_time_leave_a_whole_site() {
    let edition = Edition::new();
    let running: Vec<_> = (0..4).map(|_| edition.command().stderr(Stdio::null()).stdout(Stdio::null()).spawn().expect("runs")).collect();
    for mut build in running {
        assert_eq!(build.wait().expect("it ends").code(), Some(0));
    }
    let site = edition.site();
    fs::remove_dir_all(edition.path("output")).expect("the site");
    assert_eq!(edition.build().status.code(), Some(0));
    assert!(edition.site() == site, "builds at the same time leave something else than one alone");
}

/// Builds are killed at many points. Without a plan the site is the old one to the last byte; with one the next build finishes it.
#[test]
fn a_killed_build_leaves_the_old_site_or_is_finished() {
    let edition = Edition::new();
    assert_eq!(edition.build().status.code(), Some(0));
    let mut sites = vec![edition.site()];
    edition.retitle("Second");
    assert_eq!(edition.build().status.code(), Some(0));
    sites.push(edition.site());
    assert!(sites[0] != sites[1], "the two sites differ");
    edition.retitle("First");
    assert_eq!(edition.build().status.code(), Some(0));
    sites[0] = edition.site();
    for turn in 1..=24_u64 {
        let (old, new) = (&sites[usize::from(turn % 2 == 0)], &sites[usize::from(turn % 2 == 1)]);
        edition.retitle(if turn % 2 == 1 { "Second" } else { "First" });
        let mut build = edition.command().stderr(Stdio::null()).stdout(Stdio::null()).spawn().expect("the program can be run");
        std::thread::sleep(Duration::from_millis(turn * 4));
        build.kill().expect("it can be killed, or has ended");
        build.wait().expect("it ended");
        if !edition.path("output/.ibid/plan").exists() {
            let site = edition.site();
            assert!(site == *old || site == *new, "turn {turn}: the site is neither the old one nor the new one");
        }
        assert_eq!(edition.build().status.code(), Some(0), "turn {turn}");
        assert!(edition.site() == *new, "turn {turn}: the next build did not finish the new site");
        assert!(
            !edition.path("output/.ibid/plan").exists() && !edition.path("output/.ibid/next").exists(),
            "turn {turn}: something is left"
        );
    }
}

/// A switch that stopped in the middle: some files moved, others not, nothing removed yet.
#[test]
fn an_interrupted_switch_is_finished_even_when_the_edition_has_errors_now() {
    let edition = Edition::new();
    assert_eq!(edition.build().status.code(), Some(0));
    let old = edition.site();
    let own = edition.path("output/.ibid");
    fs::create_dir_all(own.join("next/documents")).expect("a folder");
    fs::write(own.join("next/documents/new.html"), "new").expect("staged");
    fs::write(own.join("next/index.html"), "changed").expect("staged");
    let removed = "documents/lcw-45-1922-04-24-stalin.html";
    fs::write(own.join("plan"), format!("ibid plan 1\n{removed}\n../outside\n.ibid/lock\nend\n")).expect("a plan");
    fs::write(edition.path("outside"), "mine").expect("a file outside");
    fs::write(edition.path("content/edition.yaml"), "tilte: x\n").expect("an error");
    assert_eq!(edition.build().status.code(), Some(1));
    let mut expected = old;
    expected.remove(removed);
    expected.insert("documents/new.html".to_owned(), b"new".to_vec());
    expected.insert("index.html".to_owned(), b"changed".to_vec());
    assert!(edition.site() == expected, "the switch was not finished");
    assert_eq!(fs::read(edition.path("outside")).expect("left alone"), b"mine");
}

/// The system refuses to write more than so many blocks of 512 bytes to one file: as on a full disk, a write fails in the middle.
#[test]
fn a_disk_that_is_full_leaves_the_old_site() {
    let edition = Edition::new();
    let full = |blocks: u32| {
        let words = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" build --root \"$1\"");
        Command::new("sh").args(["-c", &words, IBID]).arg(edition.folder.path()).output().expect("a shell")
    };
    let first = full(8);
    assert_eq!((first.status.code(), edition.site().len()), (Some(2), 0), "{}", String::from_utf8_lossy(&first.stderr));
    assert_eq!(edition.build().status.code(), Some(0));
    let old = edition.site();
    edition.retitle("Another");
    for blocks in [0, 1, 4, 8, 12, 16, 24] {
        let done = full(blocks);
        let said = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(2), "{blocks} blocks: {said}");
        assert!(said.starts_with("error: `") && said.contains("could not be written: File too large"), "{said}");
        assert!(edition.site() == old, "{blocks} blocks: a full disk changed the site");
    }
    assert_eq!(edition.build().status.code(), Some(0));
    assert!(edition.site() != old, "with room again the new site is there");
}

#[test]
fn low_limits_are_enough() {
    let edition = Edition::new();
    let words = "ulimit -n 32; ulimit -s 1024; ulimit -v 1048576; exec \"$0\" build --root \"$1\"";
    let done = Command::new("sh").args(["-c", words, IBID]).arg(edition.folder.path()).output().expect("a shell");
    assert_eq!((done.status.code(), String::from_utf8_lossy(&done.stderr).as_ref()), (Some(0), ""));
}
