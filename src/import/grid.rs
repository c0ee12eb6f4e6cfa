//! Cells that may lie over several columns or rows → the plain table of our format. Their words stand in the first place they cover; the others
//! stay empty, so that every column keeps its own.

use super::text::{BlockKind, Inline};
use crate::model::block::Align;

/// Longest span read, so that a slip of the pen does not fill the memory.
const WIDEST: usize = 200;

/// A table being gathered.
#[derive(Debug, Default)]
pub struct Grid {
    rows: Vec<Vec<Vec<Inline>>>,
    /// Column → rows that a cell above still covers.
    covered: Vec<usize>,
    /// Column → how many of its cells are set to the left, in the middle, to the right.
    sides: Vec<[usize; 3]>,
}

impl Grid {
    /// Begins a row.
    pub fn row(&mut self) {
        self.end_row();
        self.rows.push(Vec::new());
    }

    /// Whether no row has begun.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds a cell to the last row, over so many columns and rows.
    pub fn cell(&mut self, words: Vec<Inline>, wide: usize, high: usize, align: Align) {
        let (wide, high) = (wide.clamp(1, WIDEST), high.clamp(1, WIDEST));
        self.pass_covered();
        let Some(row) = self.rows.last_mut() else { return };
        let at = row.len();
        if self.covered.len() < at + wide {
            self.covered.resize(at + wide, 0);
            self.sides.resize(at + wide, [0; 3]);
        }
        self.covered[at..at + wide].fill(high - 1);
        let side = match align {
            Align::Center => 1,
            Align::Right => 2,
            Align::None | Align::Left => 0,
        };
        if wide == 1 && !words.is_empty() {
            self.sides[at][side] += 1;
        }
        row.push(words);
        row.extend((1..wide).map(|_| Vec::new()));
    }

    fn pass_covered(&mut self) {
        let Some(row) = self.rows.last_mut() else { return };
        while self.covered.get(row.len()).is_some_and(|rows| *rows > 0) {
            self.covered[row.len()] -= 1;
            row.push(Vec::new());
        }
    }

    fn end_row(&mut self) {
        self.pass_covered();
        // What lies beyond the last cell of a short row is covered all the same.
        let at = self.rows.last().map_or(0, Vec::len);
        self.covered.iter_mut().skip(at).for_each(|rows| *rows = rows.saturating_sub(1));
    }

    /// The table; `head` says whether its first row is one. `None` when no cell has words.
    #[must_use]
    pub fn end(mut self, head: bool) -> Option<BlockKind> {
        self.end_row();
        let columns = self.rows.iter().map(Vec::len).max()?;
        if self.rows.iter().flatten().all(Vec::is_empty) {
            return None;
        }
        if !head {
            self.rows.insert(0, vec![Vec::new(); columns]);
        }
        let align = |[left, center, right]: [usize; 3]| match left + center + right {
            all if right * 2 > all => Align::Right,
            all if center * 2 > all => Align::Center,
            _ => Align::None,
        };
        let columns = (0..columns).map(|column| align(self.sides.get(column).copied().unwrap_or_default())).collect();
        Some(BlockKind::Table(columns, self.rows))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_keep_the_columns_apart() {
        let words = |text: &str| vec![Inline::text(text)];
        let mut grid = Grid::default();
        grid.row();
        grid.cell(words("a"), 1, 2, Align::None);
        grid.cell(words("b"), 2, 1, Align::Center);
        grid.row();
        grid.cell(words("1"), 1, 1, Align::Right);
        grid.cell(words("2"), 1, 1, Align::Right);
        let rows = vec![vec![words("a"), words("b"), vec![]], vec![vec![], words("1"), words("2")]];
        assert_eq!(grid.end(true), Some(BlockKind::Table(vec![Align::None, Align::Right, Align::Right], rows)));
        assert_eq!(Grid::default().end(true), None);
    }
}
