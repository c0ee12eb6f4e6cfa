//! Tables: rows of cells. Cells over several columns or rows keep their words in the first; the others stay empty.

use super::super::text::{Block, BlockKind, Inline};
use super::writer::{Flow, Writer, clean};
use crate::formats::xml::NodeId;

/// Widest table and longest span read, so that a slip of the pen does not fill the memory.
const WIDEST: usize = 200;

impl Writer<'_, '_> {
    pub(super) fn table(&mut self, id: NodeId, flow: &mut Flow) {
        let xml = self.reading.xml;
        let mut rows: Vec<Vec<Vec<Inline>>> = Vec::new();
        let mut head = None;
        // Column → rows that a cell above still covers.
        let mut covered: Vec<usize> = Vec::new();
        for child in xml.children(id).to_vec() {
            match xml.name(child) {
                "row" => {
                    if rows.is_empty() && xml.attribute(child, "role") == Some("label") {
                        head = Some(());
                    }
                    rows.push(self.row(child, &mut covered));
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
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        if columns == 0 {
            return;
        }
        if head.is_none() {
            rows.insert(0, vec![Vec::new(); columns]);
        }
        flow.out.push(Block::new(BlockKind::Table(rows)));
    }

    fn row(&mut self, row: NodeId, covered: &mut Vec<usize>) -> Vec<Vec<Inline>> {
        let xml = self.reading.xml;
        let mut cells: Vec<Vec<Inline>> = Vec::new();
        let skip = |cells: &mut Vec<Vec<Inline>>, covered: &mut Vec<usize>| {
            while covered.get(cells.len()).is_some_and(|rows| *rows > 0) {
                covered[cells.len()] -= 1;
                cells.push(Vec::new());
            }
        };
        for cell in xml.named(row, "cell").collect::<Vec<_>>() {
            skip(&mut cells, covered);
            let span = |name: &str| xml.attribute(cell, name).and_then(|count| count.parse::<usize>().ok()).unwrap_or(1).clamp(1, WIDEST);
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
            for column in 0..wide {
                let at = cells.len();
                if covered.len() <= at {
                    covered.resize(at + 1, 0);
                }
                covered[at] = high - 1;
                cells.push(if column == 0 { std::mem::take(&mut line) } else { Vec::new() });
            }
        }
        skip(&mut cells, covered);
        cells
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
