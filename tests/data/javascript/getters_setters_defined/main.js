const thing = {
  get value() {
    return compute();
  },
};
function compute() {}
thing.value;
