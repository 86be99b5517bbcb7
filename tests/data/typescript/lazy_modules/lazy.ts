export function start() {}
export function stop() {}
export default function main() {}
