// Short names for members that begin with "$", by who has which.
//
// Two members share a name if no object has both: the fewer names there are, the better they compress.
import { parse } from "acorn";

/** They keep the sign: an application may give a socket a member `a`. In the order in which variables get theirs. */
const NAMES = [..."etsinorahcludpmgfywbvkxjqzABCDEFGHIJKLMNOPQRSTUVWXYZ"].map((letter) => `$${letter}`);
const isOurs = (name) => name?.startsWith("$") && !name.startsWith("$$");

/** `{ member: name }`, the same in all `bundles`: texts in which classes declare all their fields. */
export function shortNames(bundles) {
  const { groups, uses } = look(bundles.map((code) => parse(code, { ecmaVersion: "latest", sourceType: "module" })));
  const names = {};
  const order = Object.keys(uses).sort((a, b) => uses[b] - uses[a] || (a < b ? -1 : 1));
  for (const member of order) {
    const taken = groups.filter((group) => group.has(member)).flatMap((group) => [...group].map((it) => names[it]));
    names[member] = NAMES.find((name) => !taken.includes(name));
    if (!names[member]) throw new Error(`there is no short name left for ${member}`);
  }
  return names;
}

/** Members that an object can have together, and how often each is written. */
function look(programs) {
  const classes = {};
  const literals = [];
  // To functions, and to objects that had none or others of ours.
  const given = new Set();
  const uses = {};
  visit(programs, (node) => {
    const { type, id, left, init = node } = node;
    if (isOurs(node.name)) uses[node.name] = (uses[node.name] ?? 0) + 1;
    // The bundler makes variables of some.
    if (id && init?.superClass !== undefined) classes[id.name] = { of: init.superClass?.name, own: members(init.body.body) };
    if (type === "ObjectExpression") literals.push(members(node.properties));
    if (type === "AssignmentExpression" && left.object?.type !== "ThisExpression" && isOurs(left.property?.name)) {
      given.add(left.property.name);
    }
  });
  const all = ({ of, own }) => [...own, ...(classes[of] ? all(classes[of]) : [])];
  const groups = [...literals.map((it) => [...it, ...given]), ...Object.values(classes).map(all)];
  return { groups: [...groups, [...given]].map((it) => new Set(it)), uses };
}

const members = (nodes) => nodes.map(({ key }) => key?.name).filter(isOurs);

function visit(node, see) {
  if (Array.isArray(node)) return node.forEach((it) => visit(it, see));
  if (typeof node?.type !== "string") return;
  see(node);
  for (const child of Object.values(node)) if (child && typeof child === "object") visit(child, see);
}
