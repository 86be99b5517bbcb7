import java.util.*;
import java.util.stream.*;

public class Graph {
    static class Edge implements Comparable<Edge> {
        final Node from, to;
        int weight;
        Edge(Node from, Node to, int weight) {
            this.from = from;
            this.to = to;
            this.weight = weight;
        }
        public int compareTo(Edge o) { return this.weight - o.weight; }
        Node other(Node n) { return n == from ? to : from; }
    }
    class Node {
        final String name;
        private final List<Edge> edges = new ArrayList<>();
        Node(String name) {
            this.name = name;
            nodes.put(name, this);
        }
        void connect(Node to, int weight) {
            Edge edge = new Edge(this, to, weight);
            edges.add(edge);
            to.edges.add(edge);
            all.add(edge);
            touched();
        }
        Stream<Node> neighbours() { return edges.stream().map(e -> e.other(this)); }
        int degree() { return edges.size(); }
    }
    private final Map<String, Node> nodes = new HashMap<>();
    private final Set<Edge> all = new TreeSet<>();
    private int version;

    private void touched() { version++; }

    Node node(String name) {
        Node n = nodes.get(name);
        return n != null ? n : new Node(name);
    }
    Map<Node, Integer> distances(Node start) {
        Map<Node, Integer> best = new HashMap<>();
        PriorityQueue<Node> queue = new PriorityQueue<>((a, b) -> compare(best, a, b));
        queue.add(start);
        while (!queue.isEmpty()) {
            Node here = queue.poll();
            for (Edge e : here.edges) {
                Node next = e.other(here);
                relax(best, next, e);
            }
            here.neighbours().forEach(n -> visit(n));
        }
        return best;
    }
    private static int compare(Map<Node, Integer> m, Node a, Node b) { return m.get(a) - m.get(b); }
    private void relax(Map<Node, Integer> best, Node n, Edge e) { best.merge(n, e.weight, Math::min); }
    private void visit(Node n) { n.degree(); }

    int total() {
        int sum = 0;
        for (Node n : nodes.values()) sum += n.degree();
        for (String key : nodes.keySet()) sum += nodes.get(key).degree();
        sum += nodes.values().stream().mapToInt(n -> n.degree()).sum();
        Edge[] sorted = all.toArray(new Edge[0]);
        Arrays.sort(sorted, (x, y) -> x.compareTo(y));
        sum += sorted[0].other(sorted[0].from).degree();
        List<Node> picked = nodes.values().stream().filter(n -> n.degree() > 2).collect(Collectors.toList());
        picked.get(0).connect(picked.get(1), 3);
        Node[][] grid = new Node[2][2];
        grid[0][1].degree();
        return sum;
    }
    static <T extends Comparable<T>> T max(Collection<? extends T> items) {
        Iterator<? extends T> it = items.iterator();
        T best = it.next();
        while (it.hasNext()) {
            T next = it.next();
            if (next.compareTo(best) > 0) best = next;
        }
        return best;
    }
    public static void main(String[] args) {
        Graph g = new Graph();
        g.node("a").connect(g.node("b"), 1);
        Graph.Node c = g.new Node("c");
        c.neighbours().findFirst().ifPresent(Node::degree);
        Edge top = max(g.all);
        top.other(c).degree();
        g.distances(c).keySet().iterator().next().degree();
        g.total();
    }
}
