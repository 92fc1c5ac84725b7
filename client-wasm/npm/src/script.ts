/** For a script tag: the global `io`. */
import { io } from "./index";

(globalThis as { io?: typeof io }).io = io;
