const io = require("CLIENT");
const parser = require("PARSER");

import("./round-trip.js").then(async ({ roundTrip }) => console.log(await roundTrip(io, process.argv[2], { parser })));
