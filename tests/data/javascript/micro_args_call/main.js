function paramFunc() { return 1; }
function func(a) { a(); }
func(paramFunc);
function nestedCall(f) { func(f); }
nestedCall(other);
function other() {}
func(() => paramFunc());
func(pick ? paramFunc : other);
var pick;
