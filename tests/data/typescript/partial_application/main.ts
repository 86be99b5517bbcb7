function greet(name: string) {}
const bound = greet.bind(null, "a");
bound();
greet.call(null, "b");
greet.apply(null, ["c"]);
