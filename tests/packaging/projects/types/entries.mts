/** The other entries. */
import * as external from "CLIENT/external";
import * as js from "CLIENT/js";
import parser, { Decoder, Encoder } from "CLIENT/msgpack";
import * as all from "CLIENT";
import { same } from "./equal.mjs";

same<keyof typeof js, keyof typeof all>(true);
same<Exclude<keyof typeof external, keyof typeof all>, "init">(true);
const ready: Promise<void>[] = [external.init(), external.init("/core.wasm"), external.init(new Uint8Array())];
all.io({ parser });
js.io({ parser: { Encoder, Decoder } });
export { ready };
