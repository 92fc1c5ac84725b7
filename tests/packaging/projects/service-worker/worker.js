importScripts("./client.script.js", "./round-trip.script.js");

// The reference polls by XMLHttpRequest, unless it is told otherwise.
const options = "CLIENT" === "socket.io-client" ? { transports: ["websocket"] } : {};
const answer = (server) => roundTrip(io, server, options).catch((error) => `failed: ${error.message}`);
addEventListener("message", (event) => event.waitUntil(answer(event.data).then((said) => event.ports[0].postMessage(said))));
