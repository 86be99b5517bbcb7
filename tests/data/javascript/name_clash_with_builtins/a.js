export function push() {}
export function map() {}
export function then() {}
