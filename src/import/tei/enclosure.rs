//! Enclosures: documents within a document, described under `contains` by what the print says of them: heading, editors' words above it,
//! dateline, signature, address. Who stands in no heading is named as the paper names him; he becomes no entry of a register.

use super::super::front::{Fields, Value};
use super::super::page::names::{is_office, lowered, names_body};
use super::super::page::opening::dateline;
use super::super::text::{Block, BlockKind};
use super::dates;
use super::volume::without_stop;
use super::writer::{Flow, Writer};
use crate::base::text::squeeze;
use crate::formats::xml::{NodeId, Xml};
use crate::parse::date::read;

/// Kinds that the editors' words above a document name: `[Inclosure 2.—Telegram.]`
const KINDS: [&str; 3] = ["telegram", "memorandum", "treaty"];

impl Writer<'_, '_> {
    /// An enclosure, or several that share one element.
    pub(super) fn enclosure(&mut self, id: NodeId, flow: &mut Flow) {
        let xml = self.reading.xml;
        let document = |node: NodeId| xml.name(node) == "div" && xml.attribute(node, "type") == Some("document");
        self.end_line(flow);
        if xml.children(id).iter().filter(|child| document(**child)).count() < 2 {
            self.one_enclosure(id, flow);
            return;
        }
        for child in xml.children(id).to_vec() {
            if document(child) { self.one_enclosure(child, flow) } else { self.node(child, flow) }
        }
        self.end_line(flow);
    }

    fn one_enclosure(&mut self, id: NodeId, flow: &mut Flow) {
        let number = self.contains.len() + 1;
        let given = self.reading.xml.attribute(id, "n").filter(|name| crate::base::slug::is_id(name));
        let counted = || if number == 1 { "enclosure".to_owned() } else { format!("enclosure-{number}") };
        let name = given.map_or_else(counted, str::to_owned);
        let mut entry = Fields::new();
        entry.put("id", name.as_str());
        self.contains.push(Fields::new());
        let outer = self.addressee.take();
        self.describe(id, number, &mut entry);
        let mut blocks = self.blocks(id, None);
        self.end_document(&mut blocks);
        self.addressee = outer;
        self.contains[number - 1] = entry;
        if !blocks.is_empty() {
            flow.out.push(Block::new(BlockKind::Quote(blocks)).named(name));
        }
    }

    /// What an enclosure says of itself.
    fn describe(&mut self, id: NodeId, number: usize, entry: &mut Fields) {
        let xml = self.reading.xml;
        let core = core_of(xml, id);
        let head = xml.child(core, "head").or_else(|| xml.child(id, "head"));
        let head_words = head.map(|head| self.head_words(head)).unwrap_or_default();
        let beside = head.map(|head| self.below(core, head)).unwrap_or_default();
        let label = [id, core].iter().flat_map(|node| xml.children(*node)).copied().find(|child| self.is_source_note(*child));
        let label = label.map(|note| squeeze(&xml.all_text(note))).unwrap_or_default();
        let (mut author, mut to) = head.map(|head| self.parties(head)).unwrap_or_default();
        if author.is_empty() {
            author = self.signers(core);
        }
        if to.is_empty() {
            to = self.addressed(core);
        }
        let date = self.date_of_enclosure(core, &[&label, &head_words, &beside]);
        let said = format!("{label} {beside}").to_lowercase();
        let kind = KINDS.iter().find(|kind| said.split(|letter: char| !letter.is_alphabetic()).any(|word| word == **kind));
        let letter = Some(&"letter").filter(|_| !author.is_empty() && !to.is_empty() && !is_of_somebody(&head_words));
        entry.put_some("kind", kind.or(letter).copied());
        entry.put_some("state", said.contains("translation").then_some("translation"));
        let title = match (counts_only(&head_words), head_words.trim_end_matches('.')) {
            (true, counted) if !beside.is_empty() => format!("{counted}: {beside}"),
            (true, counted) if counted.chars().filter(|letter| letter.is_alphabetic()).count() > 2 => counted.to_owned(),
            (true, counted) => self.in_dispatch(format!("Enclosure {counted}")),
            (false, "") => self.title_without_heading(id, number, &label, &author, &to),
            (false, _) => without_stop(&head_words).to_owned(),
        };
        entry.put("title", title);
        entry.put_list("author", author);
        entry.put_list("to", to);
        entry.put_some("date", date);
    }

