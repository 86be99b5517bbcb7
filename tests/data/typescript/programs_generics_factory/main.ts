interface Model { id: string; validate(): boolean; }
type Ctor<T> = new (id: string) => T;
class Store<M extends Model> {
  private cache: { [id: string]: M } = {};
  constructor(private readonly make: Ctor<M>) {}
  load(id: string): M { const m = this.cache[id] ?? (this.cache[id] = new this.make(id)); m.validate(); return m; }
}
class User implements Model { constructor(public id: string) {} validate() { return this.check(); } check() { return true; } email() { return mail(this.id); } }
class Group implements Model { constructor(public id: string) {} validate() { return size(this) > 0; } }
function size(g: Group) { return 1; }
function mail(x: string) { return x; }
const users = new Store(User);
const groups = new Store<Group>(Group);
users.load('u').email();
groups.load('g');
function instance<T>(C: new () => T): T { return new C(); }
class Plain { go() { return mail(''); } }
instance(Plain).go();
function isUser(m: Model): m is User { return m instanceof User; }
const m: Model = users.load('v');
if (isUser(m)) m.email();
