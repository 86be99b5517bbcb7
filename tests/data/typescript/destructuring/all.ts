export function one() {}
export function two() {}
export function three() {}
export function four() {}
