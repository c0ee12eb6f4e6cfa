//! Input that no editor means, given to the program itself under limits of 30 seconds and 1 GiB: the right exit status, the right message, the
//! published site as it was, nothing written beside it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What an edition is given besides one good letter.
struct Hostile {
    name: &'static str,
    /// Path in the edition → bytes.
    files: Vec<(String, Vec<u8>)>,
    /// Anything that is no file.
    make: Option<fn(&Path)>,
    /// Exit status.
    status: i32,
    /// Words that must stand in what the program says; none for an empty list.
    says: Vec<&'static str>,
}

const GOOD: &str = "---\ntitle: A good letter\n---\n\nText.\n";

fn document(body: impl Into<String>) -> (String, Vec<u8>) {
    ("content/documents/x.md".into(), format!("---\ntitle: X\n---\n\n{}\n", body.into()).into_bytes())
}

fn fields(fields: impl Into<String>) -> (String, Vec<u8>) {
    ("content/documents/x.md".into(), format!("---\ntitle: X\n{}\n---\n\nText.\n", fields.into()).into_bytes())
}

fn case(name: &'static str, file: (String, Vec<u8>), status: i32, says: &[&'static str]) -> Hostile {
    Hostile { name, files: vec![file], make: None, status, says: says.to_vec() }
}

fn raw(name: &'static str, bytes: impl Into<Vec<u8>>, status: i32, says: &[&'static str]) -> Hostile {
    case(name, ("content/documents/x.md".into(), bytes.into()), status, says)
}

fn files(name: &'static str, files: &[(&str, &str)], status: i32, says: &[&'static str]) -> Hostile {
    let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    Hostile { name, files, make: None, status, says: says.to_vec() }
}

fn made(name: &'static str, make: fn(&Path), status: i32, says: &[&'static str]) -> Hostile {
    Hostile { name, files: Vec::new(), make: Some(make), status, says: says.to_vec() }
}

const RUSSIAN: &str = "---\ntitle: Письмо\n---\n\nТоварищу Сталину для Политбюро. Прошу немедленно провести голосование.\n";

fn encodings() -> Vec<Hostile> {
    let utf16 = |big: bool| -> Vec<u8> {
        let mark = if big { [0xfe, 0xff] } else { [0xff, 0xfe] };
        let units = RUSSIAN.encode_utf16().flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
        mark.into_iter().chain(units).collect()
    };
    let latin = "---\ntitle: Dépêche\n---\n\nL’été à Genève.\n".replace('’', "'");
    let latin: Vec<u8> = latin.chars().map(|letter| u8::try_from(letter as u32).expect("Latin-1")).collect();
    let western = encoding_rs::WINDOWS_1252.encode("---\ntitle: “Dépêche”\n---\n\nText — more.\n").0.into_owned();
    vec![
        raw("windows-1251", encoding_rs::WINDOWS_1251.encode(RUSSIAN).0.into_owned(), 1, &["is not UTF-8: byte 11", "windows-1251"]),
        raw("KOI8-R", encoding_rs::KOI8_R.encode(RUSSIAN).0.into_owned(), 1, &["is not UTF-8: byte 11", "KOI8-R"]),
        raw("ISO-8859-1", latin, 1, &["is not UTF-8: byte 12", "ISO-8859-1"]),
        raw("windows-1252", western, 1, &["is not UTF-8: byte 11", "windows-1252"]),
        raw("UTF-16, little end first", utf16(false), 1, &["is not UTF-8: byte 0", "UTF-16"]),
        raw("UTF-16, big end first", utf16(true), 1, &["is not UTF-8: byte 0", "UTF-16"]),
        raw("a byte cut in two", b"---\ntitle: X\n---\n\nSt\xd0".to_vec(), 1, &["is not UTF-8: byte 20"]),
        raw("byte order mark", format!("\u{feff}{GOOD}"), 0, &[]),
        raw("line ends of Windows", GOOD.replace('\n', "\r\n"), 0, &[]),
        raw("line ends of old Macs", GOOD.replace('\n', "\r"), 0, &["old-line-ends"]),
        case("NUL in the text", document("Te\0xt"), 1, &["control-character", "U+0000 (NUL)"]),
        raw("NUL in the fields", "---\ntitle: A\0B\n---\n\nText.\n", 1, &["U+0000 (NUL)"]),
        case("control characters", document("\u{1}\u{8}\u{b}\u{c}\u{e}\u{1b}[31mred\u{7f}\u{80}"), 1, &["U+0001", "U+001B", "U+007F"]),
        case("turned words", document("\u{202e}txet\u{202c} \u{2066}a\u{2069}"), 0, &["invisible-character", "U+202E", "U+2066"]),
        case("letters of no width", document("a\u{200b}b\u{2060}c\u{feff}d"), 0, &["U+200B", "U+2060", "U+FEFF"]),
    ]
}

