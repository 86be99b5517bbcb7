import { Route } from './route';
export { Route };
export const routes: readonly Route[] = [new Route('x', show), new Route('y', () => show())];
function show() {}
