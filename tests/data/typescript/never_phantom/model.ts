export class Model {
  save() {}
}
export function save() {}
export function parse() {}
export function missing() {}
export function globalThing() {}
