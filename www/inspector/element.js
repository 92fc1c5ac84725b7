// Small ways to make what is shown.

/** An element; what is given as text stays text. */
export function make(name, attributes = {}, ...children) {
  const it = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) it.setAttribute(key, value === true ? "" : value);
  }
  it.append(...children.filter((child) => child !== undefined));
  return it;
}

/** The same for a drawing. */
export function draw(name, attributes = {}, ...children) {
  const it = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) it.setAttribute(key, value);
  it.append(...children);
  return it;
}

/** A list of facts, pairs of a name and what is so. What has not changed is left alone, so that it can be read and marked. */
export function tell(list, pairs) {
  if (list.children.length !== pairs.length * 2) {
    list.replaceChildren(...pairs.flatMap(([name]) => [make("dt", {}, name), make("dd")]));
  }
  pairs.forEach(([, value], at) => write(list.children[at * 2 + 1], `${value}`));
}

export function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function bytes(number) {
  if (number < 1_000) return `${number} B`;
  return number < 1_000_000 ? `${(number / 1_000).toFixed(1)} KB` : `${(number / 1_000_000).toFixed(1)} MB`;
}

export const seconds = (milliseconds) => `${(milliseconds / 1_000).toFixed(1)} s`;
