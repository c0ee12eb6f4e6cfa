//! The table of all kinds of findings: name, severity, one line, explanation.
//!
//! `ibid explain CODE` prints a row and the manual's list is generated from the table. Each code has a case in `tests/diagnostics/`.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How grave a finding is. Errors leave the output untouched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Likely a slip; the site is built.
    Warning,
    /// The site is not built.
    Error,
}

impl Severity {
    /// As printed.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What the table says of a code.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// The code itself.
    pub code: Code,
    /// Kebab-case name, as printed in brackets.
    pub name: &'static str,
    /// Default severity.
    pub severity: Severity,
    /// One line.
    pub summary: &'static str,
    /// Why it matters and how to mend it; plain sentences.
    pub explanation: &'static str,
}

macro_rules! table {
    ($($variant:ident $name:literal $severity:ident $summary:literal $explanation:literal)*) => {
        /// A kind of finding.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $summary] $variant,)*
        }

        /// All codes in the order of the table.
        pub const TABLE: &[Row] = &[
            $(Row { code: Code::$variant, name: $name, severity: Severity::$severity, summary: $summary, explanation: $explanation },)*
        ];
    };
}

impl Code {
    /// The row of this code.
    #[must_use]
    pub fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }

    /// The printed name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// Whether it is always an error: something typed could not be read or would be lost, or two things claim one address.
    #[must_use]
    pub fn is_firm(self) -> bool {
        FIRM.contains(&self)
    }

    /// The code with this printed name.
    #[must_use]
    pub fn read(name: &str) -> Option<Self> {
        TABLE.iter().find(|row| row.name == name).map(|row| row.code)
    }
}

/// Findings that no setting makes less grave.
const FIRM: &[Code] = &[
    Code::MissingEdition,
    Code::OldProgram,
    Code::MergeConflict,
    Code::NotUtf8,
    Code::UnreadableFile,
    Code::FrontMatterUnclosed,
    Code::FrontMatterMissing,
    Code::YamlSyntax,
    Code::JsonSyntax,
    Code::DuplicateKey,
    Code::BadId,
    Code::DuplicateId,
    Code::DuplicateEntry,
    Code::DuplicateNote,
    Code::RouteCollision,
    Code::UnknownTheme,
    Code::TemplateError,
    Code::LostDefinition,
    Code::FrontMatterTwice,
    Code::LostCell,
    Code::NameTooLong,
];

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Code {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        Self::read(&name).ok_or_else(|| serde::de::Error::custom(format!("there is no finding `{name}`")))
    }
}

