pub mod store;
mod util;
pub(crate) mod model {
    use super::util::slug;

    pub struct User {
        pub name: String,
    }
    impl User {
        pub fn slug(&self) -> String {
            slug(&self.name)
        }
    }
    pub mod admin {
        use super::User;
        pub fn root() -> User {
            super::super::util::log("root");
            User { name: "root".into() }
        }
        pub fn rename(user: &mut super::User) {
            user.name = crate::util::slug(&user.slug());
        }
    }
}
pub use store::disk::*;
pub use self::store::{memory::Memory, Store};

pub fn boot() -> Memory {
    util::log("boot");
    let mut memory = Memory::with(model::admin::root());
    memory.flush();
    open("/tmp/x").flush();
    memory
}
