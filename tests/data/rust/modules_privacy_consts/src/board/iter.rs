use super::{Board, Cell};

pub struct Row<'b>(&'b [Cell]);
impl Row<'_> {
    pub fn uniform(&self) -> bool {
        self.0.iter().all(|c| *c == self.first())
    }
    pub fn first(&self) -> Cell {
        self.0[0]
    }
}
pub struct Rows<'b> {
    board: &'b Board,
    at: usize,
}
impl<'b> Rows<'b> {
    pub(super) fn new(board: &'b Board) -> Self {
        Rows { board, at: 0 }
    }
}
impl<'b> Iterator for Rows<'b> {
    type Item = Row<'b>;
    fn next(&mut self) -> Option<Row<'b>> {
        let cells = self.board.cells.get(self.at..self.at + 3)?;
        self.at += 3;
        Some(Row(cells))
    }
}
