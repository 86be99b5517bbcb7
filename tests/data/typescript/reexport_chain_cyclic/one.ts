export * from "./two";
