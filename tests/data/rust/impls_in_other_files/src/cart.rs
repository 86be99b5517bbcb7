mod count;
pub struct Cart;
