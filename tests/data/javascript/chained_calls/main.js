class Query {
  where() {
    return this;
  }
  limit() {
    return this;
  }
  run() {}
}
const query = () => new Query();
query().where().limit().run();
