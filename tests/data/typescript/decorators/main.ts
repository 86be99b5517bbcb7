function sealed(target: Function) {}
function route(path: string) {
  return function (target: any, key: string) {};
}
@sealed
class Api {
  @route("/a")
  list() {}
}
