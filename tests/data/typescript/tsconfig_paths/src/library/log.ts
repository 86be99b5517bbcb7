export function log() {}
