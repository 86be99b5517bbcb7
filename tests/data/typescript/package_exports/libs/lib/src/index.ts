export function api() {}
