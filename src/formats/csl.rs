//! Citations in styles of the Citation Style Language 1.0.2: the door to the processor, its archive of styles and its locales.
//!
//! A citation comes back as runs of text with their look, never as HTML: the processor's own HTML escapes nothing. What it costs grows
//! with the style, so callers ask once for each distinct request.

use crate::model::citable::Citable;
use crate::model::date::{Bound, Date, Precision};
use crate::model::entry::Name;
use crate::model::locator::LocatorKind;
use hayagriva::archive::{ArchivedStyle, LOCALES};
use hayagriva::citationberg::json::{DateValue, Item, LiteralName, NameItem, NameValue, Value, VecDate, VecDateRange};
use hayagriva::citationberg::taxonomy::{Locator, OtherTerm, Term};
use hayagriva::citationberg::{
    self as berg, FontStyle, FontVariant, FontWeight, IndependentStyle, Locale, LocaleCode, PageRangeFormat, StyleClass, TermForm,
    TextDecoration, VerticalAlign,
};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, Elem, ElemChild, ElemChildren, ElemMeta, Formatting,
    LocatorPayload, SpecificLocator,
};
use serde::{Deserialize, Serialize};

/// A style file larger than this is refused: the largest of the public repository has a quarter of it.
const LARGEST: usize = 1 << 20;

/// Styles of ours: small, with places of publication, original titles and ibid, for the kinds of works that editions cite.
const BUILT_IN: [(&str, &str); 5] = [
    ("chicago-notes", include_str!("styles/chicago-notes.csl")),
    ("chicago-author-date", include_str!("styles/chicago-author-date.csl")),
    ("mla", include_str!("styles/mla.csl")),
    ("apa", include_str!("styles/apa.csl")),
    ("gost-r-7-0-5-2008", include_str!("styles/gost-r-7-0-5-2008.csl")),
];

/// A style, ready to format.
#[derive(Clone, Debug)]
pub struct Style {
    /// As typed in `citation_styles`.
    pub name: String,
    /// As the style calls itself.
    pub title: String,
    /// Cites stand in notes; otherwise in the text, with a list of works.
    pub notes: bool,
    csl: IndependentStyle,
}

/// Why a style cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StyleProblem {
    /// Larger than a mebibyte.
    TooLarge,
    /// Not a CSL style: the reader's words, and where in it.
    Unreadable(String),
    /// A dependent style: the address of its parent.
    Dependent(String),
}

impl Style {
    /// A style that comes with the program, by its name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        if let Some((_, text)) = BUILT_IN.iter().find(|(own, _)| *own == name) {
            return Self::read(name, text).ok();
        }
        match ArchivedStyle::by_name(name)?.get() {
            berg::Style::Independent(csl) => Some(Self::of(name, csl)),
            berg::Style::Dependent(_) => None,
        }
    }

    /// The names of all styles that come with the program.
    pub fn names() -> impl Iterator<Item = &'static str> {
        let archived = ArchivedStyle::all().iter().flat_map(|style| style.names().iter().copied());
        BUILT_IN.iter().map(|(name, _)| *name).chain(archived.filter(|name| BUILT_IN.iter().all(|(own, _)| own != name)))
    }

    /// Reads a style file.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(name: &str, text: &str) -> Result<Self, StyleProblem> {
        if text.len() > LARGEST {
            return Err(StyleProblem::TooLarge);
        }
        match berg::Style::from_xml(text) {
            Ok(berg::Style::Independent(csl)) => Ok(Self::of(name, csl)),
            Ok(berg::Style::Dependent(style)) => Err(StyleProblem::Dependent(style.parent_link.href)),
            Err(error) => Err(StyleProblem::Unreadable(error.source.to_string())),
        }
    }

    fn of(name: &str, csl: IndependentStyle) -> Self {
        Self { name: name.to_owned(), title: csl.info.title.value.clone(), notes: csl.settings.class == StyleClass::Note, csl }
    }

    /// Between two cites of one citation.
    #[must_use]
    pub fn delimiter(&self) -> &str {
        self.csl.citation.layout.delimiter.as_deref().unwrap_or("; ")
    }

    /// Around a citation that stands in the text.
    #[must_use]
    pub fn brackets(&self) -> (&str, &str) {
        let layout = &self.csl.citation.layout;
        (layout.prefix.as_deref().unwrap_or_default(), layout.suffix.as_deref().unwrap_or_default())
    }

    /// Whether what is wanted ends with a full stop.
    #[must_use]
    pub fn stops(&self, want: Want) -> bool {
        let layout = match (want, &self.csl.bibliography) {
            (Want::Entry, Some(list)) => &list.layout,
            _ => &self.csl.citation.layout,
        };
        layout.suffix.as_deref().is_some_and(|suffix| suffix.contains('.'))
    }

    /// Whether the style has a list of works.
    #[must_use]
    pub fn lists_works(&self) -> bool {
        self.csl.bibliography.is_some()
    }

    /// The style in full, for keys of what it made.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        format!("{:?}", self.csl)
    }

    /// A range of pages as the style asks for it: `276–77` in Chicago, `276–277` in APA. Only plain numbers are touched: `533b–534a` stays.
    #[must_use]
    pub fn pages(&self, typed: &str) -> String {
        page_ranges(typed, self.csl.settings.page_range_format)
    }
}

