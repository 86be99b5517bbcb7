use std::rc::Rc;

pub trait Visitor {
    fn visit_leaf(&mut self, leaf: &Leaf);
    fn visit_branch(&mut self, branch: &Branch) {
        for child in &branch.children {
            child.accept(self);
        }
        self.done();
    }
    fn done(&mut self) {}
}

pub trait Node {
    fn accept(&self, visitor: &mut dyn Visitor);
    fn depth(&self) -> usize {
        0
    }
}

pub struct Leaf {
    pub value: i32,
}

pub struct Branch {
    pub children: Vec<Rc<dyn Node>>,
}

impl Node for Leaf {
    fn accept(&self, visitor: &mut dyn Visitor) {
        visitor.visit_leaf(self);
    }
}

impl Node for Branch {
    fn accept(&self, visitor: &mut dyn Visitor) {
        visitor.visit_branch(self);
    }
    fn depth(&self) -> usize {
        1 + self.children.iter().map(|child| child.depth()).max().unwrap_or(0)
    }
}

#[derive(Default)]
pub struct Sum {
    total: i32,
}

impl Sum {
    fn add(&mut self, n: i32) {
        self.total += n;
    }
}

impl Visitor for Sum {
    fn visit_leaf(&mut self, leaf: &Leaf) {
        self.add(leaf.value);
    }
}

pub fn sum(root: &dyn Node) -> i32 {
    let mut sum = Sum::default();
    root.accept(&mut sum);
    sum.done();
    sum.total
}

pub fn leaf(value: i32) -> Box<dyn Node> {
    Box::new(Leaf { value })
}

pub fn demo() -> usize {
    let tree = Branch { children: vec![Rc::new(Leaf { value: 1 })] };
    sum(&tree);
    leaf(3).depth() + tree.depth()
}
