function a() {}
function b() {}
function c() {}
declare const flag: boolean;
const chosen = flag ? a : b;
chosen();
const other = (null as any) || c;
other();
(flag && a)?.();