/// The words of a language: those of the language, and English for what it lacks.
#[derive(Clone, Debug)]
pub struct Language {
    code: LocaleCode,
    files: Vec<Locale>,
}

impl Language {
    /// The words of `tag` (BCP 47).
    #[must_use]
    pub fn of(tag: &str) -> Self {
        let mut files: Vec<Locale> = Vec::new();
        for code in codes(tag).into_iter().chain(["en-US".to_owned()]) {
            // The code of a locale stands in its first bytes.
            let found = LOCALES.iter().find(|bytes| holds(bytes, &code)).and_then(|bytes| ciborium::from_reader::<Locale, _>(*bytes).ok());
            if let Some(file) = found.filter(|file| !files.iter().any(|other| other.lang == file.lang)) {
                files.push(file);
            }
        }
        let code = files.first().and_then(|file| file.lang.clone()).unwrap_or_else(LocaleCode::en_us);
        Self { code, files }
    }

    /// The code of its locale: `en-US`.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code.0
    }

    fn term(&self, term: OtherTerm, form: TermForm) -> Option<&str> {
        self.files.iter().find_map(|file| file.term(Term::Other(term), form)).and_then(|found| found.single())
    }

    /// Names of the twelve months, long and short, as dates have them; `None` where the style brings its own.
    #[must_use]
    pub fn months(&self, style: &Style) -> Option<Vec<(String, String)>> {
        let month = |number: u8| {
            let term = OtherTerm::month(number)?;
            let own = style.csl.locale.iter().any(|file| file.term(Term::Other(term), TermForm::Long).is_some());
            let names = (self.term(term, TermForm::Long)?.to_owned(), self.term(term, TermForm::Short)?.to_owned());
            (!own).then_some(names)
        };
        (0..12).map(month).collect()
    }

    /// Whether a full stop goes inside quotation marks.
    #[must_use]
    pub fn stops_inside_quotes(&self) -> bool {
        self.files.first().and_then(|file| file.style_options).and_then(|options| options.punctuation_in_quote).unwrap_or_default()
    }

    /// The closing quotation mark.
    #[must_use]
    pub fn closing_quote(&self) -> &str {
        self.term(OtherTerm::CloseQuote, TermForm::Long).unwrap_or("”")
    }

    /// The short label of a place in a work, with a blank after it unless it is a sign: `pp. `, `§`.
    #[must_use]
    pub fn label(&self, kind: LocatorKind, plural: bool) -> Option<String> {
        let term = Term::Locator(locator(kind)?);
        let found = self.files.iter().find_map(|file| file.term(term, TermForm::Short))?;
        if plural { found.multiple() } else { found.single() }.map(str::to_owned)
    }
}

