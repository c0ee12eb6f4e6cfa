//! Lines that a site puts around every text: navigation, edit links, categories. They are set aside and reported, each with its rule.

/// A line that is chrome, as a whole.
const LINES: &[&str] = &[
    "skip to main content",
    "share this page",
    "main menu",
    "jump to navigation jump to search",
    "jump to navigation",
    "jump to search",
    "jump to: navigation, search",
    "jump to content",
    "skip to content",
    "navigation menu",
    "personal tools",
    "namespaces",
    "variants",
    "views",
    "more",
    "tools",
    "what links here",
    "related changes",
    "special pages",
    "special pages :",
    "printable version",
    "permanent link",
    "page information",
    "cite this page",
    "browse properties",
    "privacy policy",
    "disclaimers",
    "mobile view",
    "main page",
    "recent changes",
    "random page",
    "log in",
    "read",
    "view source",
    "view history",
    "readme",
    "top of the page",
    "top of page",
    "back to top",
    "contents",
    "[hide]",
    "[show]",
    "text",
    "other formats:",
    "перейти к навигации перейти к поиску",
    "перейти к навигации",
    "перейти к поиску",
    "наверх",
    "содержание",
];

/// Beginnings of lines that are chrome.
const BEGINNINGS: [&str; 22] = [
    "retrieved from \"",
    "retrieved from “",
    "retrieved from http",
    "categories:",
    "category:",
    "hidden category:",
    "hidden categories:",
    "this page was last modified",
    "this page was last edited",
    "this page has been accessed",
    "content is available under",
    "last updated",
    "about marxists",
    "lenin works archive",
    "works index",
    "back to the ",
    "return to the ",
    "marxists internet archive |",
    "other formats: ",
    "категории:",
    "категория:",
    "источник — «http",
];

/// The rule by which a line is chrome, if it is.
#[must_use]
pub fn rule(line: &str) -> Option<&'static str> {
    let line = line.trim().trim_start_matches(['•', '·']).trim();
    if line.is_empty() {
        return None;
    }
    let lower = crate::base::text::squeeze(line).to_lowercase();
    if line.starts_with(['←', '→', '◄', '►']) && line.chars().count() < 80 {
        return Some("navigation of the site");
    }
    if LINES.contains(&lower.as_str()) || BEGINNINGS.iter().any(|beginning| lower.starts_with(beginning)) {
        return Some("navigation of the site");
    }
    if line.chars().all(|letter| letter == '|' || letter.is_whitespace()) {
        return Some("an empty table of the site");
    }
    let compact: String = lower.split_whitespace().collect::<Vec<_>>().join(" ");
    if ["< backward", "forward >", "< previous", "next >", "< back", "<< previous", "next >>"].iter().any(|words| compact.contains(words))
        && compact.len() < 60
    {
        return Some("navigation of the site");
    }
    // "MIA  >  Archive  >  Lenin"
    if line.matches(" > ").count() + line.matches(" -> ").count() + line.matches(" » ").count() >= 2 && line.chars().count() < 120 {
        return Some("path of the page on the site");
    }
    const WAYS: [&str; 8] = ["previous", "next", "contents", "home", "index", "back", "up", "table of contents"];
    let parts: Vec<&str> = compact.split(" | ").collect();
    if parts.len() >= 2 && parts.iter().all(|part| WAYS.contains(part)) {
        return Some("navigation of the site");
    }
    // "Works Index | Volume 43 | Collected Works | L.I.A. Index"
    if line.matches(" | ").count() >= 2 && lower.contains("index") {
        return Some("navigation of the site");
    }
    None
}

/// The site that a line says the page is from: "From Marxists-en", "From Wikisource", «Материал из Викитеки».
#[must_use]
pub fn site(line: &str) -> Option<&str> {
    for (words, name) in [("Материал из Викитеки", "Викитека"), ("Материал из Википедии", "Википедия")]
    {
        if line.trim().strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.trim_start().starts_with(['—', '–', '-', ','])) {
            return Some(name);
        }
    }
    let line = line.trim();
    let name = line.strip_prefix("From ").or_else(|| line.strip_prefix("Материал из "))?;
    let name = name.split(',').next().unwrap_or(name).trim();
    let one = !name.contains(' ') && name.starts_with(char::is_uppercase);
    let known = ["wiki", "archive", "library", "source", "marxists-", "вики"].iter().any(|word| name.to_lowercase().contains(word));
    (one && known && name.chars().count() <= 40).then_some(name)
}
