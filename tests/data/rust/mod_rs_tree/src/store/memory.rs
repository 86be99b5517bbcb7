use super::*;
use crate::model::{admin, User};

pub struct Memory {
    users: Vec<User>,
}
impl Memory {
    pub fn with(user: User) -> Memory {
        let mut memory = Memory { users: Vec::with_capacity(limit()) };
        memory.users.push(user);
        for user in memory.users.iter_mut() {
            admin::rename(user);
        }
        memory
    }
}
impl Store for Memory {
    fn put(&mut self, key: &str) {
        let slugs: Vec<_> = self.users.iter().map(User::slug).collect();
        drop((slugs, key));
    }
}
