pub struct User {
    pub name: String,
}
impl User {
    pub fn greeting(&self) -> String {
        format!("hi {}", self.name)
    }
}
pub trait Repo {
    async fn load(&self, id: u32) -> Option<User>;
}
pub struct SqlRepo;
impl SqlRepo {
    pub async fn connect() -> SqlRepo {
        SqlRepo
    }
    fn query(&self, _id: u32) -> User {
        User { name: String::new() }
    }
}
impl Repo for SqlRepo {
    async fn load(&self, id: u32) -> Option<User> {
        Some(self.query(id))
    }
}
