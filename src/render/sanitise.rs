//! Raw HTML of documents, where an edition allows it (`html: sanitised`), without anything that acts: the door to the sanitiser.
//!
//! Left are elements of text with `lang` and `title`. Gone are scripts, styles, forms, frames, images and everything from other hosts, attributes that
//! act, and relative links, which nothing has checked. What is left is balanced, so that no page can be broken by it.

use ammonia::{Builder, UrlRelative};

fn builder() -> Builder<'static> {
    let mut builder = Builder::default();
    builder.rm_tags(["img", "map", "area"]).url_relative(UrlRelative::Deny);
    builder
}

/// A block of HTML.
#[must_use]
pub fn block(html: &str) -> String {
    builder().clean(html).to_string()
}

/// The tags of a line, given in their order with `None` for what stands between them: what is to be written for each; `None` for what is no tag, and
/// for tags that are not allowed or have no partner in the line, which are text.
#[must_use]
pub fn tags<'t>(pieces: impl Iterator<Item = Option<&'t str>>) -> Vec<Option<String>> {
    let mut out: Vec<Option<String>> = Vec::new();
    // Tags that are open: place, name, what is written.
    let mut open: Vec<(usize, String, String)> = Vec::new();
    for (at, piece) in pieces.enumerate() {
        out.push(None);
        let Some(typed) = piece else { continue };
        if let Some(closed) = typed.strip_prefix("</") {
            let name = closed.trim_end_matches('>').trim().to_ascii_lowercase();
            if let Some(index) = open.iter().rposition(|(_, own, _)| *own == name) {
                let (place, name, tag) = open.swap_remove(index);
                open.truncate(index);
                out[place] = Some(tag);
                out[at] = Some(format!("</{name}>"));
            }
            continue;
        }
        let name: String =
            typed.trim_start_matches('<').chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        if matches!(name.as_str(), "br" | "wbr") {
            out[at] = Some(format!("<{name}>"));
        } else if let Some(tag) = opening(typed, &name) {
            open.push((at, name, tag));
        }
    }
    out
}

/// An opening tag without what acts; `None` when it is not allowed. Links are written in Markdown, whose addresses are checked.
fn opening(typed: &str, name: &str) -> Option<String> {
    if name.is_empty() || name == "a" {
        return None;
    }
    let end = format!("</{name}>");
    let clean = builder().clean(&format!("{typed}{end}")).to_string();
    let tag = clean.strip_suffix(&end)?;
    (tag.starts_with(&format!("<{name}")) && tag.ends_with('>') && tag.matches('<').count() == 1).then(|| tag.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_that_act_or_have_no_partner_are_text() {
        let line = [
            "<sup>",
            "</sup>",
            "<b onclick=\"x\" lang=\"ru\">",
            "</b>",
            "<script>",
            "</script>",
            "<i>",
            "<br/>",
            "</u>",
            "<a href=\"x\">",
            "</a>",
        ];
        let written: Vec<String> = tags(line.into_iter().map(Some)).into_iter().map(|tag| tag.unwrap_or_else(|| "text".into())).collect();
        assert_eq!(written, ["<sup>", "</sup>", "<b lang=\"ru\">", "</b>", "text", "text", "text", "<br>", "text", "text", "text"]);
    }

    #[test]
    fn blocks_keep_their_text_and_lose_what_acts() {
        let typed = "<div onload=\"x\"><script>alert(1)</script><p title=\"t\">One <img src=x onerror=alert(1)><a href=\"javascript:alert(1)\">two</a>";
        assert_eq!(block(typed), "<div><p title=\"t\">One <a rel=\"noopener noreferrer\">two</a></p></div>");
    }
}
