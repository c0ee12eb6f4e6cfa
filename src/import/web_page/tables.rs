//! Tables of a web page: those of facts become tables, those that only place the text are taken apart.

use super::super::grid::Grid;
use super::super::page::Piece;
use super::super::page::builder::Builder;
use super::super::text::{Block, BlockKind, Inline};
use super::Reading;
use crate::base::text::squeeze;
use crate::formats::html::{Element, Node};
use crate::model::block::{Align, Part};

impl Reading<'_> {
    pub(super) fn table(&mut self, element: &Element, builder: &mut Builder) {
        let mut grid = Grid::default();
        let mut layout: Vec<Piece> = Vec::new();
        let cells = |row: &Element| {
            row.children.iter().filter(|cell| matches!(cell, Node::Element(cell) if matches!(cell.name.as_str(), "td" | "th"))).count()
        };
        let all = own_rows(element);
        // A table of one cell, or with blocks in its cells, only places the text.
        let places = all.iter().all(|row| cells(row) <= 1)
            || all.iter().any(|row| {
                row.all().iter().skip(1).any(|inner| matches!(inner.name.as_str(), "table" | "h1" | "h2" | "h3" | "blockquote"))
            });
        for caption in element.children.iter().filter_map(|child| match child {
            Node::Element(inner) if inner.name == "caption" => Some(inner),
            _ => None,
        }) {
            let mut own = Builder::default();
            self.blocks(caption, &mut own);
            own.end();
            // The words over a table are no line of a letter.
            own.pieces.iter_mut().for_each(|piece| piece.block.part = Some(Part::Heading));
            layout.append(&mut own.pieces);
        }
        for row in all {
            if !places && cells(row) > 0 {
                grid.row();
            }
            for cell in row.children.iter().filter_map(|cell| match cell {
                Node::Element(cell) if matches!(cell.name.as_str(), "td" | "th") => Some(cell),
                _ => None,
            }) {
                let mut own = Builder::default();
                self.blocks(cell, &mut own);
                if places {
                    own.end();
                    layout.append(&mut own.pieces);
                } else {
                    own.end();
                    let span = |name: &str| cell.attribute(name).and_then(|count| count.trim().parse().ok()).unwrap_or(1);
                    let (wide, high) = (span("colspan"), span("rowspan"));
                    if wide > 1 || high > 1 {
                        *self.marks.entry("td colspan".to_owned()).or_default() += 1;
                    }
                    grid.cell(flat(std::mem::take(&mut own.pieces)), wide, high, align(cell));
                }
            }
        }
        builder.end();
        builder.pieces.append(&mut layout);
        let mut stray = String::new();
        outside_cells(element, &mut stray);
        builder.text(&stray);
        builder.end();
        // A first row of headings only; those at the side of the table are cells like others.
        let is = |cell: &Node, name: &str| matches!(cell, Node::Element(cell) if cell.name == name);
        let head = own_rows(element)
            .first()
            .is_some_and(|row| row.children.iter().any(|cell| is(cell, "th")) && !row.children.iter().any(|cell| is(cell, "td")));
        if let Some(table) = grid.end(head) {
            builder.block(table);
        }
    }
}

/// How a cell is set, by its attributes.
fn align(cell: &Element) -> Align {
    let style = [cell.attribute("align"), cell.attribute("style").and_then(|style| style.split("text-align:").nth(1))];
    match style.into_iter().flatten().next().map(|side| side.trim().to_lowercase()) {
        Some(side) if side.starts_with("right") => Align::Right,
        Some(side) if side.starts_with("center") => Align::Center,
        _ => Align::None,
    }
}

/// Words of a table that stand in no cell, as in pages that are broken or nested too deep.
fn outside_cells(table: &Element, out: &mut String) {
    for child in &table.children {
        match child {
            Node::Text(words) => out.push_str(words),
            Node::Element(inner) if matches!(inner.name.as_str(), "tbody" | "thead" | "tfoot" | "tr") => outside_cells(inner, out),
            _ => {}
        }
    }
}

/// The rows of a table, not of those in its cells.
fn own_rows(table: &Element) -> Vec<&Element> {
    let mut out = Vec::new();
    for child in &table.children {
        match child {
            Node::Element(inner) if inner.name == "tr" => out.push(inner),
            Node::Element(inner) if matches!(inner.name.as_str(), "tbody" | "thead" | "tfoot") => out.extend(own_rows(inner)),
            _ => {}
        }
    }
    out
}

/// The text of a cell: its paragraphs as lines.
fn flat(pieces: Vec<Piece>) -> Vec<Inline> {
    let mut out: Vec<Inline> = Vec::new();
    for piece in pieces {
        let mut words = String::new();
        match piece.block.kind {
            BlockKind::Paragraph(text) | BlockKind::Heading(_, text) => {
                if !out.is_empty() {
                    out.push(Inline::Break);
                }
                out.extend(text);
                continue;
            }
            kind => super::super::page::ledger::all_words(&[Block::new(kind)], &mut words),
        }
        if !out.is_empty() {
            out.push(Inline::Break);
        }
        out.push(Inline::Text(squeeze(&words)));
    }
    out
}
