const target = { hello() { return world(); } };
function world() { return 'w'; }
const proxy = new Proxy(target, {
  get(obj, key, receiver) { trace(key); return Reflect.get(obj, key, receiver); },
});
function trace(k) {}
proxy.hello();
function call(f, ...rest) { return Reflect.apply(f, null, rest); }
call(world);
class Base { static build() { return Reflect.construct(this, []); } run() { return world(); } }
class Sub extends Base { run() { return super.run(); } }
Sub.build().run();
