//! The Markdown of a document with classes for colours: front matter, notes, citations, annotations as this program reads them.
//!
//! One pass over the text. It only colours: what a sign means is decided by `parse`, and a text that is typed wrongly is coloured as far as it
//! can be. General grammars of Markdown know neither front matter nor citations, and cost more than everything else on a page.

use super::escape::escape_html;
use crate::base::text::{find_byte, window};

/// Bytes in which the end of what begins is looked for.
const LONGEST: usize = 2000;

/// `text` as HTML spans.
#[must_use]
pub fn marked(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    let mut lines = text.split_inclusive('\n').peekable();
    if lines.peek().is_some_and(|line| line.trim_end() == "---") {
        span(&mut out, "punctuation", lines.next().unwrap_or_default());
        for line in lines.by_ref() {
            if line.trim_end() == "---" {
                span(&mut out, "punctuation", line);
                break;
            }
            field(&mut out, line);
        }
    }
    let mut fence: Option<&str> = None;
    for line in lines {
        let start = line.trim_start_matches([' ', '>']);
        let mark = ["```", "~~~"].into_iter().find(|mark| start.starts_with(mark));
        match (fence, mark) {
            (None, Some(mark)) => {
                span(&mut out, "punctuation", line);
                fence = Some(mark);
            }
            (Some(open), Some(mark)) if open == mark => {
                span(&mut out, "punctuation", line);
                fence = None;
            }
            (Some(_), _) => span(&mut out, "string", line),
            (None, None) => body_line(&mut out, line),
        }
    }
    out
}

/// A piece with a class; the line end stays outside, so that spans never cross lines.
fn span(out: &mut String, class: &str, text: &str) {
    let inside = text.trim_end_matches(['\n', '\r']);
    if !inside.is_empty() {
        out.push_str("<span class=\"hl-");
        out.push_str(class);
        out.push_str("\">");
        escape_html(inside, out);
        out.push_str("</span>");
    }
    out.push_str(&text[inside.len()..]);
}

/// A line of front matter: the name of a field, quoted values, remarks.
fn field(out: &mut String, line: &str) {
    let start = line.trim_start_matches([' ', '-']);
    let lead = line.len() - start.len();
    if start.starts_with('#') {
        return span(out, "comment", line);
    }
    escape_html(&line[..lead], out);
    let name = start.find([' ', ':', '"', '{', '[']).filter(|at| start[*at..].starts_with(':')).unwrap_or(0);
    let (name, rest) = start.split_at(name);
    if !name.is_empty() {
        span(out, "entity", name);
    }
    values(out, rest);
}

fn values(out: &mut String, mut rest: &str) {
    while let Some(at) = rest.find(['"', '#']) {
        escape_html(&rest[..at], out);
        let after = &rest[at..];
        if let Some(more) = after.strip_prefix('#') {
            if rest[..at].ends_with(' ') {
                return span(out, "comment", after);
            }
            out.push('#');
            rest = more;
            continue;
        }
        let mut escaped = false;
        let end = after[1..].find(|letter| {
            let ends = letter == '"' && !escaped;
            escaped = letter == '\\' && !escaped;
            ends
        });
        let end = end.map_or(after.len(), |end| end + 2);
        span(out, "string", &after[..end]);
        rest = &after[end..];
    }
    escape_html(rest, out);
}

/// A line of the text.
fn body_line(out: &mut String, line: &str) {
    let start = line.trim_start_matches([' ', '>']);
    let lead = &line[..line.len() - start.len()];
    if lead.contains('>') {
        span(out, "punctuation", lead)
    } else {
        out.push_str(lead)
    }
    let words = start.trim_end_matches(['\n', '\r', ' ']);
    if start.starts_with('#') && start.trim_start_matches('#').starts_with(' ') {
        return span(out, "heading", start);
    }
    if words.starts_with('{') && words.ends_with('}') {
        return span(out, "storage", start);
    }
    inline(out, start);
}

