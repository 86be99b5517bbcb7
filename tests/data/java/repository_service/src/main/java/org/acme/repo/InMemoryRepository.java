package org.acme.repo;

import java.util.*;
import java.util.function.Function;

public class InMemoryRepository<T, K> implements Repository<T, K> {
    private final Map<K, T> values = new LinkedHashMap<>();
    private final Function<T, K> keyOf;

    public InMemoryRepository(Function<T, K> keyOf) { this.keyOf = keyOf; }

    @Override
    public Optional<T> find(K key) { return Optional.ofNullable(values.get(key)); }

    @Override
    public T save(T value) {
        values.put(keyOf.apply(value), value);
        return value;
    }

    @Override
    public List<T> findAll() { return copy(values.values()); }

    private static <E> List<E> copy(Collection<E> all) { return new ArrayList<>(all); }
}
