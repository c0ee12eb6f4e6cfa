//! Builds that are killed, run out of disk, meet another build or lose their input while they run: the published site is never worse than before.
//!
//! All of this is done for real, with the program itself. What needs the right to mount a file system says loudly that it is left out where that
//! right is refused.

#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// Files of an output folder that a reader can reach: all but the program's own, which have dotted names.
fn site(output: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![output.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(output).expect("inside").to_owned(), fs::read(&path).expect("it can be read"));
            }
        }
    }
    found
}

/// An edition of `count` letters that all say `word`.
fn write_edition(root: &Path, count: usize, word: &str) {
    let documents = root.join("content/documents");
    fs::create_dir_all(&documents).expect("it can be made");
    fs::write(root.join("content/edition.yaml"), "title: Letters\n").expect("it can be written");
    for at in 0..count {
        let text =
            format!("---\ntitle: Letter {at}\ndate: 1922-04-{:02}\n---\n\nThe {word} of letter {at}.[^1]\n\n[^1]: A note.\n", at % 30 + 1);
        fs::write(documents.join(format!("letter-{at}.md")), text).expect("it can be written");
    }
}

fn command(root: &Path, output: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ibid"));
    command.args(["build", "--root"]).arg(root).arg("--output").arg(output);
    command
}

fn build(root: &Path, output: &Path) -> Output {
    command(root, output).output().expect("the program starts")
}

fn start(root: &Path, output: &Path) -> Child {
    command(root, output).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program starts")
}

fn said(out: &Output) -> String {
    String::from_utf8_lossy(&out.stderr).into_owned()
}

/// Builds must succeed here.
fn built(root: &Path, output: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let out = build(root, output);
    assert!(out.status.success(), "{}", said(&out));
    site(output)
}

const LETTERS: usize = 60;

/// Killed at many moments, from its first to its last: what is there is the old site or the new one, or a switch that the next build finishes.
#[test]
fn a_killed_build_leaves_the_old_site_or_finishes_the_new_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let (root, output) = (folder.path().join("edition"), folder.path().join("site"));
    let words = ["debt", "property"];
    let whole: Vec<_> = words
        .iter()
        .map(|word| {
            write_edition(&root, LETTERS, word);
            built(&root, &folder.path().join(word))
        })
        .collect();
    let begun = Instant::now();
    write_edition(&root, LETTERS, words[0]);
    assert_eq!(built(&root, &output), whole[0]);
    let duration = begun.elapsed();
    let (mut killed, mut switching) = (0, 0);
    const ROUNDS: u32 = 40;
    for round in 1..=ROUNDS {
        let now = round as usize % 2;
        write_edition(&root, LETTERS, words[now]);
        let mut child = start(&root, &output);
        // More kills towards the end, where the site changes.
        std::thread::sleep(duration.mul_f64(0.2 + f64::from(round) / f64::from(ROUNDS)));
        let over = child.try_wait().expect("it can be asked").is_some();
        child.kill().or_else(|error| if over { Ok(()) } else { Err(error) }).expect("it can be killed");
        child.wait().expect("it ends");
        killed += usize::from(!over);
        let after = site(&output);
        if output.join(".ibid/plan").exists() {
            switching += 1;
        } else {
            // An earlier round may have left a switch to finish: then the site that it was switching to is the old one.
            assert!(whole.contains(&after), "round {round}: a site that is neither the old nor the new one");
        }
        if round % 4 == 0 {
            assert!(built(&root, &output) == whole[now], "round {round}: the next build does not make the site whole");
        }
    }
    assert!(killed > 3, "the kills came too late: {killed}");
    eprintln!("{killed} of {ROUNDS} builds were killed, {switching} of them amid the switch");
}

/// A switch interrupted at each of its steps is finished by the next build, whatever was moved already.
#[test]
fn an_interrupted_switch_is_finished() {
    let folder = tempfile::tempdir().expect("a folder");
    let (root, output) = (folder.path().join("edition"), folder.path().join("site"));
    write_edition(&root, 12, "debt");
    built(&root, &output);
    write_edition(&root, 12, "property");
    let whole = built(&root, &folder.path().join("whole"));
    let mut child = start(&root, &output);
    // Stopped as soon as the plan is there, if it is seen at all; then anything may have been moved.
    let begun = Instant::now();
    while !output.join(".ibid/plan").exists() && begun.elapsed() < Duration::from_secs(20) {
        if child.try_wait().expect("it can be asked").is_some() {
            break;
        }
    }
    drop(child.kill());
    child.wait().expect("it ends");
    assert!(built(&root, &output) == whole);
    assert!(!output.join(".ibid/plan").exists() && !output.join(".ibid/next").exists(), "nothing is left over");
}

/// Mounts a file system of this size in memory, or says why it cannot.
fn mount(at: &Path, options: &str) -> Option<Mounted> {
    fs::create_dir_all(at).expect("it can be made");
    let out = Command::new("mount").args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(at).output();
    match out {
        Ok(out) if out.status.success() => Some(Mounted(at.to_owned())),
        other => {
            eprintln!("******************************************************************");
            eprintln!("** NOT TESTED: no file system can be mounted here: {other:?}");
            eprintln!("******************************************************************");
            None
        }
    }
}

struct Mounted(PathBuf);

impl Drop for Mounted {
    fn drop(&mut self) {
        drop(Command::new("umount").arg("-l").arg(&self.0).status());
    }
}

