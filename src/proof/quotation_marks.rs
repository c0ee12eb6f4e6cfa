//! Quotation marks that open and never close, or close what was never opened.
//!
//! A quotation of several paragraphs opens each of them with “ and closes the last; one may also run on without marks and close later. Both are
//! right. Single marks are not looked at, since they are apostrophes too, nor marks alone in cells of tables, where they mean “the same”.

use super::passage::OBJECT;
use super::signs::Signs;
use super::{Passage, PassageKind, Setting};
use crate::base::path::ContentPath;
use crate::base::span::Span;
use crate::diag::{Code, Diagnostic, Label};

/// Paragraphs after which a quotation that was not taken up again counts as forgotten.
const FAR: usize = 12;

/// A line end of the source, as in an address: a quotation may open each such line anew.
const LINE: char = '\u{2028}';

/// Kinds of marks, by what opens them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// “ ”
    High,
    /// „ “ or „ ”
    Low,
    /// « » or » «
    Angle,
    /// " "
    Straight,
}

impl Kind {
    fn closing(self, opening: char) -> char {
        match (self, opening) {
            (Self::High, _) => '”',
            (Self::Low, _) => '“',
            (Self::Angle, '»') => '«',
            (Self::Angle, _) => '»',
            (Self::Straight, _) => '"',
        }
    }
}

/// A mark that is open.
struct Open {
    kind: Kind,
    mark: char,
    span: Span,
    /// Passage that opened it.
    opened: usize,
    /// Passage that took it up again last.
    seen: usize,
    /// It stands at the beginning of its passage.
    leads: bool,
    /// Something is left out after it.
    pardoned: bool,
}

struct Flow<'a> {
    path: &'a ContentPath,
    open: Vec<Open>,
    at: usize,
    findings: &'a mut Vec<Diagnostic>,
}

/// `spoiled` says of each passage whether its signs are not those of the source.
pub(super) fn run(path: &ContentPath, passages: &[Passage], spoiled: &[bool], setting: &Setting, findings: &mut Vec<Diagnostic>) {
    let both_alike = setting.speaks(&["sv", "fi"]);
    let mut flow = Flow { path, open: Vec::new(), at: 0, findings };
    let mut note = 0;
    for (passage, spoiled) in passages.iter().zip(spoiled) {
        if passage.note != note {
            flow.end();
            note = passage.note;
        }
        match passage.kind {
            _ if *spoiled => flow.open.iter_mut().for_each(|open| open.pardoned = true),
            PassageKind::Paragraph => flow.passage(passage, both_alike),
            PassageKind::Break => flow.open.iter_mut().for_each(|open| open.pardoned = true),
            PassageKind::Heading | PassageKind::Cell => {
                let mut own = Flow { path, open: Vec::new(), at: 0, findings: flow.findings };
                own.passage(passage, both_alike);
                own.end();
            }
        }
    }
    flow.end();
}

