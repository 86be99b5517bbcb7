export function tax(price: number): number {
  return price * 0.2;
}
export const round = (value: number): number => Math.round(value);
