use crate::{Output, Plugin};

pub struct Upper;
pub struct Count {
    runs: usize,
}

impl Upper {
    pub fn new() -> Self {
        Upper
    }
}
impl Count {
    pub fn new() -> Self {
        Self { runs: 0 }
    }
    fn bump(&mut self) -> usize {
        self.runs += 1;
        self.runs
    }
}
impl Plugin for Upper {
    fn name(&self) -> &str {
        "upper"
    }
    fn run(&mut self, input: &str) -> Output {
        Output::default().line(&input.to_uppercase())
    }
}
impl Plugin for Count {
    const PRIORITY: u8 = 2;
    fn name(&self) -> &str {
        "count"
    }
    fn run(&mut self, input: &str) -> Output {
        if input.is_empty() {
            return Output::failed();
        }
        let n = self.bump();
        Output::default().line(&n.to_string()).line(self.name())
    }
}
