use core_model::order::Order;

pub struct Args {
    raw: Vec<String>,
}
impl Args {
    pub fn parse() -> Result<Args, std::io::Error> {
        Ok(Args { raw: std::env::args().collect() })
    }
    pub fn price(&self) -> i64 {
        self.raw.first().and_then(|one| one.parse().ok()).unwrap_or_default()
    }
}
pub fn report(order: &Order) {
    if let Some(top) = order.largest() {
        println!("{}", top.times(1).0);
    }
}
