let v = () => 1;
function main() {
  v();
  [v] = [other];
}
function other() {}
main();
v();
