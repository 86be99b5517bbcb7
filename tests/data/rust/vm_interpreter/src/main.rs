use std::fmt::{self, Display};

#[derive(Debug, Clone, Copy)]
enum Op {
    Push(i64),
    Add,
    Call(usize),
    Jump { to: usize, when: Cond },
    Halt,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Cond {
    Always,
    Zero,
}

impl Cond {
    fn holds(self, stack: &Stack) -> bool {
        match self {
            Cond::Always => true,
            Cond::Zero => stack.peek().map_or(true, |n| *n == 0),
        }
    }
}

#[derive(Default)]
struct Stack(Vec<i64>);

impl Stack {
    fn push(&mut self, n: i64) {
        self.0.push(n);
    }
    fn pop(&mut self) -> Result<i64, Fault> {
        self.0.pop().ok_or(Fault::Underflow)
    }
    fn peek(&self) -> Option<&i64> {
        self.0.last()
    }
}

#[derive(Debug)]
enum Fault {
    Underflow,
    Native(String),
}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Underflow => write!(f, "underflow"),
            Fault::Native(text) => f.write_str(text),
        }
    }
}
impl std::error::Error for Fault {}
impl From<std::num::ParseIntError> for Fault {
    fn from(e: std::num::ParseIntError) -> Self {
        Fault::Native(e.to_string())
    }
}

type Native = fn(&mut Vm) -> Result<(), Fault>;

const NATIVES: &[Native] = &[print_top, double];

struct Vm {
    stack: Stack,
    pc: usize,
    code: Vec<Op>,
}

fn print_top(vm: &mut Vm) -> Result<(), Fault> {
    println!("{}", vm.stack.pop()?);
    Ok(())
}

fn double(vm: &mut Vm) -> Result<(), Fault> {
    let n = vm.stack.pop()?;
    vm.stack.push(n * 2);
    Ok(())
}

impl Vm {
    fn load(text: &str) -> Result<Vm, Fault> {
        let code = text.lines().map(parse).collect::<Result<Vec<_>, _>>()?;
        Ok(Vm { stack: Stack::default(), pc: 0, code })
    }
    fn step(&mut self) -> Result<bool, Fault> {
        let op = self.code[self.pc];
        self.pc += 1;
        match op {
            Op::Push(n) => self.stack.push(n),
            Op::Add => {
                let sum = self.stack.pop()? + self.stack.pop()?;
                self.stack.push(sum);
            }
            Op::Call(n) => NATIVES[n](self)?,
            Op::Jump { to, when } if when.holds(&self.stack) => self.pc = to,
            Op::Jump { .. } => {}
            Op::Halt => return Ok(false),
        }
        Ok(true)
    }
    fn run(mut self) -> Result<i64, Fault> {
        while self.step()? {}
        self.stack.pop()
    }
}

fn parse(line: &str) -> Result<Op, Fault> {
    let (name, arg) = line.split_once(' ').unwrap_or((line, ""));
    Ok(match name {
        "push" => Op::Push(number(arg)?),
        "add" => Op::Add,
        _ => Op::Halt,
    })
}

fn number(text: &str) -> Result<i64, Fault> {
    Ok(text.parse()?)
}

fn main() {
    let result = Vm::load("push 1").and_then(Vm::run);
    match result {
        Ok(n) => println!("{n}"),
        Err(fault) => std::process::exit(report(&fault)),
    }
}

fn report(fault: &dyn std::error::Error) -> i32 {
    eprintln!("{fault}");
    1
}
