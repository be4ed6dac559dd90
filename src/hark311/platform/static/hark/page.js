// Small comforts of every page; each works the same without this file.
const root = document.documentElement;
const device = matchMedia("(prefers-color-scheme: dark)");

// Light or dark goes to the server in a cookie, so that the next page comes in it at once.
// Whoever chooses what the device asks for anyway follows the device again.
function keep(theme) {
  const follows = theme === (device.matches ? "dark" : "light");
  if (follows) delete root.dataset.theme;
  else root.dataset.theme = theme;
  const secure = location.protocol === "https:" ? "; secure" : "";
  const age = follows ? 0 : 31_536_000;
  document.cookie = `hark311_theme=${theme}; path=/; max-age=${age}; samesite=lax${secure}`;
}

for (const button of document.querySelectorAll("[data-theme-switch]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const now = root.dataset.theme ?? (device.matches ? "dark" : "light");
    keep(now === "dark" ? "light" : "dark");
  });
}

// Escape closes the list of languages and gives focus back; so does a click elsewhere.
for (const menu of document.querySelectorAll("details.lang")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}

// After a refused form, focus goes to the list of what to fix.
document.querySelector("[data-errors]")?.focus();

// A link to a closed part opens it.
function open() {
  const part = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (part?.localName === "details") part.open = true;
}
addEventListener("hashchange", open);
open();
