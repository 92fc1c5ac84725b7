const worker = new SharedWorker(`./worker.js${location.search}`, { type: "module" });
globalThis.result = new Promise((resolve, reject) => {
  worker.port.onmessage = ({ data }) => resolve(data);
  worker.onerror = (event) => reject(event.message);
});