fn front_matter() -> Vec<Hostile> {
    let aliases: String =
        (0..9).map(|at| format!("a{at}: &a{at} [{}]\n", vec![format!("*a{}", (at as usize).saturating_sub(1)); 9].join(","))).collect();
    vec![
        raw("fields that never end", "---\ntitle: X\n\nText.\n", 1, &["front-matter-unclosed"]),
        raw("empty fields", "---\n---\n\nText.\n", 1, &["missing-field"]),
        raw("nothing at all", "", 1, &["front-matter-missing"]),
        raw("fields twice", "---\ntitle: X\n---\n---\nauthor: Y\n---\n\nText.\n", 1, &["front-matter-twice"]),
        raw("a list of fields", "---\n- title: X\n---\n\nText.\n", 1, &["wrong-type"]),
        raw("a sentence for fields", "---\nOnly words\n---\n\nText.\n", 1, &["error"]),
        raw("one field twice", "---\ntitle: X\ntitle: Y\n---\n", 1, &["x.md:3:1: error[duplicate-key]: `title` stands twice"]),
        raw("aliases of aliases", format!("---\ntitle: X\n{aliases}---\n"), 1, &["yaml-syntax"]),
        raw("a field of another form", "---\ntitle: [a, b]\ndate: {x: 1}\n---\n", 1, &["wrong-type"]),
        raw("a colon without quotation marks", "---\ntitle: Letter: a draft\n---\n\nText.\n", 0, &[]),
        raw("lists in lists", format!("---\ntitle: X\nkeywords: {}\n---\n", "[".repeat(500_000)), 1, &["yaml-syntax"]),
        raw("maps in maps", format!("---\ntitle: X\nkeywords: {}\n---\n", "{a: ".repeat(500_000)), 1, &["yaml-syntax"]),
        raw(
            "a thousand fields",
            format!("---\ntitle: X\n{}---\n", (0..1000).map(|at| format!("f{at}: 1\n")).collect::<String>()),
            1,
            &["unknown-field"],
        ),
        raw("a long field", format!("---\ntitle: {}\n---\n\nText.\n", "word ".repeat(200_000)), 0, &[]),
        raw("tabs for blanks", "---\ntitle: X\n\tauthor: Y\n---\n", 1, &["yaml-syntax"]),
    ]
}

