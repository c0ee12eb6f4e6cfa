//! Dates: the attributes of TEI (`when`, `notBefore`, `from` …) as EDTF, beside the words that are printed.

use super::super::front::Fields;
use super::super::front::Value;
use super::Reading;
use crate::base::text::squeeze;
use crate::formats::xml::{NodeId, Xml};
use crate::model::date::{Bound, Date};
use crate::parse::date::{DateContext, Language, read};

/// A date by the attributes of an element (TEI `att.datable`), as EDTF.
pub fn edtf(xml: &Xml<'_>, node: NodeId) -> Option<String> {
    let day = |name: &str| {
        let value = xml.attribute(node, name).or_else(|| xml.attribute(node, &format!("{name}-iso")))?;
        day_of(value)
    };
    let plain = if let Some(when) = day("when") {
        when
    } else if let (Some(from), Some(to)) = (day("from"), day("to")) {
        if from == to { from } else { format!("{from}/{to}") }
    } else {
        match (day("notBefore").or_else(|| day("from")), day("notAfter").or_else(|| day("to"))) {
            (Some(first), Some(last)) if first == last => first,
            (Some(first), Some(last)) => format!("[{first}..{last}]"),
            (Some(first), None) => format!("[{first}..]"),
            (None, Some(last)) => format!("[..{last}]"),
            (None, None) => return None,
        }
    };
    let doubtful = matches!(xml.attribute(node, "cert"), Some("low" | "unknown"));
    let marked = if doubtful && !plain.contains(['[', '/']) { format!("{plain}?") } else { plain };
    crate::formats::edtf::read(&marked).is_ok().then_some(marked)
}

/// The day of `1918-02-08T22:00:00+03:00`; years and months stay as they are.
pub fn day_of(value: &str) -> Option<String> {
    let day = value.trim().split('T').next().unwrap_or_default();
    let well = crate::formats::edtf::read(day).is_ok();
    (well && !day.is_empty()).then(|| day.to_owned())
}

/// A printed date without the point that ends its line: `January 7, 1918, 12 noon`, but `6 p.m.`
pub fn without_point(printed: &str) -> &str {
    let trimmed = printed.trim().trim_end_matches([',', ';']).trim_end();
    let short = trimmed.strip_suffix('.').unwrap_or(trimmed);
    let keep = ["m", "st", "th", "A. D", "A.D", "г", "inst", "ult"].iter().any(|end| short.ends_with(end));
    if keep { trimmed } else { short }
}

/// Whether four figures stand together.
fn has_year(words: &str) -> bool {
    words.split(|letter: char| !letter.is_ascii_digit()).any(|figure| figure.len() == 4)
}

