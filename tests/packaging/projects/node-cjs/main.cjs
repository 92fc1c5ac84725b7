const io = require("CLIENT");
const { connect, io: named, Manager, Socket } = require("CLIENT");

if (typeof io !== "function" || named !== io || connect !== io) throw new Error("the module is not the function (A-02)");
if (!(Manager && Socket)) throw new Error("a name is missing (A-02)");
const byPath = require("CLIENT/dist/socket.io.js");
if (typeof byPath !== "function" || !byPath.Manager) throw new Error("by its path it is another module (A-04)");
import("./round-trip.js").then(async ({ roundTrip }) => console.log(await roundTrip(io, process.argv[2])));
