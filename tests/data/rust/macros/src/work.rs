use crate::log::level;
struct Job;
impl Job {
    fn new() -> Job {
        Job
    }
    fn run(&self, n: u8) -> u8 {
        n
    }
}
pub fn go() {
    let job = Job::new();
    say!(job.run(level()));
    println!("{} {}", job.run(1), done());
    let all = vec![Job::new(), Job { }];
    for one in &all {
        one.run(2);
    }
    assert_eq!(crate::level(), level(), "{}", format!("{}", done()));
    crate::say!(1);
}
fn done() -> bool {
    matches!(Job::new().run(3), 1 | 2)
}
