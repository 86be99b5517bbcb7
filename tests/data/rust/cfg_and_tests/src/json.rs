use serde::Serialize;
#[derive(Serialize)]
pub struct Doc;
