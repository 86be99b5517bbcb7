import legacy = require("./legacy");
legacy();
import Alias = Space.Inner;
Alias.go();
namespace Space {
  export namespace Inner {
    export function go() {}
  }
}