/// Codes of locale files for a language, the best first.
fn codes(tag: &str) -> Vec<String> {
    const MAIN: [(&str, &str); 12] = [
        ("en", "en-US"),
        ("de", "de-DE"),
        ("fr", "fr-FR"),
        ("ru", "ru-RU"),
        ("es", "es-ES"),
        ("pt", "pt-PT"),
        ("zh", "zh-CN"),
        ("cs", "cs-CZ"),
        ("pl", "pl-PL"),
        ("uk", "uk-UA"),
        ("it", "it-IT"),
        ("nl", "nl-NL"),
    ];
    let primary = tag.split('-').next().unwrap_or(tag);
    let mut codes = vec![tag.to_owned()];
    codes.extend(MAIN.iter().find(|(short, _)| *short == primary).map(|(_, code)| (*code).to_owned()));
    codes.push(primary.to_owned());
    codes
}

/// Whether the first bytes of an archived locale name this code, or begin it (`be` finds none of `be-BY` by accident: the tag's length stands before it).
fn holds(bytes: &[u8], code: &str) -> bool {
    let head = &bytes[..bytes.len().min(40)];
    let mut wanted = vec![0x60 + u8::try_from(code.len().min(23)).unwrap_or(23)];
    wanted.extend_from_slice(code.as_bytes());
    head.windows(wanted.len()).any(|window| window == wanted)
}

/// What of a thing is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Want {
    /// A cite of a work that was not cited before.
    First,
    /// A cite of a work cited before, with others between.
    Subsequent,
    /// A cite of the work cited just before.
    Ibid,
    /// The same with another place in it.
    IbidWithLocator,
    /// Its entry in the list of works.
    Entry,
}

/// What made a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// Words, titles, numbers.
    #[default]
    Words,
    /// Names of persons and bodies.
    Names,
    /// A date.
    Date,
    /// The number of a work in the list of works.
    Number,
}

/// A run of text with one look.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the looks are named as CSL names them")]
pub struct Run {
    /// Plain text, not HTML.
    pub text: String,
    /// Where it leads.
    pub url: Option<String>,
    /// What made it.
    pub part: Part,
    pub italic: bool,
    pub bold: bool,
    pub small_caps: bool,
    pub underline: bool,
    /// 1 raised, -1 lowered.
    pub raised: i8,
}

/// What a cite in a note may know of the first one: its note's number is printed as this and replaced by who knows it.
pub const FIRST_NOTE: usize = 47_119;

/// Formats one of `items`; the others only keep it apart from themselves. `place` is a kind and a value as typed.
/// Empty when the style says nothing of such a thing.
#[must_use]
pub fn format(
    style: &Style,
    language: &Language,
    items: &[Citable],
    which: usize,
    want: Want,
    place: Option<(LocatorKind, &str)>,
) -> Vec<Run> {
    let made: Vec<Item> = items.iter().map(item).collect();
    let other = item(&Citable::new("\u{1}", "document"));
    let Some(wanted) = made.get(which) else { return Vec::new() };
    let mut driver = BibliographyDriver::new();
    let mut add = |request| driver.citation(request);
    for (_, item) in made.iter().enumerate().filter(|(at, _)| *at != which) {
        add(cite(style, language, item, None, 1));
    }
    match want {
        Want::First | Want::Entry => {}
        Want::Subsequent => {
            add(cite(style, language, wanted, None, FIRST_NOTE));
            add(cite(style, language, &other, None, FIRST_NOTE + 1));
        }
        Want::Ibid => add(cite(style, language, wanted, place, FIRST_NOTE)),
        Want::IbidWithLocator => add(cite(style, language, wanted, Some((LocatorKind::Page, "\u{2}")), FIRST_NOTE)),
    }
    add(cite(style, language, wanted, place, FIRST_NOTE + 2));
    let rendered = driver.finish(BibliographyRequest::new(&style.csl, Some(language.code.clone()), &language.files));
    let mut runs = Vec::new();
    if want == Want::Entry {
        let entry = rendered.bibliography.and_then(|list| list.items.into_iter().find(|entry| entry.key == items[which].id));
        entry.into_iter().for_each(|entry| flatten(&entry.content, Part::Words, &mut runs));
    } else if let Some(cite) = rendered.citations.last() {
        // The brackets around the citation stand outside of the cite's own element.
        let own = |child: &ElemChild| matches!(child, ElemChild::Elem(Elem { meta: Some(ElemMeta::Entry(_)), .. }));
        cite.citation.0.iter().filter(|child| own(child)).for_each(|child| flatten_child(child, Part::Words, &mut runs));
    }
    runs.retain(|run| !run.text.is_empty());
    runs
}

