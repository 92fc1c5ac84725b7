// What every client in JavaScript does before the abuse server, in Node and in pages: README.md has the lines.

/**
 * @param io the client's `io`
 * @param url where to
 * @param given `{ name: "value" }` from the command line
 * @param extra options of the client that only Node knows
 * @param print takes a line
 */
export function puppet(io, url, given, extra, print) {
  const sockets = new Map();
  const options = {
    transports: (given.transports ?? "polling,websocket").split(","),
    reconnectionDelay: Number(given.delay ?? 100),
    reconnectionDelayMax: 2000,
    timeout: Number(given.timeout ?? 20000),
    tryAllTransports: "try_all" in given,
    ...extra,
  };
  const ackTimeout = Number(given.ack_timeout ?? 5000);

  function socketOf(name) {
    let socket = sockets.get(name);
    if (!socket) {
      socket = sockets.size ? sockets.get("/").io.socket(name) : io(url, options);
      sockets.set(name, socket);
      listen(name, socket);
    }
    return socket;
  }

  function listen(name, socket) {
    socket.on("connect", () => print(`connect ${name}${socket.recovered ? " recovered" : ""}`));
    socket.on("connect_error", (error) => print(`connect_error ${name} ${oneLine(wordsOf(error))}`));
    socket.on("disconnect", (reason, details) => {
      print(`disconnect ${name} ${reason} | ${oneLine(wordsOf(details?.description ?? details))}`);
    });
    socket.onAny((event, ...args) => {
      if (typeof args.at(-1) === "function") args.pop()("well");
      const lengths = [];
      const json = jsonOf([event, ...args], lengths);
      print(`event ${name} ${event}${lengths.length ? ` bytes=${lengths.join(",")}` : ""} ${oneLine(json)}`);
    });
  }

  const verbs = {
    connect: (name) => socketOf(name).connect(),
    disconnect: (name) => socketOf(name).disconnect(),
    emit: (name, event, data) => socketOf(name).emit(event, ...JSON.parse(data)),
    volatile: (name, event, data) => socketOf(name).volatile.emit(event, ...JSON.parse(data)),
    bytes: (name, event, data) => socketOf(name).emit(event, new Uint8Array(Number(data)).fill(7)),
    many(name, event, data) {
      for (let number = 0; number < Number(data); number++) socketOf(name).emit(event, number);
    },
    ask(name, event, data) {
      socketOf(name).timeout(ackTimeout).emit(event, ...JSON.parse(data), (error, ...answer) => {
        if (error) print(`answer_error ${name} ${event} ${error.message}`);
        else print(`answer ${name} ${event} ${JSON.stringify(answer)}`);
      });
    },
  };

  socketOf("/").connect();

  return {
    told(line) {
      const [verb, name, event, ...data] = line.split(" ");
      try {
        verbs[verb]?.(name, event, data.join(" "));
      } catch (error) {
        print(`refused ${error.message}`);
      }
    },
    leave() {
      for (const socket of sockets.values()) {
        socket.offAny();
        socket.off();
        socket.disconnect();
      }
    },
  };
}

/** An error with whatever details it has: the reference's own words are few. */
function wordsOf(error) {
  if (error === undefined || error === null) return "no details";
  if (typeof error !== "object") return String(error);
  const words = [error.message, error.code, error.reason, error.data && JSON.stringify(error.data)];
  words.push(error.description?.message ?? (typeof error.description === "object" ? undefined : error.description));
  words.push(error.context?.status, error.context?.responseText);
  return words.filter((word) => word !== undefined && word !== "").join(" | ");
}

function jsonOf(list, lengths) {
  try {
    return JSON.stringify(withoutBytes(list, lengths));
  } catch {
    // Nested deeper than JSON.stringify goes: that is no fault of the client's.
    return "<deep>";
  }
}

function withoutBytes(value, lengths) {
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
    lengths.push(value.byteLength);
    return `<${value.byteLength} bytes>`;
  }
  if (Array.isArray(value)) return value.map((one) => withoutBytes(one, lengths));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutBytes(one, lengths)]));
}

function oneLine(text) {
  return text.slice(0, 500).replaceAll(/[\r\n]/g, " ");
}
