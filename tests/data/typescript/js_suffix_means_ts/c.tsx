export function c() {}
