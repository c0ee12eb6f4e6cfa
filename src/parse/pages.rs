//! Ranges of pages as typed: `533b-534a`, `276–77`, `xi–xv`. Letters behind a number tell documents on one page apart.

use super::fields::{Fields, Reader};
use crate::base::span::Span;
use crate::diag::{Code, Diagnostic};

/// `534` of "p. 534", "page 534", "S. 534", "с. 534"; a page that is named by letters stays.
pub(super) fn without_word(value: &str) -> &str {
    const WORDS: [&str; 11] = ["pages", "page", "Page", "pp.", "p.", "Seite", "S.", "стр.", "с.", "fol.", "f."];
    let rest = WORDS.iter().find_map(|word| value.strip_prefix(word)).map(str::trim_start);
    rest.filter(|rest| rest.starts_with(|letter: char| letter.is_ascii_digit())).unwrap_or(value)
}

/// First and last page, when both are numbers and stand in order.
pub(super) fn range(pages: &str) -> Option<(u32, u32)> {
    let mut numbers = pages.split(|letter: char| !letter.is_ascii_digit()).filter(|number| !number.is_empty());
    let first = numbers.next()?;
    let last = numbers.next_back().unwrap_or(first);
    let (first, last) = (first.parse().ok()?, whole(first, last).parse().ok()?);
    (first <= last).then_some((first, last))
}

/// `276–77`: the last page with the figures that are the same as those of the first.
fn whole(first: &str, last: &str) -> String {
    format!("{}{last}", first.get(..first.len().saturating_sub(last.len())).unwrap_or_default())
}

/// The first range of `pages` that ends before it begins, turned round.
pub(super) fn turned(pages: &str) -> Option<String> {
    pages.split([',', ';']).find_map(|piece| {
        let piece = piece.trim();
        let (first, last) = piece.split_once(['-', '–', '—'])?;
        let last = last.trim_start_matches(['-', '–', '—']);
        let (first, last) = (first.trim(), last.trim());
        let (from, to) = (number(first)?, number(last)?);
        // `108–1` may be a volume and a page.
        let short = from.len() > to.len() + 1;
        let reversed = whole(from, to).parse::<u64>().ok()? < from.parse::<u64>().ok()?;
        (reversed && !short).then(|| format!("{}–{first}", if to.len() < from.len() { whole(from, last) } else { last.to_owned() }))
    })
}

/// The figures of `534` and `534a`.
fn number(page: &str) -> Option<&str> {
    let figures = page.trim_end_matches(|letter: char| letter.is_ascii_lowercase());
    (!figures.is_empty() && figures.len() <= 9 && page.len() - figures.len() <= 1 && figures.bytes().all(|byte| byte.is_ascii_digit()))
        .then_some(figures)
}

impl Reader<'_> {
    /// A field with pages.
    pub(super) fn pages_of(&mut self, fields: &Fields, name: &str) -> Option<String> {
        let pages = self.spanned_of(fields, name)?;
        self.check_pages(&pages.value, pages.span);
        Some(pages.value)
    }

    /// Reports pages that stand in the wrong order.
    pub(super) fn check_pages(&mut self, pages: &str, at: Span) {
        let finding = turned(pages).map(|better| reversed(pages, &better, self.label(at)));
        self.findings.extend(finding);
    }
}

/// The finding of pages in the wrong order.
pub(super) fn reversed(pages: &str, better: &str, place: crate::diag::Label) -> Diagnostic {
    let shown = crate::base::text::head(pages, 60).0;
    Diagnostic::new(Code::ReversedPages, format!("the pages `{shown}` end before they begin"), place)
        .help(format!("write `{better}`, if that is meant"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_end_after_they_begin() {
        assert_eq!(
            [range("533b-534a"), range("276–77"), range("12"), range("534-533")],
            [Some((533, 534)), Some((276, 277)), Some((12, 12)), None]
        );
        let wrong = [("534-533", "533–534"), ("276–75", "275–276"), ("5, 12–10", "10–12"), ("534a -- 533b", "533b–534a")];
        wrong.iter().for_each(|(typed, better)| assert_eq!(turned(typed).as_deref(), Some(*better), "{typed}"));
        let right = ["533b-534a", "276–77", "101–8", "12", "xi–xv", "V-12", "108-1", "5-5", "533b-533a", "1918-04-03", ""];
        right.iter().for_each(|typed| assert_eq!(turned(typed), None, "{typed}"));
    }
}
