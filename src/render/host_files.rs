//! Files for search engines and hosts: `sitemap.xml`, `robots.txt`, `.nojekyll`, `CNAME`.

use super::feed::{public_address, text};
use super::routes::{Page, Subject, canonical_path};
use crate::model::revision::Moment;
use crate::resolve::Site;

/// The map of the site.
pub const SITEMAP: &str = "sitemap.xml";
/// The protocol's own limit for one file; beyond it there are several, and the first lists the others.
const LARGEST: usize = 50_000;
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// Path and contents of each, for a site with these pages.
#[must_use]
pub fn files(site: &Site, pages: &[Page]) -> Vec<(String, String)> {
    // Without this file GitHub Pages hands a branch to Jekyll, which leaves out files that begin with an underscore.
    let mut files = vec![(".nojekyll".to_owned(), String::new())];
    if let Some(domain) = &site.config.domain {
        files.push(("CNAME".to_owned(), format!("{domain}\n")));
    }
    let mut robots = "User-agent: *\nDisallow:\n".to_owned();
    if let Some(url) = &site.config.public_url {
        robots.push_str(&format!("Sitemap: {url}{SITEMAP}\n"));
        files.extend(sitemap(site, url, pages, LARGEST));
    }
    files.push(("robots.txt".to_owned(), robots));
    files
}

/// The map of the pages that readers are to find: not of the Markdown views, which repeat them.
fn sitemap(site: &Site, url: &str, pages: &[Page], largest: usize) -> Vec<(String, String)> {
    let found = pages.iter().filter(|page| {
        !matches!(page.subject, Subject::NotFound | Subject::Redirect(_) | Subject::Source(_) | Subject::Withdrawn(_) | Subject::Review)
    });
    let listed = found.map(|page| (public_address(url, canonical_path(&page.path)), changed(site, page).map(Moment::w3c)));
    maps(url, listed.collect(), largest)
}

/// One file, or several of at most `largest` addresses and a first one that lists them.
fn maps(url: &str, mut listed: Vec<(String, Option<String>)>, largest: usize) -> Vec<(String, String)> {
    listed.sort();
    if listed.len() <= largest {
        return vec![(SITEMAP.to_owned(), urlset(&listed))];
    }
    let parts: Vec<(String, String)> =
        (1..).zip(listed.chunks(largest)).map(|(number, part)| (format!("sitemap-{number}.xml"), urlset(part))).collect();
    let rows: String = parts.iter().map(|(name, _)| format!("<sitemap><loc>{}</loc></sitemap>\n", text(&format!("{url}{name}")))).collect();
    let index = format!("{HEAD}<sitemapindex xmlns=\"{NAMESPACE}\">\n{rows}</sitemapindex>\n");
    std::iter::once((SITEMAP.to_owned(), index)).chain(parts).collect()
}

/// Only pages that are one file of an editor's have a date; lists change with every document, and nobody recorded when.
fn changed<'a>(site: &'a Site, page: &Page) -> Option<&'a Moment> {
    match page.subject {
        Subject::Document(index) | Subject::Text(index) => site.revisions[index.at()].changed.as_ref(),
        _ => None,
    }
}

fn urlset(listed: &[(String, Option<String>)]) -> String {
    let mut xml = format!("{HEAD}<urlset xmlns=\"{NAMESPACE}\">\n");
    for (address, changed) in listed {
        let date = changed.as_ref().map(|moment| format!("<lastmod>{moment}</lastmod>")).unwrap_or_default();
        xml.push_str(&format!("<url><loc>{}</loc>{date}</url>\n", text(address)));
    }
    xml.push_str("</urlset>\n");
    xml
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_site_has_several_maps() {
        let listed = vec![("https://e.org/b.html".to_owned(), None), ("https://e.org/a&c.html".to_owned(), Some("2026-05-03".to_owned()))];
        let files: Vec<(String, String)> = maps("https://e.org/", listed, 1);
        let head = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
        let space = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";
        let file = |name: &str, text: String| (name.to_owned(), format!("{head}{text}"));
        assert_eq!(
            files,
            [
                file(
                    "sitemap.xml",
                    format!(
                        "<sitemapindex {space}>\n<sitemap><loc>https://e.org/sitemap-1.xml</loc></sitemap>\n\
                         <sitemap><loc>https://e.org/sitemap-2.xml</loc></sitemap>\n</sitemapindex>\n"
                    )
                ),
                file(
                    "sitemap-1.xml",
                    format!("<urlset {space}>\n<url><loc>https://e.org/a&amp;c.html</loc><lastmod>2026-05-03</lastmod></url>\n</urlset>\n")
                ),
                file("sitemap-2.xml", format!("<urlset {space}>\n<url><loc>https://e.org/b.html</loc></url>\n</urlset>\n")),
            ]
        );
    }
}
