export class Route { constructor(readonly name: string, readonly handler: () => void) {} is(n: string) { return this.name === n; } }
