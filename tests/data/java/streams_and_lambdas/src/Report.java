import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

record Employee(String name, Department department, int salary) {
    Employee {
        Objects.requireNonNull(name);
        checkSalary(salary);
    }
    static void checkSalary(int n) {}
    Employee raise(int by) { return new Employee(name, department(), salary + by); }
    boolean isRich() { return salary() > 100; }
}

class Department {
    private final String title;
    private List<Employee> staff;
    Department(String title) { this.title = title; }
    String getTitle() { return title; }
    List<Employee> getStaff() { return staff; }
    Optional<Employee> boss() { return staff.stream().max(Comparator.comparing(Employee::salary)); }
}

public class Report {
    private final List<Department> departments;
    private final Predicate<Employee> rich = Employee::isRich;
    private final Supplier<Department> fallback = () -> new Department("none");

    Report(List<Department> departments) { this.departments = departments; }

    List<String> names() {
        return departments.stream()
            .flatMap(d -> d.getStaff().stream())
            .filter(rich)
            .filter(e -> !isHidden(e))
            .map(e -> e.raise(1))
            .map(Employee::name)
            .sorted()
            .toList();
    }
    Map<String, List<Employee>> byTitle() {
        return all().collect(Collectors.groupingBy(e -> e.department().getTitle()));
    }
    private Stream<Employee> all() {
        return departments.stream().map(Department::getStaff).flatMap(List::stream);
    }
    private boolean isHidden(Employee e) { return e.name().isEmpty(); }
    String best() {
        Department d = departments.isEmpty() ? fallback.get() : departments.get(0);
        return d.boss().map(Employee::name).orElseGet(this::nobody);
    }
    String nobody() { return "nobody"; }
    int count() {
        Comparator<Employee> order = (a, b) -> compare(a, b);
        List<Employee> sorted = all().sorted(order.reversed()).collect(Collectors.toList());
        sorted.forEach(this::note);
        for (Map.Entry<String, List<Employee>> entry : byTitle().entrySet()) {
            for (Employee e : entry.getValue()) {
                e.isRich();
            }
        }
        return IntStream.range(0, 3).mapToObj(i -> make(i)).mapToInt(Employee::salary).sum();
    }
    static int compare(Employee a, Employee b) { return Integer.compare(a.salary(), b.salary()); }
    void note(Employee e) {}
    Employee make(int i) { return new Employee("e" + i, null, i); }
}
