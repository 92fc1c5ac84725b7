// The challenge is about what React's development build does, so it is built with that one, to be served like the rest.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

process.env.NODE_ENV = "development";

export default defineConfig({
  base: "./",
  root: "challenge",
  plugins: [react()],
  build: { outDir: "../dist/challenge", emptyOutDir: true },
});
