pub struct Stack<T> {
    items: Vec<T>,
}

impl<T> Stack<T> {
    pub fn new() -> Self {
        Self { items: Vec::new() }
    }
    pub fn push(&mut self, item: T) {
        self.items.push(item);
    }
    pub fn pop(&mut self) -> Option<T> {
        self.items.pop()
    }
    pub fn len(&self) -> usize {
        self.items.len()
    }
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<T: Clone> Clone for Stack<T> {
    fn clone(&self) -> Self {
        Stack { items: self.items.clone() }
    }
}

impl<T> Extend<T> for Stack<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, iter: I) {
        for item in iter {
            self.push(item);
        }
    }
}

impl<T> FromIterator<T> for Stack<T> {
    fn from_iter<I: IntoIterator<Item = T>>(iter: I) -> Self {
        let mut stack = Stack::new();
        stack.extend(iter);
        stack
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled() -> Stack<i32> {
        let mut stack = Stack::new();
        stack.push(1);
        stack.push(2);
        stack
    }

    #[test]
    fn pops_in_reverse() {
        let mut stack = filled();
        assert_eq!(stack.pop(), Some(2));
        assert_eq!(stack.clone().len(), 1);
    }

    #[test]
    fn starts_empty() {
        assert!(Stack::<u8>::new().is_empty());
        let many: Stack<u8> = Stack::from_iter(vec![1, 2]);
        assert!(!many.is_empty());
    }
}
