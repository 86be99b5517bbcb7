class Box {
  private value = 0;
  get size() {
    return this.measure();
  }
  set size(value: number) {
    this.value = value;
  }
  measure() {
    return this.value;
  }
}
export function run(box: Box) {
  return box.size;
}
export const made = () => new Box().size;
