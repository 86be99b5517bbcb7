export function exact() {}
