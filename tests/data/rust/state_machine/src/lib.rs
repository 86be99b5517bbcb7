use std::mem;

#[derive(Debug)]
pub enum State {
    Idle,
    Running { job: Job, started: u64 },
    Done(Outcome),
}
#[derive(Debug, Clone)]
pub struct Job {
    id: u32,
}
#[derive(Debug, Clone)]
pub struct Outcome {
    job: Job,
    took: u64,
}
impl Job {
    fn run(&mut self) -> bool {
        self.id += 1;
        self.id > 3
    }
    fn finish(self, took: u64) -> Outcome {
        Outcome { job: self, took }
    }
}
impl Outcome {
    fn label(&self) -> String {
        describe(&self.job)
    }
}
fn describe(job: &Job) -> String {
    job.id.to_string()
}
impl State {
    pub fn step(self, now: u64) -> State {
        match self {
            State::Idle => State::Running { job: Job { id: 0 }, started: now },
            State::Running { mut job, started } if job.run() => State::Done(job.finish(now - started)),
            running @ State::Running { .. } => running,
            State::Done(outcome) => {
                outcome.label();
                State::Idle
            }
        }
    }
    pub fn is_done(&self) -> bool {
        matches!(self, State::Done(o) if o.took > 0)
    }
    pub fn job(&self) -> Option<&Job> {
        let job = match self {
            Self::Idle => return None,
            Self::Running { job, .. } => job,
            Self::Done(Outcome { job, .. }) => job,
        };
        describe(job);
        Some(job)
    }
}
pub struct Machine {
    state: State,
}
impl Machine {
    pub fn drive(&mut self) {
        let mut now = 0;
        while !self.state.is_done() {
            let state = mem::replace(&mut self.state, State::Idle);
            self.state = state.step(now);
            now += 1;
        }
        let Some(job) = self.state.job() else { return };
        let copy = job.clone();
        copy.finish(now).label();
    }
}
