// What is shown of the chat, and how it changes: no network in here, and no React.

// A page that is left open does not grow for ever.
const MOST_SHOWN = 500;

export const START = { lines: [], nextLine: 0, users: undefined, typists: [], rooms: [], roomProblem: "", outbox: [] };

export function reduce(chat, change) {
  switch (change.type) {
    case "joined":
      return { ...chat, name: change.name, refusal: undefined };
    case "refused":
      return { ...chat, name: undefined, refusal: change.why };
    case "message":
      return withLine(chat, { message: change.message, myId: change.myId });
    case "system":
      return withLine(chat, { system: change.text });
    case "users": {
      const names = change.users.map(({ username }) => username);
      return { ...chat, users: change.users, myId: change.myId, typists: chat.typists.filter((it) => names.includes(it)) };
    }
    case "typing":
      return { ...chat, typists: [...chat.typists.filter((it) => it !== change.name), change.name] };
    case "stopped":
      return { ...chat, typists: chat.typists.filter((it) => it !== change.name) };
    case "rooms":
      return { ...chat, rooms: change.rooms ?? chat.rooms, roomProblem: change.problem };
    case "outbox":
      return { ...chat, outbox: replaced(chat.outbox, change.item) };
    case "drop":
      return { ...chat, outbox: chat.outbox.filter(({ key }) => key !== change.key) };
    case "lost": {
      // Nobody knows who is there, without a connection.
      const lost = `the connection is lost: ${change.reason}`;
      return withLine({ ...chat, users: undefined, typists: [] }, { system: lost, lost: true });
    }
    default:
      throw new Error(`no change is called ${change.type}`);
  }
}

function withLine(chat, line) {
  const lines = [...chat.lines, { ...line, key: chat.nextLine }].slice(-MOST_SHOWN);
  return { ...chat, lines, nextLine: chat.nextLine + 1 };
}

function replaced(outbox, item) {
  return outbox.some(({ key }) => key === item.key)
    ? outbox.map((it) => (it.key === item.key ? item : it))
    : [...outbox, item];
}
