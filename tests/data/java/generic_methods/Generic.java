import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

class Item {
    void use() {}
}
class Store<K, V extends Item> {
    private final Map<K, V> items = new HashMap<>();
    V find(K key) {
        return items.get(key);
    }
    List<Item> all() {
        return new ArrayList<>();
    }
}
class Client {
    void go(Store<String, Item> store) {
        store.find("a").use();
        store.all().get(0).use();
        for (Item item : store.all()) {
            item.use();
        }
    }
}