fn floods() -> Vec<Hostile> {
    let flood = |sign: &str, count: usize| document(format!("{}\n\nEnd.", sign.repeat(count)));
    let lists: String = (0..5_000).map(|depth| format!("{}- item\n", " ".repeat(depth * 2))).collect();
    let notes: String = (1..=10_000).map(|at| format!("[^{at}] ")).collect::<String>()
        + &(1..=10_000).map(|at| format!("\n\n[^{at}]: Note {at}.")).collect::<String>();
    let table = format!("|{}\n|{}\n|{}", "a|".repeat(5_000), "-|".repeat(5_000), "b|".repeat(5_000));
    vec![
        case("a line of 10 MB", document((0..1_500_000).map(|at| format!("w{} ", at % 977)).collect::<String>()), 0, &[]),
        case("a word 200,000 times", flood("word ", 200_000), 0, &["doubled-word", "there are 99950 more"]),
        case("a word of 10 MB", document("x".repeat(10_000_000)), 0, &[]),
        case("50,000 nested quotations", flood(">", 50_000), 0, &["deep-nesting"]),
        case("50,000 quotations with blanks", flood("> ", 50_000), 0, &["deep-nesting"]),
        case("5,000 nested lists", document(lists), 0, &["deep-nesting"]),
        case("5,000 lists in one line", flood("+ ", 5_000), 0, &["deep-nesting"]),
        case("50,000 lists in one line", flood("1. ", 50_000), 0, &["deep-nesting"]),
        case("a flood of [", flood("[", 500_000), 0, &[]),
        case("a flood of ]", flood("]", 500_000), 0, &[]),
        case("a flood of ![", flood("![", 500_000), 0, &[]),
        case("a flood of [a](", flood("[a](", 100_000), 0, &[]),
        case("a flood of [a](<", flood("[a](<", 100_000), 0, &[]),
        case("a flood of ![a](", flood("![a](", 100_000), 0, &[]),
        case("a flood of ](", flood("](", 100_000), 0, &[]),
        case("a flood of [^", flood("[^", 500_000), 0, &[]),
        case("a flood of [^a", flood("[^a", 200_000), 0, &[]),
        case("a flood of ^[", flood("^[", 200_000), 0, &[]),
        case("a flood of [@", flood("[@a", 20_000), 1, &["unknown-cite"]),
        case("a flood of [@ without keys", flood("[@", 200_000), 0, &[]),
        case("a flood of [a](sic:", flood("[a](sic:", 20_000), 1, &["unknown-scheme"]),
        case("a flood of *", flood("*a ", 200_000), 0, &[]),
        case("a flood of **", flood("**", 500_000), 0, &[]),
        case("a flood of `", document((1..400).map(|count| format!("{} ", "`".repeat(count))).collect::<String>()), 0, &[]),
        case("a flood of single `", flood("` ", 200_000), 0, &[]),
        case("a flood of _", flood("_a", 200_000), 0, &[]),
        case("a flood of ~", flood("~a", 200_000), 0, &[]),
        case("a flood of <", flood("<a ", 200_000), 0, &[]),
        case("a flood of <!--", flood("<!--", 200_000), 0, &[]),
        case("a flood of &", flood("&a", 200_000), 0, &[]),
        case("a flood of {", flood("{", 500_000), 0, &[]),
        case("a flood of {{", flood("{{ ", 200_000), 0, &[]),
        case("a flood of |", flood("|", 500_000), 0, &[]),
        case("a flood of lines of |", flood("|\n", 100_000), 0, &[]),
        case("a flood of #", flood("#\n", 50_000), 0, &[]),
        case("a flood of underlined lines", flood("a\n=\n", 30_000), 0, &[]),
        case("a flood of quotation marks", flood("“a ”b \" „", 100_000), 0, &["unbalanced-quotes"]),
        case("a flood of hyphens", flood("a- -b", 100_000), 0, &[]),
        case("a flood of wrong letters", flood("Ð¡Ñ‚", 100_000), 0, &["mojibake"]),
        case("10,000 notes", document(notes), 0, &[]),
        case("a table of 5,000 columns", document(table), 0, &[]),
        case("5,000 definitions", document((0..5_000).map(|at| format!("[d{at}]: x\n\n")).collect::<String>()), 1, &["lost-definition"]),
    ]
}

