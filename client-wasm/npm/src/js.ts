/** The same, with the machine as JavaScript: for pages whose CSP has no `wasm-unsafe-eval`. */
export * from "./index";
export { default } from "./index";
