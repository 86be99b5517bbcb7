package org.acme.service;

import org.acme.Customer;

@FunctionalInterface
public interface AuditListener {
    void saved(Customer customer);
}
