/** Where the machine comes from; `pack` puts it in its place: inline, external, or as JavaScript. */
declare module "sockeye:core" {
  const instantiate: (imports: WebAssembly.Imports) => WebAssembly.Exports;
  export default instantiate;
}
