const worker = new Worker(`./worker.js${location.search}`, { type: "module" });
globalThis.result = new Promise((resolve, reject) => {
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = (event) => reject(event.message);
});
