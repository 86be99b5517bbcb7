pub mod model;
pub use model::Model;
pub fn boot() -> Model {
    Model::new()
}