    /// The line under a heading that only counts: `Annex No. 5.` and under it `Imperial edict of the 13th of February.`
    fn below(&mut self, core: NodeId, head: NodeId) -> String {
        let xml = self.reading.xml;
        if !counts_only(&self.head_words(head)) {
            return String::new();
        }
        let mut after = xml.children(core).iter().copied().skip_while(|child| *child != head).skip(1);
        let Some(next) = after.find(|child| !matches!(xml.name(*child), "" | "pb")) else { return String::new() };
        let centred = xml.name(next) == "p" && xml.attribute(next, "rend").is_some_and(|rend| rend.contains("center"));
        if !centred && xml.name(next) != "head" && !self.is_source_note(next) {
            return String::new();
        }
        let words = self.head_words(next);
        let words = without_stop(words.trim_matches(['[', ']'])).to_owned();
        if words.split(' ').count() > 30 || words.ends_with(':') || is_remark(&words) {
            return String::new();
        }
        self.reading.guess("the line under a heading that only counts is the title of an enclosure", next, &words);
        words
    }

    /// A title for an enclosure without a heading: `Russell to Adams`, `From the London Gazette`, `Enclosure 2 in No. 12`.
    fn title_without_heading(&mut self, id: NodeId, number: usize, label: &str, author: &[Value], to: &[Value]) -> String {
        let xml = self.reading.xml;
        let label = label.trim_matches(['[', ']', '(', ')', ' ']);
        let parts: Vec<&str> = label.split(['—', '–']).map(|part| part.trim_matches(['.', ' ', ','])).collect();
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty() && !is_remark(part)).collect();
        let own = parts.iter().filter(|part| !counts_only(part)).copied().collect::<Vec<_>>().join(". ");
        if !own.is_empty() {
            return own;
        }
        let names = |parties: &[Value]| parties.iter().filter_map(name_of).collect::<Vec<_>>().join(" and ");
        let (from, to) = (names(author), names(to));
        let title = if !from.is_empty() && !to.is_empty() {
            format!("{from} to {}", to.strip_prefix("The ").map_or(to.clone(), |to| format!("the {to}")))
        } else if let Some(counted) = parts.first().filter(|part| part.contains("nclosure") || part.contains("nnex")) {
            (*counted).to_owned()
        } else {
            let kin = xml.within(self.unit).filter(|node| matches!(xml.name(*node), "frus:attachment" | "floatingText")).count();
            let counted = if kin > 1 { format!("Enclosure {number}") } else { "Enclosure".to_owned() };
            self.in_dispatch(counted)
        };
        self.reading.guess("an enclosure without a heading has a title made of what is known of it", id, &title);
        title
    }

    fn in_dispatch(&self, counted: String) -> String {
        match self.number_of_dispatch() {
            Some(dispatch) => format!("{counted} in No. {dispatch}"),
            None => counted,
        }
    }

    /// The number that a dispatch bears: `No. 44.]` before its text, or on a line of its own.
    fn number_of_dispatch(&self) -> Option<String> {
        let xml = self.reading.xml;
        let number = |paragraph: NodeId| {
            let words = squeeze(&xml.all_text(paragraph));
            let rest = words.trim_start_matches('[').strip_prefix("No. ")?;
            let end = rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(rest.len());
            let after = rest[end..].trim_start_matches('.');
            (rest.starts_with(|letter: char| letter.is_ascii_digit()) && (after.is_empty() || after.starts_with(']')))
                .then(|| rest[..end].to_owned())
        };
        xml.named(self.unit, "p").take(3).find_map(number)
    }

    /// Who signed, by the names that the paper has.
    fn signers(&mut self, core: NodeId) -> Vec<Value> {
        let xml = self.reading.xml;
        let signed: Vec<NodeId> = own(xml, core).into_iter().filter(|node| xml.name(*node) == "signed").collect();
        let lines = signed.into_iter().flat_map(|signed| {
            let items: Vec<NodeId> = xml.within(signed).filter(|node| xml.name(*node) == "item").collect();
            if items.is_empty() { vec![signed] } else { items }
        });
        lines.collect::<Vec<_>>().into_iter().filter_map(|line| self.signer_of(line)).collect()
    }

    fn signer_of(&mut self, line: NodeId) -> Option<Value> {
        let xml = self.reading.xml;
        let named = xml.find(line, "persName");
        let printed = squeeze(&words_before_line_end(xml, named.unwrap_or(line)));
        let name = without_stop(printed.split(',').next().unwrap_or_default().trim_matches(['“', '”', '"', ' ', ';', ':'])).to_owned();
        let mention = named.and_then(|named| self.reading.mention(named)).and_then(|target| Some(target.split_once(':')?.1.to_owned()));
        if mention.is_none() && !is_name(&name) {
            return None;
        }
        let name = lowered(&name);
        let id = mention.or_else(|| self.reading.who_signs(&name));
        self.reading.guess("the author of an enclosure is who signed it", line, &name);
        let Some(id) = id else { return Some(name.into()) };
        let mut party = Fields::new();
        party.put("ref", id);
        party.put("as", name);
        Some(party.into())
    }

    /// Whom the line under the signature addresses: `His Excellency Field Marshal Count von Waldersee, …`.
    fn addressed(&mut self, core: NodeId) -> Vec<Value> {
        let xml = self.reading.xml;
        let lines: Vec<NodeId> = own(xml, core).into_iter().filter(|node| matches!(xml.name(*node), "postscript" | "address")).collect();
        for line in lines {
            let printed = squeeze(&words_before_line_end(xml, line));
            let name = printed.split(", ").next().unwrap_or_default();
            let name = without_stop(name.strip_prefix("To ").unwrap_or(name).trim_matches([',', ';', ':', ' ']));
            if is_address(&printed) && (2..=12).contains(&name.split(' ').count()) {
                self.reading.guess("the recipient of an enclosure is whom the line under its signature names", line, name);
                return vec![name.into()];
            }
        }
        Vec::new()
    }

    /// Date and place: of a dateline, of a line at the end, or the day that the heading states.
    fn date_of_enclosure(&mut self, core: NodeId, headings: &[&str]) -> Option<Value> {
        let xml = self.reading.xml;
        let Some(line) = own(xml, core).into_iter().find(|node| xml.name(*node) == "dateline") else {
            return self.closing_date(core).or_else(|| self.date_in_heading(core, headings));
        };
        let date = xml.find(line, "date");
        let value = date.and_then(|date| self.reading.date_value(&xml.all_text(date), dates::edtf(xml, date).as_deref(), date));
        let place = xml.find(line, "placeName").and_then(|place| self.reading.place(place));
        act(place, value)
    }

    fn date_in_heading(&mut self, core: NodeId, headings: &[&str]) -> Option<Value> {
        let figures = |words: &str| words.split(|letter: char| !letter.is_ascii_digit()).filter(|figure| !figure.is_empty()).count();
        for heading in headings {
            let reading = read(heading, &self.reading.context(None));
            let Some(date) = reading.date.filter(|_| reading.warnings.is_empty()) else { continue };
            let printed = heading.get(reading.span.range()).unwrap_or_default();
            if date.edtf.as_str().len() == 10 && figures(printed) == figures(heading) && figures(printed) == 2 {
                self.reading.guess("the only day that the heading of an enclosure states is its date", core, heading);
                let bare = printed.find(|letter: char| letter.is_ascii_digit() || letter.is_uppercase()).unwrap_or(0);
                return self.reading.date_value(&printed[bare..], None, core);
            }
        }
        None
    }

    /// Place and date under the text, where no dateline has them: `White House, Washington, December 11, 1901.`
    pub(super) fn closing_date(&mut self, unit: NodeId) -> Option<Value> {
        let xml = self.reading.xml;
        let closing = xml.named(unit, "postscript").chain(xml.named(unit, "closer")).flat_map(|closing| xml.named(closing, "p"));
        let last = xml.named(unit, "p").last().filter(|last| xml.all_text(*last).split_whitespace().count() <= 12);
        for line in closing.chain(last).collect::<Vec<_>>() {
            let text = self.reading.words_in_line(line);
            let read = dateline(&text, &self.reading.context(None));
            let marked = xml.find(line, "date").and_then(|date| Some((date, dates::edtf(xml, date)?)));
            let value = match (&read, marked) {
                (_, Some((date, edtf))) => self.reading.date_value(&xml.all_text(date), Some(&edtf), date),
                (Some((printed, _)), None) => self.reading.date_value(printed, None, line),
                (None, None) => continue,
            };
            self.reading.guess("a date under the text is that of the document", line, &text);
            let place = read.and_then(|(_, place)| place).and_then(|place| self.reading.place_named(&place, line));
            return act(place, value);
        }
        None
    }
}

