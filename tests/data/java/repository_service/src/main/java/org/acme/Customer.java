package org.acme;

import java.util.Objects;

public class Customer implements Comparable<Customer> {
    private static long counter;
    private final long id;
    private String name;
    private Status status = Status.ACTIVE;

    enum Status { ACTIVE, CLOSED; boolean open() { return this == ACTIVE; } }

    public Customer(String name) {
        this.id = nextId();
        setName(name);
    }
    private static synchronized long nextId() { return ++counter; }
    public long getId() { return id; }
    public String getName() { return name; }
    public final void setName(String name) { this.name = Objects.requireNonNull(name); }
    public boolean isActive() { return status.open(); }
    @Override
    public int compareTo(Customer other) { return Long.compare(id, other.getId()); }
    @Override
    public int hashCode() { return Long.hashCode(getId()); }
    @Override
    public String toString() { return getName() + "#" + id; }
}
