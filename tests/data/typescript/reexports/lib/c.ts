export function delta() {}
