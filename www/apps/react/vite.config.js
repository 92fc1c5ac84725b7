import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  // Served below /react/, and anywhere else too.
  base: "./",
  plugins: [react()],
  server: {
    // `npm run dev` beside `cargo run -p www`.
    proxy: { "/socket.io": { target: "http://127.0.0.1:3000", ws: true }, "/inspector": "http://127.0.0.1:3000" },
  },
});
