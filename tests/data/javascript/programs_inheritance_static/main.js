class Model {
  static all() { return this.load().map((row) => new this(row)); }
  static load() { return [this.defaults()]; }
  static defaults() { return {}; }
  constructor(row) { Object.assign(this, row); this.constructor.count++; }
  save() { return this.validate() && Model.write(this); }
  validate() { return true; }
  static write(m) { return m; }
}
class Post extends Model {
  static defaults() { return { ...super.defaults(), title: 't' }; }
  validate() { return super.validate() && this.title.length > 0; }
  static { Post.registered = register(Post); }
}
function register(c) { return c; }
const posts = Post.all();
posts[0].save();
posts.forEach((p) => p.validate());
