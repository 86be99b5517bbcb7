const users = [makeUser('a'), makeUser('b')];
function makeUser(name) { return new User(name); }
class User {
  constructor(name) { this.name = name; this.friends = []; }
  isOk() { return true; }
  rank() { return 1; }
  add(other) { this.friends.push(other); return this; }
}
users.filter((u) => u.isOk()).map((u) => u.rank());
const best = users.slice().sort((x, y) => x.rank() - y.rank())[0];
best.add(users[1]);
best.friends.forEach(function (f) { f.isOk(); });
users.find(byName).add(best);
function byName(u) { return u.name === 'a'; }
const total = users.reduce((sum, u) => sum + u.rank(), 0);
Array.from(users, (u) => u.isOk());
Object.values({ k: best }).forEach((u) => u.rank());
