pub mod repo;
pub mod service;
use std::sync::{Arc, Mutex, RwLock};
use repo::{Repo, SqlRepo};
use service::Service;

pub struct App {
    service: Arc<Service<SqlRepo>>,
    cache: Mutex<Cache>,
    hooks: RwLock<Vec<Box<dyn Hook + Send + Sync>>>,
}
#[derive(Default)]
pub struct Cache {
    hits: u64,
}
impl Cache {
    fn touch(&mut self) {
        self.hits += 1;
    }
}
pub trait Hook {
    fn fire(&self, name: &str);
}
impl App {
    pub fn new(repo: SqlRepo) -> Arc<Self> {
        Arc::new(App {
            service: Arc::new(Service::new(repo)),
            cache: Mutex::new(Cache::default()),
            hooks: Default::default(),
        })
    }
    pub async fn handle(self: Arc<Self>, id: u32) -> Option<String> {
        self.cache.lock().unwrap().touch();
        let user = self.service.find(id).await?;
        for hook in self.hooks.read().unwrap().iter() {
            hook.fire(&user.name);
        }
        let service = Arc::clone(&self.service);
        spawn(async move { service.refresh(id).await });
        Some(user.greeting())
    }
}
fn spawn<F>(_future: F) {}
pub async fn main() {
    let app = App::new(SqlRepo::connect().await);
    app.clone().handle(1).await;
}
