use crate::repo::{Repo, User};

pub struct Service<R: Repo> {
    repo: R,
}
impl<R: Repo> Service<R> {
    pub fn new(repo: R) -> Self {
        Self { repo }
    }
    pub async fn find(&self, id: u32) -> Option<User> {
        self.repo.load(id).await
    }
    pub async fn refresh(&self, id: u32) {
        if let Some(user) = self.find(id).await {
            user.greeting();
        }
    }
}
