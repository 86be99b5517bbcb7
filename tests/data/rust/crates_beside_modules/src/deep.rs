use serde::to_string;
use crate::serde_help;
pub fn run() {
    to_string();
    serde_help::to_string();
    crate::serde::to_string();
}
