package org.acme;

import org.acme.repo.InMemoryRepository;
import org.acme.repo.Repository;
import org.acme.service.*;

public class Application {
    private static final Repository<Customer, Long> REPOSITORY = new InMemoryRepository<>(Customer::getId);
    private CustomerService service;

    public Application() {
        this.service = new CustomerService(REPOSITORY);
        service.addListener(c -> audit(c.getName()));
        service.addListener(new AuditListener() {
            @Override
            public void saved(Customer customer) {
                audit(customer.toString());
            }
        });
    }

    void audit(String text) {
        System.out.println(text);
    }

    public static void main(String[] args) throws Exception {
        Application app = new Application();
        Customer customer = app.service.register("a").orElseThrow(() -> new IllegalStateException("none"));
        app.service.rename(customer.getId(), "b");
        long n = app.service.all().stream().filter(Customer::isActive).count();
        System.exit(n > 0 ? 0 : failure(customer));
    }

    private static int failure(Customer c) {
        return c.hashCode();
    }
}
