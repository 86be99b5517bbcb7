use crate::{clamp, Error, Outcome};
pub(crate) mod consts;
mod iter;

pub const SIZE: usize = consts::square(3);
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Cell {
    #[default]
    Empty,
    X,
    O,
}
impl Cell {
    pub fn other(self) -> Cell {
        match self {
            Self::X => Self::O,
            Self::O => Self::X,
            e => e,
        }
    }
}
#[derive(Default)]
pub struct Board {
    cells: [Cell; 9],
    moves: usize,
}
impl Board {
    pub fn play(&mut self, at: usize, cell: Cell) -> Outcome {
        let at = clamp(at);
        if self.moves == SIZE {
            return Err(Error::full());
        }
        match self.get(at) {
            Cell::Empty => {
                self.cells[at] = cell;
                self.moves += 1;
                Ok(cell.other())
            }
            _ => Err(Error("taken".into())),
        }
    }
    fn get(&self, at: usize) -> Cell {
        self.cells[at]
    }
    pub fn rows(&self) -> iter::Rows<'_> {
        iter::Rows::new(self)
    }
    pub fn winner(&self) -> Option<Cell> {
        self.rows().find(|row| row.uniform()).map(|row| row.first())
    }
}
