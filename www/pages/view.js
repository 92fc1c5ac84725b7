// What is seen of the chat, and where a person types. It knows nothing of sockets; texts of others are always text.
"use strict";

globalThis.view = (() => {
  const LONGEST_NAME = 40;
  // A page that is left open does not grow for ever.
  const MOST_SHOWN = 500;
  // What is longer is sent, and shown cut.
  const LONGEST_SHOWN = 10_000;

  const typists = new Set();
  let wasConnected = false;
  // Whoever reads further up is left there.
  let followsEnd = true;

  document.body.insertAdjacentHTML(
    "afterbegin",
    `<header>
      <h1>Sockeye <span>chat</span></h1>
      <p id="connection" role="status" data-is="connecting">connecting</p>
      <button id="retry" type="button" hidden>Try now</button>
    </header>
    <p id="stale" class="notice" role="alert" hidden>
      The server has a newer build than this page. <button type="button">Reload</button>
    </p>
    <form id="login" autocomplete="off" novalidate>
      <label for="username">Your name</label>
      <div class="row">
        <input id="username" placeholder="Enter your name" aria-describedby="login-problem" autocapitalize="words" />
        <button>Join Chat</button>
      </div>
      <p id="login-problem" class="problem" role="alert"></p>
      <p class="hint">Whoever opens this page is in the same room, with a bot and the terminal client.</p>
    </form>
    <main id="chat" hidden>
      <details id="people">
        <summary>Online: <span id="online-count">0</span></summary>
        <ul id="online"></ul>
      </details>
      <div id="room">
        <ul id="messages" role="log" aria-label="Messages" tabindex="0"></ul>
        <ul id="outbox" aria-label="Not yet sent"></ul>
        <p id="typing" role="status"></p>
        <form id="composer" class="row" autocomplete="off">
          <input id="message-input" placeholder="Type a message..." aria-label="Message" enterkeyhint="send" />
          <button>Send</button>
        </form>
      </div>
    </main>`,
  );
  const at = Object.fromEntries([...document.querySelectorAll("[id]")].map((it) => [it.id, it]));
  at.stale.querySelector("button").addEventListener("click", () => location.reload());
  at.messages.addEventListener("scroll", ({ target }) => {
    followsEnd = target.scrollHeight - target.scrollTop - target.clientHeight < 40;
  });
  new ResizeObserver(follow).observe(at.messages);
  at.people.open = matchMedia("(min-width: 48rem)").matches;

  function element(name, className, text) {
    const it = document.createElement(name);
    it.className = className;
    it.textContent = text;
    return it;
  }

  /** Peers may send any JSON, of any length. */
  function words(it) {
    const text = typeof it === "string" ? it : JSON.stringify(it) ?? "";
    return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
  }

  function add(line) {
    const { messages } = at;
    messages.append(line);
    while (messages.childElementCount > MOST_SHOWN) messages.firstElementChild.remove();
    follow();
  }

  function follow() {
    if (followsEnd) at.messages.scrollTop = at.messages.scrollHeight;
  }

  function system(text, more = "") {
    add(element("li", `system ${more}`, words(text)));
  }

  function showTypists() {
    const names = [...typists];
    const who = names.length > 3 ? `${names.length} people` : names.join(", ");
    at.typing.textContent = names.length ? `${who} ${names.length > 1 ? "are" : "is"} typing...` : "";
  }

  function show(is, text, retry = "") {
    at.connection.dataset.is = is;
    at.connection.textContent = text;
    at.retry.hidden = !retry;
    at.retry.textContent = retry;
  }

  function problemOf(name) {
    if (!name) return "Enter a name!";
    const length = [...name].length;
    if (length > LONGEST_NAME) return `That is ${length} characters; choose a name of at most ${LONGEST_NAME}.`;
    return "";
  }

  /** The page belongs to a build: after a restart the server may have another. */
  async function lookAtBuild() {
    try {
      const build = await (await fetch("/build", { cache: "no-store" })).text();
      at.stale.hidden = build === document.documentElement.dataset.build;
    } catch {
      // The server is gone again; the next connection asks again.
    }
  }

  return {
    /** The person's wishes. */
    start({ onJoin, onSend, onTyping, onRetry }) {
      at.login.addEventListener("submit", (event) => {
        event.preventDefault();
        const name = at.username.value.trim();
        const problem = problemOf(name);
        at["login-problem"].textContent = problem;
        at.username.toggleAttribute("aria-invalid", Boolean(problem));
        if (problem) return at.username.focus();
        at.login.hidden = true;
        at.chat.hidden = false;
        at["message-input"].focus();
        onJoin(name);
      });
      at.composer.addEventListener("submit", (event) => {
        event.preventDefault();
        const text = at["message-input"].value.trim();
        at["message-input"].value = "";
        if (text) onSend(text);
      });
      at["message-input"].addEventListener("input", () => onTyping());
      at.retry.addEventListener("click", () => onRetry());
      at.username.focus();
    },

    message({ user, text, timestamp }) {
      const line = element("li", "message", "");
      const time = element("time", "", new Date(timestamp).toLocaleTimeString([], { timeStyle: "short" }));
      line.append(element("b", "", words(user)), " ", time, " ", element("span", "", words(text)));
      add(line);
    },

    system,

    online(users) {
      const names = users.map(({ username }) => words(username));
      at["online-count"].textContent = names.length;
      at.online.replaceChildren(...names.map((name) => element("li", "", name)));
      for (const name of typists) if (!names.includes(name)) typists.delete(name);
      showTypists();
    },

    typing(name) {
      typists.add(words(name));
      showTypists();
    },

    stoppedTyping(name) {
      typists.delete(words(name));
      showTypists();
    },

    /** What was said, until the server has it. */
    outgoing(text) {
      const line = element("li", "", "");
      const state = element("small", "", "");
      line.append(element("span", "", words(text)), state);
      at.outbox.append(line);
      const now = (className, told) => {
        line.className = className;
        state.textContent = told;
      };
      return {
        text,
        waits: () => now("waits", "waits for the connection"),
        sends: () => now("", "sending"),
        arrived: () => line.remove(),
        fails(why, retry) {
          now("failed", why);
          const [again, drop] = ["Send again", "Drop"].map((it) => element("button", "", it));
          again.addEventListener("click", retry);
          drop.addEventListener("click", () => line.remove());
          state.append(" ", again, " ", drop);
        },
      };
    },

    connected() {
      show("connected", "connected");
      if (wasConnected) {
        system("the connection is back");
        lookAtBuild();
      }
      wasConnected = true;
    },

    disconnected(reason, comesBack) {
      typists.clear();
      showTypists();
      // Nobody knows, without a connection.
      at["online-count"].textContent = "?";
      at.online.replaceChildren();
      system(`the connection is lost: ${reason}`, "lost");
      show(comesBack ? "connecting" : "lost", "disconnected", comesBack ? "" : "Connect");
    },

    noConnection(why, comesBack) {
      at.connection.title = why;
      if (!comesBack) show("lost", `no connection: ${why}`, "Connect");
    },

    connecting(text, retry) {
      show("connecting", text, retry);
    },
  };
})();
