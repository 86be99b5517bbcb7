export function run(): void;
