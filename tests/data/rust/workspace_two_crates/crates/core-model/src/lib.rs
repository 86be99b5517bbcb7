mod money;
pub mod order;
pub use money::Money;
pub mod prelude {
    pub use crate::money::{Currency, Money};
    pub use crate::order::Order;
}
