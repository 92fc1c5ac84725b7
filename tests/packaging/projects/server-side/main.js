// What a page has and a server may not have, and what Node has and an edge runtime may not.
for (const name of ["WebSocket", "fetch", "navigator", "WebAssembly"]) delete globalThis[name];
const names = () => Reflect.ownKeys(globalThis).map(String).join();
const before = names();
const { io } = await import("CLIENT");
if (typeof io !== "function") throw new Error("io is no function");
if (names() !== before) throw new Error("the import changed the globals");
console.log("ok");
// A timer or a listener would keep the program from ending here.
