// <sockeye-inspector>: shows what the connection of a socket does, live. It reads the public API and changes nothing.
//
//   import "/inspector/inspector.js";
//   const inspector = document.createElement("sockeye-inspector");
//   inspector.socket = socket;                      // of sockeye-client
//   inspector.limits = { sendBufferMax: 100 };      // if it has any
//   document.body.append(inspector);
import { make } from "./element.js";
import { attemptsPanel } from "./panels/attempts.js";
import { buffersPanel } from "./panels/buffers.js";
import { countersPanel } from "./panels/counters.js";
import { logPanel } from "./panels/log.js";
import { statePanel } from "./panels/state.js";
import { transportPanel } from "./panels/transport.js";
import { watch } from "./watch.js";

/** What counts down is shown anew so often, in ms. */
const TICK = 100;

class Inspector extends HTMLElement {
  #panels = [statePanel(), transportPanel(), buffersPanel(), attemptsPanel(), logPanel(), countersPanel()];
  #socket;
  #limits;
  #watching;
  #timer;
  #isStale = false;

  constructor() {
    super();
    const style = make("link", { rel: "stylesheet", href: new URL("inspector.css", import.meta.url).href });
    const sections = this.#panels.map(({ title, node }) =>
      make("section", { "data-panel": title, "aria-label": title }, make("h3", {}, title), node),
    );
    this.attachShadow({ mode: "open" }).append(style, make("div", { class: "panels" }, ...sections));
  }

  get socket() {
    return this.#socket;
  }

  set socket(socket) {
    this.#stop();
    this.#socket = socket;
    if (this.isConnected) this.#start();
  }

  /** As they were given to `io`: the socket does not tell them. */
  set limits(limits) {
    this.#limits = limits;
    if (this.#watching) this.#watching.model.limits = limits;
  }

  connectedCallback() {
    this.#start();
  }

  disconnectedCallback() {
    this.#stop();
  }

  #start() {
    if (!this.#socket || this.#watching) return;
    this.#watching = watch(this.#socket, () => this.#soon());
    this.#watching.model.limits = this.#limits;
    this.#timer = setInterval(() => this.#show(), TICK);
    this.#show();
  }

  #stop() {
    clearInterval(this.#timer);
    this.#watching?.stop();
    this.#watching = undefined;
  }

  /** However much happens, it is drawn once a frame. */
  #soon() {
    if (this.#isStale) return;
    this.#isStale = true;
    requestAnimationFrame(() => {
      this.#isStale = false;
      this.#show();
    });
  }

  #show() {
    if (!this.#watching) return;
    for (const { show } of this.#panels) show(this.#watching.model);
  }
}

customElements.define("sockeye-inspector", Inspector);
