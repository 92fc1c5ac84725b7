// What is seen of the chat, and where a person types. It knows nothing of sockets; texts of others are always text.
"use strict";

globalThis.view = (() => {
  const LONGEST_NAME = 40;
  // A page that is left open does not grow for ever.
  const MOST_SHOWN = 500;
  // What is longer is sent, and shown cut.
  const LONGEST_SHOWN = 10_000;
  // More does not fit in the largest message that a server takes (maxHttpBufferSize), in base64 as it may go.
  const LARGEST_IMAGE = 700_000;
  const IMAGES = ["image/png", "image/jpeg", "image/gif", "image/webp"];

  const typists = new Set();
  let wasConnected = false;
  let wishes;
  // Whoever reads further up is left there.
  let followsEnd = true;
  let rooms = [];
  // Of the form, until the server has answered.
  let askedRoom;
  let people = [];

  const at = layOut(IMAGES);
  at.stale.querySelector("button").addEventListener("click", () => location.reload());
  at.messages.addEventListener("scroll", ({ target }) => {
    followsEnd = target.scrollHeight - target.scrollTop - target.clientHeight < 40;
  });
  new ResizeObserver(follow).observe(at.messages);
  at.people.open = at.channels.open = matchMedia("(min-width: 48rem)").matches;
  showTargets();

  function element(name, className, text) {
    const it = document.createElement(name);
    it.className = className;
    it.textContent = text;
    return it;
  }

  function button(text, act) {
    const it = element("button", "", text);
    it.type = "button";
    it.addEventListener("click", act);
    return it;
  }

  /** Peers may send any JSON, of any length. */
  function words(it) {
    const text = typeof it === "string" ? it : JSON.stringify(it) ?? "";
    return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
  }

  function add(line) {
    const lines = at.messages.firstElementChild;
    lines.append(line);
    while (lines.childElementCount > MOST_SHOWN) {
      const first = lines.firstElementChild;
      for (const it of first.querySelectorAll("img")) URL.revokeObjectURL(it.src);
      first.remove();
    }
    follow();
  }

  function follow() {
    if (followsEnd) at.messages.scrollTop = at.messages.scrollHeight;
  }

  function system(text, more = "") {
    add(element("li", `system ${more}`, words(text)));
  }

  /** The bytes of others become an image and nothing else. */
  function picture({ name, type, bytes }) {
    const it = element("img", "picture", "");
    it.src = URL.createObjectURL(new Blob([bytes], { type: IMAGES.includes(type) ? type : "image/png" }));
    it.alt = words(name);
    it.addEventListener("load", follow);
    return it;
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

  /** What was chosen stays, also when it is gone: a message for one must not become one for all. */
  function showTargets() {
    const { target } = at;
    const chosen = target.selectedOptions[0];
    const options = [
      new Option("Everyone", ""),
      ...rooms.map((name) => new Option(`#${name}`, JSON.stringify({ room: name }))),
      ...people.map(({ name, id }) => new Option(`${name} alone`, JSON.stringify({ to: id }))),
    ];
    if (chosen && !options.some(({ value }) => value === chosen.value)) {
      options.push(new Option(`${chosen.text.replace(" (gone)", "")} (gone)`, chosen.value));
    }
    target.replaceChildren(...options);
    target.value = chosen?.value ?? "";
  }

  /** A row that was there stays the same element: else it would lose the focus whenever somebody comes or goes. */
  function showRows(list, all, keyOf, made) {
    const before = new Map([...list.children].map((it) => [it.dataset.key, it]));
    const rows = all.map((it) => {
      const key = keyOf(it);
      const row = before.get(key) ?? made(it);
      row.dataset.key = key;
      return row;
    });
    for (const it of before.values()) if (!rows.includes(it)) it.remove();
    // To move an element is to take it out, and the focus with it.
    rows.forEach((row, place) => {
      if (list.children[place] !== row) list.insertBefore(row, list.children[place] ?? null);
    });
  }

  function showKicks() {
    const keyOf = ({ name, id }) => JSON.stringify([name, id]);
    showRows(at.kicks, people, keyOf, (person) => {
      const line = element("li", "", "");
      const kick = button("Kick", () => wishes.onKick(person));
      kick.setAttribute("aria-label", `Kick ${person.name}`);
      line.append(element("span", "", person.name), kick);
      return line;
    });
  }

  function choose(target) {
    at.target.value = JSON.stringify(target);
    at["message-input"].focus();
  }

  function targeted(content) {
    return { ...content, ...JSON.parse(at.target.value || "{}") };
  }

  function problemOf(name, what) {
    if (!name) return `Enter a ${what}!`;
    const length = [...name].length;
    if (length > LONGEST_NAME) return `That is ${length} characters; choose a ${what} of at most ${LONGEST_NAME}.`;
    return "";
  }

  /** Calls back with what was entered in a form, if it is something. */
  function onSubmit(form, input, act) {
    at[form].addEventListener("submit", (event) => {
      event.preventDefault();
      act(at[input].value.trim(), at[input]);
    });
  }

  function showLogin(problem) {
    at["login-problem"].textContent = problem;
    // Of an empty attribute nothing is told.
    if (problem) at.username.setAttribute("aria-invalid", "true");
    else at.username.removeAttribute("aria-invalid");
  }

  async function sendImage(file) {
    const large = file.size > LARGEST_IMAGE;
    at["image-problem"].textContent = !IMAGES.includes(file.type)
      ? `${file.name} is no image of a kind that all browsers show: PNG, JPEG, GIF or WebP.`
      : large
        ? `${file.name} has ${Math.ceil(file.size / 1000)} kB; ${LARGEST_IMAGE / 1000} kB can be sent.`
        : "";
    if (at["image-problem"].textContent) return;
    const content = targeted({});
    const image = { name: file.name.slice(-200), type: file.type, bytes: await file.arrayBuffer() };
    wishes.onSend({ ...content, image });
  }

  /** The page belongs to a build: after a restart the server may have another. */
  async function lookAtBuild() {
    try {
      const build = await (await fetch("build", { cache: "no-store" })).text();
      at.stale.hidden = build === document.documentElement.dataset.build;
    } catch {
      // The server is gone again; the next connection asks again.
    }
  }

  return {
    /** The person's wishes. */
    start(its) {
      wishes = its;
      onSubmit("login", "username", (name, input) => {
        const problem = problemOf(name, "name");
        showLogin(problem);
        if (problem) return input.focus();
        at.login.hidden = true;
        at.chat.hidden = false;
        at["message-input"].focus();
        wishes.onJoin(name);
      });
      onSubmit("composer", "message-input", (text, input) => {
        input.value = "";
        if (text) wishes.onSend(targeted({ text }));
      });
      onSubmit("room-form", "room-name", (name, input) => {
        const problem = problemOf(name.replace(/^#/, ""), "name");
        at["room-problem"].textContent = problem;
        if (problem) return input.focus();
        input.value = "";
        askedRoom = name.replace(/^#/, "");
        wishes.onRoomJoin(askedRoom);
      });
      onSubmit("admin-form", "admin-token", (token) => wishes.onAdmin(token));
      onSubmit("announce-form", "announcement", (text, input) => {
        input.value = "";
        if (text) wishes.onAnnounce(text);
      });
      at["message-input"].addEventListener("input", () => wishes.onTyping());
      at.image.addEventListener("change", ({ target }) => {
        const [file] = target.files;
        if (file) sendImage(file);
        target.value = "";
      });
      at.retry.addEventListener("click", () => wishes.onRetry());
      at.inspect.addEventListener("click", () => wishes.onInspect().catch(() => system("The inspector is not here.")));
      at.username.focus();
    },

    /** The server does not take the name. */
    refused(why) {
      at.login.hidden = false;
      at.chat.hidden = true;
      showLogin(words(why));
      at.username.focus();
    },

    message({ user, text, image, timestamp, room, to, from }, myId) {
      const line = element("li", "message", "");
      const time = element("time", "", new Date(timestamp).toLocaleTimeString([], { timeStyle: "short" }));
      const alone = to && (from === myId ? `to ${words(to.username)} alone` : "to you alone");
      const place = alone || (room && `#${words(room)}`);
      line.append(element("b", "", words(user)), " ");
      if (place) line.append(element("small", "place", place), " ");
      line.append(time, " ", image?.bytes ? picture(image) : element("span", "", words(text)));
      add(line);
    },

    system,

    online(users, myId) {
      const names = users.map(({ username }) => words(username));
      people = users.filter(({ id }) => id !== myId).map(({ username, id }) => ({ name: words(username), id }));
      at["online-count"].textContent = names.length;
      showRows(at.online, users, ({ username, id }) => JSON.stringify([username, id, id === myId]), ({ username, id }) => {
        const line = element("li", "", "");
        const name = words(username);
        if (id === myId) line.append(name, element("small", "", " (you)"));
        else line.append(button(name, () => choose({ to: id })));
        line.lastElementChild.title = id === myId ? "" : `Write to ${name} alone`;
        return line;
      });
      for (const name of typists) if (!names.includes(name)) typists.delete(name);
      showTypists();
      showTargets();
      showKicks();
    },

    rooms(names) {
      rooms = names;
      showRows(at.rooms, names, String, (name) => {
        const line = element("li", "", "");
        const leave = button("Leave", () => wishes.onRoomLeave(name));
        leave.setAttribute("aria-label", `Leave #${name}`);
        line.append(button(`#${name}`, () => choose({ room: name })), leave);
        return line;
      });
      showTargets();
      // Not what is joined again after a loss: the person has gone on since.
      if (rooms.includes(askedRoom)) choose({ room: askedRoom });
      askedRoom = undefined;
    },

    roomProblem(text) {
      at["room-problem"].textContent = text;
    },

    admin(text, isInside) {
      at["admin-state"].textContent = text;
      at["announce-form"].hidden = at.kicks.hidden = !isInside;
      // The form that goes has the focus of who has just sent it.
      if (isInside && at["admin-form"].contains(document.activeElement)) at.announcement.focus();
      at["admin-form"].hidden = isInside;
    },

    kicked({ name }, wasThere) {
      at["admin-state"].textContent = wasThere ? `${name} was sent away.` : `${name} is not on this server any more.`;
    },

    notKicked({ name }, why) {
      at["admin-state"].textContent = `Whether ${name} was sent away is not confirmed: ${why}.`;
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
    outgoing(content) {
      const line = element("li", "", "");
      const state = element("small", "", "");
      line.append(element("span", "", words(content.text ?? `[image ${content.image.name}]`)), state);
      at.outbox.append(line);
      const now = (className, told) => {
        line.className = className;
        state.textContent = told;
      };
      return {
        content,
        waits: () => now("waits", "waits for the connection"),
        sends: () => now("", "sending"),
        arrived: () => line.remove(),
        fails(why, retry) {
          now("failed", why);
          state.append(" ", button("Send again", retry), " ", button("Drop", () => line.remove()));
        },
      };
    },

    connected(transport) {
      show("connected", `connected by ${transport}`);
      if (wasConnected) {
        system("the connection is back");
        lookAtBuild();
      }
      wasConnected = true;
    },

    upgraded(transport) {
      show("connected", `connected by ${transport}`);
    },

    disconnected(reason, comesBack) {
      typists.clear();
      showTypists();
      // Nobody knows, without a connection.
      at["online-count"].textContent = "?";
      at.online.replaceChildren();
      at.kicks.replaceChildren();
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
