// 1.9: connection state recovery, with the official server where it can and with a scripted one where exact bytes matter.

const RECOVERING = { connectionStateRecovery: { maxDisconnectionDuration: 60000, skipMiddlewares: true } };
const WITH_PID = {
  connect: false,
  packet(session, packet) {
    if (typeof packet !== "string" || !packet.startsWith("40")) return false;
    session.send(['40{"sid":"one","pid":"private"}']);
    return true;
  },
};

export default [
  {
    name: "a session is recovered",
    rows: ["P-100", "P-101", "P-103", "P-104", "A-42", "A-92"],
    serverOptions: RECOVERING,
    server: (io) => ({
      cut: () =>
        io.sockets.sockets.forEach((socket) => {
          socket.once("disconnect", () => {
            io.emit("news", "missed");
            io.emit("news", "missed too", 2);
          });
          socket.conn.close();
        }),
      publish: (...args) => void io.emit("news", ...args),
    }),
    async run({ connect, until, server, log }) {
      const socket = connect({ auth: { token: "t" } });
      socket.on("news", (...args) => log(`news ${args.slice(0, -1)}, an offset: ${typeof args.at(-1)}, connected ${socket.connected}`));
      socket.onAny((...args) => log(`any ${args[0]} with ${args.length}`));
      await until("socket connect");
      await server.publish("first");
      await until("news");
      const { id } = socket;
      await server.cut();
      await until("socket connect [", 2);
      log(`the same id: ${socket.id === id}`);
      await server.publish("last");
      await until("news last");
    },
    // The offset is drawn by the server.
    quiet: true,
  },
  {
    name: "what is told of a recovery",
    rows: ["P-102", "P-103", "P-104", "P-106", "A-42", "O-60"],
    raw: {
      connect: false,
      packet(session, packet) {
        if (typeof packet !== "string" || !packet.startsWith("40")) return false;
        const pid = session.number < 3 ? "private" : "another";
        if (session.number === 2) session.send(['42["missed","Q7y8pVh.2"]']);
        session.send([`40{"sid":"sid-${session.number}","pid":"${pid}"}`]);
        return true;
      },
    },
    async run({ connect, until, server }) {
      connect({ auth: { token: "t" } }, { events: ["x", "missed"] });
      await until("socket connect");
      await server.send(['42["x",1,"Q7y8pVh.1"]', '42["x",2]']);
      await until('socket event "x" [2]');
      await server.closeSocket(4000);
      await until("socket connect [", 2);
      await server.closeSocket(4000);
      await until("socket connect [", 3);
    },
  },
  {
    name: "an offset of an ended session is forgotten",
    rows: ["Q-09", "P-103"],
    raw: {
      connect: false,
      packet(session, packet) {
        if (typeof packet !== "string" || !packet.startsWith("40")) return false;
        session.send([`40{"sid":"sid-${session.number}","pid":"pid-${session.number}"}`]);
        return true;
      },
    },
    fixes: {
      row: "Q-09",
      wire: [
        "WS /socket.io/?EIO=4&transport=websocket",
        "#1 websocket 40",
        "WS /socket.io/?EIO=4&transport=websocket",
        '#2 websocket 40{"pid":"pid-1","offset":"Q7y8pVh.1"}',
        "WS /socket.io/?EIO=4&transport=websocket",
        '#3 websocket 40{"pid":"pid-2"}',
      ],
    },
    async run({ connect, until, server }) {
      connect({}, { events: ["x"] });
      await until("socket connect");
      await server.send('42["x","Q7y8pVh.1"]');
      await until("socket event");
      await server.closeSocket(4000);
      await until("socket connect [", 2);
      await server.closeSocket(4000);
      await until("socket connect [", 3);
    },
  },
  {
    name: "auth goes before pid and offset",
    rows: ["P-103", "A-52"],
    raw: WITH_PID,
    async run({ connect, until, server }) {
      connect({ auth: (answer) => answer({ pid: "mine", more: 1 }) });
      await until("socket connect");
      await server.closeSocket(4000);
      await until("socket connect [", 2);
    },
  },
  {
    name: "a session is kept over a disconnect of the application",
    rows: ["P-100", "P-103"],
    raw: WITH_PID,
    async run({ connect, until, server }) {
      const socket = connect({}, { events: ["x"] });
      await until("socket connect");
      await server.send('42["x","Q7y8pVh.1"]');
      await until("socket event");
      socket.disconnect();
      socket.connect();
      await until("socket connect [", 2);
    },
  },
  {
    name: "which argument is an offset",
    rows: ["P-102", "Q-10"],
    raw: WITH_PID,
    async run({ connect, until, server }) {
      connect({}, { events: ["x", "bytes"] });
      await until("socket connect");
      await server.send(['42["x","Q7y8pVh.1"]', '42["x",1]', '42["x",null]', '42["x",["Q7y8pVh.2"]]', '42["x",""]']);
      await until('socket event "x" [""]');
      await server.send(['451-["bytes",{"_placeholder":true,"num":0},"Q7y8pVh.3"]', { hex: "01" }]);
      await until('socket event "bytes"');
      await server.closeSocket(4000);
      await until("socket connect [", 2);
    },
  },
];