impl Reading<'_> {
    /// What surrounds a date of this text.
    pub(super) fn context(&self, year: Option<i32>) -> DateContext {
        DateContext { language: self.language.as_deref().and_then(Language::of_tag), year_hint: year, ..DateContext::default() }
    }

    /// A date as a value of a field: as printed, where reading it gives the edition's own date; else both.
    pub(super) fn date_value(&mut self, printed: &str, edtf: Option<&str>, node: NodeId) -> Option<Value> {
        let printed = squeeze(without_point(&squeeze(printed)));
        let Some(edtf) = edtf else { return (!printed.is_empty()).then(|| printed.into()) };
        if printed.is_empty() {
            return Some(edtf.into());
        }
        let reading = read(&printed, &self.context(None));
        let same = reading.date.as_ref().is_some_and(|date| date.edtf.as_str() == edtf);
        if same && reading.warnings.is_empty() && reading.time.is_none() {
            return Some(printed.into());
        }
        let mut both = Fields::new();
        both.put("printed", printed.as_str());
        both.put("edtf", edtf);
        if reading.date.as_ref().is_some_and(|date| date.old_style.as_ref().is_some_and(|old| old.text == edtf)) {
            let text = format!("{printed}: the file has {edtf}");
            self.guess("of a date printed in both calendars the file has the day of the old one, and it is kept as that", node, &text);
            both.put("calendar", "julian");
        } else {
            self.say_where_they_differ(&printed, edtf, node);
        }
        Some(both.into())
    }

    /// Reports a date of the file that the printed words cannot mean.
    pub(super) fn say_where_they_differ(&mut self, printed: &str, edtf: &str, node: NodeId) {
        if !self.may_mean(printed, edtf) {
            let text = format!("printed {printed}, in the file {edtf}");
            self.guess("the file has another date than the words that are printed; that of the file is followed", node, &text);
        }
    }

    /// Whether printed words, as far as they can be read, may mean a date of the file. A year that they lack is that of the file.
    fn may_mean(&self, printed: &str, edtf: &str) -> bool {
        let Ok(own) = crate::formats::edtf::read(edtf) else { return true };
        let own = Date::new(edtf, own);
        let year = edtf.trim_start_matches(['[', '.']).get(..4).and_then(|year| year.parse().ok());
        let Some(read) = read(printed, &self.context(year)).date else { return true };
        if !has_year(printed) && year.is_some_and(|year: i32| read.edtf.as_str().get(..4) != Some(&format!("{year:04}"))) {
            // `July 26, 210 a.m.` is an hour without its point, no year.
            return true;
        }
        let before = |last: &Bound, first: &Bound| last.day().zip(first.day()).is_some_and(|(last, first)| last < first);
        !before(&read.latest, &own.earliest) && !before(&own.latest, &read.earliest)
    }

    /// The receipt that stands in brackets after a dateline: `[Received January 9, 5.20 p.m.]`, read with the date of writing.
    pub(super) fn received(&mut self, dateline: &str, written: Option<&str>, node: NodeId) -> Option<Value> {
        let start =
            ["[Received ", "[Rec’d ", "[Rec'd ", "(Received "].iter().find_map(|head| dateline.find(head).map(|at| at + head.len()))?;
        let printed = dateline[start..].split([']', ')']).next().unwrap_or_default();
        let printed = squeeze(without_point(printed));
        let first = printed.split(';').next().unwrap_or_default();
        let year: Option<i32> = written.and_then(|edtf| edtf.get(..4)).and_then(|year| year.parse().ok());
        let mut reading = read(first, &self.context(year));
        let printed_year = has_year(first);
        let far = |date: &crate::model::date::Date| {
            let own: Option<i32> = date.edtf.as_str().get(..4).and_then(|year| year.parse().ok());
            own.zip(year).is_some_and(|(own, year)| (own - year).abs() > 2)
        };
        if !printed_year && reading.date.as_ref().is_some_and(far) {
            // `July 26, 210 a.m.` is an hour without its point, no year.
            reading = read(first.split(',').next().unwrap_or_default(), &self.context(year));
        }
        if reading.date.is_none() {
            let clock = first.contains(|letter: char| letter.is_ascii_digit()) && first.trim_end().ends_with("m.");
            let day = written.filter(|written| clock && written.len() == 10)?;
            self.guess("only the hour of receipt is printed: the day is that of the dateline", node, &format!("{printed} → {day}"));
            let mut both = Fields::new();
            both.put("printed", printed);
            both.put("edtf", day);
            both.put("evidence", "only the hour is printed; the day is then that of the dateline");
            return Some(both.into());
        }
        let earlier =
            |date: &crate::model::date::Date| written.is_some_and(|written| date.edtf.as_str() < written.get(..10).unwrap_or(written));
        if !printed_year && reading.date.as_ref().is_some_and(earlier) {
            // Sent in December, received in January.
            let next = read(first, &self.context(year.map(|year| year + 1)));
            let near = next.date.as_ref().is_some_and(|date| date.edtf.as_str().get(5..7).is_some_and(|month| month < "07"));
            if near {
                reading = next;
            }
        }
        let edtf = reading.date.map(|date| date.edtf.as_str().to_owned())?;
        if !printed_year {
            self.guess("the year of receipt is that of the dateline, or the next after December", node, &format!("{printed} → {edtf}"));
        }
        self.date_value(&printed, Some(&edtf), node)
    }
}
