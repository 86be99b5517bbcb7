function logged(prefix: string) {
  return function (target: any, key: string, descriptor: PropertyDescriptor) {
    const original = descriptor.value;
    descriptor.value = function (...args: any[]) { note(prefix); return original.apply(this, args); };
    return descriptor;
  };
}
function sealed(ctor: Function) { Object.seal(ctor); }
function note(p: string) {}
@sealed
class Service {
  @logged('run')
  run(n: number) { return this.half(n); }
  half(n: number) { return n / 2; }
}
new Service().run(4);