fn names() -> Vec<Hostile> {
    vec![
        case("an id that climbs", fields("id: ../../../etc/passwd"), 1, &["bad-id"]),
        case("an id from the top", fields("id: /etc/passwd"), 1, &["bad-id"]),
        case("an id on a drive", fields("id: \"C:\\\\x\""), 1, &["bad-id"]),
        case("an id of 300 bytes", fields(format!("id: {}", "a".repeat(300))), 1, &["name-too-long"]),
        case("an id that Windows keeps", fields("id: con"), 0, &["reserved-name"]),
        case("an old address that climbs", fields("aliases: [../../x.html]"), 1, &["route-collision"]),
        case("an old address on a drive", fields("aliases: ['C:\\x.html']"), 1, &["route-collision"]),
        case("an old address of 300 bytes", fields(format!("aliases: [{}.html]", "a".repeat(300))), 1, &["name-too-long"]),
        case("two media files in one", ("content/media/Seal.svg".into(), b"<svg/>".to_vec()), 1, &["route-collision"]),
        files(
            "two media files in two forms of Unicode",
            &[("content/media/Dépêche.svg", "<svg/>"), ("content/media/De\u{301}pe\u{302}che.svg", "<svg/>")],
            1,
            &["route-collision"],
        ),
        files(
            "old addresses in two forms of Unicode",
            &[
                ("content/documents/x.md", "---\ntitle: X\naliases: [dépêche.html]\n---\n\nText.\n"),
                ("content/documents/y.md", "---\ntitle: Y\naliases: [\"de\u{301}pe\u{302}che.html\"]\n---\n\nText.\n"),
            ],
            1,
            &["route-collision"],
        ),
        files(
            "a link in another form of Unicode than its file",
            &[
                ("content/media/De\u{301}pe\u{302}che.svg", "<svg/>"),
                ("content/documents/x.md", "---\ntitle: X\n---\n\n![](../media/Dépêche.svg)\n"),
            ],
            0,
            &[],
        ),
        case("a link out of the edition", document("[x](../../../../etc/passwd)"), 1, &["dead-link"]),
        case("a register entry that climbs", ("content/registers/persons.yaml".into(), b"../../x: Name\n".to_vec()), 1, &["bad-id"]),
    ]
}

#[cfg(unix)]
fn places() -> Vec<Hostile> {
    use std::os::unix::fs::symlink;
    fn link(root: &Path, target: &str, name: &str) {
        let file = root.join(name);
        fs::create_dir_all(file.parent().expect("a folder")).expect("it can be made");
        symlink(target, file).expect("a link can be made");
    }
    vec![
        made(
            "a link that leads nowhere",
            |root| link(root, "gone.md", "content/documents/x.md"),
            1,
            &["a link to `gone.md`, which is not there"],
        ),
        made("a link out of the tree", |root| link(root, "/etc/passwd", "content/media/x.txt"), 1, &["which is outside the edition"]),
        made("a folder out of the tree", |root| link(root, "/etc", "content/media/x"), 1, &["which is outside the edition"]),
        made("a link within the tree", |root| link(root, "good.md", "content/documents/good-2.md"), 0, &[]),
        made("a link to its own folder", |root| link(root, "..", "content/documents/x"), 1, &["a link to a folder that holds it"]),
        made("a link to itself", |root| link(root, "x.md", "content/documents/x.md"), 1, &["unreadable-file"]),
        made("a device", |root| link(root, "/dev/zero", "content/documents/x.md"), 1, &["unreadable-file"]),
        made(
            "a named pipe",
            |root| {
                let made = Command::new("mkfifo").arg(root.join("content/documents/x.md")).status().expect("mkfifo starts");
                assert!(made.success());
            },
            1,
            &["neither a file nor a folder"],
        ),
        made(
            "what editors leave",
            |root| {
                link(root, "editor@host.1234", "content/documents/.#good.md");
                for name in ["#good.md#", "good.md~", ".good.md.swp", "~$good.docx", "good.md.tmp", ".DS_Store"] {
                    fs::write(root.join("content/documents").join(name), "Half a").expect("it can be written");
                }
            },
            0,
            &[],
        ),
        made(
            "a folder named like a document",
            |root| fs::create_dir_all(root.join("content/documents/x.md")).expect("it can be made"),
            0,
            &[],
        ),
        made(
            "folders 100 deep",
            |root| fs::create_dir_all(root.join("content/documents").join("d/".repeat(100))).expect("it can be made"),
            1,
            &["it lies deeper than 64 folders"],
        ),
    ]
}

