function good() {
  helper();
}
function helper() {}
class Broken {
  method( {
  }
function after() {
  helper();
}
