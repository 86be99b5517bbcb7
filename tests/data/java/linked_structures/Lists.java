import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;

public class Lists<T> implements Iterable<T> {
    private Node<T> head;
    private int size;

    private static class Node<E> {
        E value;
        Node<E> next;
        Node(E value, Node<E> next) {
            this.value = value;
            this.next = next;
        }
        Node<E> last() {
            Node<E> n = this;
            while (n.next != null) n = n.next;
            return n;
        }
        void unlink() { next = null; }
    }

    public void add(T value) {
        Node<T> node = new Node<>(value, null);
        if (head == null) head = node;
        else head.last().next = node;
        size++;
    }
    public void clear() {
        for (Node<T> n = head; n != null; ) {
            Node<T> next = n.next;
            n.unlink();
            n = next;
        }
        head.next.next.unlink();
    }
    @Override
    public Iterator<T> iterator() { return new Cursor(); }

    private class Cursor implements Iterator<T> {
        private Node<T> at = head;
        @Override public boolean hasNext() { return at != null; }
        @Override public T next() {
            if (!hasNext()) throw new NoSuchElementException();
            T value = at.value;
            at = at.next;
            return value;
        }
        @Override public void remove() { Lists.this.clear(); at.unlink(); }
    }
    public void each(Consumer<? super T> action) {
        for (T t : this) action.accept(t);
    }
    static Lists<String> of(String... all) {
        Lists<String> list = new Lists<>();
        for (String s : all) list.add(s);
        return list;
    }
    public static void main(String[] args) {
        Lists<Thing> things = new Lists<>();
        things.add(new Thing());
        for (Thing t : things) t.poke();
        things.each(t -> t.poke());
        things.each(Thing::poke);
        Iterator<Thing> it = things.iterator();
        while (it.hasNext()) it.next().poke();
        Thing[] array = {new Thing(), Thing.make()};
        array[0].poke();
        for (Thing t : array) t.poke();
        of("a").iterator().next();
    }
}
class Thing {
    static Thing make() { return new Thing(); }
    void poke() {}
}
