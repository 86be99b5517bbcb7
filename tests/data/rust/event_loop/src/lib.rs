mod event;
mod queue;
use event::{Event, Handler, Kind};
use queue::Queue;
use std::sync::mpsc::{channel, Receiver, Sender};
use std::thread;

pub struct Loop<H> {
    handler: H,
    queue: Queue<Event>,
    sender: Sender<Event>,
    receiver: Receiver<Event>,
}

impl<H> Loop<H>
where
    H: Handler + 'static,
{
    pub fn new(handler: H) -> Self {
        let (sender, receiver) = channel();
        Self { handler, queue: Queue::with_limit(10), sender, receiver }
    }
    pub fn run(&mut self) {
        while let Ok(event) = self.receiver.recv() {
            self.queue.push(event);
            while let Some(next) = self.queue.pop() {
                if !self.dispatch(next) {
                    return;
                }
            }
        }
    }
    fn dispatch(&mut self, event: Event) -> bool {
        match event.kind() {
            Kind::Key => self.handler.on_key(&event),
            Kind::Quit => {
                self.handler.on_quit();
                return false;
            }
            other => self.handler.on_other(other),
        }
        true
    }
    pub fn spawn_timer(&self) -> thread::JoinHandle<()> {
        let sender = self.sender.clone();
        thread::spawn(move || loop {
            if sender.send(Event::tick()).is_err() {
                break;
            }
            wait();
        })
    }
}

fn wait() {
    thread::sleep(std::time::Duration::from_millis(5));
}

struct Logger {
    lines: Vec<String>,
}

impl Logger {
    fn log(&mut self, text: &str) {
        self.lines.push(text.to_owned());
    }
}

impl Handler for Logger {
    fn on_key(&mut self, event: &Event) {
        self.log(&event.describe());
    }
}

pub fn start() {
    let mut main = Loop::new(Logger { lines: Vec::new() });
    let timer = main.spawn_timer();
    main.run();
    timer.join().unwrap();
}
