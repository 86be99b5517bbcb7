export * from "./one";
export * from "./three";
