#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Key,
    Tick,
    Quit,
}
#[derive(Debug)]
pub struct Event {
    kind: Kind,
    data: Option<char>,
}
impl Event {
    pub fn tick() -> Self {
        Self::of(Kind::Tick)
    }
    fn of(kind: Kind) -> Self {
        Event { kind, data: None }
    }
    pub fn kind(&self) -> Kind {
        self.kind
    }
    pub fn describe(&self) -> String {
        format!("{:?} {:?}", self.kind(), self.data)
    }
}
pub trait Handler {
    fn on_key(&mut self, event: &Event);
    fn on_quit(&mut self) {
        self.on_other(Kind::Quit);
    }
    fn on_other(&mut self, _kind: Kind) {}
}
