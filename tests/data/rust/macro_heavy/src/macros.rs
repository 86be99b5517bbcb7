macro_rules! check {
    ($cond:expr, $what:literal) => {
        if !$cond {
            panic!($what);
        }
    };
}
macro_rules! square {
    ($e:expr) => {
        $e * $e
    };
}
#[macro_export]
macro_rules! log {
    ($($arg:tt)*) => {
        $crate::write_log(format!($($arg)*))
    };
}
