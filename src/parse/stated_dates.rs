//! The days that a document states in its own words: at the end of its title, and in its datelines. The checks compare them with the fields.
//!
//! Only a day that reads without doubt is taken: this is for finding slips, never for dating a document.

use super::date::{self, DateContext, WarningKind};
use crate::base::span::Spanned;
use crate::model::block::Part;
use crate::model::date::{Date, EdtfKind, Precision};
use crate::model::document::{StatedDate, StatedIn};

/// Reads title and datelines. The context holds the language and the year of the fields.
#[must_use]
pub fn read(title: &Spanned<String>, parts: &[(Part, Spanned<String>)], context: &DateContext) -> Vec<StatedDate> {
    let mut stated: Vec<StatedDate> =
        title_date(&title.value, context).map(|date| StatedDate { place: StatedIn::Title, date, span: title.span }).into_iter().collect();
    let datelines = parts.iter().filter(|(part, _)| *part == Part::Dateline);
    let readings =
        datelines.map(|(_, words)| (date::read(&words.value, context), words.span)).filter(|(reading, _)| reading.date.is_some());
    let readings: Vec<_> = readings.collect();
    // A dateline without a year stands in the year of the document. When one is in doubt, the others prove nothing.
    if readings.iter().flat_map(|(reading, _)| &reading.warnings).all(|warning| warning.kind == WarningKind::YearFromContext) {
        let days = readings.into_iter().filter_map(|(reading, span)| Some((reading.date?, span)));
        stated.extend(days.map(|(date, span)| StatedDate { place: StatedIn::Dateline, date, span }));
    }
    stated
}

/// A day that ends the title after a comma or in brackets: "Letter to Stalin, April 24, 1922". Days amid the words are often those of other papers.
fn title_date(title: &str, context: &DateContext) -> Option<Date> {
    let end = title.trim_end().trim_end_matches(['.', ')', ']']);
    // Without a year of the context: a title that prints none states none.
    let context = DateContext { year_hint: None, ..context.clone() };
    let starts = end.match_indices([',', '(', '[']).map(|(at, sign)| at + sign.len());
    starts.map(|start| end[start..].trim()).find_map(|words| {
        let reading = date::read(words, &context);
        let whole = reading.span.range() == (0..words.len()) && reading.warnings.is_empty();
        reading.date.filter(|date| whole && is_day(date))
    })
}

/// The one date of a sentence about source, copy or publication: "Первая публикация: Правда, № 21, 21 января 1930 г.". With two years in it, or
/// with a bare year among other figures, it is not known which is meant.
#[must_use]
pub fn in_sentence(sentence: &str, context: &DateContext) -> Option<Date> {
    let context = DateContext { year_hint: None, ..context.clone() };
    let figures: Vec<&str> = sentence.split(|char: char| !char.is_ascii_digit()).filter(|figures| !figures.is_empty()).collect();
    let years = figures.iter().filter(|figures| figures.len() == 4).count();
    let reading = date::read(sentence, &context);
    let only_year = |date: &Date| matches!(date.edtf.precision(), Precision::Year) && figures.len() > 1;
    let sure = years == 1 && reading.warnings.is_empty();
    let date = reading.date.filter(|date| sure && date.edtf.kind() == EdtfKind::Single && !only_year(date))?;
    let printed = without_small_words(&date, &context);
    Some(Date { printed, ..date })
}

/// "of April 20, 1922": the words before a date that say nothing of it are left out.
fn without_small_words(date: &Date, context: &DateContext) -> String {
    let mut words = date.printed.as_str();
    while let Some((_, rest)) = words.split_once(' ') {
        if !date::read(rest, context).date.is_some_and(|shorter| shorter.edtf == date.edtf && shorter.printed == rest) {
            break;
        }
        words = rest;
    }
    words.to_owned()
}

fn is_day(date: &Date) -> bool {
    date.edtf.kind() == EdtfKind::Single && date.edtf.precision() == Precision::Day && date.is_one_day()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::date::Language;

    #[test]
    fn sentences_state_a_date_when_there_is_one() {
        let context = DateContext { language: Some(Language::English), ..DateContext::default() };
        let read = |sentence: &str| in_sentence(sentence, &context).map(|date| date.edtf.as_str().to_owned());
        assert_eq!(read("First published in Pravda No. 21, January 21, 1930"), Some("1930-01-21".to_owned()));
        assert_eq!(read("First published in Lenin Miscellany XX, 1932"), Some("1932".to_owned()));
        assert_eq!(read("ф. 5, оп. 1, д. 1930"), None);
        assert_eq!(read("Written in 1922, first published on January 21, 1930"), None);
    }

    #[test]
    fn titles_state_a_day_only_at_their_end() {
        let context = DateContext { language: Some(Language::English), ..DateContext::default() };
        let read = |title: &str| title_date(title, &context).map(|date| date.edtf.as_str().to_owned());
        assert_eq!(read("Letter to Stalin for the Politbureau, April 24, 1922"), Some("1922-04-24".to_owned()));
        assert_eq!(read("Letter to Stalin (24 April 1922)"), Some("1922-04-24".to_owned()));
        assert_eq!(read("On the Decree of February 3, 1918, and the Loans"), None);
        assert_eq!(read("Answer to the Note of April 24, 1922, Berlin"), None);
        assert_eq!(read("Telegram No. 45, April 1922"), None);
        assert_eq!(read("Letter to Stalin"), None);
    }
}
