import { io, type Socket } from "sockeye-client";

// #region all
const limits = { sendBufferMax: 100 };
const socket = io("https://chat.example.com", limits);

document.querySelector("#inspect")?.addEventListener("click", async () => {
  const address = "/inspector/dialog.js"; // the folder www/inspector, wherever you serve it
  const { openInspector }: Inspector = await import(address);
  openInspector(socket, limits);
});

interface Inspector {
  openInspector(socket: Socket, limits?: { sendBufferMax?: number; sendBufferBytes?: number }): HTMLDialogElement;
}
// #endregion
