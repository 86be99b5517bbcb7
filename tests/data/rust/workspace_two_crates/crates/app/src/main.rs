mod cli;
use core_model::prelude::*;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args = cli::Args::parse()?;
    let mut order = Order::default();
    order.add(Money(args.price()), 2).add(core_model::Money::ZERO, 1);
    println!("{}", order.total().show(Currency::Eur));
    cli::report(&order);
    Ok(())
}
