// #region all
import { io, type Socket } from "sockeye-client";

export interface Message {
  user: string;
  text: string;
}
export interface Answer {
  status?: string;
  error?: string;
}
export interface FromServer {
  "chat-message": (message: Message) => void;
}
export interface ToServer {
  "user-join": (name: string, answer: (it: Answer) => void) => void;
  "chat-message": (message: { text: string }, answer: (it: Answer) => void) => void;
}

/** One for the whole page: components listen to it, none makes another. */
export const socket: Socket<FromServer, ToServer> = io({ autoConnect: false });
// #endregion
