import { tell } from "./tell.js";

onmessage = async ({ data: { number, wish } }) => postMessage({ number, told: await tell(wish) });
