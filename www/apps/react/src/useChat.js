// The chat: what is shown, and what a person can do.
import { useCallback, useReducer, useRef } from "react";

import { reduce, START } from "./chat.js";
import { socket } from "./socket.js";
import { useSocket, useSocketEvent } from "./useSocket.js";

const PATIENCE = 5000;
const TYPING = 2000;

export function useChat() {
  const [shown, dispatch] = useReducer(reduce, START);
  // What the server does not remember when the connection comes back.
  const me = useRef({ rooms: new Set(), isInTheRoom: false, wasConnected: false, waiting: [] }).current;
  const typingTimeout = useRef();
  const connection = useSocket(socket);

  const deliver = useCallback(async (item) => {
    if (!me.isInTheRoom) {
      me.waiting.push(item);
      return dispatch({ type: "outbox", item: { ...item, state: "waits" } });
    }
    dispatch({ type: "outbox", item: { ...item, state: "sends" } });
    try {
      const { error } = await socket.timeout(PATIENCE).emitWithAck("chat-message", item.content);
      if (error) throw new Error(error);
      dispatch({ type: "drop", key: item.key });
    } catch (error) {
      dispatch({ type: "outbox", item: { ...item, state: "failed", why: `Not confirmed: ${error.message}.` } });
    }
  }, []);

  const changeRooms = useCallback(async (event, name) => {
    if (event === "room-leave") me.rooms.delete(name);
    try {
      const { error, rooms } = await socket.timeout(PATIENCE).emitWithAck(event, name);
      if (rooms && event === "room-join") me.rooms.add(name);
      dispatch({ type: "rooms", rooms, problem: error ?? "" });
    } catch (error) {
      dispatch({ type: "rooms", problem: `Not confirmed: ${error.message}.` });
    }
  }, []);

  /** One after the other. Only the last answer has all rooms. */
  const joinAgain = useCallback(async (names) => {
    const last = names.pop();
    try {
      for (const name of names) await socket.timeout(PATIENCE).emitWithAck("room-join", name);
    } catch {
      // The last one tells what is wrong; when the connection is lost, the next one joins them all.
    }
    if (last !== undefined) await changeRooms("room-join", last);
  }, []);

  const enter = useCallback(async () => {
    let answer;
    try {
      answer = await socket.timeout(PATIENCE).emitWithAck("user-join", me.name);
    } catch {
      // When the connection is lost, the next one enters.
      return socket.connected ? enter() : undefined;
    }
    if (answer.error) {
      me.name = undefined;
      return dispatch({ type: "refused", why: answer.error });
    }
    me.isInTheRoom = true;
    joinAgain([...me.rooms]);
    me.waiting.splice(0).forEach(deliver);
  }, []);

  const stopTyping = useCallback(() => {
    clearTimeout(typingTimeout.current);
    if (me.isInTheRoom) socket.emit("stop-typing");
  }, []);

  useSocketEvent(socket, "chat-message", (message) => dispatch({ type: "message", message, myId: socket.id }));
  useSocketEvent(socket, "system-message", ({ text }) => dispatch({ type: "system", text }));
  useSocketEvent(socket, "admin-announcement", (text) => dispatch({ type: "system", text: `announcement: ${text}` }));
  useSocketEvent(socket, "user-list", (users) => dispatch({ type: "users", users, myId: socket.id }));
  useSocketEvent(socket, "user-typing", (name) => dispatch({ type: "typing", name }));
  useSocketEvent(socket, "user-stopped-typing", (name) => dispatch({ type: "stopped", name }));
  useSocketEvent(socket, "connect", () => {
    if (me.wasConnected) dispatch({ type: "system", text: "the connection is back" });
    me.wasConnected = true;
    if (me.name) enter();
  });
  useSocketEvent(socket, "disconnect", (reason) => {
    me.isInTheRoom = false;
    if (reason !== "io client disconnect") dispatch({ type: "lost", reason });
  });

  return {
    ...shown,
    connection,
    join(name) {
      me.name = name;
      dispatch({ type: "joined", name });
      if (socket.connected) enter();
    },
    say(content) {
      deliver({ key: crypto.randomUUID?.() ?? `${Date.now()} ${Math.random()}`, content });
      stopTyping();
    },
    deliver,
    drop: (key) => dispatch({ type: "drop", key }),
    typing() {
      if (!me.isInTheRoom) return;
      socket.emit("typing");
      clearTimeout(typingTimeout.current);
      typingTimeout.current = setTimeout(stopTyping, TYPING);
    },
    joinRoom: (name) => changeRooms("room-join", name),
    leaveRoom: (name) => changeRooms("room-leave", name),
    retry: () => (socket.active ? socket.io.reconnectNow() : socket.connect()),
  };
}
