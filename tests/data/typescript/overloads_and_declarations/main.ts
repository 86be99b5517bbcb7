export function pick(a: string): string;
export function pick(a: number): number;
export function pick(a: any): any {
  return a;
}
declare function ambient(): void;
pick("a");
ambient();