/// A date, with its place where one is known.
pub(super) fn act(place: Option<String>, date: Option<Value>) -> Option<Value> {
    if place.is_none() {
        return date;
    }
    let mut act = Fields::new();
    act.put_some("place", place);
    act.put_some("date", date);
    Some(act.into())
}

/// The element that holds the text of an enclosure: `div` in `frus:attachment`, `body` in `floatingText`.
pub(super) fn core_of(xml: &Xml<'_>, id: NodeId) -> NodeId {
    let mut core = id;
    loop {
        let mut elements = xml.children(core).iter().copied().filter(|child| !matches!(xml.name(*child), "" | "pb" | "fw"));
        match (elements.next(), elements.next()) {
            (Some(only), None) if matches!(xml.name(only), "div" | "text" | "body" | "group") => core = only,
            _ => return core,
        }
    }
}

/// Elements of an enclosure without those of its notes and of what is enclosed in it.
pub(super) fn own(xml: &Xml<'_>, core: NodeId) -> Vec<NodeId> {
    let (mut out, mut stack) = (Vec::new(), vec![core]);
    while let Some(node) = stack.pop() {
        if node != core && matches!(xml.name(node), "frus:attachment" | "floatingText" | "note") {
            continue;
        }
        out.push(node);
        stack.extend(xml.children(node).iter().rev());
    }
    out
}

