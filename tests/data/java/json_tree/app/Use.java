package app;

import json.Json;
import static json.Json.object;
import java.util.List;
import java.util.Map;

final class Use {
    static String run() {
        Json json = object().put("a", Json.of(1)).put("b", Json.of(List.of("x")));
        Json a = json.get("a").orElse(Json.NULL);
        String first = json.get("b").filter(j -> j instanceof Json.Arr).map(j -> (Json.Arr) j).map(arr -> arr.at(0)).get().toString();
        Json.Obj copy = (Json.Obj) Json.of(Map.of("k", a));
        copy.get("k").ifPresent(Use::show);
        return first + json;
    }
    private static void show(Json j) { System.out.println(j.toString()); }
}
