// The theme that was chosen, before anything is drawn; then the buttons that only work with scripts.
const root = document.documentElement;
let theme;
try {
  theme = localStorage.getItem("theme");
} catch {
  // Storage is refused: the choice holds for this page.
}
if (theme) root.dataset.theme = theme;
const isDark = () => (theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

function choose(name) {
  root.dataset.theme = theme = name;
  try {
    localStorage.setItem("theme", name);
  } catch {}
}

document.addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector("#theme");
  const name = () => {
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute("aria-label", `Show the pages in ${isDark() ? "light" : "dark"} colours`);
  };
  button.hidden = false;
  name();
  button.addEventListener("click", () => {
    choose(isDark() ? "light" : "dark");
    name();
  });

  const menu = document.querySelector("#menu");
  const open = (is) => {
    menu.setAttribute("aria-expanded", is);
    root.toggleAttribute("data-menu", is);
  };
  root.setAttribute("data-scripts", "");
  menu.hidden = false;
  menu.addEventListener("click", () => open(menu.getAttribute("aria-expanded") !== "true"));
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || menu.getAttribute("aria-expanded") !== "true") return;
    open(false);
    menu.focus();
  });
});
