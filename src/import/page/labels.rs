//! Labels of a page's header: `Written:`, `Source:`, `Author(s)`, «Написано», and what they state.

/// What a label states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names say all")]
pub enum Label {
    Author,
    Recipient,
    Written,
    Dictated,
    Delivered,
    /// Publications, copy-text, ways of sending: sentences read by the grammar of source notes.
    SourceNote,
    /// "Publisher:" beside "Source:".
    Publisher,
    Source,
    Translated,
    Transcribed,
    MarkedUp,
    TranscribedAndMarkedUp,
    Proofread,
    Rights,
    Keywords,
    Language,
    Place,
    /// Where the original is kept.
    Archive,
    /// What has no field: collection, online version.
    Other,
}

/// Labels in small letters, without colon. Where a label may stand without colon, in a table that was flattened to lines, `true`.
const LABELS: &[(&str, Label, bool)] = &[
    ("author(s)", Label::Author, true),
    ("authors", Label::Author, true),
    ("author", Label::Author, true),
    ("by", Label::Author, false),
    ("from", Label::Author, false),
    ("sender", Label::Author, false),
    ("автор", Label::Author, true),
    ("авторы", Label::Author, true),
    ("to", Label::Recipient, false),
    ("recipient", Label::Recipient, true),
    ("recipient(s)", Label::Recipient, true),
    ("addressee", Label::Recipient, true),
    ("адресат", Label::Recipient, true),
    ("кому", Label::Recipient, false),
    ("written", Label::Written, true),
    ("written on", Label::Written, true),
    ("date written", Label::Written, true),
    ("date", Label::Written, true),
    ("date of writing", Label::Written, true),
    ("написано", Label::Written, true),
    ("дата написания", Label::Written, true),
    ("дата", Label::Written, true),
    ("датасоздания", Label::Written, false),
    ("дата создания", Label::Written, true),
    ("dictated", Label::Dictated, true),
    ("продиктовано", Label::Dictated, true),
    ("delivered", Label::Delivered, true),
    ("spoken", Label::Delivered, false),
    ("first published", Label::SourceNote, true),
    ("first publication", Label::SourceNote, true),
    ("first published in", Label::SourceNote, true),
    ("published", Label::SourceNote, true),
    ("published in", Label::SourceNote, true),
    ("printed from", Label::SourceNote, true),
    ("published according to", Label::SourceNote, true),
    ("sent", Label::SourceNote, false),
    ("впервые опубликовано", Label::SourceNote, true),
    ("впервые напечатано", Label::SourceNote, true),
    ("первая публикация", Label::SourceNote, true),
    ("опубликовано", Label::SourceNote, true),
    ("публикуется по", Label::SourceNote, true),
    ("печатается по", Label::SourceNote, true),
    ("publisher", Label::Publisher, true),
    ("издательство", Label::Publisher, true),
    ("source", Label::Source, true),
    ("sources", Label::Source, true),
    ("printed source", Label::Source, true),
    ("источник", Label::Source, true),
    ("translated", Label::Translated, true),
    ("translated by", Label::Translated, true),
    ("translation", Label::Translated, true),
    ("translator", Label::Translated, true),
    ("перевод", Label::Translated, true),
    ("переводчик", Label::Translated, true),
    ("transcription\\markup", Label::TranscribedAndMarkedUp, false),
    ("transcription/markup", Label::TranscribedAndMarkedUp, false),
    ("transcription/html markup", Label::TranscribedAndMarkedUp, false),
    ("transcription & markup", Label::TranscribedAndMarkedUp, false),
    ("transcribed", Label::Transcribed, true),
    ("transcribed by", Label::Transcribed, true),
    ("transcription", Label::Transcribed, true),
    ("transcriber", Label::Transcribed, true),
    ("расшифровка", Label::Transcribed, false),
    ("набор", Label::Transcribed, false),
    ("оцифровка", Label::Transcribed, false),
    ("markup", Label::MarkedUp, false),
    ("html markup", Label::MarkedUp, false),
    ("html mark-up", Label::MarkedUp, false),
    ("разметка", Label::MarkedUp, false),
    ("proofread", Label::Proofread, false),
    ("proofreading", Label::Proofread, false),
    ("proofed and corrected", Label::Proofread, false),
    ("вычитка", Label::Proofread, false),
    ("корректура", Label::Proofread, false),
    ("public domain", Label::Rights, false),
    ("copyright", Label::Rights, false),
    ("copyleft", Label::Rights, false),
    ("license", Label::Rights, false),
    ("права", Label::Rights, false),
    ("keywords", Label::Keywords, true),
    ("keyword", Label::Keywords, true),
    ("ключевые слова", Label::Keywords, true),
    ("language", Label::Language, true),
    ("copyright status", Label::Rights, false),
    ("licence", Label::Rights, false),
    ("лицензия", Label::Rights, false),
    ("archive", Label::Archive, false),
    ("archival reference", Label::Archive, false),
    ("archive reference", Label::Archive, false),
    ("repository", Label::Archive, false),
    ("архив", Label::Archive, false),
    ("шифр", Label::Archive, false),
    ("место хранения", Label::Archive, false),
    ("ocr", Label::Transcribed, false),
    ("scanned", Label::Transcribed, false),
    ("scan", Label::Transcribed, false),
    ("сканирование", Label::Transcribed, false),
    ("верстка", Label::MarkedUp, false),
    ("published by", Label::Publisher, false),
    ("collection", Label::Other, true),
    ("online version", Label::Other, false),
    ("additional text from", Label::Other, false),
];

/// A label at the beginning of a line: what it states, its length with the colon, whether there was a colon.
#[must_use]
pub fn read(line: &str) -> Option<(Label, usize, bool)> {
    let lower = line.to_lowercase();
    // Case changes the length of few letters, none of them in the labels.
    if lower.len() != line.len() {
        return None;
    }
    let mut best: Option<(Label, usize, bool)> = None;
    for &(name, label, bare) in LABELS {
        let Some(rest) = lower.strip_prefix(name) else { continue };
        let colon = rest.trim_start_matches([' ', '\u{a0}']).starts_with(':');
        let length = if colon { name.len() + rest.find(':').map_or(0, |at| at + 1) } else { name.len() };
        let ends = colon || bare && (rest.is_empty() || rest.starts_with([' ', '\t', '\u{a0}']));
        if ends
            && line.chars().next().is_some_and(|letter| letter.is_uppercase() || colon)
            && best.is_none_or(|(_, known, _)| length > known)
        {
            best = Some((label, length, colon));
        }
    }
    best
}

/// The label with exactly this name, as a header cell or a template's parameter has it.
#[must_use]
pub fn named(name: &str) -> Option<Label> {
    let name = name.trim().trim_end_matches(':').trim().to_lowercase().replace('_', " ");
    LABELS.iter().find(|(known, ..)| *known == name).map(|(_, label, _)| *label)
}

/// The length of a label that is none of ours, with its colon: `Online edition: …`.
#[must_use]
pub fn unknown(line: &str) -> Option<usize> {
    let at = line.find(':').filter(|at| *at <= 60)?;
    let words = line[..at].trim();
    let sound = words.starts_with(char::is_uppercase)
        && words.split(' ').count() <= 4
        && words.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '/' | '\\' | '-' | '(' | ')' | '.' | '’'));
    (sound && !line[at + 1..].trim().is_empty()).then_some(at + 1)
}
