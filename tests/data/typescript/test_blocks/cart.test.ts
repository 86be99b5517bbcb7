import { Cart } from "./cart";
describe("Cart", () => {
  beforeEach(() => {});
  it("adds", () => {
    const cart = new Cart();
    cart.add(1);
  });
  test.each([1, 2])("counts %d", (n) => {
    expect(new Cart().count()).toBe(n);
  });
});
