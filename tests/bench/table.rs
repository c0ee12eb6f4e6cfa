//! The table of times: `cargo build --release && cargo run --release --example bench -- 10000`.
//!
//! Makes an edition of so many documents, and for this program and every other generator on the PATH (`hugo`, `zola`) measures in one run: a
//! first build, a build with nothing to do, builds after edits, and from a saved document to its new bytes over HTTP. Beside them the floor:
//! reading the same input and writing the same files with plain calls. Times of one machine and one run; read the ratios.
//!
//! ibid is measured twice: without files for reference managers, which is the same work as the others', and with them.

mod corpus;

use corpus::Corpus;
use corpus::peers::Peer;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What one run of a program cost.
#[derive(Clone, Copy, Default)]
struct Cost {
    wall: f64,
    /// Of the program and its threads; 0 where the system does not say.
    cpu: f64,
    /// Highest use of memory in MiB; 0 where the system does not say.
    peak: f64,
}

/// Processor time in seconds of children that have ended.
fn spent() -> f64 {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok()).unwrap_or_default();
    (ticks(13) + ticks(14)) / 100.0
}

fn peak(child: &Child) -> f64 {
    let text = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or_default() / 1024.0
}

fn run(command: &mut Command) -> Cost {
    let (began, before) = (Instant::now(), spent());
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program can be run");
    let mut highest = 0.0_f64;
    let status = loop {
        highest = highest.max(peak(&child));
        if let Some(status) = child.try_wait().expect("it can be waited for") {
            break status;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    assert!(status.success(), "{command:?} failed");
    Cost { wall: began.elapsed().as_secs_f64(), cpu: spent() - before, peak: highest }
}

/// Changes a word of a document's text.
fn edit(file: &Path, word: &str) {
    let text = fs::read_to_string(file).expect("a document");
    let at = text.find("\n---\n").or_else(|| text.find("\n+++\n")).map_or(0, |at| at + 5);
    let body = text[at..].replacen(". ", &format!(" {word}. "), 1);
    fs::write(file, format!("{}{body}", &text[..at])).expect("an edit");
}

/// Reads every file of `input` and writes every file of `tree` into `to`, with one thread and nothing else.
fn floor(input: &Path, tree: &Path, to: &Path) -> (f64, usize, u64) {
    let files = walk(tree);
    let contents: Vec<Vec<u8>> = files.iter().map(|path| fs::read(path).expect("a file of the site")).collect();
    let inputs = walk(input);
    let began = Instant::now();
    let read: usize = inputs.iter().map(|path| fs::read(path).expect("a text").len()).sum();
    for (path, bytes) in files.iter().zip(&contents) {
        let target = to.join(path.strip_prefix(tree).expect("inside"));
        if fs::write(&target, bytes).is_err() {
            fs::create_dir_all(target.parent().expect("a folder")).expect("folders can be made");
            fs::write(&target, bytes).expect("a file can be written");
        }
    }
    assert!(read > 0);
    (began.elapsed().as_secs_f64(), files.len(), contents.iter().map(|bytes| bytes.len() as u64).sum())
}

fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten().filter(|entry| entry.file_name() != ".ibid") {
        if entry.path().is_dir() { found.extend(walk(&entry.path())) } else { found.push(entry.path()) }
    }
    found
}

fn get(port: u16, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n").ok()?;
    let mut text = Vec::new();
    stream.read_to_end(&mut text).ok()?;
    Some(String::from_utf8_lossy(&text).into_owned())
}

/// Median seconds from a save to the new bytes, over nine saves, and the memory of the preview in MiB.
fn latency(command: &mut Command, port: u16, path: &str, file: &Path) -> (f64, f64) {
    let mut server = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the preview can be run");
    let patience = Instant::now();
    while !get(port, path).is_some_and(|page| page.contains(" 200 ")) && patience.elapsed() < Duration::from_secs(300) {
        std::thread::sleep(Duration::from_millis(100));
    }
    let mut times: Vec<f64> = (0..9)
        .map(|turn| {
            std::thread::sleep(Duration::from_secs(2));
            // The port tells this preview from those before, whose words still stand in the text.
            let word = format!("word{turn}of{port}");
            edit(file, &word);
            let began = Instant::now();
            while !get(port, path).is_some_and(|page| page.contains(&word)) && began.elapsed() < Duration::from_secs(60) {
                std::thread::sleep(Duration::from_millis(1));
            }
            began.elapsed().as_secs_f64()
        })
        .collect();
    let memory = peak(&server);
    server.kill().expect("the preview can be ended");
    server.wait().expect("it ended");
    times.sort_by(f64::total_cmp);
    (times[times.len() / 2], memory)
}

/// What was measured of one program.
struct Measured {
    cold: Cost,
    nothing: Cost,
    one: Cost,
    /// Median seconds, and the memory of the preview.
    served: (f64, f64),
}

impl Measured {
    fn print(&self, name: &str) {
        let Self { cold, nothing, one, served } = self;
        println!(
            "| {name} | {:.2} s | {:.2} s | {:.0} MiB | {:.3} s | {:.2} s | {:.3} s | {:.2} s | {:.0} ms | {:.0} MiB |",
            cold.wall,
            cold.cpu,
            cold.peak,
            nothing.wall,
            nothing.cpu,
            one.wall,
            one.cpu,
            served.0 * 1000.0,
            served.1
        );
    }
}

/// Builds and serves an edition with ibid.
fn ours(program: &Path, root: &Path, site: &Path, document: &str, port: u16) -> Measured {
    let source = root.join(format!("content/documents/{document}.md"));
    let build = || run(Command::new(program).arg("build").arg("--root").arg(root).arg("--output").arg(site));
    let cold = build();
    // Stamps younger than two seconds prove nothing.
    std::thread::sleep(Duration::from_secs(3));
    build();
    let nothing = build();
    edit(&source, "edited");
    let one = build();
    let mut serve = Command::new(program);
    serve.arg("serve").arg("--root").arg(root).args(["--port", &port.to_string()]);
    let served = latency(&mut serve, port, &format!("/edition/documents/{document}.html"), &source);
    Measured { cold, nothing, one, served }
}

fn main() {
    let count: u32 = std::env::args().nth(1).and_then(|word| word.parse().ok()).unwrap_or(1000);
    let folder = tempfile::tempdir().expect("a folder for the measurement");
    let place = |name: &str| folder.path().join(name);
    let program = std::env::current_exe().ok().and_then(|path| Some(path.parent()?.parent()?.join("ibid"))).expect("a folder");
    assert!(program.exists(), "build the program first: cargo build --release");
    let corpus = Corpus::new(count);
    let document = format!("{:05}", count / 2);
    corpus::edition::write(&corpus, &place("edition")).expect("the edition can be written");
    println!("{count} documents. Times: wall clock, and processor time of all threads.\n");
    println!(
        "| | first build | processor | memory | nothing to do | processor | one text edited | processor | saved → served | its memory |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|");

    let settings = place("edition/content/edition.yaml");
    let text = fs::read_to_string(&settings).expect("settings");
    fs::write(&settings, format!("{text}exports: none\n")).expect("settings can be written");
    ours(&program, &place("edition"), &place("site"), &document, 4611).print("ibid");
    let (seconds, files, bytes) = floor(&place("edition/content"), &place("site"), &place("floor"));
    println!("| floor of it: plain reads, {files} plain writes, {} MiB | {seconds:.2} s | | | | | | | | |", bytes >> 20);
    fs::write(&settings, text).expect("settings can be written");
    ours(&program, &place("edition"), &place("site-2"), &document, 4613).print("ibid with files for reference managers");
    let (seconds, files, bytes) = floor(&place("edition/content"), &place("site-2"), &place("floor-2"));
    println!("| floor of it: {files} plain writes, {} MiB | {seconds:.2} s | | | | | | | | |", bytes >> 20);

    for (name, peer, out, serve) in [
        ("hugo", Peer::Hugo, "--destination", vec!["server", "--port", "4612", "--renderToMemory"]),
        ("zola", Peer::Zola, "--output-dir", vec!["serve", "--port", "4612"]),
    ] {
        if Command::new(name).arg("--help").stdout(Stdio::null()).stderr(Stdio::null()).status().is_err() {
            continue;
        }
        let root = place(name);
        corpus::peers::write(&corpus, peer, &root).expect("the peer's site can be written");
        let build = || {
            let mut command = Command::new(name);
            command.current_dir(&root).args(if peer == Peer::Zola { vec!["build", "--force"] } else { Vec::new() });
            run(command.arg(out).arg(place(&format!("{name}-site"))))
        };
        let (cold, nothing) = (build(), build());
        let source = root.join(format!("content/documents/{document}.md"));
        edit(&source, "edited");
        let one = build();
        let mut command = Command::new(name);
        command.current_dir(&root).args(serve);
        let path = if peer == Peer::Hugo { format!("/edition/documents/{document}/") } else { format!("/documents/{document}/") };
        Measured { cold, nothing, one, served: latency(&mut command, 4612, &path, &source) }.print(name);
    }
}
