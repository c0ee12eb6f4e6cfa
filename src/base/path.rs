//! Paths that must not be mixed: of content, of output, of links.
//!
//! All are relative, with `/` between parts, never with `.` or `..` inside. Nothing here touches the disk.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! path_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// From a relative path with `/` between its parts.
            #[must_use]
            pub fn new(path: impl Into<String>) -> Self {
                Self(path.into())
            }

            /// The path as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Last part without its last extension: `a/b.md` gives `b`.
            #[must_use]
            pub fn stem(&self) -> &str {
                let name = self.0.rsplit('/').next().unwrap_or(&self.0);
                name.rsplit_once('.').map_or(name, |(stem, _)| stem)
            }

            /// Everything before the last `/`, without it; empty at the top.
            #[must_use]
            pub fn folder(&self) -> &str {
                self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

path_type!(
    /// A file that an editor wrote, relative to the edition's root: `content/documents/a.md`.
    ContentPath
);
path_type!(
    /// A file of the built site, relative to `output/`: `documents/a.html`.
    OutputPath
);
path_type!(
    /// A link as it stands in a page: relative to that page's file, percent-encoded, with an optional fragment.
    UrlPath
);

impl OutputPath {
    /// The link from the page `self` to the file `target`, relative, so that it works from a disk and under any base path.
    #[must_use]
    pub fn link_to(&self, target: &Self, fragment: Option<&str>) -> UrlPath {
        let mut link = String::with_capacity(target.0.len() + 16);
        if self != target || fragment.is_none() {
            let (mut from, mut to) = (self.folder(), target.0.as_str());
            while let Some((folder, rest)) = to.split_once('/') {
                let (own, deeper) = from.split_once('/').unwrap_or((from, ""));
                if own != folder {
                    break;
                }
                (from, to) = (deeper, rest);
            }
            for _ in from.split('/').filter(|part| !part.is_empty()) {
                link.push_str("../");
            }
            for (at, part) in to.split('/').enumerate() {
                if at > 0 {
                    link.push('/');
                }
                push_percent(&mut link, part);
            }
        }
        if let Some(fragment) = fragment {
            link.push('#');
            push_percent(&mut link, fragment);
        }
        UrlPath(link)
    }

    /// `../` as often as needed to reach the site's top from this page; empty at the top.
    #[must_use]
    pub fn to_top(&self) -> String {
        "../".repeat(self.0.matches('/').count())
    }
}

/// The folder `base` joined with the relative path `relative`; `None` when it leaves the top or is absolute.
#[must_use]
pub fn join(base: &str, relative: &str) -> Option<String> {
    if relative.starts_with('/') || relative.contains('\\') {
        return None;
    }
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            other => parts.push(other),
        }
    }
    Some(parts.join("/"))
}

/// Percent-encodes what may not stand in a path segment or fragment (RFC 3986 `pchar`); other scripts are encoded as UTF-8 bytes.
#[must_use]
pub fn percent(segment: &str) -> String {
    let mut out = String::with_capacity(segment.len());
    push_percent(&mut out, segment);
    out
}

fn push_percent(out: &mut String, segment: &str) {
    let plain =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~' | b'(' | b')' | b',' | b':' | b'@' | b'+');
    if segment.as_bytes().iter().all(plain) {
        return out.push_str(segment);
    }
    for byte in segment.bytes() {
        if plain(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(b"0123456789ABCDEF"[usize::from(byte >> 4)]));
            out.push(char::from(b"0123456789ABCDEF"[usize::from(byte & 15)]));
        }
    }
}

/// Undoes [`percent`]; bytes that are not UTF-8 afterwards give `None`.
#[must_use]
pub fn unpercent(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let high = char::from(bytes.next()?).to_digit(16)?;
            let low = char::from(bytes.next()?).to_digit(16)?;
            out.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_relative_to_the_file() {
        let page = OutputPath::new("documents/a.html");
        let cases = [
            ("documents/b.html", None, "b.html"),
            ("documents/a.html", Some("p3"), "#p3"),
            ("documents/a.html", None, "a.html"),
            ("index.html", None, "../index.html"),
            ("persons/чичерин.html", Some("d"), "../persons/%D1%87%D0%B8%D1%87%D0%B5%D1%80%D0%B8%D0%BD.html#d"),
        ];
        for (target, fragment, expected) in cases {
            assert_eq!(page.link_to(&OutputPath::new(target), fragment).as_str(), expected);
        }
        assert_eq!(OutputPath::new("index.html").link_to(&OutputPath::new("a/b.html"), None).as_str(), "a/b.html");
    }

    #[test]
    fn joining_never_leaves_the_top() {
        assert_eq!(join("documents/x", "../y.md"), Some("documents/y.md".into()));
        assert_eq!(join("documents", "../../y.md"), None);
        assert_eq!(join("documents", "/etc/passwd"), None);
    }
}
