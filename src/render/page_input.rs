//! Everything a template may see: plain data, nothing that reaches further.
//!
//! A template sees three names: `edition` ([`EditionInput`], the same for all pages), `words` (the theme's interface words in the
//! edition's language, a flat map) and `page` ([`PageInput`]). Fields called `html` or ending in `_html` are HTML made by `render`
//! and need `| safe`; everything else is plain text and is escaped by the template. Every `href` is relative to the page's file.
//! `Option` fields are always present and `null` when there is nothing to say.

mod chronology;
mod review;
mod works;

pub use chronology::*;
pub use review::*;
pub use works::*;

use serde::{Deserialize, Serialize};

/// The edition, the same on all pages.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct EditionInput {
    /// As shown in the header.
    pub title: String,
    /// A second line.
    pub subtitle: Option<String>,
    /// A sentence or two.
    pub description: Option<String>,
    /// Names of the editors.
    pub editors: Vec<String>,
    /// Who publishes.
    pub publisher: Option<String>,
    /// Rights, shown in the footer.
    pub rights_html: Option<String>,
    /// Whether they are the rights in the editors' work, and say nothing of the documents.
    pub rights_of_editors: bool,
    /// Version and its date: "1.2, 3 May 2026".
    pub version: Option<String>,
    /// BCP 47.
    pub language: String,
    /// Public address, ending in `/`.
    pub public_url: Option<String>,
    /// Address of the repository that holds the edition's texts.
    pub repository: Option<String>,
    /// Header navigation.
    pub menu: Vec<MenuItem>,
    /// Footer navigation: pages about the edition, wanted documents.
    pub footer: Vec<MenuItem>,
    /// Atom feeds.
    pub feeds: Vec<MenuItem>,
    /// Theme files by the name in `theme.yaml`, as paths from the top: `style.css` → `theme/style.css`.
    pub tokens_css: bool,
    /// Fonts to preload, as paths from the top.
    pub preload: Vec<String>,
}

/// An item of a menu.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuItem {
    /// As shown.
    pub title: String,
    /// From the top: `chronology.html`; the template puts `page.root` before it.
    pub path: String,
}

/// One page.
#[derive(Clone, Debug, Serialize)]
pub struct PageInput {
    /// `document`, `chronology`, `register`, `entity`, `bibliography`, `wanted`, `page`, `home`, `source`, `not_found`, `redirect`,
    /// `this_day`, `correspondence`, `correspondences`, `withdrawn`, `review`:
    /// also the template's name without `.html`.
    pub kind: &'static str,
    /// Own path from the top: `documents/a.html`.
    pub path: String,
    /// Path of the menu item this page belongs to; may be empty.
    pub menu: String,
    /// `../` as often as needed to reach the top; may be empty.
    pub root: String,
    /// For `<title>` and the heading: plain text.
    pub title: String,
    /// For search engines: plain text, may be empty.
    pub description: String,
    /// BCP 47 of the interface; a text in another language says so itself.
    pub language: String,
    /// `rtl` for scripts that run from the right, else empty.
    pub direction: &'static str,
    /// Absolute address, when the edition has a public one.
    pub canonical: Option<String>,
    /// The year ruler.
    pub ruler: Option<Ruler>,
    /// How to cite the page; `null` on pages that nobody cites.
    pub cite: Option<CiteInput>,
    /// Machine-readable facts for the head of the page; may be empty.
    pub meta: Vec<Meta>,
    /// The same as JSON-LD, safe inside `<script>`; may be empty.
    pub json_ld: String,
    /// What the template is about.
    pub content: Content,
}

