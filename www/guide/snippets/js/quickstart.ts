// #region all
import { io, type Socket } from "sockeye-client";

interface FromServer {
  "chat-message": (message: { id: number; user: string; text: string }) => void;
}
interface ToServer {
  "user-join": (name: string) => { status?: string; error?: string };
  "chat-message": (message: { text: string }) => { status?: string; error?: string };
}

const socket: Socket<FromServer, ToServer> = io("https://chat.example.com");

socket.on("connect", () => console.log("connected as", socket.id));
socket.on("chat-message", ({ user, text }) => console.log(`${user}: ${text}`));
// To the server, who comes back is somebody new.
socket.io.on("reconnect", () => socket.emit("user-join", "ada"));

const joined = await socket.emitWithAck("user-join", "ada");
const answer = joined.error ? joined : await socket.emitWithAck("chat-message", { text: "hello" });
if (answer.error) console.error("the server says no:", answer.error);
// #endregion
