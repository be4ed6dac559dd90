// The pages about an incident: letters for what is done most, news without a reload, a look at
// photos before they are sent. Without it, plain forms and links.
import { listen, settled, timeOfDay } from "../hark/live.js";
import { deedOf, keySheet } from "./keys.js";

const openSheet = keySheet(document.querySelector("[data-keys]"), document.querySelector("[data-keys-line]"));
const hints = document.querySelectorAll("[data-hint]");
const mark = document.querySelector("[data-live]");

// Letters act where nothing is typed and nothing is chosen; they can be changed and switched off.
const isTyping = (element) => element.closest("input, textarea, select, [contenteditable], dialog[open]");

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || isTyping(event.target)) return;
  const code = deedOf(event);
  if (code === "help" && document.querySelector("[data-keys]")) openSheet();
  else if (code === "show" && mark?.querySelector("a")) location.reload();
  else {
    const wanted = code && document.querySelector(`[data-deed="${CSS.escape(code)}"]`);
    if (!wanted) return;
    wanted.click();
  }
  event.preventDefault();
});
for (const hint of hints) hint.hidden = !matchMedia("(any-pointer: fine)").matches;

// Something happened since the page was made: say so, and let the reader choose when to look.
async function look() {
  const answer = await fetch(mark.dataset.changes, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return;
  const news = (await answer.text()).trim();
  if (news) mark.innerHTML = news;
  mark.classList.toggle("has-news", Boolean(news));
  mark.hidden = false;
}
if (mark) {
  listen({
    url: mark.dataset.live,
    worker: mark.dataset.liveWorker,
    onChange: settled(look),
    onState: (how) => {
      mark.classList.toggle("is-polled", how === "polled");
      if (!mark.querySelector("a")) {
        const words = how === "live" ? mark.dataset.liveWords : mark.dataset.polledWords;
        mark.textContent = words.replace("{time}", timeOfDay());
      }
      mark.hidden = false;
    },
  });
}

// Photos that are about to be sent are shown below their field.
for (const input of document.querySelectorAll("input[type=file][multiple]")) {
  const shown = document.createElement("div");
  shown.className = "photos";
  input.after(shown);
  input.addEventListener("change", () => {
    for (const old of shown.querySelectorAll("img")) URL.revokeObjectURL(old.src);
    shown.replaceChildren(...[...input.files].map((file) => {
      const image = new Image(140, 105);
      image.src = URL.createObjectURL(file);
      image.alt = file.name;
      return image;
    }));
  });
}
