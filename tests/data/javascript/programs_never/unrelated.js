export function open() {}
export function close() {}
export class Store { save() {} }
