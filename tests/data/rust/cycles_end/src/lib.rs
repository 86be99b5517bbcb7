mod ring;
#[path = "lib.rs"]
mod itself;
use self::k2 as k3;
use self::k3 as k2;
use m5::nothing;
type L = M;
type M = L;
fn aliases(x: L, y: Vec<M>) {
    x.b();
    for z in y {
        z.b();
    }
    k2();
    nothing();
    ring::known();
}
impl L {
    fn q(&self) {
        self.b()
    }
}
trait T1: T2 {
    fn a(&self);
}
trait T2: T1 {
    fn b(&self) {
        self.a();
        self.missing();
    }
}
mod m5 {
    pub use super::m6::*;
}
mod m6 {
    pub use super::m5::*;
}
struct D;
impl std::ops::Deref for D {
    type Target = D;
    fn deref(&self) -> &D {
        self
    }
}
fn deref(d: D) {
    d.missing();
}
struct It;
impl Iterator for It {
    type Item = It;
    fn next(&mut self) -> Option<It> {
        None
    }
}
fn walk(it: It) {
    for one in it {
        for two in one {
            two.next();
        }
    }
}
