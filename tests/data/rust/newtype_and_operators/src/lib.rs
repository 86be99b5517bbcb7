use std::collections::HashMap;
use std::fmt;
use std::ops::{Deref, Index};
use std::str::FromStr;

pub struct Grid {
    cells: Vec<Vec<Cell>>,
    names: HashMap<String, Cell>,
}
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cell(u8);
pub struct View<'g> {
    grid: &'g Grid,
}
impl Deref for View<'_> {
    type Target = Grid;
    fn deref(&self) -> &Grid {
        self.grid
    }
}
impl Index<(usize, usize)> for Grid {
    type Output = Cell;
    fn index(&self, at: (usize, usize)) -> &Cell {
        &self.cells[at.0][at.1]
    }
}
impl Cell {
    const EMPTY: Cell = Cell(0);
    fn alive(self) -> bool {
        self.0 > 0
    }
    fn flip(&mut self) {
        self.0 = 1 - self.0;
    }
}
impl FromStr for Grid {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, Self::Err> {
        let cells = s.lines().map(|line| line.chars().map(cell).collect()).collect();
        Ok(Grid { cells, names: HashMap::new() })
    }
}
fn cell(c: char) -> Cell {
    if c == '#' { Cell(1) } else { Cell::EMPTY }
}
impl Grid {
    pub fn count(&self) -> usize {
        self.cells.iter().flatten().filter(|c| c.alive()).count()
    }
    fn rows(&self) -> std::slice::Iter<'_, Vec<Cell>> {
        self.cells.iter()
    }
    pub fn flip_all(&mut self) {
        for row in self.cells.iter_mut() {
            for cell in row {
                cell.flip();
            }
        }
        for (_, cell) in &mut self.names {
            cell.flip();
        }
        if let Some(cell) = self.names.get_mut("x") {
            cell.flip();
        }
        self.names.entry("y".into()).or_insert(Cell::EMPTY).flip();
        self.cells[0][1].flip();
    }
    pub fn view(&self) -> View<'_> {
        View { grid: self }
    }
}
impl fmt::Display for Grid {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for row in self.rows() {
            for cell in row.iter() {
                f.write_str(if cell.alive() { "#" } else { "." })?;
            }
        }
        writeln!(f)
    }
}
pub fn run() -> Result<usize, String> {
    let grid: Grid = "##".parse()?;
    let other = Grid::from_str(".#")?;
    other[(0, 1)].alive();
    let view = grid.view();
    println!("{}", view.to_string());
    Ok(view.count() + other.count())
}
