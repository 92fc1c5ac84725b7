import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import App from "./App.jsx";
import { socket } from "./socket.js";

globalThis.shared = socket;
const root = createRoot(document.querySelector("#root"));
globalThis.unmount = () => root.unmount();
root.render(<StrictMode><App /></StrictMode>);
