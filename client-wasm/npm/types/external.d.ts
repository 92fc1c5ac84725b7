export * from "./index.js";
export { default } from "./index.js";

/**
 * Fetches and compiles the machine, once, before the first `io()`: from an address (of `sockeye-client/core.wasm` by
 * default), a response, its bytes, or as a `WebAssembly.Module`.
 */
export declare function init(source?: unknown): Promise<void>;
