export { default } from './app.mjs';
export * from './helpers.mjs';
export * as shapes from './shapes.mjs';
export { getVersion as version } from './meta.mjs';
