mod inventory;
mod pricing;

use inventory::{Inventory, Item};
use pricing::{Discount, Pricing, TaxRule};

fn main() {
    let mut inventory = Inventory::from(vec![Item::new("a", 3), Item::new("b", 4)]);
    inventory += Item::new("c", 5);
    let pricing = Pricing::default().with(Box::new(Discount(5))).with(Box::new(TaxRule { rate: 2 }));
    let total = inventory.total(&pricing);
    if let Err(e) = save(&inventory) {
        eprintln!("{e}");
    }
    println!("{total} {}", inventory.cheapest().map_or(0, |i| i.price()));
}

fn save(inventory: &Inventory) -> std::io::Result<()> {
    for (name, item) in inventory.by_name() {
        write_line(&name, item.price())?;
    }
    Ok(())
}

fn write_line(_: &str, _: u32) -> std::io::Result<()> {
    Ok(())
}
