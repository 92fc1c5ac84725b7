/** What tutorials have people write, in TypeScript. */
import { io, Socket } from "CLIENT";

interface Message {
  id: number;
  user: string;
  text: string;
  timestamp: number;
}
interface ServerToClient {
  "chat-message": (message: Message) => void;
  "system-message": (message: { text: string; timestamp: number }) => void;
  "user-list": (users: { username: string; joinedAt: string }[]) => void;
  "user-typing": (username: string) => void;
  "user-stopped-typing": () => void;
}
interface ClientToServer {
  "user-join": (username: string) => void;
  "chat-message": (message: { text: string }, answer: (response: { status?: "ok"; id?: number; error?: string }) => void) => void;
  typing: () => void;
  "stop-typing": () => void;
}

// The complete chat.
const socket: Socket<ServerToClient, ClientToServer> = io();
let typingTimeout: ReturnType<typeof setTimeout> | undefined;

export function joinChat() {
  const username = (document.getElementById("username") as HTMLInputElement).value.trim();
  if (!username) return alert("Enter a name!");
  socket.emit("user-join", username);
  document.getElementById("message-input")!.focus();
}

export function sendMessage() {
  const input = document.getElementById("message-input") as HTMLInputElement;
  const text = input.value.trim();
  if (!text) return;
  socket.emit("chat-message", { text }, (response) => {
    if (response.error) alert(response.error);
  });
  input.value = "";
  socket.emit("stop-typing");
}

socket.on("chat-message", (msg) => {
  const li = document.createElement("li");
  li.textContent = `${msg.user}: ${msg.text}`;
  document.getElementById("messages")!.appendChild(li);
});
socket.on("system-message", (msg) => void (document.title = msg.text));
socket.on("user-list", (users) => {
  document.getElementById("online-count")!.textContent = `${users.length}`;
});
document.getElementById("message-input")?.addEventListener("keyup", (e) => {
  if (e.key === "Enter") return sendMessage();
  socket.emit("typing");
  clearTimeout(typingTimeout);
  typingTimeout = setTimeout(() => socket.emit("stop-typing"), 2000);
});
socket.on("user-typing", (username) => {
  document.getElementById("typing")!.textContent = `${username} is typing...`;
});
socket.on("user-stopped-typing", () => {
  document.getElementById("typing")!.textContent = "";
});

// src/socket.js of a React project, and what its component does on mount.
export const shared = io("http://localhost:3000", {
  autoConnect: false,
  auth: { token: localStorage.getItem("jwt") },
});
export function onMount(setIsConnected: (isConnected: boolean) => void) {
  shared.connect();
  shared.on("connect", () => setIsConnected(true));
  shared.on("disconnect", () => setIsConnected(false));
  return () => {
    shared.off("connect");
    shared.off("disconnect");
    shared.disconnect();
  };
}

// Basics.
const basic = io("http://localhost:5000", { auth: { token: "mysecrettoken" } });
const chat = io("http://localhost:5000/chat");
basic.on("connect", () => basic.emit("client-message", "Hello from the client!"));
basic.emit("hello", "Hello Server!");
basic.on("helloResponse", (msg) => msg.length);
basic.on("roomMessage", (msg: string) => msg);
basic.emit("chatMessage", { room: "room1", message: "Hello everyone!" });
basic.on("connect_error", (err) => console.error("Connection Error:", err.message));
basic.on("disconnect", (reason) => console.log("Disconnected:", reason));
basic.on("error", (error: { message: string }) => console.error(error.message));
basic.emit("save-message", { text: "Hello" }, (response: { status: string; id?: number; error?: string }) => {
  if (response.status === "ok") console.log("Message saved! ID:", response.id);
  else console.error("Failed to save:", response.error);
});
chat.on("message", function (msg) {
  document.getElementById("messages")!.append(msg);
});
