// Shows calls as they come; where no stream can be had, the page looks again by itself.
import { listen, settled } from "../hark/live.js";

const hall = document.querySelector("[data-hall]");

async function look() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-hall]");
    if (fresh && fresh.innerHTML !== hall.innerHTML) hall.replaceChildren(...fresh.childNodes);
  } catch { /* the next look may do */ }
}

const soon = settled(look, 100);
listen({ url: hall.dataset.live, worker: hall.dataset.liveWorker, onChange: soon, onState() {} });
setInterval(look, 30_000);
