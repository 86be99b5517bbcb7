class ListNode { constructor(value, next = null) { this.value = value; this.next = next; } show() { return this.value; } }
class List {
  constructor() { this.head = null; this.size = 0; }
  add(value) { this.head = new ListNode(value, this.head); this.size++; return this; }
  last() { let n = this.head; while (n.next) n = n.next; return n; }
  each(fn) { for (let n = this.head; n; n = n.next) fn(n); }
  static of(...values) { return values.reduce((l, v) => l.add(v), new List()); }
}
const list = List.of(1, 2);
list.last().show();
list.each((n) => n.show());
list.head.next.show();
