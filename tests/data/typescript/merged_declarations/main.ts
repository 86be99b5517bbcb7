export interface Kind {
  show(): void;
}
export const Kind = make();
function make(): any {
  return {};
}
export class Extended implements Kind {
  show() {}
}
export function use(kind: Kind) {
  kind.show();
}
