export * from "./names.js";
export { io, io as connect, io as default } from "./io.js";
