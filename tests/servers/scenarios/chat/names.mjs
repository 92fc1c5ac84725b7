// Names of people and rooms.

const LONGEST_NAME = 40;

/** What is left without the spaces around it, or why it is none. */
export function nameOf(given, what) {
  if (typeof given !== "string") throw new Error(`the ${what} is no text`);
  const name = given.trim();
  const { length } = [...name];
  if (!name) return { problem: `The ${what} is empty` };
  if (length > LONGEST_NAME) {
    return { problem: `The ${what} has ${length} characters; choose one of at most ${LONGEST_NAME}` };
  }
  if (/\p{Cc}/u.test(name)) return { problem: `The ${what} holds control characters` };
  return { name };
}
