use super::{first_free, Board, Player};
pub struct Human {
    pub name: String,
}
impl Player for Human {
    fn choose(&self, board: &Board) -> usize {
        self.ask();
        first_free(board)
    }
}
impl Human {
    fn ask(&self) {}
}
