//! The edition that `ibid new` makes: three letters with everything an edition has. The files are in the folder beside this one.

use crate::command::place;
use crate::model::document::KINDS;
use crate::write::fresh;
use std::path::Path;

macro_rules! embed {
    ($($path:literal)*) => {
        /// Path in the folder `edition` and text, in order. Hidden files have no dot there.
        pub const FILES: &[(&str, &str)] = &[$(($path, include_str!(concat!("edition/", $path)))),*];
    };
}

embed! {
    "README.md"
    "content/bibliography.yaml"
    "content/documents/1861-10-11-lyons-seward.md"
    "content/documents/1861-10-19-seward-welles.md"
    "content/documents/1861-10-24-welles-seward.md"
    "content/edition.yaml"
    "content/pages/about.md"
    "content/pages/editorial-principles.md"
    "content/pages/index.md"
    "content/registers/organisations.yaml"
    "content/registers/persons.yaml"
    "content/registers/places.yaml"
    "gitattributes"
    "github/workflows/pages.yml"
    "gitignore"
}

/// What the example is called.
const TITLE: &str = "The Case of the Perthshire";

/// Repository of ibid on GitHub, `OWNER/NAME`, for the workflow that publishes an edition. The release workflow sets it while it compiles;
/// a fork may set `repository` in `Cargo.toml`.
const REPOSITORY: &str = match option_env!("IBID_REPOSITORY") {
    Some(repository) => repository,
    None => env!("CARGO_PKG_REPOSITORY"),
};

/// Makes an edition in the folder `dir`, and says what to do next.
pub(super) fn make(dir: &Path, title: Option<&str>) -> Result<String, String> {
    if dir.join("content").exists() {
        return Err(format!(
            "`{}` holds an edition already; nothing was changed. Name another folder, or add a document with `ibid new document`",
            dir.display()
        ));
    }
    if dir.exists() && !dir.is_dir() {
        return Err(format!("`{}` is a file; name a folder", dir.display()));
    }
    if let Some(edition) = place::edition_around(dir) {
        return Err(inside(dir, &edition));
    }
    let title = title.map(str::trim).filter(|title| !title.is_empty());
    let files: Vec<(String, Vec<u8>)> = FILES.iter().map(|(path, text)| (placed(path), filled(path, text, title).into_bytes())).collect();
    let made = fresh::make(dir, &files)?;
    Ok(report(dir, &made))
}

/// What is said to somebody who asks for an edition inside another one: mostly a document was meant.
fn inside(dir: &Path, edition: &Path) -> String {
    let name = dir.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let kind = if KINDS.contains(&name.as_str()) { name.as_str() } else { "letter" };
    format!(
        "`{}` would be inside the edition at `{}`; nothing was written. A new {kind} of that edition is made by `ibid new document --kind {kind} \
         --from … --to … --date …`. For another edition name a folder outside it",
        dir.display(),
        edition.display()
    )
}

/// `github/workflows/pages.yml` → `.github/workflows/pages.yml`.
fn placed(path: &str) -> String {
    if path.starts_with("git") { format!(".{path}") } else { path.to_owned() }
}

fn filled(path: &str, text: &str, title: Option<&str>) -> String {
    let text = match title {
        None => text.to_owned(),
        Some(title) if path.starts_with("content/") => {
            let text = text.replace(&format!("\"{TITLE}\""), &super::quoted(title));
            text.replace("subtitle: Three letters of October 1861\n", "")
        }
        Some(title) => text.replace(TITLE, title),
    };
    let repository = REPOSITORY.trim_start_matches("https://github.com/").trim_end_matches('/').trim_end_matches(".git");
    text.replace("{ibid_repository}", repository).replace("{ibid_version}", env!("CARGO_PKG_VERSION"))
}

fn report(dir: &Path, made: &fresh::Made) -> String {
    let mut lines = vec![format!("{}: {} files written", dir.display(), made.new.len())];
    for kept in &made.kept {
        lines.push(format!("  {kept} was there already and stays as it is"));
    }
    lines.push("Next:".into());
    if dir != Path::new(".") {
        lines.push(format!("  cd {}", place::quoted(dir)));
    }
    lines.push("  ibid build                                the website is then in output/: open output/index.html".into());
    if !dir.join(".git").exists() {
        lines.push("  git init -b main && git add . && git commit -m \"Begin the edition\"".into());
    }
    if REPOSITORY.is_empty() {
        lines.push("Before you publish, say in .github/workflows/pages.yml where ibid comes from (IBID_REPOSITORY).".into());
    }
    lines.push("README.md says how to go on.".into());
    lines.join("\n")
}