fn cite<'a>(
    style: &'a Style,
    language: &'a Language,
    item: &'a Item,
    place: Option<(LocatorKind, &'a str)>,
    note: usize,
) -> CitationRequest<'a, Item> {
    let place = place.map(|(kind, value)| SpecificLocator(locator(kind).unwrap_or(Locator::Custom), LocatorPayload::Str(value)));
    let cite = CitationItem::with_locator(item, place);
    CitationRequest::new(vec![cite], &style.csl, Some(language.code.clone()), &language.files, Some(note))
}

fn flatten(children: &ElemChildren, part: Part, runs: &mut Vec<Run>) {
    children.0.iter().for_each(|child| flatten_child(child, part, runs));
}

fn flatten_child(child: &ElemChild, part: Part, runs: &mut Vec<Run>) {
    match child {
        ElemChild::Text(text) => push(runs, &text.text, text.formatting, part, None),
        ElemChild::Link { text, url } => push(runs, &text.text, text.formatting, part, Some(url.clone())),
        ElemChild::Elem(elem) => {
            let part = match &elem.meta {
                Some(ElemMeta::Names(_)) => Part::Names,
                Some(ElemMeta::Date) => Part::Date,
                Some(ElemMeta::CitationNumber) => Part::Number,
                _ => part,
            };
            // Dates and names are runs of their own, also beside others.
            if part != Part::Words {
                runs.push(Run::default());
            }
            flatten(&elem.children, part, runs);
            if part != Part::Words {
                runs.push(Run::default());
            }
        }
        ElemChild::Markup(text) => push(runs, text, Formatting::default(), part, None),
        ElemChild::Transparent { .. } => {}
    }
}

fn push(runs: &mut Vec<Run>, text: &str, look: Formatting, part: Part, url: Option<String>) {
    let run = Run {
        text: text.to_owned(),
        url,
        part,
        italic: look.font_style != FontStyle::Normal,
        bold: look.font_weight == FontWeight::Bold,
        small_caps: look.font_variant == FontVariant::SmallCaps,
        underline: look.text_decoration == TextDecoration::Underline,
        raised: match look.vertical_align {
            VerticalAlign::Sup => 1,
            VerticalAlign::Sub => -1,
            _ => 0,
        },
    };
    match runs.last_mut() {
        Some(last)
            if !last.text.is_empty() && (Run { text: String::new(), ..last.clone() } == Run { text: String::new(), ..run.clone() }) =>
        {
            last.text.push_str(text);
        }
        _ => runs.push(run),
    }
}

fn item(citable: &Citable) -> Item {
    let mut fields = std::collections::BTreeMap::new();
    fields.insert("id".to_owned(), Value::String(citable.id.clone()));
    fields.insert("type".to_owned(), Value::String(citable.kind.clone()));
    fields.extend(citable.texts.iter().map(|(name, text)| ((*name).to_owned(), Value::String(text.clone()))));
    fields.extend(citable.names.iter().map(|(name, names)| ((*name).to_owned(), Value::Names(names.iter().map(person).collect()))));
    fields.extend(citable.dates.iter().filter_map(|(name, day)| Some(((*name).to_owned(), Value::Date(date(day)?)))));
    Item(fields)
}