/// What a page holds; the template of its kind knows which.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
#[allow(missing_docs, reason = "each is named after its template")]
pub enum Content {
    Document(Box<DocumentInput>),
    Chronology(Box<ChronologyInput>),
    ThisDay(ThisDayInput),
    Correspondence(Box<CorrespondenceInput>),
    Correspondences(CorrespondencesInput),
    Register(RegisterInput),
    Entity(Box<EntityInput>),
    Bibliography(BibliographyInput),
    Work(WorkInput),
    Wanted(WantedInput),
    Page(TextInput),
    Home(Box<HomeInput>),
    Source(SourceInput),
    NotFound(NotFoundInput),
    Redirect(RedirectInput),
    Withdrawn(WithdrawnInput),
    Review(ReviewInput),
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LinkInput {
    /// Relative to the page.
    pub href: String,
    /// Plain words.
    pub title: String,
    /// Date in words; may be empty.
    pub date: String,
}

/// The year of a document with a tick for each document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ruler {
    /// "1922"
    pub year: String,
    /// To the year in the chronology.
    pub href: String,
    /// What it shows: "The year 1922, 12 documents".
    pub label: String,
    /// SVG path of all ticks, on a canvas of 365 × 10.
    pub ticks: String,
    /// SVG path of this document's tick; may be empty.
    pub here: String,
    /// Twelve abbreviated month names, or round years.
    pub names: Vec<String>,
    /// It shows years, since the document is the only one of its year.
    pub years: bool,
}

/// A document's page.
#[derive(Clone, Debug, Serialize)]
pub struct DocumentInput {
    /// Its id.
    pub id: String,
    /// Kind as typed: `letter`; a class name.
    pub kind: String,
    /// Kind in words: "Letter".
    pub kind_word: String,
    /// Date in words: "24 April 1922".
    pub date: Option<DateInput>,
    /// Title: HTML without notes.
    pub title_html: String,
    /// Second line.
    pub subtitle_html: Option<String>,
    /// Language of the title when it is not that of the interface; may be empty.
    pub title_language: String,
    /// Language of the text when it is not that of the interface; may be empty.
    pub text_language: String,
    /// `rtl` when the text runs from the right and the interface does not, `ltr` the other way round, else empty.
    pub text_direction: &'static str,
    /// Facts beside the title.
    pub facts: Vec<Fact>,
    /// Short content.
    pub summary: Option<String>,
    /// The text.
    pub body_html: String,
    /// The notes in the order of first reference.
    pub notes: Vec<NoteInput>,
    /// Emendations in the order of the text.
    pub emendations: Vec<EmendationInput>,
    /// Images of the paper.
    pub facsimiles: Vec<FacsimileInput>,
    /// The source block, a line each.
    pub source: Vec<SourceLine>,
    /// Previous in time.
    pub previous: Option<LinkInput>,
    /// Next in time.
    pub next: Option<LinkInput>,
    /// Previous in the printed order of its source.
    pub previous_printed: Option<LinkInput>,
    /// Next in the printed order.
    pub next_printed: Option<LinkInput>,
    /// To the page that shows the Markdown.
    pub source_view: String,
    /// Its own history: HTML lines.
    pub revision: Vec<String>,
    /// Draft, or another state worth telling; words.
    pub status: Option<String>,
    /// Published corrections: HTML lines.
    pub errata: Vec<String>,
}

/// An image of the paper, or the address of a manifest that lists images.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FacsimileInput {
    /// Anchor: `facs-1`.
    pub id: String,
    /// To the whole image, or to the manifest.
    pub href: String,
    /// The image is on another site: it is linked, never loaded.
    pub external: bool,
    /// "Page 534a, leaf 2"; for a manifest what it is.
    pub label: String,
    /// To the page break it shows; may be empty.
    pub page_href: String,
    /// In pixels, when known.
    pub width: Option<u32>,
    /// In pixels, when known.
    pub height: Option<u32>,
}

/// A file to download.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Download {
    /// Relative to the page.
    pub href: String,
    /// "BibTeX"
    pub title: String,
    /// `application/x-bibtex`
    pub media_type: String,
}

/// A `<meta name content>` of the head.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Meta {
    /// `citation_title`
    pub name: String,
    /// Its value.
    pub content: String,
}

/// A date for readers and machines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DateInput {
    /// In words, in the page's language.
    pub text: String,
    /// For `<time datetime>`; `None` where HTML cannot say it.
    pub datetime: Option<String>,
}

