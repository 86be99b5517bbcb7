mod outer {
    pub const SIZE: u8 = 1;
    pub fn here() -> u8 {
        inner::deep::work();
        SIZE
    }
    pub mod inner {
        pub mod deep {
            pub fn work() {
                super::super::here();
                super::side();
                super::super::super::top();
                fn local() {}
                local();
            }
        }
        pub fn side() -> u8 {
            super::SIZE + crate::outer::SIZE
        }
    }
}
pub fn top() {
    use outer::inner::side as lateral;
    lateral();
    outer::here();
}
fn side() {}
fn work() {}
