// Who is to hear a message. The value of an option is what goes with the message, as JSON.

export const roomTarget = (name) => ({ label: `#${name}`, value: JSON.stringify({ room: name }) });
export const personTarget = ({ username, id }) => ({ label: `${username} alone`, value: JSON.stringify({ to: id }) });

/** What was chosen stays, also when it is gone: a message for one must not become one for all. */
export function targets({ users = [], rooms, myId }, chosen) {
  const there = [
    { label: "Everyone", value: "" },
    ...rooms.map(roomTarget),
    ...users.filter(({ id }) => id !== myId).map(personTarget),
  ];
  const isThere = there.some(({ value }) => value === chosen.value);
  return isThere ? there : [...there, { ...chosen, label: `${chosen.label} (gone)` }];
}
