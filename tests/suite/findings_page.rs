//! The page of the manual that lists every finding is made of the table of codes and of the cases: it cannot say what the program does not do.

use ibid::diag::codes::{Row, TABLE};
use std::fs;
use std::path::Path;

const HEAD: &str = "---\ntitle: Findings\n---\n\nThis page lists everything that `ibid check` and `ibid build` can find, with what it means, how to mend it, and an example as it is shown. It is made from the program itself; [the manual](manual.md#findings) says how findings are read, asked for and set aside.\n\nAn *error* leaves the published site as it was. A *warning* is mostly a slip, and the site is built. A *note* is worth knowing, and only `ibid check` shows it. Errors and warnings of which nothing else is said can be taken more or less gravely by the edition: `findings: { unused-note: warn }` in `content/edition.yaml`.\n";

#[test]
fn the_page_of_findings_is_that_of_the_program() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut rows: Vec<&Row> = TABLE.iter().collect();
    rows.sort_by_key(|row| row.name);
    let page = HEAD.to_owned() + &rows.iter().map(|row| section(root, row)).collect::<String>();
    let file = root.join("content/pages/findings.md");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&file, &page).expect("the page can be written");
    }
    assert_eq!(fs::read_to_string(&file).expect("the page is there"), page, "BLESS=1 writes it anew");
}

fn section(root: &Path, row: &Row) -> String {
    let case = fs::read_to_string(root.join(format!("tests/diagnostics/{}.md", row.name))).expect("each code has a case");
    let firm = if row.code.is_firm() { ", always" } else { "" };
    let example = example(&case, row.name).unwrap_or_else(|| panic!("the case of `{}` shows it", row.name));
    format!(
        "\n## `{}`\n\n*{}{firm}*: {}.\n\n{}\n\n````text\n{example}\n````\n",
        row.name,
        capital(row.severity.name()),
        row.summary,
        row.explanation
    )
}

/// The first finding of this code in the expected output of a case.
fn example(case: &str, name: &str) -> Option<String> {
    let expected = &case[case.find("## Findings")?..];
    let mut lines = expected.lines().skip_while(|line| !line.contains(&format!("[{name}]: ")));
    let mut example = vec![lines.next()?];
    example.extend(lines.take_while(|line| !line.is_empty() && *line != "````"));
    Some(visible(example.join("\n").trim_end()))
}

/// Characters that cannot be seen are written as their numbers: the page is an edition's page and has none of them.
fn visible(text: &str) -> String {
    let hidden = |letter: char| (letter.is_control() && letter != '\n') || letter == '\u{ad}' || ibid::base::text::is_invisible(letter);
    text.chars().map(|letter| if hidden(letter) { format!("<U+{:04X}>", letter as u32) } else { letter.to_string() }).collect()
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}
