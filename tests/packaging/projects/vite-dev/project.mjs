// Vite's development server, which bundles what is imported on the way.
import { join } from "node:path";
import { createServer } from "vite";

export async function site({ dir }) {
  const server = await createServer({
    root: dir,
    logLevel: "error",
    configFile: false,
    cacheDir: join(dir, ".vite"),
    server: { host: "127.0.0.1", port: 0, hmr: false, ws: false },
  });
  await server.listen();
  return { url: `http://127.0.0.1:${server.httpServer.address().port}`, stop: () => server.close() };
}