/// Running text: notes, citations, annotations, code and stress.
fn inline(out: &mut String, mut rest: &str) {
    while let Some(at) =
        find_byte(rest.as_bytes(), |byte| (byte == b'[') | (byte == b']') | (byte == b'`') | (byte == b'*') | (byte == b'\\'))
    {
        escape_html(&rest[..at], out);
        rest = &rest[at..];
        let taken = match rest.as_bytes()[0] {
            b'\\' => {
                let length = rest.chars().take(2).map(char::len_utf8).sum();
                escape_html(&rest[..length], out);
                length
            }
            b'`' => match rest[1..].find('`') {
                Some(end) => {
                    span(out, "string", &rest[..end + 2]);
                    end + 2
                }
                None => plain(out, rest, 1),
            },
            b'*' => {
                let length = rest.len() - rest.trim_start_matches('*').len();
                span(out, "punctuation", &rest[..length]);
                length
            }
            b']' => target(out, rest),
            _ => bracket(out, rest),
        };
        rest = &rest[taken..];
    }
    escape_html(rest, out);
}

fn plain(out: &mut String, text: &str, length: usize) -> usize {
    escape_html(&text[..length], out);
    length
}

/// `[^1]` and `[@key, p. 5]` as a whole; of other brackets the first sign only. Returns the length taken.
fn bracket(out: &mut String, text: &str) -> usize {
    let near = window(text, LONGEST);
    let class = match text.as_bytes().get(1) {
        Some(b'^') => "entity",
        Some(b'@') => "string",
        Some(b'-') if text.starts_with("[-@") => "string",
        _ if near[1..].find([']', '[']).is_some_and(|end| text[1..=end].contains('@') && !text[end + 2..].starts_with('(')) => "string",
        _ => {
            span(out, "punctuation", "[");
            return 1;
        }
    };
    match near.find(']') {
        Some(end) => {
            span(out, class, &text[..=end]);
            end + 1
        }
        None => plain(out, text, 1),
    }
}

/// The end of an annotation's words with its target: `](person:lenin)`. Returns the length taken.
fn target(out: &mut String, text: &str) -> usize {
    let near = window(text, LONGEST);
    let end = match text.as_bytes().get(1..3) {
        Some(b"(<") => near.find('>').and_then(|inner| near[inner..].find(')').map(|end| inner + end)),
        Some([b'(', _]) => near.find(')'),
        _ => None,
    };
    match end {
        Some(end) => {
            span(out, "punctuation", "](");
            span(out, "link", &text[2..end]);
            span(out, "punctuation", ")");
            end + 1
        }
        None => {
            span(out, "punctuation", "]");
            1
        }
    }
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn a_document_is_coloured_and_nothing_is_lost() {
        let text = "---\n# who\ntitle: \"A: <b>\" # why\nto: [a, b]\n---\n\n# Head\n\nSee [Lenin](person:lenin)[^1] & [@a, p. 5].\n{.closer}\n\n> [^1]: `x` *y* [z\n";
        let expected = "<span class=\"hl-punctuation\">---</span>\n<span class=\"hl-comment\"># who</span>\n<span class=\"hl-entity\">title</span>: <span class=\"hl-string\">&quot;A: &lt;b&gt;&quot;</span> <span class=\"hl-comment\"># why</span>\n<span class=\"hl-entity\">to</span>: [a, b]\n<span class=\"hl-punctuation\">---</span>\n\n<span class=\"hl-heading\"># Head</span>\n\nSee <span class=\"hl-punctuation\">[</span>Lenin<span class=\"hl-punctuation\">](</span><span class=\"hl-link\">person:lenin</span><span class=\"hl-punctuation\">)</span><span class=\"hl-entity\">[^1]</span> &amp; <span class=\"hl-string\">[@a, p. 5]</span>.\n<span class=\"hl-storage\">{.closer}</span>\n\n<span class=\"hl-punctuation\">&gt; </span><span class=\"hl-entity\">[^1]</span>: <span class=\"hl-string\">`x`</span> <span class=\"hl-punctuation\">*</span>y<span class=\"hl-punctuation\">*</span> <span class=\"hl-punctuation\">[</span>z\n";
        assert_eq!(marked(text), expected);
    }
}
