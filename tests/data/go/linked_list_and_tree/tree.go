package tree

type node struct {
	key         int
	left, right *node
	parent      *node
}

type Tree struct {
	root *node
	size int
	less func(a, b int) bool
}

func New(less func(a, b int) bool) *Tree {
	if less == nil {
		less = defaultLess
	}
	return &Tree{less: less}
}

func defaultLess(a, b int) bool { return a < b }

func (t *Tree) Insert(key int) (inserted bool) {
	t.root, inserted = t.insert(t.root, key)
	if inserted {
		t.size++
	}
	return
}

func (t *Tree) insert(n *node, key int) (*node, bool) {
	if n == nil {
		return newNode(key), true
	}
	var ok bool
	switch {
	case t.less(key, n.key):
		n.left, ok = t.insert(n.left, key)
	case t.less(n.key, key):
		n.right, ok = t.insert(n.right, key)
	default:
		return n, false
	}
	return n.balance(), ok
}

func newNode(key int) *node { return &node{key: key} }

func (n *node) balance() *node {
	if n.left.height() > n.right.height()+1 {
		return n.rotate()
	}
	return n
}

func (n *node) height() int {
	if n == nil {
		return 0
	}
	return 1 + max(n.left.height(), n.right.height())
}

func max(a, b int) int {
	if a > b {
		return a
	}
	return b
}

func (n *node) rotate() *node {
	l := n.left
	n.left, l.right = l.right, n
	l.parent, n.parent = n.parent, l
	l.parent.touch()
	return l
}

func (n *node) touch() {}

func (t *Tree) Each(f func(int)) {
	var walk func(*node)
	walk = func(n *node) {
		if n == nil {
			return
		}
		walk(n.left)
		f(n.key)
		walk(n.right)
	}
	walk(t.root)
}

func (t *Tree) Iterator() *Iterator {
	it := &Iterator{stack: []*node{}}
	for n := t.root; n != nil; n = n.left {
		it.push(n)
	}
	return it
}

type Iterator struct {
	stack []*node
}

func (it *Iterator) push(n *node) { it.stack = append(it.stack, n) }

func (it *Iterator) Next() (int, bool) {
	if len(it.stack) == 0 {
		return 0, false
	}
	top := it.stack[len(it.stack)-1]
	it.stack = it.stack[:len(it.stack)-1]
	top.right.touch()
	return top.key, true
}

func Demo() int {
	t := New(nil)
	t.Insert(1)
	total := 0
	t.Each(func(k int) { total = sum(total, k) })
	for it := t.Iterator(); ; {
		if _, ok := it.Next(); !ok {
			break
		}
	}
	return total
}

func sum(a, b int) int { return a + b }
