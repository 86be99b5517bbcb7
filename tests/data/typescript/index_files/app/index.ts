export function local() {}
