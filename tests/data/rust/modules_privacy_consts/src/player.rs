pub mod human;
use crate::board::Board;

pub trait Player {
    fn choose(&self, board: &Board) -> usize;
    fn boxed(self) -> Box<dyn Player>
    where
        Self: Sized + 'static,
    {
        Box::new(self)
    }
}
impl<F: Fn(&Board) -> usize> Player for F {
    fn choose(&self, board: &Board) -> usize {
        self(board)
    }
}
pub fn first_free(_: &Board) -> usize {
    0
}
