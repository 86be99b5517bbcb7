package app;

import db.Condition;
import db.Query;

public class Main {
    public static void main(String[] args) {
        String sql = Query.select("a", "b").where("x", 1).where(Condition.in("y", 1, 2)).build();
        run(sql);
        run(Query.select().where("z", Condition.Operator.IN, null).build(), 3);
    }
    static void run(String sql) { run(sql, 1); }
    static void run(String sql, int times) {
        for (int i = 0; i < times; i++) System.out.println(sql);
    }
}