fn theme(template: &str) -> Vec<(String, Vec<u8>)> {
    vec![
        ("content/edition.yaml".into(), b"title: Letters\ntheme: own\n".to_vec()),
        ("themes/own/theme.yaml".into(), b"name: own\nbase: octavo\n".to_vec()),
        ("themes/own/templates/document.html".into(), template.as_bytes().to_vec()),
    ]
}

fn templates() -> Vec<Hostile> {
    let of = |name, template: &str, status, says: &[&'static str]| Hostile {
        name,
        files: theme(template),
        make: None,
        status,
        says: says.to_vec(),
    };
    vec![
        of("a template that includes itself", "{% include \"document.html\" %}", 1, &["template-error"]),
        of("a template that extends itself", "{% extends \"document.html\" %}", 1, &["template-error"]),
        of("a template that counts to a billion", "{% for i in range(end=1000000000) %}x{% endfor %}", 1, &["template-error"]),
        of("a template with a slip", "{% if page.title %}", 1, &["template-error", "document.html"]),
        of("a template that asks for what is not there", "{{ page.nothing }}", 1, &["template-error", "nothing"]),
    ]
}

fn images() -> Vec<Hostile> {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff\x08\x06\0\0\0".to_vec();
    png.extend([0; 4]);
    let image = |name, file: &str, bytes: Vec<u8>| Hostile {
        name,
        files: vec![(format!("content/media/{file}"), bytes), document(format!("![A seal](../media/{file})"))],
        make: None,
        status: 0,
        says: Vec::new(),
    };
    vec![
        image("an image that lies about its size", "a.png", png),
        image("an image that is cut off", "b.png", b"\x89PNG\r\n\x1a\n".to_vec()),
        image("an image that is none", "c.jpg", b"<script>alert(1)</script>".to_vec()),
        image("an empty image", "d.gif", Vec::new()),
    ]
}

fn addresses() -> Vec<Hostile> {
    let link = |name, target: &str| case(name, document(format!("[x]({target})")), 1, &["error"]);
    vec![
        link("javascript:", "javascript:alert(1)"),
        link("JaVaScRiPt:", "JaVaScRiPt:alert(1)"),
        link("javascript: as numbers", "&#106;avascript:alert(1)"),
        link("javascript: with a name", "javascript&colon;alert(1)"),
        link("javascript: with a tab", "<java&#9;script:alert(1)>"),
        link("javascript: percent-encoded", "%6aavascript:alert(1)"),
        link("vbscript:", "vbscript:msgbox(1)"),
        link("data:", "data:text/html,<script>alert(1)</script>"),
        link("file:", "file:///etc/passwd"),
        link("another host without a scheme", "//example.org/x"),
        case("javascript: as an image", document("![x](javascript:alert(1))"), 1, &["error"]),
        case("javascript: in rights", fields("rights: { text: Free, url: \"javascript:alert(1)\" }"), 1, &["error"]),
        case("javascript: in the archive", fields("archive: { repository: X, url: \"javascript:alert(1)\" }"), 1, &["error"]),
        case("javascript: in a source", fields("source: { statement: X, url: \"javascript:alert(1)\" }"), 1, &["error"]),
        case(
            "javascript: in a register",
            ("content/registers/persons.yaml".into(), b"x: { name: X, same_as: \"javascript:alert(1)\" }\n".to_vec()),
            1,
            &["error"],
        ),
        case(
            "javascript: in the bibliography",
            ("content/bibliography.yaml".into(), b"x: { title: X, url: \"javascript:alert(1)\" }\n".to_vec()),
            1,
            &["error"],
        ),
    ]
}

