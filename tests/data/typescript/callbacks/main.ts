import { each } from "./each";
function show(n: number) {}
function helper() {}
each([1], show);
each([1], (n) => {
  helper();
});
