/** The same, with the machine as a file of its own: `await init()` before `io()`. */
export * from "./index";
export { default } from "./index";
export { init } from "sockeye:core";
