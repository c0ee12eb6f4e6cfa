//! The preview's server: the door to HTTP. Answers from memory, on the loopback interface only.
//!
//! Nothing is read from the disk here, so no address can lead out of the site. Each answer has a thread of its own, and so has each page that
//! listens for changes: a slow reader keeps nobody waiting.

use super::preview::{Found, Preview};
use std::io::{self, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;
use tiny_http::{Method, Request, Server, StatusCode};

/// Where the preview's own files are; no page of a site has an address like it.
pub const OWN: &str = "/.ibid/";

/// Answers at one time; beyond them a request is refused.
const MOST: usize = 1_000;

/// Ports tried after the one that was asked for.
const TRIES: u16 = 20;

/// How often a silent listener is written to, so that one that has gone is noticed.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// The small program that keeps a page in step with the edition.
const SCRIPT: &str = include_str!("reload.js");

/// A server that has its port.
pub struct Listening {
    server: Server,
    /// Where it listens.
    pub address: SocketAddr,
}

/// Takes `port`, or the next free one after it.
///
/// # Errors
/// Why the last port could not be had.
pub fn listen(port: u16) -> Result<Listening, String> {
    let mut last = String::new();
    for port in (port..=port.saturating_add(TRIES)).take_while(|tried| port == 0 || *tried >= port) {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Ok(listener) => return start(listener),
            Err(error) => last = format!("port {port} cannot be used: {error}"),
        }
    }
    Err(last)
}

fn start(listener: TcpListener) -> Result<Listening, String> {
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let server = Server::from_listener(listener, None).map_err(|error| error.to_string())?;
    Ok(Listening { server, address })
}

/// Answers requests until the program ends.
pub fn answer_all(listening: &Listening, preview: &Arc<Preview>) {
    let busy = Arc::new(AtomicUsize::new(0));
    for request in listening.server.incoming_requests() {
        if busy.fetch_add(1, Ordering::SeqCst) >= MOST {
            busy.fetch_sub(1, Ordering::SeqCst);
            // A request that is dropped is answered with an error by the library.
            drop(request);
            continue;
        }
        let (preview, after, port) = (Arc::clone(preview), Arc::clone(&busy), listening.address.port());
        let started = thread::Builder::new().stack_size(256 * 1024).spawn(move || {
            // A reader who has gone is no fault of ours.
            drop(answer(request, &preview, port));
            after.fetch_sub(1, Ordering::SeqCst);
        });
        if started.is_err() {
            busy.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

fn answer(request: Request, preview: &Preview, port: u16) -> io::Result<()> {
    if !is_ours(&request, port) {
        return say(request, 403, "this preview answers only to the name of this machine: open it as http://127.0.0.1\n");
    }
    if !matches!(request.method(), Method::Get | Method::Head) {
        return say(request, 405, "this preview only shows pages\n");
    }
    let path = request.url().split(['?', '#']).next().unwrap_or_default().to_owned();
    if let Some(own) = path.strip_prefix(OWN) {
        return match own {
            "changes" => stream(request, preview),
            "reload.js" => send(request, 200, "text/javascript; charset=utf-8", SCRIPT.as_bytes().to_vec()),
            _ => say(request, 404, "there is no such file\n"),
        };
    }
    match preview.find(&path) {
        Found::File { bytes, media_type } => send(request, 200, media_type, bytes),
        Found::Elsewhere(path) => write(request, 307, &format!("Location: {}\r\n", plain(&path)), &[]),
        Found::Missing(page) => send(request, 404, "text/html; charset=utf-8", page),
    }
}

/// Whether the request names this machine, which a page of another site cannot make a browser do (DNS rebinding).
fn is_ours(request: &Request, port: u16) -> bool {
    let Some(host) = request.headers().iter().find(|header| header.field.equiv("Host")) else { return false };
    let host = host.value.as_str();
    let name = host.strip_suffix(&format!(":{port}")).unwrap_or(host);
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

fn say(request: Request, status: u16, words: &str) -> io::Result<()> {
    send(request, status, "text/plain; charset=utf-8", words.as_bytes().to_vec())
}

fn send(request: Request, status: u16, media_type: &str, bytes: Vec<u8>) -> io::Result<()> {
    write(request, status, &format!("Content-Type: {}\r\n", plain(media_type)), &bytes)
}

/// Writes an answer and closes its connection. The library reads each connection in a thread of a pool, and of two that come at once it may put
/// the second behind one that a browser keeps open: a page would wait for its style for ever. A closed connection holds no thread.
fn write(request: Request, status: u16, fields: &str, bytes: &[u8]) -> io::Result<()> {
    let whole = !matches!(request.method(), Method::Head);
    let reason = StatusCode(status).default_reason_phrase();
    let length = bytes.len();
    let mut out = request.into_writer();
    write!(out, "HTTP/1.1 {status} {reason}\r\n{fields}Content-Length: {length}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n")?;
    if whole {
        out.write_all(bytes)?;
    }
    out.flush()
}

/// The value of a header field: plain ASCII without the end of a line.
fn plain(value: &str) -> String {
    value.replace(|letter: char| !(' '..='~').contains(&letter), "?")
}

/// Tells one page of every change (server-sent events) until it goes away.
fn stream(request: Request, preview: &Preview) -> io::Result<()> {
    let changes = preview.listen();
    let mut out = request.into_writer();
    out.write_all(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\nConnection: close\r\n\r\nretry: 300\n\n",
    )?;
    out.flush()?;
    loop {
        match changes.recv_timeout(HEARTBEAT) {
            Ok(event) => write!(out, "data: {event}\n\n")?,
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) => out.write_all(b":\n\n")?,
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => return Ok(()),
        }
        out.flush()?;
    }
}
