import { tax, round as tidy } from "./tax";

export function total(price: number): number {
  return tidy(price + tax(price));
}