pub(super) fn words_before_line_end(xml: &Xml<'_>, node: NodeId) -> String {
    xml.within(node).take_while(|inner| xml.name(*inner) != "lb").filter_map(|inner| xml.text(inner)).collect()
}

/// `Annex No. 5`, `Exhibit A`, `No. 2`, `Inclosure 3 in No. 12`, but no words of its own.
fn counts_only(words: &str) -> bool {
    const COUNTING: [&str; 20] = [
        "annex",
        "appendix",
        "exhibit",
        "schedule",
        "inclosure",
        "enclosure",
        "subinclosure",
        "subenclosure",
        "no",
        "number",
        "in",
        "with",
        "dispatch",
        "despatch",
        "instruction",
        "and",
        "to",
        "letter",
        "part",
        "of",
    ];
    let counting = |word: &str| {
        let bare = word.trim_matches(['.', ',', '[', ']', '(', ')']);
        let roman = !bare.is_empty() && bare.chars().all(|letter| "IVXLC".contains(letter));
        let letter = bare.chars().count() == 1 && bare.starts_with(char::is_uppercase);
        roman || letter || bare.starts_with(|first: char| first.is_ascii_digit()) || COUNTING.contains(&bare.to_lowercase().as_str())
    };
    !words.trim().is_empty() && words.split_whitespace().all(counting)
}

/// `Mr. Fogg’s address to the President` is no letter.
pub(super) fn is_of_somebody(heading: &str) -> bool {
    heading.split(" to ").next().is_some_and(|before| before.split(' ').any(|word| word.ends_with("’s") || word.ends_with("'s")))
}

/// Editors' words that are no title: `Translation`, `Telegram`, `Extract`.
fn is_remark(words: &str) -> bool {
    const REMARKS: [&str; 6] = ["translation", "extract", "copy", "circular", "confidential", "extracts"];
    let bare = words.trim_matches(['.', '(', ')', '[', ']', ' ']).to_lowercase();
    REMARKS.contains(&bare.as_str()) || KINDS.contains(&bare.as_str())
}

/// Whether a signature is a name: `B. J. de Cologan`, `RUSSELL`; no office, no remark in brackets.
pub(super) fn is_name(words: &str) -> bool {
    const PARTICLES: [&str; 18] =
        ["de", "du", "von", "van", "v.", "der", "den", "la", "le", "da", "di", "of", "y", "und", "zu", "ter", "et", "dos"];
    let upper = |word: &str| word.starts_with(char::is_uppercase) || word.starts_with("d’") || PARTICLES.contains(&word);
    let sound = |letter: char| letter.is_alphabetic() || matches!(letter, ' ' | '.' | '-' | '’' | '\'' | '‘');
    words.chars().filter(|letter| letter.is_alphabetic()).count() > 1
        && words.chars().all(sound)
        && words.split(' ').count() <= 6
        && words.split(' ').all(upper)
        && !words.starts_with("The ")
        && !is_office(words)
        && !names_body(words)
}

/// Whether a line under a signature is an address.
pub(super) fn is_address(line: &str) -> bool {
    const HEADS: [&str; 10] =
        ["Hon. ", "The Hon", "The Right Hon", "Right Hon", "To ", "His Excellency", "Her Excellency", "Messrs. ", "The Rt", "Rt. Hon"];
    HEADS.iter().any(|head| line.starts_with(head))
}

fn name_of(party: &Value) -> Option<String> {
    match party {
        Value::Text(name) => Some(name.clone()),
        Value::Map(party) => party.text("as").map(str::to_owned),
        Value::List(_) => None,
    }
}
