//! Running text to HTML: emphasis, notes, and every kind of annotation.

use super::citation::marks;
use super::entry_words::escaped;
use super::html::HtmlWriter;
use crate::base::path::{OutputPath, percent};
use crate::formats::csl::Want;
use crate::model::annotation::{AnnotationKind, Citation, Cite, PrintedTarget};
use crate::model::block::Inline;
use crate::model::date::Date;
use crate::resolve::links::Target;
use crate::resolve::printed::{PrintedAnswer, page_anchor};
use crate::resolve::routes::{BIBLIOGRAPHY, WANTED};

impl HtmlWriter<'_> {
    pub(super) fn inlines(&mut self, text: &[Inline]) {
        let typed = |piece: &Inline| matches!(piece, Inline::Html(_));
        if self.site.config.html_sanitised && text.iter().any(typed) {
            let tags = super::sanitise::tags(text.iter().map(|piece| match piece {
                Inline::Html(html) => Some(html.as_str()),
                _ => None,
            }));
            for (piece, tag) in text.iter().zip(tags) {
                match tag {
                    Some(tag) => self.out.push_str(&tag),
                    None => self.inline(piece),
                }
            }
            return;
        }
        for piece in text {
            self.inline(piece);
        }
    }

    pub(super) fn inline(&mut self, piece: &Inline) {
        match piece {
            Inline::Text(text) => self.text(text),
            Inline::SoftBreak => self.out.push('\n'),
            Inline::HardBreak => self.out.push_str("<br>"),
            Inline::Emphasis(inner) => self.element("em", inner),
            Inline::Strong(inner) => self.element("strong", inner),
            Inline::Deleted(inner) => self.element("del", inner),
            Inline::Code(code) => {
                self.out.push_str("<code>");
                self.text(code);
                self.out.push_str("</code>");
            }
            Inline::Html(html) if html.starts_with("<!--") => {}
            Inline::Html(html) => self.text(html),
            Inline::NoteRef(index) if self.in_link => self.after_link.push(*index),
            Inline::NoteRef(index) => self.note_reference(*index),
            Inline::Annotated(index, inner) => self.annotated(*index, inner),
        }
    }

    fn element(&mut self, name: &str, inner: &[Inline]) {
        self.out.push_str(&format!("<{name}>"));
        self.inlines(inner);
        self.out.push_str(&format!("</{name}>"));
    }

    /// Writes a link around its words; `attributes` begin with a space. Within another link it is a span, without the address.
    fn anchor(&mut self, href: &str, attributes: &str, inner: &[Inline]) {
        if self.in_link {
            self.out.push_str(&format!("<span{attributes}>"));
            self.inlines(inner);
            self.out.push_str("</span>");
            return;
        }
        self.in_link = true;
        self.out.push_str(&format!("<a{attributes} href=\""));
        self.text(href);
        self.out.push_str("\">");
        self.inlines(inner);
        self.out.push_str("</a>");
        self.in_link = false;
        for reference in std::mem::take(&mut self.after_link) {
            self.note_reference(reference);
        }
    }

    /// Both controls of a reference: the link that works without anything, the button that CSS shows instead.
    fn note_reference(&mut self, index: u32) {
        let reference = &self.summary.note_refs[index as usize];
        let Some(note) = reference.note else {
            self.text(&format!("[^{}]", reference.label.value.0));
            return;
        };
        let numbered = &self.answers.notes[note as usize];
        let name = self.noted.name(note);
        let order = self.answers.reference_order[index as usize];
        let class = if self.noted.is_long(note) { "r long" } else { "r" };
        let (key, mark) = (&numbered.key, &numbered.mark);
        let anchor = if order == 1 { format!("id=\"r{key}\" style=\"--r:--r{key}\"") } else { format!("id=\"r{key}-{order}\"") };
        self.out.push_str(&format!("<sup class=\"{class}\" {anchor}><a href=\"#fn{key}\" role=\"doc-noteref\" aria-label=\""));
        self.text(name);
        self.out.push_str("\">");
        self.text(mark);
        self.out.push_str(&format!("</a><button type=\"button\" popovertarget=\"n{key}\" aria-label=\""));
        self.text(name);
        self.out.push_str("\" data-n=\"");
        self.text(mark);
        self.out.push_str("\" hidden></button></sup>");
    }

    fn annotated(&mut self, index: u32, inner: &[Inline]) {
        let annotation = &self.summary.annotations[index as usize];
        let target = &self.answers.targets[index as usize];
        match &annotation.kind {
            AnnotationKind::Link { title, .. } => self.link(target, title, inner),
            AnnotationKind::Image { title, .. } => self.image(target, title, &annotation.context.text),
            AnnotationKind::Citation(citation) => self.citation(index, citation, target, inner),
            AnnotationKind::Mention { kind, .. } => match target {
                Target::Entity(path) => {
                    let href = self.page.link_to(path, None);
                    self.anchor(href.as_str(), &format!(" class=\"mention {}\"", kind.scheme()), inner);
                }
                _ => self.inlines(inner),
            },
            AnnotationKind::CrossReference { work, targets } => self.cross_reference(&work.value, targets, target, inner),
            AnnotationKind::Dated(date) => self.dated(date, inner),
            AnnotationKind::PageBreak(page) => self.page_break(page),
            AnnotationKind::Emendation { source, .. } => self.emendation(source, inner),
            AnnotationKind::Supplied { reason } => self.bracketed("supplied", "", reason, inner),
            AnnotationKind::Unclear { reason } => self.bracketed("unclear", "?", reason, inner),
            AnnotationKind::Gap { reason } => self.gap(reason, inner),
            AnnotationKind::Unreadable => self.inlines(inner),
        }
    }

    fn link(&mut self, target: &Target, title: &str, inner: &[Inline]) {
        let (href, external) = match target {
            Target::External(address) => (address.clone(), true),
            Target::Document(index, fragment) => {
                (self.page.link_to(&self.site.routes.documents[index.at()], fragment.as_deref()).as_str().to_owned(), false)
            }
            Target::Media(path) => (self.page.link_to(path, None).as_str().to_owned(), false),
            _ => return self.inlines(inner),
        };
        let mut attributes = String::new();
        if !title.is_empty() {
            attributes.push_str(&format!(" title=\"{}\"", super::entry_words::escaped(title)));
        }
        if external {
            attributes.push_str(" rel=\"external\"");
        }
        self.anchor(&href, &attributes, inner);
    }

    fn image(&mut self, target: &Target, title: &str, alternative: &str) {
        if !self.picture(target, alternative, Some(title).filter(|title| !title.is_empty())) {
            self.text(alternative);
        }
    }

    /// The element of an image, with its size so that nothing moves when it comes; says whether there is one. Images come from the edition
    /// itself: a page loads nothing from another host.
    fn picture(&mut self, target: &Target, alternative: &str, title: Option<&str>) -> bool {
        let Target::Media(path) = target else { return false };
        self.out.push_str(&format!("<img src=\"{}\" alt=\"", self.page.link_to(path, None)));
        self.text(alternative);
        self.out.push('"');
        if let Some(title) = title {
            self.out.push_str(" title=\"");
            self.text(title);
            self.out.push('"');
        }
        if let Some(size) = self.site.routes.size(path) {
            self.out.push_str(&format!(" width=\"{}\" height=\"{}\"", size.width, size.height));
        }
        self.out.push_str(" loading=\"lazy\">");
        true
    }

    /// An image alone in a paragraph is a figure with its title as caption; says whether it was one.
    pub(super) fn figure(&mut self, index: u32) -> bool {
        let annotation = &self.summary.annotations[index as usize];
        let target = &self.answers.targets[index as usize];
        let (AnnotationKind::Image { title, .. }, Target::Media(_)) = (&annotation.kind, target) else { return false };
        self.sign();
        self.out.push_str("<figure>");
        self.picture(target, &annotation.context.text, None);
        if !title.is_empty() {
            self.out.push_str("<figcaption>");
            self.text(title);
            self.out.push_str("</figcaption>");
        }
        self.out.push_str("</figure>");
        true
    }

    /// A citation: each cite in the form that fits where it stands, linked to its work.
    fn citation(&mut self, at: u32, citation: &Citation, target: &Target, inner: &[Inline]) {
        let known = if let Target::Entries(known) = target { known.as_slice() } else { &[] };
        if citation.covered {
            return self.covered(citation, known, inner);
        }
        let (before, after) = match self.citations.style() {
            style if !style.notes => style.brackets(),
            _ if self.runs_on(at) => ("(", ")"),
            _ => ("", ""),
        };
        let (before, after) = (before.to_owned(), after.to_owned());
        let delimiter = self.citations.style().delimiter().to_owned();
        if !citation.in_text {
            self.text(&before);
        }
        for (position, cite) in citation.cites.iter().enumerate() {
            if position > 0 {
                self.text(&delimiter);
            }
            if !cite.prefix.is_empty() {
                self.text(&cite.prefix);
                self.out.push(' ');
            }
            if known.get(position) == Some(&true) {
                self.cite(at, position, citation.in_text && position == 0, cite);
            } else {
                self.text(&format!("[?{}]", cite.key.value));
            }
            if !cite.suffix.is_empty() {
                if !cite.suffix.starts_with([',', '.', ';', ':', ')']) {
                    self.out.push(' ');
                }
                self.text(&cite.suffix);
            }
        }
        if !citation.in_text {
            self.text(&after);
        }
    }

    /// Whether a cite stands in the running words of a text: a style of notes has no marks around it then, since it would be in a note.
    fn runs_on(&self, at: u32) -> bool {
        let annotation = &self.summary.annotations[at as usize];
        let last = annotation.context.before.trim_end().chars().last();
        annotation.place.note.is_none() && last.is_some_and(|last| last.is_alphanumeric() || "”’»\"')]".contains(last))
    }

    fn cite(&mut self, at: u32, position: usize, in_text: bool, cite: &Cite) {
        let (want, first) = self.forms.get(&(at, position)).copied().unwrap_or((Want::First, None));
        let first = first.map_or("", |note| self.answers.notes[note as usize].mark.as_str());
        let mut runs = self.citations.cite(cite, want, first);
        let annotation = &self.summary.annotations[at as usize];
        let begins = position == 0 && cite.prefix.is_empty() && annotation.context.before.trim().is_empty();
        if begins
            && matches!(want, Want::Ibid | Want::IbidWithLocator)
            && let Some(first) = runs.first_mut()
        {
            first.text = super::facts::upper_first(&first.text);
        }
        // "ibid." at the end of a sentence has one stop.
        if annotation.context.after.starts_with('.')
            && let Some(last) = runs.last_mut()
            && last.text.ends_with('.')
        {
            last.text.pop();
        }
        let foreign = self.citations.foreign(self.site, &cite.key.value);
        let href = self.page.link_to(&OutputPath::new(BIBLIOGRAPHY), Some(&cite.key.value));
        let (names, rest) =
            if in_text && !self.citations.style().notes { (marks::names(&runs), marks::without_names(&runs)) } else { (Vec::new(), runs) };
        self.out.push_str(&format!("<a class=\"cite\" href=\"{href}\">"));
        self.out.push_str(&marks::html(&names, &foreign, false));
        if names.is_empty() {
            self.out.push_str(&marks::html(&rest, &foreign, false));
        } else if !rest.is_empty() {
            let (before, after) = self.citations.style().brackets();
            self.out.push_str(&format!(" {}{}{}", escaped(before), marks::html(&rest, &foreign, false), escaped(after)));
        }
        self.out.push_str("</a>");
    }

    /// Printed words that cite a work: they stand as they are, and lead to it.
    fn covered(&mut self, citation: &Citation, known: &[bool], inner: &[Inline]) {
        let Some(cite) = citation.cites.first().filter(|_| known.first() == Some(&true)) else {
            self.inlines(inner);
            return self.text(&citation.cites.first().map_or_else(String::new, |cite| format!(" [?{}]", cite.key.value)));
        };
        let href = self.page.link_to(&OutputPath::new(BIBLIOGRAPHY), Some(&cite.key.value));
        self.out.push_str(&format!("<a class=\"cite\" href=\"{href}\" title=\""));
        let title = marks::plain(&self.citations.cite(cite, Want::First, ""));
        self.text(&title);
        self.out.push_str("\">");
        self.inlines(inner);
        self.out.push_str("</a>");
    }

    fn cross_reference(&mut self, work: &str, targets: &[PrintedTarget], answer: &Target, inner: &[Inline]) {
        let first = if let Target::Printed(answers) = answer { answers.first() } else { None };
        let (class, href) = match (first, targets.first()) {
            (Some(PrintedAnswer::Found(index, anchor)), _) => {
                ("xref", self.page.link_to(&self.site.routes.documents[index.at()], anchor.as_deref()))
            }
            (Some(PrintedAnswer::Wanted), Some(target)) if self.site.entries.contains_key(work) => {
                ("wanted", self.page.link_to(&OutputPath::new(WANTED), Some(&wanted_anchor(work, target))))
            }
            _ => return self.inlines(inner),
        };
        self.anchor(href.as_str(), &format!(" class=\"{class}\""), inner);
    }

    fn dated(&mut self, date: &Date, inner: &[Inline]) {
        match super::date_words::machine(date) {
            Some(machine) => self.out.push_str(&format!("<time datetime=\"{machine}\">")),
            None => self.out.push_str("<span class=\"date\">"),
        }
        self.inlines(inner);
        self.out.push_str(if super::date_words::machine(date).is_some() { "</time>" } else { "</span>" });
    }

    fn page_break(&mut self, page: &str) {
        let label = self.words.fill("page_number", &[("number", page)]);
        let mut id = page_anchor(page);
        if self.page_breaks.contains(&id) {
            id = format!("{id}-{}", self.page_breaks.len() + 1);
        }
        self.out.push_str(&format!("<span class=\"pb\" id=\"{}\" role=\"doc-pagebreak\" title=\"", percent(&id)));
        self.page_breaks.push(id);
        self.text(&label);
        self.out.push_str("\" data-n=\"");
        self.text(page);
        self.out.push_str("\"></span>");
    }

    fn emendation(&mut self, source: &str, inner: &[Inline]) {
        self.emendations += 1;
        let number = self.emendations;
        let title = self.words.fill("in_the_source", &[("reading", source)]);
        let attributes = format!(" class=\"em\" id=\"em{number}r\" title=\"{}\"", super::entry_words::escaped(&title));
        self.anchor(&format!("#em{number}"), &attributes, inner);
    }

    /// Square brackets say that the editor speaks, unless they were typed.
    fn bracketed(&mut self, class: &str, sign: &str, reason: &str, inner: &[Inline]) {
        let words = if super::html::opening(inner).starts_with('[') {
            inner.to_vec()
        } else {
            let (open, close) = (Inline::Text("[".to_owned()), Inline::Text(format!("{sign}]")));
            std::iter::once(open).chain(inner.iter().cloned()).chain(std::iter::once(close)).collect()
        };
        if reason.is_empty() {
            self.out.push_str(&format!("<span class=\"{class}\">"));
            self.inlines(&words);
            self.out.push_str("</span>");
            return;
        }
        // The reason stands in the list of corrections.
        self.emendations += 1;
        let number = self.emendations;
        let attributes = format!(" class=\"em {class}\" id=\"em{number}r\" title=\"{}\"", super::entry_words::escaped(reason));
        self.anchor(&format!("#em{number}"), &attributes, &words);
    }

    fn gap(&mut self, reason: &str, inner: &[Inline]) {
        let typed = super::html::opening(inner);
        self.out.push_str("<span class=\"gap\">");
        if !typed.starts_with('[') {
            self.out.push('[');
        }
        if typed.is_empty() {
            self.out.push('…');
        }
        self.inlines(inner);
        if !reason.is_empty() {
            self.out.push(' ');
            self.text(reason);
        }
        if !typed.starts_with('[') {
            self.out.push(']');
        }
        self.out.push_str("</span>");
    }
}

/// Anchor of a wanted document or page: `lcw-45-704`, `lcw-45-p112`.
pub(super) fn wanted_anchor(work: &str, target: &PrintedTarget) -> String {
    match target {
        PrintedTarget::Number(number) => format!("{work}-{}", crate::base::slug::slug(number)),
        PrintedTarget::Page(page) => format!("{work}-p{}", crate::base::slug::slug(page)),
    }
}
