// A person at a page in a frame.
export async function open(address) {
  const frame = document.createElement("iframe");
  frame.src = address;
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
  document.body.append(frame);
  await loaded;
  const { contentWindow: window, contentDocument } = frame;
  const find = (selector) => contentDocument.querySelector(selector);
  const texts = (selector) => [...contentDocument.querySelectorAll(selector)].map((it) => it.textContent);
  return {
    window,
    find,
    /** The page keeps its socket in a constant, which is no member of its window. */
    connected: () => until(`a connection of ${address}`, () => window.eval("socket").connected),
    sees: (selector, text) =>
      until(`"${text}" in ${selector} of ${address}`, () => texts(selector).includes(text), () => texts(selector)),
    writes: (selector, text) => void (find(selector).value = text),
    presses: (name) => [...contentDocument.querySelectorAll("button")].find((it) => it.textContent === name).click(),
    releases: (selector, key) => find(selector).dispatchEvent(new window.KeyboardEvent("keyup", { key, bubbles: true })),
    leaves: () => frame.remove(),
  };
}

/** Looks again and again, up to a deadline. */
export async function until(what, look, shown = () => []) {
  for (const end = performance.now() + DEADLINE; !look(); ) {
    if (performance.now() > end) throw new Error(`there is no ${what}: ${shown().join(" | ")}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const DEADLINE = 10_000;