/// One fact beside the title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// "From"
    pub label: String,
    /// Names, perhaps links.
    pub html: String,
}

/// One note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NoteInput {
    /// `1`, `author-2`: after `fn`, `n`, `r` in ids (`fn1`, `fn-author-2`): includes the hyphen where there is one.
    pub key: String,
    /// Series: a class name; empty for the edition's default series.
    pub series: String,
    /// As printed: `1`, `*`.
    pub mark: String,
    /// "Note 1", "Author’s note *"
    pub name: String,
    /// Its place in the list of all notes, from 1.
    pub position: u32,
    /// Cut to a few lines in the margin of a dense page.
    pub long: bool,
    /// How many references there are (at least 1).
    pub references: u32,
    /// Language of the note when it is not that of the interface; may be empty.
    pub language: String,
    /// Its blocks.
    pub html: String,
}

/// One emendation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EmendationInput {
    /// From 1: `em1`, back to `em1r`.
    pub number: u32,
    /// The reading text.
    pub reading: String,
    /// What the source has.
    pub source: String,
    /// Why; may be empty.
    pub reason: String,
    /// Where: "¶ 3", "note 1".
    pub place: String,
}

/// A line of the source block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceLine {
    /// `printed`, `first`, `copy`, `archive`, `also`, `rights`, `imported`, `responsibility`: a class name.
    pub class: &'static str,
    /// A short label ("Also in"); may be empty.
    pub label: String,
    /// The line.
    pub html: String,
}

/// The block that says how to cite a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CiteInput {
    /// "letter": what the block calls it.
    pub word: String,
    /// A tab for each style.
    pub tabs: Vec<CitationInput>,
    /// Documents inside the document, in the first style.
    pub parts: Vec<CitationInput>,
    /// How to cite a paragraph; may be empty.
    pub paragraph: String,
    /// Files for reference managers; may be empty.
    pub downloads: Vec<Download>,
}

/// One tab of the citation block.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CitationInput {
    /// `chicago-notes`; of a document inside the document its id.
    pub style: String,
    /// "Chicago"
    pub name: String,
    /// The citation.
    pub html: String,
    /// Lines that stay lines: BibTeX.
    pub lines: bool,
}

/// A register.
#[derive(Clone, Debug, Serialize)]
pub struct RegisterInput {
    /// `persons` …
    pub register: String,
    /// A sentence: "31 persons".
    pub summary: String,
    /// To the letters of the whole register, which may stand on several pages.
    pub letters: Vec<LinkInput>,
    /// By first letter.
    pub groups: Vec<RegisterGroup>,
}

/// Entries under one letter.
#[derive(Clone, Debug, Serialize)]
pub struct RegisterGroup {
    /// "C"
    pub letter: String,
    /// Anchor: `letter-c`.
    pub id: String,
    /// The entries.
    pub rows: Vec<RegisterRow>,
}

/// One entry of a register.
#[derive(Clone, Debug, Serialize)]
pub struct RegisterRow {
    /// As sorted: "Chicherin, Georgy".
    pub name: String,
    /// In its own script, with its language; may be null.
    pub original: Option<Foreign>,
    /// Life dates: "1872–1936"; may be empty.
    pub dates: String,
    /// First sentence.
    pub identification: String,
    /// To the entry's page.
    pub href: String,
    /// "13 documents, 6 mentions"; may be empty.
    pub uses: String,
}

/// Words in another language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Foreign {
    /// The words.
    pub text: String,
    /// BCP 47.
    pub language: String,
}

