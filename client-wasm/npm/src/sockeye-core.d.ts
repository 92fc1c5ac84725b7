/** Where the machine comes from; `pack` puts it in its place: inline, external, or as JavaScript. */
declare module "sockeye:core" {
  const instantiate: (imports: WebAssembly.Imports) => WebAssembly.Exports;
  export default instantiate;
  /** Only where it is external. */
  export const init: (source?: unknown) => Promise<void>;
}
