pub fn to_string() {}
