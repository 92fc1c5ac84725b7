const SHOWN = { connected: "connected", connecting: "connecting", waiting: "connecting", lost: "lost" };

export function Header({ connection, onRetry }) {
  const { state, delay } = connection;
  const retry = state === "lost" ? "Connect" : delay === undefined ? "" : "Try now";
  return (
    <header>
      <h1>
        Sockeye <span>chat in React</span>
      </h1>
      <p id="connection" role="status" data-is={SHOWN[state]}>
        {inWords(connection)}
      </p>
      {retry && (
        <button id="retry" type="button" onClick={onRetry}>
          {retry}
        </button>
      )}
    </header>
  );
}

function inWords({ state, transport, attempt, delay, reason }) {
  if (state === "connected") return `connected by ${transport}`;
  if (delay !== undefined) return `attempt ${attempt} in ${(delay / 1000).toFixed(1)} s`;
  if (state === "lost") return `no connection: ${reason}`;
  return state === "waiting" ? "disconnected" : "connecting";
}
