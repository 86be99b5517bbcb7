export function named() {}
