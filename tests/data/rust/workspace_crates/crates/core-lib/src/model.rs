pub struct Model;
impl Model {
    pub fn new() -> Self {
        Model
    }
    pub fn step(&self) {}
}
