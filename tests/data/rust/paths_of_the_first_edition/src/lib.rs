extern crate libc;
mod cart;
mod tax;
