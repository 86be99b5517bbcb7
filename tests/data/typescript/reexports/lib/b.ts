export function beta() {}
export function inner() {}
