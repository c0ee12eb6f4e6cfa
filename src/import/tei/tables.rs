//! Tables: rows of cells. Cells over several columns or rows keep their words in the first; the others stay empty.

use super::super::grid::Grid;
use super::super::text::{Block, Inline};
use super::writer::{Flow, Writer, clean};
use crate::formats::xml::NodeId;
use crate::model::block::Align;

impl Writer<'_, '_> {
    pub(super) fn table(&mut self, id: NodeId, flow: &mut Flow) {
        let xml = self.reading.xml;
        let mut grid = Grid::default();
        let mut head = false;
        for child in xml.children(id).to_vec() {
            match xml.name(child) {
                "row" => {
                    head |= grid.is_empty() && xml.attribute(child, "role") == Some("label");
                    grid.row();
                    self.row(child, &mut grid);
                }
                "pb" => {
                    let mark = self.page_break(child);
                    self.pending.extend(mark);
                }
                "" => {}
                _ => self.node(child, flow),
            }
        }
        self.end_line(flow);
        flow.out.extend(grid.end(head).map(Block::new));
    }

    fn row(&mut self, row: NodeId, grid: &mut Grid) {
        let xml = self.reading.xml;
        for cell in xml.named(row, "cell").collect::<Vec<_>>() {
            let span = |name: &str| xml.attribute(cell, name).and_then(|count| count.parse::<usize>().ok()).unwrap_or(1);
            let (wide, high) = (span("cols"), span("rows"));
            if wide > 1 || high > 1 {
                self.reading.not_understood("a table cell over several columns or rows stands in the first of them", cell);
            }
            let mut line = clean(self.inner(cell));
            if !line.is_empty() {
                line.splice(0..0, std::mem::take(&mut self.pending));
            }
            if line.contains(&Inline::Break) {
                self.reading.not_understood("lines within a table cell stand on one line", cell);
            }
            let look = xml.attribute(cell, "rend").or_else(|| xml.attribute(cell, "rendition")).unwrap_or_default().to_lowercase();
            let align = match xml.attribute(cell, "role") {
                Some("num") => Align::Right,
                _ if look.contains("right") => Align::Right,
                _ if look.contains("center") || look.contains("centre") => Align::Center,
                _ => Align::None,
            };
            grid.cell(line, wide, high, align);
        }
    }

    /// A table within a line, as in a note of a cell: one line a row.
    pub(super) fn table_in_line(&mut self, id: NodeId, out: &mut Vec<Inline>) {
        let xml = self.reading.xml;
        self.reading.not_understood("a table within a line stands as lines", id);
        for row in xml.named(id, "row").collect::<Vec<_>>() {
            out.push(Inline::Break);
            for cell in xml.named(row, "cell").collect::<Vec<_>>() {
                out.extend(self.inner(cell));
                out.push(Inline::text(" "));
            }
        }
    }
}