impl Flow<'_> {
    fn passage(&mut self, passage: &Passage, both_alike: bool) {
        self.at += 1;
        let text = passage.text.as_str();
        if !Signs::of(text).quotation_mark() {
            return self.pardon(passage);
        }
        let mut before = ' ';
        let mut letters = text.char_indices().peekable();
        let mut leading = true;
        // How many quotations this paragraph has taken up again.
        let mut taken = 0;
        let wordless = !text.contains(char::is_alphanumeric);
        while let Some((at, letter)) = letters.next() {
            let next = letters.peek().map_or(' ', |(_, next)| *next);
            let kind = match letter {
                '“' | '”' => Some(Kind::High).filter(|_| !both_alike),
                '„' => Some(Kind::Low),
                '«' | '»' => Some(Kind::Angle),
                '"' => Some(Kind::Straight).filter(|_| passage.kind != PassageKind::Cell),
                _ => None,
            };
            // In a table a mark that stands alone means “the same as above”.
            let alone = before.is_whitespace() && (next.is_whitespace() || matches!(next, '…' | '.')) || wordless;
            let kind = kind.filter(|_| passage.kind != PassageKind::Cell || !alone);
            if letter == LINE {
                (leading, taken) = (true, 0);
                before = letter;
                continue;
            }
            if let Some(kind) = kind {
                let span = || passage.span(at, at + letter.len_utf8());
                if leading && self.take_up(kind, letter, &mut taken) {
                    before = letter;
                    continue;
                }
                let count = self.open.len();
                self.mark(kind, letter, before, next, &span);
                let grew = count < self.open.len();
                if let Some(open) = self.open.last_mut().filter(|_| leading && grew) {
                    open.leads = true;
                }
            }
            leading = leading && (kind.is_some() || !letter.is_alphabetic());
            before = letter;
        }
        self.pardon(passage);
    }

    /// What is open may close in what is missing.
    fn pardon(&mut self, passage: &Passage) {
        if passage.has_gap {
            self.open.iter_mut().for_each(|open| open.pardoned = true);
        }
    }

    /// A mark at the beginning of a paragraph or of a line that opens again what is open since the last one.
    fn take_up(&mut self, kind: Kind, mark: char, taken: &mut usize) -> bool {
        let at = self.at;
        // Some print » at the beginning of each paragraph of a quotation that « opened. Letters within a quotation: their lines of address and
        // signature stand without marks.
        let fits = |open: &Open| {
            let same = open.kind == kind && (open.mark == mark || kind == Kind::Angle);
            same && !open.pardoned && (open.seen == at || open.seen + 1 == at || (open.leads && open.seen < at && at - open.seen <= FAR))
        };
        let Some(index) = (*taken..self.open.len()).find(|index| fits(&self.open[*index])) else { return false };
        self.open[index].seen = at;
        *taken = index + 1;
        true
    }

    fn mark(&mut self, kind: Kind, mark: char, before: char, next: char, span: &impl Fn() -> Span) {
        let top = self.open.last().map(|open| (open.kind, open.mark));
        let spaced =
            before.is_whitespace() || matches!(before, '(' | '[' | '—' | '–' | '-' | '/' | OBJECT | '“' | '«' | '„' | '‘' | '"' | '\'');
        let closes = match (mark, top) {
            ('“', Some((Kind::Low, _))) | ('”', Some((Kind::Low | Kind::High, _))) => true,
            ('«', Some((Kind::Angle, '»'))) | ('»', Some((Kind::Angle, '«'))) => true,
            ('"', Some((Kind::Straight, _))) => !(spaced && next.is_alphanumeric()),
            ('"', Some((Kind::High, _))) => !spaced && !before.is_ascii_digit() && !next.is_alphanumeric(),
            _ => false,
        };
        if closes {
            self.open.pop();
            return;
        }
        let opens = match mark {
            '“' | '„' | '«' => true,
            '»' => spaced && next.is_alphabetic(),
            // Inches, seconds of arc: `5"`; a mark amid letters is not looked at.
            '"' if before.is_ascii_digit() => return,
            '"' => spaced || next.is_alphanumeric(),
            _ => false,
        };
        if opens {
            self.open.push(Open { kind, mark, span: span(), opened: self.at, seen: self.at, leads: false, pardoned: false });
            return;
        }
        // A quotation below the top may be the one that ends here: the one above it was forgotten.
        let fits = |open: &Open| match mark {
            '”' => matches!(open.kind, Kind::High | Kind::Low),
            '»' | '«' => open.kind == Kind::Angle && open.mark != mark,
            _ => open.kind == kind,
        };
        if let Some(index) = self.open.iter().rposition(fits) {
            let forgotten: Vec<Open> = self.open.drain(index..).skip(1).collect();
            forgotten.iter().for_each(|open| self.report(open, None));
            return;
        }
        self.findings.push(
            Diagnostic::new(
                Code::UnbalancedQuotes,
                format!("`{mark}` closes a quotation that was never opened"),
                Label::new(self.path, span()),
            )
            .help("type the mark that opens it, or remove this one; a slip of the source is marked with `sic:`"),
        );
    }

    fn end(&mut self) {
        let mut open = std::mem::take(&mut self.open).into_iter().peekable();
        while let Some(first) = open.next() {
            // `“word “and on`: the second was meant to close.
            let second = open.next_if(|second| second.kind == first.kind && second.opened == first.opened);
            self.report(&first, second.as_ref());
        }
        self.at = 0;
    }

    fn report(&mut self, open: &Open, second: Option<&Open>) {
        if open.pardoned && self.at.saturating_sub(open.seen) <= FAR {
            return;
        }
        let closing = open.kind.closing(open.mark);
        let mut help = format!("type `{closing}` where it ends");
        if open.kind != Kind::Straight {
            help.push_str(&format!("; a quotation of several paragraphs opens each with `{}` and closes the last", open.mark));
        }
        let mut finding = Diagnostic::new(
            Code::UnbalancedQuotes,
            format!("the quotation that `{}` opens here is never closed", open.mark),
            Label::new(self.path, open.span),
        )
        .help(help);
        if let Some(second) = second {
            finding = finding.also(Label::new(self.path, second.span).saying(format!("is this meant to be `{closing}`?")));
        }
        self.findings.push(finding);
    }
}