fn person(name: &Name) -> NameValue {
    match &name.given {
        None => NameValue::Literal(LiteralName { literal: name.family.clone() }),
        Some(given) => NameValue::Item(NameItem {
            family: name.family.clone(),
            given: Some(given.clone()),
            non_dropping_particle: None,
            dropping_particle: None,
            suffix: None,
            comma_suffix: None,
        }),
    }
}

/// A date in parts: as finely as it is stated, at its first day or, without one, at its last.
fn date(date: &Date) -> Option<DateValue> {
    let day = match (date.earliest, date.latest) {
        (Bound::On(day), _) | (_, Bound::On(day)) => day,
        _ => return None,
    };
    let year = i16::try_from(day.year()).ok()?;
    let (month, of_month) = (i16::from(day.month()), i16::from(day.day_of_month()));
    let parts = match date.edtf.precision() {
        Precision::Day => vec![year, month, of_month],
        Precision::Month => vec![year, month],
        _ => vec![year],
    };
    let circa = date.edtf.is_approximate() || date.edtf.is_uncertain();
    Some(DateValue::DateParts { date_parts: VecDateRange(vec![VecDate(parts)]), literal: None, season: None, circa })
}

/// A place in a work as CSL counts it; `None` for numbers of documents and versions, which it does not know.
fn locator(kind: LocatorKind) -> Option<Locator> {
    Some(match kind {
        LocatorKind::Act => Locator::Act,
        LocatorKind::Appendix => Locator::Appendix,
        LocatorKind::Article => Locator::ArticleLocator,
        LocatorKind::Book => Locator::Book,
        LocatorKind::Canon => Locator::Canon,
        LocatorKind::Chapter => Locator::Chapter,
        LocatorKind::Column => Locator::Column,
        LocatorKind::Elocation => Locator::Elocation,
        LocatorKind::Equation => Locator::Equation,
        LocatorKind::Figure => Locator::Figure,
        LocatorKind::Folio => Locator::Folio,
        LocatorKind::Issue => Locator::Issue,
        LocatorKind::Line => Locator::Line,
        LocatorKind::Note => Locator::Note,
        LocatorKind::Opus => Locator::Opus,
        LocatorKind::Page => Locator::Page,
        LocatorKind::Paragraph => Locator::Paragraph,
        LocatorKind::Part => Locator::Part,
        LocatorKind::Rule => Locator::Rule,
        LocatorKind::Scene => Locator::Scene,
        LocatorKind::Section => Locator::Section,
        LocatorKind::SubVerbo => Locator::SubVerbo,
        LocatorKind::Supplement => Locator::Supplement,
        LocatorKind::Table => Locator::Table,
        LocatorKind::Timestamp => Locator::Timestamp,
        LocatorKind::Title => Locator::TitleLocator,
        LocatorKind::Verse => Locator::Verse,
        LocatorKind::Volume => Locator::Volume,
        LocatorKind::Version | LocatorKind::Document => return None,
    })
}

/// Ranges between commas; a hyphen between pages is printed as a dash.
fn page_ranges(typed: &str, form: Option<PageRangeFormat>) -> String {
    let range = |part: &str| {
        let ends: Vec<&str> = part.split(['-', '–', '—']).map(str::trim).collect();
        let number = |text: &str| !text.is_empty() && text.len() <= 8 && text.bytes().all(|byte| byte.is_ascii_digit());
        match (ends.as_slice(), form) {
            ([first, last], Some(form)) if number(first) && number(last) => {
                let whole =
                    if last.len() < first.len() { format!("{}{last}", &first[..first.len() - last.len()]) } else { (*last).to_owned() };
                let mut out = String::new();
                match form.format(&mut out, first, &whole, Some("–")) {
                    Ok(()) => out,
                    Err(_) => format!("{first}–{whole}"),
                }
            }
            _ => ends.join("–"),
        }
    };
    typed.split(',').map(|part| range(part.trim())).collect::<Vec<_>>().join(", ")
}
