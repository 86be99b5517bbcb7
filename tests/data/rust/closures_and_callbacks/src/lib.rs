type Handler = Box<dyn Fn(&Event) -> bool + Send>;

pub struct Event {
    pub name: String,
}
impl Event {
    fn urgent(&self) -> bool {
        self.name == "urgent"
    }
}
#[derive(Default)]
pub struct Bus {
    handlers: Vec<Handler>,
    fallback: Option<fn(&Event)>,
}
impl Bus {
    pub fn on<F>(&mut self, handler: F) -> &mut Self
    where
        F: Fn(&Event) -> bool + Send + 'static,
    {
        self.handlers.push(Box::new(handler));
        self
    }
    pub fn fallback(&mut self, f: fn(&Event)) {
        self.fallback = Some(f);
    }
    pub fn emit(&self, event: &Event) {
        let mut seen = false;
        for handler in &self.handlers {
            seen |= handler(event);
        }
        if !seen {
            if let Some(f) = self.fallback {
                f(event);
            }
        }
    }
}
fn log(event: &Event) {
    println!("{}", event.name);
}
fn accept(event: &Event) -> bool {
    event.urgent()
}
fn retry<T, E>(times: usize, mut action: impl FnMut(usize) -> Result<T, E>) -> Option<T> {
    for n in 0..times {
        if let Ok(value) = action(n) {
            return Some(value);
        }
    }
    None
}
fn attempt(n: usize) -> Result<Event, ()> {
    if n > 1 { Ok(Event { name: "x".into() }) } else { Err(()) }
}
fn adder(by: u32) -> impl Fn(u32) -> u32 {
    move |n| add(n, by)
}
fn add(a: u32, b: u32) -> u32 {
    a + b
}
pub fn run() {
    let mut bus = Bus::default();
    bus.on(accept).on(|event| event.urgent());
    bus.fallback(log);
    let event = retry(3, attempt).unwrap();
    bus.emit(&event);
    let again = retry(2, |n| attempt(n + 1));
    again.map(|e| log(&e));
    let plus = adder(2);
    plus(3);
    let twice = |n: u32| add(n, n);
    twice(2);
}