/// Runs the program in a shell that sets limits first.
fn run(root: &Path, limits: &str, arguments: &str) -> Output {
    // Seconds of the processor, which say the same on a busy machine; the clock only ends what waits for ever.
    let script = format!("ulimit -t 30; {limits}; exec timeout 300 \"$0\" {arguments} --root \"$1\"");
    let mut command = Command::new("sh");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_ibid")]).arg(root).env("NO_COLOR", "1");
    command.output().expect("the shell starts")
}

/// All files and folders by path, with the bytes of files; links are not followed.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).into_iter().flatten().flatten() {
            let kind = entry.file_type().expect("it is there");
            let path = entry.path().strip_prefix(folder).expect("inside").to_owned();
            if kind.is_dir() {
                folders.push(entry.path());
            }
            found.insert(path, kind.is_file().then(|| fs::read(entry.path()).expect("it can be read")));
        }
    }
    found
}

fn is_output(path: &Path) -> bool {
    path.starts_with("output")
}

fn write(root: &Path, files: &[(String, Vec<u8>)]) {
    for (path, bytes) in files {
        let file = root.join(path);
        fs::create_dir_all(file.parent().expect("a file has a folder")).expect("it can be made");
        fs::write(file, bytes).expect("it can be written");
    }
}

const LIMITS: &str = "ulimit -v 1048576";

/// What is wrong with how the program took it.
fn try_one(hostile: &Hostile) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("edition");
    write(
        &root,
        &[
            ("content/edition.yaml".into(), b"title: Letters\n".to_vec()),
            ("content/documents/good.md".into(), GOOD.into()),
            ("content/media/seal.svg".into(), b"<svg/>".to_vec()),
        ],
    );
    assert!(run(&root, LIMITS, "build").status.success(), "the good edition builds");
    write(&root, &hostile.files);
    if let Some(make) = hostile.make {
        make(&root);
    }
    let before = tree(folder.path());
    let out = run(&root, LIMITS, "build --format short");
    let after = tree(folder.path());
    let said = String::from_utf8_lossy(&out.stderr).into_owned();
    let mut wrong = Vec::new();
    if out.status.code() != Some(hostile.status) {
        wrong.push(format!("status {:?}, not {}", out.status.code(), hostile.status));
    }
    wrong.extend(hostile.says.iter().filter(|words| !said.contains(**words)).map(|words| format!("does not say `{words}`")));
    if hostile.says.is_empty()
        && !said.is_empty()
        && hostile.status == 0
        && !hostile.name.contains("flood")
        && !hostile.name.contains("image")
    {
        wrong.push("says something".into());
    }
    if said.contains("panicked") || said.contains("overflow") {
        wrong.push("panics".into());
    }
    let outside = |tree: &BTreeMap<PathBuf, Option<Vec<u8>>>| -> Vec<(PathBuf, Option<Vec<u8>>)> {
        tree.iter()
            .filter(|(path, _)| !path.strip_prefix("edition").is_ok_and(is_output))
            .map(|(path, bytes)| (path.clone(), bytes.clone()))
            .collect()
    };
    if outside(&before) != outside(&after) {
        wrong.push("something outside the output changed".into());
    }
    if hostile.status != 0 && site(&before) != site(&after) {
        wrong.push("the site changed".into());
    }
    if !wrong.is_empty() {
        let head: String = said.chars().take(600).collect();
        wrong.push(format!("it says:\n{head}"));
    }
    wrong
}

/// The pages and files a reader can reach.
fn site(tree: &BTreeMap<PathBuf, Option<Vec<u8>>>) -> BTreeMap<&PathBuf, &Option<Vec<u8>>> {
    tree.iter()
        .filter(|(path, _)| {
            path.starts_with("edition/output") && !path.components().any(|part| part.as_os_str().to_string_lossy().starts_with(".ibid"))
        })
        .collect()
}

