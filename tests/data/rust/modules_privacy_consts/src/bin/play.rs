use game::prelude::*;

fn main() {
    let mut board = Board::default();
    let players: Vec<Box<dyn Player>> = vec![Human { name: "a".into() }.boxed(), Box::new(player::first_free)];
    let mut turn = Cell::X;
    for p in players.iter().cycle() {
        let at = p.choose(&board);
        turn = match board.play(at, turn) {
            Ok(next) => next,
            Err(game::Error(text)) => stop(&text),
        };
        if let Some(w) = board.winner() {
            w.other();
            break;
        }
    }
}
fn stop(text: &str) -> ! {
    panic!("{}", text)
}
