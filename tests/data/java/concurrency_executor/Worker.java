import java.util.concurrent.*;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.*;

public class Worker implements AutoCloseable {
    private final ExecutorService pool = Executors.newFixedThreadPool(4);
    private final AtomicInteger done = new AtomicInteger();
    private final ConcurrentMap<String, Task> tasks = new ConcurrentHashMap<>();
    private volatile Callback callback = Callback.NONE;

    interface Callback {
        Callback NONE = result -> {};
        void done(Result result);
        default Callback andThen(Callback next) {
            return r -> {
                done(r);
                next.done(r);
            };
        }
    }
    static final class Result {
        final int code;
        private Result(int code) { this.code = code; }
        static Result ok() { return new Result(0); }
        static Result of(Exception e) { return new Result(e.hashCode()); }
        boolean isOk() { return code == 0; }
    }
    abstract static class Task implements Callable<Result> {
        private final String id;
        Task(String id) { this.id = id; }
        @Override
        public final Result call() {
            try {
                before();
                work();
                return Result.ok();
            } catch (Exception e) {
                return Result.of(e);
            } finally {
                after();
            }
        }
        void before() {}
        void after() {}
        abstract void work() throws Exception;
        String id() { return id; }
    }
    Future<Result> submit(Task task) {
        tasks.put(task.id(), task);
        return pool.submit(() -> {
            Result result = task.call();
            finished(task, result);
            return result;
        });
    }
    private void finished(Task task, Result result) {
        if (result.isOk()) done.incrementAndGet();
        callback.done(result);
        tasks.remove(task.id());
    }
    void onDone(Callback next) { callback = callback.andThen(next); }
    List<Result> runAll(Collection<? extends Task> all) throws Exception {
        List<Future<Result>> futures = new ArrayList<>();
        for (Task t : all) futures.add(submit(t));
        List<Result> results = new ArrayList<>();
        for (Future<Result> f : futures) results.add(f.get());
        results.removeIf(r -> !r.isOk());
        return results;
    }
    CompletableFuture<Result> later(Task task) {
        return CompletableFuture.supplyAsync(task::call, pool)
            .thenApply(r -> check(r))
            .exceptionally(e -> Result.ok());
    }
    private Result check(Result r) { return r; }
    @Override
    public void close() {
        tasks.values().forEach(t -> t.after());
        pool.shutdown();
    }
    public static void main(String[] args) throws Exception {
        try (Worker worker = new Worker()) {
            worker.onDone(r -> System.out.println(r.isOk()));
            worker.submit(new Task("a") {
                @Override
                void work() { compute(3); }
            }).get().isOk();
            worker.later(new Sleep()).join().isOk();
        }
    }
    static int compute(int n) { return n <= 1 ? 1 : n * compute(n - 1); }
    static class Sleep extends Task {
        Sleep() { super("sleep"); }
        @Override void work() throws Exception { Thread.sleep(1); }
        @Override void after() { super.after(); log(id()); }
        private void log(String text) {}
    }
}
