package org.acme.repo;

import java.util.List;
import java.util.Optional;

public interface Repository<T, K> {
    Optional<T> find(K key);
    T save(T value);
    List<T> findAll();
    default T require(K key) {
        return find(key).orElseThrow(() -> missing(key));
    }
    private RuntimeException missing(K key) { return new RuntimeException("no " + key); }
}
