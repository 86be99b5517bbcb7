#[cfg(feature = "std")]
mod fs;
#[cfg(not(feature = "std"))]
#[path = "no_fs.rs"]
mod fs;

pub struct Client {
    agent: Agent,
}
#[derive(Clone)]
struct Agent;

impl Agent {
    #[cfg(unix)]
    fn name(&self) -> String {
        unix::name()
    }
    #[cfg(windows)]
    fn name(&self) -> String {
        "windows".into()
    }
    #[inline]
    #[must_use]
    fn clone_box(&self) -> Box<Agent> {
        Box::new(self.clone())
    }
}
#[cfg(unix)]
mod unix {
    pub(super) fn name() -> String {
        inner().to_string()
    }
    fn inner() -> &'static str {
        "unix"
    }
}
impl Client {
    pub fn read(&self) -> String {
        if cfg!(feature = "std") {
            fs::read(&self.agent.name())
        } else {
            self.agent.clone_box().name()
        }
    }
}
impl Drop for Client {
    fn drop(&mut self) {
        close(self);
    }
}
fn close(client: &mut Client) {
    client.read();
}
impl From<&str> for Client {
    fn from(_: &str) -> Self {
        Client { agent: Agent }
    }
}
pub fn open() -> Client {
    let client = Client::from("x");
    let other: Client = "y".into();
    drop(other);
    client
}
