// The page before anything was said: all that there is to see and to type into.
"use strict";

/** @returns every part that has an id, by its id */
globalThis.layOut = (images) => {
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
    <main>
    <form id="login" autocomplete="off" novalidate>
      <label for="username">Your name</label>
      <div class="row">
        <input id="username" placeholder="Enter your name" aria-describedby="login-problem" autocapitalize="words" />
        <button>Join Chat</button>
      </div>
      <p id="login-problem" class="problem" role="alert"></p>
      <p class="hint">Whoever opens this page is in the same room, with a bot and the terminal client.</p>
    </form>
    <div id="chat" hidden>
      <div id="side">
        <details id="people">
          <summary>Online: <span id="online-count">0</span></summary>
          <ul id="online"></ul>
        </details>
        <details id="channels">
          <summary>Rooms</summary>
          <ul id="rooms"></ul>
          <form id="room-form" class="row" autocomplete="off">
            <input id="room-name" placeholder="Name of a room" aria-label="Name of a room" aria-describedby="room-problem" />
            <button>Join</button>
          </form>
          <p id="room-problem" class="problem" role="alert"></p>
        </details>
        <details id="admin">
          <summary>Admin</summary>
          <form id="admin-form" class="row" autocomplete="off">
            <input id="admin-token" type="password" placeholder="Token" aria-label="Token" aria-describedby="admin-state" />
            <button>Enter</button>
          </form>
          <p id="admin-state" class="hint" role="status"></p>
          <form id="announce-form" class="row" autocomplete="off" hidden>
            <input id="announcement" placeholder="Say to all" aria-label="Announcement" />
            <button>Announce</button>
          </form>
          <ul id="kicks" aria-label="Send away" hidden></ul>
        </details>
      </div>
      <div id="room">
        <div id="messages" role="log" aria-label="Messages" tabindex="0"><ul></ul></div>
        <ul id="outbox" aria-label="Not yet sent"></ul>
        <p id="typing" role="status"></p>
        <p id="image-problem" class="problem" role="alert"></p>
        <form id="composer" class="row" autocomplete="off">
          <select id="target" aria-label="Who is to hear it"></select>
          <input id="message-input" placeholder="Type a message..." aria-label="Message" enterkeyhint="send" />
          <label class="button">Image<input id="image" type="file" accept="${images}" aria-label="Send an image" /></label>
          <button>Send</button>
        </form>
      </div>
    </div>
    </main>
    <footer>
      <nav aria-label="More of Sockeye">
        <a href="/guide/">Guide</a>
        <a href="/inspector/">Inspector</a>
        <button type="button" id="inspect">Inspect this connection</button>
      </nav>
    </footer>`,
  );
  return Object.fromEntries([...document.querySelectorAll("[id]")].map((it) => [it.id, it]));
};