/// A register entry's page.
#[derive(Clone, Debug, Serialize)]
pub struct EntityInput {
    /// `persons` …
    pub register: String,
    /// To the register.
    pub register_href: String,
    /// "Persons"
    pub register_name: String,
    /// As shown.
    pub name: String,
    /// In its own script.
    pub original: Option<Foreign>,
    /// Life dates.
    pub dates: String,
    /// Who or what it is.
    pub identification: Option<String>,
    /// A longer remark, by paragraphs.
    pub note: Vec<String>,
    /// Other names, what it is, what it is part of and holds, where it lies, how other catalogues call it.
    pub facts: Vec<Fact>,
    /// Documents in time, with the role played.
    pub documents: Vec<EntityDocuments>,
    /// A chart for each year, when there are many documents; otherwise empty.
    pub charts: Vec<YearChart>,
    /// To the pages that continue this one, with role and years; the page itself has no address. Empty if there is only one.
    pub parts: Vec<LinkInput>,
    /// To the entry's correspondences; the date is the number of letters.
    pub correspondences: Vec<LinkInput>,
    /// Mentions by document.
    pub mentions: Vec<MentionGroup>,
}

/// Documents in which an entity plays one role.
#[derive(Clone, Debug, Serialize)]
pub struct EntityDocuments {
    /// "Written by", "Addressed to"
    pub role: String,
    /// In time.
    pub rows: Vec<Row>,
}

/// All mentions in one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MentionGroup {
    /// The document.
    pub document: LinkInput,
    /// The places.
    pub places: Vec<MentionPlace>,
}

/// One place of a mention, with the words around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MentionPlace {
    /// "¶ 3", "note 1", "as author"
    pub place: String,
    /// To the place.
    pub href: String,
    /// Words before.
    pub before: String,
    /// The words themselves.
    pub text: String,
    /// Words after.
    pub after: String,
}

/// A page about the edition.
#[derive(Clone, Debug, Serialize)]
pub struct TextInput {
    /// Language of the page's text when it is not that of the interface; may be empty.
    pub text_language: String,
    /// As in a document.
    pub text_direction: &'static str,
    /// Second line.
    pub subtitle: Option<String>,
    /// What the page is about, in a sentence.
    pub summary: Option<String>,
    /// Its text.
    pub body_html: String,
    /// Its notes.
    pub notes: Vec<NoteInput>,
    /// Its emendations (mostly none).
    pub emendations: Vec<EmendationInput>,
    /// Markdown view.
    pub source_view: String,
}

/// The first page.
#[derive(Clone, Debug, Serialize)]
pub struct HomeInput {
    /// The edition's whole title; `edition.title` may be a short one.
    pub title: String,
    /// Text of `content/pages/index.md`; may be empty.
    pub body_html: String,
    /// Its notes.
    pub notes: Vec<NoteInput>,
    /// Charts of the years.
    pub charts: Vec<YearChart>,
    /// "37 documents, from 1917 to 1922"
    pub summary: String,
    /// All documents in time if the edition is small, otherwise the first ones.
    pub documents: Vec<HomeDocument>,
    /// More documents than shown.
    pub more: bool,
    /// Registers, bibliography, pages: title and how many.
    pub entrances: Vec<Entrance>,
}

/// A document on the first page.
#[derive(Clone, Debug, Serialize)]
pub struct HomeDocument {
    /// Its row in the chronology.
    pub row: Row,
    /// Its abstract, or its first words; may be empty.
    pub opening: String,
    /// Language of the first words when it is not that of the interface; may be empty.
    pub language: String,
}

/// A way into the edition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entrance {
    /// "Persons"
    pub title: String,
    /// Relative.
    pub href: String,
    /// "31 entries"; may be empty.
    pub count: String,
}

/// The Markdown of a document.
#[derive(Clone, Debug, Serialize)]
pub struct SourceInput {
    /// Back to the document.
    pub document: LinkInput,
    /// `content/documents/a.md`
    pub file: String,
    /// The highlighted text, inside `<pre><code>`.
    pub html: String,
}

/// The page for addresses that are not there.
#[derive(Clone, Debug, Serialize)]
pub struct NotFoundInput {
    /// To the first page: the public address when there is one, since this page is served at any depth.
    pub home: String,
    /// The whole stylesheet, since a relative link to it would not work at any depth.
    pub style: String,
}

/// An old address.
#[derive(Clone, Debug, Serialize)]
pub struct RedirectInput {
    /// Where it went.
    pub target: LinkInput,
}
