use core_lib::{boot, Model};
use anyhow::Result;
fn step() {}
fn main() -> Result<()> {
    let model: Model = boot();
    model.step();
    core_lib::model::Model::new().step();
    anyhow::bail!("no");
}
