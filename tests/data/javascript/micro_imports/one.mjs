export default function () { return a(); }
export function a() {}
const hidden = () => {};
export { hidden as b };
