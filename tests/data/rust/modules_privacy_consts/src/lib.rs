pub mod board;
pub mod player;
pub mod prelude {
    pub use crate::board::{Board, Cell, SIZE};
    pub use crate::player::{self, human::Human, Player};
}
pub(crate) fn clamp(n: usize) -> usize {
    n.min(board::SIZE)
}
pub type Outcome = Result<board::Cell, Error>;
#[derive(Debug)]
pub struct Error(pub String);
impl Error {
    pub fn full() -> Error {
        Error(board::consts::FULL.to_string())
    }
}
