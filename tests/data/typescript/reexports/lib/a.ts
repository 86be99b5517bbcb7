export function alpha() {}
