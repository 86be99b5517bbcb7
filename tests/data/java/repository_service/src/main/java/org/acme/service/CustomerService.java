package org.acme.service;

import java.util.*;
import org.acme.Customer;
import org.acme.repo.Repository;

public class CustomerService {
    private final Repository<Customer, Long> repository;
    private final List<AuditListener> listeners = new ArrayList<>();

    public CustomerService(Repository<Customer, Long> repository) { this.repository = repository; }

    public void addListener(AuditListener listener) { listeners.add(listener); }

    public Optional<Customer> register(String name) {
        if (name.isBlank()) return Optional.empty();
        Customer customer = repository.save(new Customer(name));
        notifyAll(customer);
        return Optional.of(customer);
    }
    public void rename(long id, String name) {
        Customer customer = repository.require(id);
        customer.setName(name);
        notifyAll(repository.save(customer));
    }
    public List<Customer> all() {
        List<Customer> all = repository.findAll();
        Collections.sort(all);
        return all;
    }
    private void notifyAll(Customer customer) {
        for (AuditListener listener : listeners) {
            listener.saved(customer);
        }
    }
}