table! {
    MissingEdition "missing-edition" Error
        "there is no `content/edition.yaml`"
        "An edition is a folder with `content/edition.yaml` in it. Create the file with at least `title: …`, or give the edition's folder with `--root`."
    NotUtf8 "not-utf8" Error
        "a file is not UTF-8 text"
        "All texts are UTF-8. Older files are often windows-1251, windows-1252 or UTF-16: open the file in an editor, choose its real encoding and save it as UTF-8."
    UnreadableFile "unreadable-file" Error
        "a file could not be read"
        "The file or folder is there but could not be read: check its permissions, or whether it is a link to something that is gone."
    UnreadableImage "unreadable-image" Warning
        "an image cannot be shown"
        "The file has the name of an image but is none that a browser shows. Often it is a pointer of Git LFS (`git lfs pull` fetches the image) or a scan in another format under a wrong name."
    UnreadFile "unread-file" Warning
        "a file that seems to belong to the edition is not read"
        "Documents stand in `content/documents/` and pages in `content/pages/`, in files that end in `.md`; registers in `content/registers/`; works in `content/bibliography.yaml`. A file in another place, or with another ending, is passed over: move or rename it."
    ForeignFile "foreign-file" Note
        "a file of another program lies among the texts"
        "Files of word processors, scans and the like in `content/` are neither read nor published. Texts can be brought in with `ibid import`; what readers are to see or fetch stands in `content/media/`; working papers are better kept outside `content/`."
    FrontMatterUnclosed "front-matter-unclosed" Error
        "the front matter never ends"
        "Front matter stands between two lines `---` at the very top of a document. Type `---` on a line of its own after the last field."
    FrontMatterMissing "front-matter-missing" Error
        "a document has no front matter"
        "Each document begins with front matter between two lines `---`, with at least `title`, `date` and `source`."
    YamlSyntax "yaml-syntax" Error
        "the fields cannot be read as YAML"
        "Fields are lines `name: value`. A value with a colon followed by a space, or one that begins with `[`, `{`, `@`, `*`, `&` or a quotation mark, needs quotation marks around it."
    BibtexSyntax "bibtex-syntax" Error
        "an entry of a `.bib` file cannot be read"
        "Each entry is `@type{key, field = {value}, …}`: every brace that is opened is closed, fields are separated by commas. The entry is left out and the others are read."
    JsonSyntax "json-syntax" Error
        "a `.json` file cannot be read"
        "The bibliography as CSL-JSON is a list `[{\"id\": …, \"title\": …}]`, as Zotero exports it. Export it again rather than mending it by hand."
    DuplicateKey "duplicate-key" Error
        "a field stands twice"
        "The same field name stands twice in one place, so one of the two values would be lost. Keep one, or make a list if the field takes several values."
    LostWords "lost-words" Warning
        "words after `#` are taken as a comment"
        "In YAML a `#` after a space begins a comment, and what follows is not read: `title: Telegram #45` is only `Telegram`. Put the whole value in quotation marks. A real comment has a space after `#`."
    CurlyQuotes "curly-quotes" Warning
        "curly quotation marks stand around a value"
        "Word processors turn straight quotation marks into curly ones. In fields only straight ones, `\"…\"`, stand around a value; curly ones are letters of it and would be shown. Where a title is itself a quotation, put straight ones around the whole: `title: \"“All power to the Soviets!”\"`."
    UnknownField "unknown-field" Error
        "a field is not known"
        "Unknown fields are never ignored, since they are mostly slips of the pen. The manual lists all fields."
    WrongType "wrong-type" Error
        "a value has the wrong form"
        "The field expects another form of value, for instance a list, a text, or a map with named fields."
    UnknownValue "unknown-value" Error
        "a value is not one of the words a field takes"
        "Some fields take only certain words, for instance `status`, `role` or `calendar`, or a code such as a language. The finding says which."
    MissingField "missing-field" Error
        "a needed field is missing"
        "Documents need `title`; register entries need `name`; bibliography entries need `title`."
    EmptyValue "empty-value" Warning
        "a field has no value"
        "Leave out what is not known: an absent field leaves no gap on the page."
    BadId "bad-id" Error
        "an id has letters that an address cannot hold"
        "Ids are made of small letters a–z, digits and hyphens, since they become addresses of pages."
    DuplicateId "duplicate-id" Error
        "two documents have the same id"
        "An id is the permanent name and address of one document. Give one of the two another `id`."
    DuplicateEntry "duplicate-entry" Error
        "two entries have the same key"
        "Register ids and bibliography keys must be unique in the edition, also across files."
    RouteCollision "route-collision" Error
        "two pages would be written to the same address"
        "Addresses are compared without regard to case. Rename one of the two."
    BadDate "bad-date" Warning
        "a date could not be read"
        "The printed form is kept and shown, but the document stands among the undated ones. Add `{printed: …, edtf: …}` to say what it means; `ibid date \"…\"` shows what is understood."
    UnknownEntity "unknown-entity" Error
        "no register has this id"
        "A value in the form of an id (small letters, digits, hyphens) names an entry of `content/registers/`. Add the entry, correct the id, or write the name with a capital letter if it is only a name."
    UnknownRegister "unknown-register" Error
        "a register has a name that is not known"
        "Registers are `persons`, `organisations`, `places`, `events`, `periodicals`, `works` and `terms`, each a file `.yaml` in `content/registers/`."
    UnknownCite "unknown-cite" Error
        "no bibliography entry has this key"
        "Each `[@key]` and each `work:` names an entry of `content/bibliography`."
    UnknownDocument "unknown-document" Error
        "no document has this id"
        "Relations such as `replies_to` name documents of the edition by their id; `pages` in `content/edition.yaml` names its pages."
    UndefinedNote "undefined-note" Error
        "a note is referred to but not written"
        "Each `[^1]` in the text needs a line `[^1]: text of the note`."
    UnusedNote "unused-note" Error
        "a note is written but nothing refers to it"
        "A note without a reference in the text would never be seen. Put its mark where it belongs, or remove the note."
    DuplicateNote "duplicate-note" Error
        "a note is written twice"
        "Two notes have the same mark, so one of them would be lost. Give one another mark."
    EmptyNote "empty-note" Warning
        "a note has no text"
        "The note's mark is followed by nothing."
    UnknownNoteKind "unknown-note-kind" Error
        "a note is of a kind the edition does not know"
        "The word before the colon in `[^kind:mark]` names a note series. Series are listed in `content/edition.yaml` under `note_kinds`."
    UnknownKind "unknown-kind" Warning
        "a kind of document is probably misspelt"
        "Kinds are free words; those that are nearly one the program knows are mostly slips. Correct it, or name your kind in `content/edition.yaml` under `kinds` with the words to show."
    UnknownPart "unknown-part" Error
        "a part of a document is not known"
        "The last line of a paragraph may say what part it plays: `{.dateline}`, `{.addressee}`, `{.salutation}`, `{.closer}`, `{.signature}`, `{.postscript}`, `{.heading}`, `{.omission}`, `{.verse}`, and an id `{#name}`."
    UnknownScheme "unknown-scheme" Error
        "an annotation is of an unknown kind"
        "Annotations are links: `person:`, `org:`, `place:`, `event:`, `term:`, `work:`, `date:`, `at:`, `page:`, `sic:`, `supplied:`, `unclear:`, `gap:`; web addresses begin with `https://`."
    BadCitation "bad-citation" Error
        "a citation cannot be read"
        "A citation is `[@key]` or `[@key, p. 5; see also @other]`."
    UnreadLocator "unread-locator" Warning
        "a place in a work is not understood"
        "After a key may stand a page, a volume, a note and the like with its label in English, German, French or Russian: `[@key, vol. 5, pp. 276–77]`. Words that are none of these are printed as typed, and styles cannot set them in their way."
    BadCrossReference "bad-cross-reference" Error
        "a printed cross-reference cannot be read"
        "Printed cross-references are `at:work/704` for a document number, `at:work/p112` for a page, several with commas: `at:work/704,705`."
    DeadLink "dead-link" Error
        "a link leads nowhere"
        "Links between documents are relative to the file, as `[the reply](other-document.md)`, with an optional `#paragraph`."
    DuplicateAnchor "duplicate-anchor" Error
        "two places in a document have the same id"
        "An id `{#name}` may stand once in a document, since it is the address of that place."
    EmbeddedMismatch "embedded-mismatch" Error
        "an embedded document is not tied to a block"
        "Each entry under `contains` names the id of a block `{#id}` in the text of the same document."
    DateDisagreement "date-disagreement" Warning
        "the title or the dateline states another day than the fields"
        "A dateline, or a day that ends the title after a comma, is compared with `date`, `written`, `sent` and `received`, in both styles. Mostly one of the two is a slip. Where the source itself errs, give `printed`, `edtf` and the `evidence`."
    ReceivedBeforeSent "received-before-sent" Warning
        "a document arrived before it was sent, or was sent before it was written"
        "The dates of writing, sending and receipt must follow each other. One day is allowed, since a telegram to the west may arrive on the day before."
    ReplyBeforeLetter "reply-before-letter" Warning
        "a reply is dated before what it answers"
        "`replies_to` and `answered_by` join a letter and its reply; the reply must be the later one. One day is allowed for places far apart, and nothing is said where the styles of the calendar may explain it."
    OutsideLifetime "outside-lifetime" Warning
        "a document is dated outside its author's life"
        "The date of writing is compared with `born` and `died` of the author in the register of persons. Either a date is wrong or the document is by another person."
    PrintedBeforeWritten "printed-before-written" Warning
        "a document is dated after the work it is printed from"
        "A work cannot print what was not written yet, and no copy is older than its text: the document's date, the other date, or the choice of the work is wrong. Sentences in `first_published`, `copy_text` and `source` are compared when they state one date."
    UnknownStyle "unknown-style" Error
        "there is no citation style of this name"
        "A name under `citation_styles` is one of the styles that come with ibid (`chicago-notes`, `chicago-author-date`, `mla`, `apa`, `gost-r-7-0-5-2008` and those of the citation processor), `bibtex`, or a file `content/styles/NAME.csl`."
    UnreadableStyle "unreadable-style" Error
        "a citation style cannot be read"
        "A style is a file in the Citation Style Language 1.0, XML that begins with `<style>`. A page saved from the web, or a file cut short, is none. Take the `.csl` file again."
    DependentStyle "dependent-style" Error
        "a citation style only points to another one"
        "Many journals have a style file that says only which other style they use. Name that other style in `citation_styles`."
    BrokenEntity "broken-entity" Warning
        "the name of a character is broken"
        "Web pages write some characters as names between `&` and `;`, as `&mdash;`. Here such a name is no name of a character, has lost its semicolon, or was encoded twice, so its letters stand in the text. Type the character itself."
    ControlCharacter "control-character" Error
        "a control character stands in a file"
        "NUL, form feed, escape and their like command old machines and are no text; XML cannot hold them. They come from damaged files and from pages set for printers. `ibid check --fix` removes them."
    DoubledWord "doubled-word" Warning
        "a word stands twice"
        "The same word twice in a row is mostly a slip, often where a line ended. Words that may stand twice in a good sentence are left alone (“had had”, “that that”). If the source has both, mark the place: `[the](<sic:the the>)`."
    HyphenDebris "hyphen-debris" Warning
        "a hyphen of a line end is left in the text"
        "Where the printed page divided a word, its hyphen may be left beside a space: `their -agreement`, `agree- ment`. Join the word. If the source prints it so, mark the place: `[their agreement](<sic:their -agreement>)`. Hyphens that join (“pre- and post-war”) are left alone."
    InvisibleCharacter "invisible-character" Warning
        "a character that nobody sees stands in a file"
        "Characters of zero width, soft hyphens and those that turn the direction of writing come with text copied from web pages. Search does not find words that have them, and turned text does not say what it seems to. `ibid check --fix` removes them. Scripts that need joiners and marks of direction are left alone."
    MixedScripts "mixed-scripts" Warning
        "a word has Latin and Cyrillic letters"
        "Some letters of the two alphabets look alike. A word that has both is not found by search and is sorted wrongly. `ibid check --fix` corrects it where every strange letter has a double."
    Mojibake "mojibake" Warning
        "letters were read in the wrong encoding"
        "A text that was saved in one encoding and read in another shows `Ð¡Ñ‚Ð°Ð»Ð¸Ð½` or `РЎС‚Р°Р»РёРЅ` for “Сталин” and `â€œ` for a quotation mark; `�` stands where a letter was lost for good. `ibid check --fix` corrects what can be read back."
    OcrLitter "ocr-litter" Warning
        "signs that optical reading left behind"
        "A run of signs such as `^*»'~` or a year such as `l9l8` is what a program read in a stain, a seal or a worn letter. Compare with the source."
    OldLineEnds "old-line-ends" Warning
        "lines end as on old Macs"
        "A carriage return alone ended lines on Macs before 2001. The program reads such files, but other programs see one long line, and line numbers of findings are useless. `ibid check --fix` writes line feeds."
    PageOrder "page-order" Warning
        "page breaks do not follow each other, or lie outside the source"
        "The pages named by `[](page:534)` count up through the text, and lie within the pages that `source` gives; a figure was mistyped, or a break stands at the wrong place. A document that leaps in its source, as when its end is printed before its beginning, has its pages listed: `pages: \"36, 12-13\"`."
    StrayPageNumber "stray-page-number" Warning
        "a page number of the source stands in the text"
        "A number alone between two paragraphs, or on a line of its own, is mostly the page number of the printed source. Where that page begins, write `[](page:534)` in the running text: it is shown in the margin and can be linked to."
    UnbalancedQuotes "unbalanced-quotes" Warning
        "a quotation mark has no partner"
        "A quotation opens and never closes, or closes and never opened. A quotation of several paragraphs opens each of them and closes the last, which is understood. Single marks are not looked at, since they are apostrophes too. A slip of the source is marked with `sic:`."
    UnindentedNote "unindented-note" Warning
        "a paragraph behind a note is probably its second one"
        "A note may have several paragraphs; each but the first begins with four blanks, or Markdown takes it for text. Notes that stand at the end of the file, all together, leave no doubt."
    UnreadMarkup "unread-markup" Warning
        "signs of markup are shown as they were typed"
        "Something is missing beside them, so they are printed: a `**` without its partner, `##Title` without a blank, a table without its line of hyphens, a link whose target has blanks, a paragraph that begins with four blanks and becomes code. A sign that belongs to the text has a backslash before it."
    LostCell "lost-cell" Error
        "a row of a table has more cells than the table has columns"
        "The first row of a table says how many columns it has. What stands in further cells of a later row would not be shown. A `|` that belongs to the text is typed `\\|`."
    MissingCell "missing-cell" Warning
        "a row of a table has fewer cells than the table has columns"
        "The cells that are missing are shown empty at the end of the row, so that those that are there may stand in the wrong column. Each cell is typed, also an empty one."
    ReversedPages "reversed-pages" Warning
        "a range of pages ends before it begins"
        "Mostly a figure was mistyped or two were exchanged. The last page may leave out the figures it shares with the first: `276–77`."
    FrontMatterTwice "front-matter-twice" Error
        "fields stand in a file twice"
        "Only the first lines between two `---` are read as fields; a second block would be printed as text. Join the two."
    SelfReferringNote "self-referring-note" Warning
        "a note refers to itself"
        "The mark in the note leads to the same note. Mostly another note was meant."
    NoteOrder "note-order" Warning
        "marks of notes are out of order"
        "Typed marks are printed as they are. A reader who meets note 3 before note 2 takes one of them for a slip. Where the source itself has them so, allow this finding in `content/edition.yaml`."
    SameMark "same-mark" Warning
        "two notes have the same mark"
        "A plain `[^1]` and `[^editor:1]` may be of one series; both would be printed as 1. Notes of two series that are both numbered look the same in the text, too. Give one of the two another mark."
    UncitedEntry "uncited-entry" Note
        "nothing refers to a work of the bibliography"
        "The work stands in the bibliography, but no document is printed from it and nothing cites it."
    WantedDocument "wanted-document" Note
        "a printed cross-reference leads to a document that the edition does not have"
        "The list of wanted documents shows what the texts refer to and the edition has not. When the document is added, with its place in the source, the reference becomes a link."
    UntaggedName "untagged-name" Note
        "a name of the registers is not tagged"
        "A document names someone or something that the registers know, and nothing in it leads there. This is a suggestion: nobody but an editor can say who is meant. It is made once for each entry and document, for names of two words and for family names that only one entry has."
    AmbiguousName "ambiguous-name" Note
        "a name may mean several entries of the registers"
        "A name was typed where an id may stand, and more than one entry bears it. Type the id of the one that is meant."
    DuplicateEntity "duplicate-entity" Warning
        "two entries of the registers are probably one"
        "Two entries have the same name and no dates that tell them apart, or the same number of an authority file (VIAF, GND, Wikidata). Join them, or give what tells them apart."
    ContradictingDates "contradicting-dates" Warning
        "a life or an existence ends before it begins"
        "`died` or the end of an organisation is before `born` or its foundation."
    ReservedName "reserved-name" Warning
        "a file's name cannot be used on every disk"
        "Windows keeps names such as `con`, `aux` and `nul` for itself, forbids `< > : \" | ? * \\` in names of files, and drops a full stop or space at the end. Whoever copies the edition or its site there loses the file."
    NameTooLong "name-too-long" Error
        "a name is too long for a file"
        "A file's name has at most 255 bytes, also with `.html` behind it; letters of other scripts than Latin take two or more. Give the document a shorter `id`, or the file a shorter name."
    UnknownTheme "unknown-theme" Error
        "there is no theme of this name"
        "A theme is one of the built-in ones or a folder `themes/NAME/` of the edition."
    TemplateError "template-error" Error
        "a template of the theme cannot be used"
        "The message says which template and line. Remove the file from `themes/` to go back to the built-in one."
    RawHtml "raw-html" Warning
        "HTML in a document is shown as text"
        "Documents hold text and annotations. HTML tags are printed as they stand. An edition that needs some may write `html: sanitised` in `content/edition.yaml`: then elements of text are obeyed, and whatever acts is removed."
    LostDefinition "lost-definition" Error
        "a line is read as the address of a link and would not be shown"
        "A line `[word]: text` at the beginning of a paragraph gives the address of a link `[word]`. When no link uses it, its words would vanish from the page. Type a backslash before the bracket, `\\[word]: text`, or remove the line."
    DeepNesting "deep-nesting" Warning
        "quotations, lists or emphasis are nested too deep"
        "Beyond a hundred levels the inner ones are shown as if they stood in the last. Mostly a row of signs was meant as text: type a backslash before it."
    NoHistory "no-history" Warning
        "git has no whole history of the edition"
        "Dates of revision are read from git. A shallow clone lacks the first commits, so every date would be wrong: none is shown then. In a workflow the step that fetches the repository needs `fetch-depth: 0`; at home `git fetch --unshallow` fetches the rest."
    MergeConflict "merge-conflict" Error
        "git could not put two versions together"
        "Two people changed the same lines. Git leaves both in the file: yours between `<<<<<<<` and `=======`, the other between `=======` and `>>>>>>>`. Keep what is right and delete the three lines of signs."
    OldProgram "old-program" Error
        "the edition needs a newer version of this program"
        "`ibid` in `content/edition.yaml` names the oldest version that can build the edition. Install that version or a newer one; the published site is left as it was."
    Unreviewed "unreviewed" Error
        "a state of editing that nobody answers for"
        "By the edition's rule (`review` in `content/edition.yaml`) a document is `proofread` when somebody has proofread it, and `validated` or `published` when somebody has validated it who has neither transcribed nor proofread it. Name them under `responsibility`, or give the document the state it has reached."
    BadLedger "bad-ledger" Error
        "a line of the ledger cannot be read"
        "`content/ledger.txt` is written by `ibid record`: an address to a line, with the version and day of its first publication. Take the file back from git and run `ibid record` again."
    VanishedAddress "vanished-address" Error
        "an address that was published is gone"
        "Readers may have cited it. Where another document has taken its place, put the old address under its `aliases`; where nothing has, say why in `content/tombstones.yaml`. A page then stands at the address."
    MovedEdition "moved-edition" Warning
        "the edition was published at another address"
        "Every citation of the edition holds the old address. If it is to move, see that the old host leads to the new one, and run `ibid record`; otherwise take `url` back."
    NotRecorded "not-recorded" Note
        "new addresses are not in the ledger yet"
        "Before you publish, run `ibid record` and commit `content/ledger.txt`: from then on the address of a document cannot vanish unnoticed, and its paragraphs keep their numbers."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_finds_its_row() {
        for row in TABLE {
            assert_eq!(row.code.row().name, row.name);
            assert_eq!(Code::read(row.name), Some(row.code));
        }
    }
}
