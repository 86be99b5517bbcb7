use std::collections::VecDeque;

pub struct Queue<T> {
    items: VecDeque<T>,
    limit: usize,
}
impl<T> Queue<T> {
    pub fn with_limit(limit: usize) -> Self {
        Queue { items: VecDeque::new(), limit }
    }
    pub fn push(&mut self, item: T) -> bool {
        if self.is_full() {
            return false;
        }
        self.items.push_back(item);
        true
    }
    pub fn pop(&mut self) -> Option<T> {
        self.items.pop_front()
    }
    fn is_full(&self) -> bool {
        self.items.len() >= self.limit
    }
}