fn try_all(cases: Vec<Hostile>) {
    use std::sync::Mutex;
    let failed = Mutex::new(Vec::new());
    let queue = Mutex::new(cases.iter());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let Some(next) = queue.lock().expect("no case panics").next() else { return };
                    let wrong = try_one(next);
                    if !wrong.is_empty() {
                        failed.lock().expect("no case panics").push(format!("{}: {}", next.name, wrong.join("; ")));
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().expect("no case panics");
    assert!(failed.is_empty(), "{} case(s):\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn encodings_and_characters() {
    try_all(encodings());
}

#[test]
fn fields_that_are_none() {
    try_all(front_matter());
}

#[test]
fn floods_of_signs() {
    try_all(floods());
}

#[test]
fn names_that_climb() {
    try_all(names());
}

#[cfg(unix)]
#[test]
fn things_that_are_no_files() {
    try_all(places());
}

#[test]
fn templates_that_never_end() {
    try_all(templates());
}

#[test]
fn images_that_lie() {
    try_all(images());
}

#[test]
fn addresses_that_act() {
    try_all(addresses());
}

/// Whatever is typed in a field or in the text, no page has a script of it, no attribute that acts, and every data file can be read. With `html: sanitised`
/// elements of text are left.
#[test]
fn nothing_typed_ever_acts() {
    let script = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus/edition/script")).expect("the document is there");
    for html in ["text", "sanitised"] {
        let folder = tempfile::tempdir().expect("a folder");
        let settings = format!(
            "title: \"<script>alert(1)</script>\"\nurl: https://example.org/\nhtml: {html}\nfindings: {{ unknown-scheme: warn }}\n"
        );
        let text = String::from_utf8_lossy(&script).into_owned() + "\nA <sup>raised</sup> word.\n";
        write(
            folder.path(),
            &[("content/edition.yaml".into(), settings.into_bytes()), ("content/documents/x.md".into(), text.into_bytes())],
        );
        let out = run(folder.path(), LIMITS, "build");
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        let page = fs::read_to_string(folder.path().join("output/documents/x.html")).expect("the page is there");
        assert_eq!(page.contains("A <sup>raised</sup> word."), html == "sanitised");
        for (path, bytes) in tree(&folder.path().join("output")) {
            let Some(bytes) = bytes.filter(|_| path.extension().is_some_and(|end| end == "html")) else { continue };
            let page = scraper::Html::parse_document(std::str::from_utf8(&bytes).expect("pages are text"));
            for element in page.tree.nodes().filter_map(|node| node.value().as_element()) {
                let acts = element
                    .attrs()
                    .any(|(name, value)| name.starts_with("on") || value.trim().to_ascii_lowercase().starts_with("javascript:"));
                assert!(!acts, "{}: {element:?}", path.display());
            }
            let scripts = scraper::Selector::parse("script:not([src]):not([type])").expect("a selector");
            for found in page.select(&scripts) {
                assert!(!found.text().collect::<String>().contains("alert(1)"), "{}: {}", path.display(), found.html());
            }
        }
    }
}

/// 32 open files, a small stack: it works all the same.
#[test]
fn low_limits() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    let many: Vec<(String, Vec<u8>)> = (0..200).map(|at| (format!("content/documents/d{at}.md"), GOOD.into())).collect();
    write(root, &[("content/edition.yaml".into(), b"title: Letters\n".to_vec())]);
    write(root, &many);
    for limits in ["ulimit -n 32", "ulimit -s 256", LIMITS, "ulimit -n 32; ulimit -s 512; ulimit -v 1048576"] {
        let out = run(root, limits, "build");
        assert!(out.status.success(), "{limits}: {}", String::from_utf8_lossy(&out.stderr));
        fs::remove_dir_all(root.join("output")).expect("it was built");
    }
}