#[test]
fn a_full_disk_leaves_the_old_site() {
    let folder = tempfile::tempdir().expect("a folder");
    let (root, output) = (folder.path().join("edition"), folder.path().join("site"));
    write_edition(&root, 10, "debt");
    let small = built(&root, &folder.path().join("small"));
    let size: usize = small.values().map(Vec::len).sum();
    // Room for the small site twice, not for the large one.
    let Some(_mounted) = mount(&output, &format!("size={}k", size * 3 / 1024)) else { return };
    assert!(built(&root, &output) == small);
    write_edition(&root, 1500, "property");
    let out = build(&root, &output);
    assert_eq!(out.status.code(), Some(2), "{}", said(&out));
    assert!(said(&out).contains("could not be written") && said(&out).contains("No space left on device"), "{}", said(&out));
    assert!(site(&output) == small, "the old site is whole");
    // With room again the next build works.
    fs::remove_dir_all(root.join("content/documents")).expect("it can be removed");
    write_edition(&root, 10, "debt");
    assert!(built(&root, &output) == small);
}

#[test]
fn a_disk_that_cannot_be_written_to_is_reported() {
    let folder = tempfile::tempdir().expect("a folder");
    let (root, output) = (folder.path().join("edition"), folder.path().join("site"));
    write_edition(&root, 3, "debt");
    let Some(_mounted) = mount(&output, "size=20m") else { return };
    let old = built(&root, &output);
    let remounted = Command::new("mount").args(["-o", "remount,ro"]).arg(&output).status();
    assert!(remounted.is_ok_and(|status| status.success()), "it can be mounted anew");
    write_edition(&root, 3, "property");
    let out = build(&root, &output);
    assert_eq!(out.status.code(), Some(2), "{}", said(&out));
    assert!(said(&out).contains("Read-only file system"), "{}", said(&out));
    assert!(site(&output) == old);
}

/// Of two builds at once one waits; the site is whole in the end.
#[test]
fn two_builds_at_once_make_one_site() {
    let folder = tempfile::tempdir().expect("a folder");
    let (root, output) = (folder.path().join("edition"), folder.path().join("site"));
    write_edition(&root, LETTERS, "debt");
    let whole = built(&root, &folder.path().join("whole"));
    let children: Vec<Child> = (0..4).map(|_| start(&root, &output)).collect();
    let outs: Vec<Output> = children.into_iter().map(|child| child.wait_with_output().expect("it ends")).collect();
    for out in &outs {
        let words = said(out);
        let waited = words.contains("another build (") && words.contains("waiting");
        assert!(out.status.success() && (words.is_empty() || waited), "{words}");
    }
    assert!(site(&output) == whole);
}

/// Files come, go and change while builds run: no build dies of it, and a quiet one at the end makes the right site.
#[test]
fn files_that_vanish_during_a_build_are_no_accident() {
    let folder = tempfile::tempdir().expect("a folder");
    let (root, output) = (folder.path().join("edition"), folder.path().join("site"));
    write_edition(&root, LETTERS, "debt");
    built(&root, &output);
    let busy = std::sync::atomic::AtomicBool::new(true);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut at = 0;
            while busy.load(std::sync::atomic::Ordering::Relaxed) {
                let file = root.join(format!("content/documents/letter-{}.md", at % LETTERS));
                match at % 3 {
                    0 => drop(fs::remove_file(&file)),
                    1 => drop(fs::write(&file, "---\ntitle: Changed\n---\n\nText.\n")),
                    _ => drop(fs::write(&file, "---\ntitle: Half")),
                }
                at += 1;
                std::thread::sleep(Duration::from_micros(300));
            }
        });
        for _ in 0..12 {
            let out = build(&root, &output);
            let status = out.status.code();
            assert!(matches!(status, Some(0..=2)) && !said(&out).contains("panicked"), "{status:?} {}", said(&out));
        }
        busy.store(false, std::sync::atomic::Ordering::Relaxed);
    });
    write_edition(&root, LETTERS, "debt");
    let whole = built(&root, &folder.path().join("whole"));
    assert!(built(&root, &output) == whole);
}

/// Folders that are not for a site, and files in the way, are refused, and nothing in them is touched.
#[test]
fn output_folders_that_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("edition");
    write_edition(&root, 2, "debt");
    let foreign = folder.path().join("foreign");
    fs::create_dir_all(&foreign).expect("it can be made");
    fs::write(foreign.join("thesis.docx"), "years of work").expect("it can be written");
    let refused =
        [root.join("content"), root.join("content/documents"), root.clone(), folder.path().to_owned(), PathBuf::from("/"), foreign.clone()];
    let before = site(folder.path());
    for output in refused {
        let out = build(&root, &output);
        assert_eq!(out.status.code(), Some(2), "{}: {}", output.display(), said(&out));
        assert!(said(&out).starts_with("error: ") && said(&out).contains("--output"), "{}", said(&out));
    }
    assert!(site(folder.path()) == before, "nothing was written");
    // A file of one's own in the output folder stays, and one in the way of a page is not written over.
    let output = folder.path().join("site");
    built(&root, &output);
    fs::write(output.join("google1234.html"), "mine").expect("it can be written");
    fs::remove_file(output.join("index.html")).expect("it was built");
    built(&root, &output);
    assert_eq!(fs::read_to_string(output.join("google1234.html")).expect("it stays"), "mine");
    fs::write(output.join("documents/letter-2.html"), "mine too").expect("it can be written");
    write_edition(&root, 3, "debt");
    let out = build(&root, &output);
    assert_eq!(out.status.code(), Some(2), "{}", said(&out));
    assert!(said(&out).contains("letter-2.html` is in the way"), "{}", said(&out));
    assert_eq!(fs::read_to_string(output.join("documents/letter-2.html")).expect("it stays"), "mine too");
}
