// The list of staff: keys, choosing, and news without a reload. Without it, plain forms and links.
// Letters act only while a row has focus, so they fight no screen reader and no text field.
import { listen, settled, timeOfDay } from "../hark/live.js";
import { deedOf, keySheet } from "./keys.js";

const HERE = "hark311.list";
const box = document.querySelector("[data-list]");
const news = document.querySelector("[data-news]");
const mark = document.querySelector("[data-live]");
const openSheet = keySheet(document.querySelector("[data-keys]"), document.querySelector("[data-keys-line]"));
const address = box?.dataset.address;
let here = 0;
let kind = "input";
let fresh = null;

const rows = () => [...(box?.querySelectorAll("tbody tr") ?? [])];
const tick = (row) => row.querySelector("input[name=rows]");
const link = (row) => row.querySelector("th a");
const chosen = () => rows().filter((row) => tick(row).checked);

// One row at a time is in the order of Tab: its box and its link.
function rove() {
  const all = rows();
  here = Math.min(Math.max(here, 0), Math.max(all.length - 1, 0));
  all.forEach((row, place) => {
    for (const part of [tick(row), link(row)]) part.tabIndex = place === here ? 0 : -1;
  });
}

function go(place) {
  here = place;
  rove();
  const row = rows()[here];
  if (!row) return;
  (kind === "a" ? link(row) : tick(row)).focus();
  row.scrollIntoView({ block: "nearest" });
}

function count() {
  const bar = box?.querySelector("[data-bulk]");
  if (!bar) return;
  const n = chosen().length;
  const whole = bar.querySelector("[name=whole]");
  if (n === 0 && whole) whole.checked = false;
  bar.hidden = n === 0;
  bar.querySelector("[data-chosen]").textContent = whole?.checked ? bar.dataset.whole : n === 1 ? bar.dataset.one : bar.dataset.many.replace("{n}", n);
  const all = box.querySelector("[data-all] input");
  all.checked = n > 0 && n === rows().length;
  all.indeterminate = n > 0 && n < rows().length;
}

// Coming back from a row, the list stands where it was left.
function remember() {
  const row = rows()[here];
  if (!row) return;
  const kept = { url: address, id: row.dataset.id, place: here };
  try { sessionStorage.setItem(HERE, JSON.stringify(kept)); } catch { /* storage may be off */ }
}

function comeBack() {
  let kept = null;
  try { kept = JSON.parse(sessionStorage.getItem(HERE)); sessionStorage.removeItem(HERE); } catch { return; }
  if (!kept || kept.url !== address) return;
  const place = rows().findIndex((row) => row.dataset.id === kept.id);
  go(place < 0 ? kept.place : place);
}

function submit(code) {
  const button = box.querySelector(`[data-deed="${code}"]`);
  if (!button) return;
  const only = chosen().length ? null : tick(rows()[here]);
  if (only) only.checked = true;
  remember();
  button.form.requestSubmit(button);
  if (only) only.checked = false;
}

const DEEDS = {
  next: () => go(here + 1),
  previous: () => go(here - 1),
  choose: () => { const one = tick(rows()[here]); one.checked = !one.checked; count(); },
  open: () => link(rows()[here]).click(),
  close: () => { remember(); location.assign(`${link(rows()[here]).href}/close`); },
  find: () => document.querySelector("[role=search] input[type=search]").focus(),
  help: () => openSheet(),
  show: () => show(),
  acknowledge: () => submit("acknowledge"),
  assign: () => submit("assign"),
  transfer: () => submit("transfer"),
  note: () => submit("note"),
};
const ALWAYS = {
  ArrowDown: () => go(here + 1),
  ArrowUp: () => go(here - 1),
  Home: () => go(0),
  End: () => go(rows().length - 1),
};

box?.addEventListener("keydown", (event) => {
  const row = event.target.closest("tbody tr");
  if (!row) return;
  here = rows().indexOf(row);
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
  let deed = DEEDS[deedOf(event)] ?? (isPlain ? ALWAYS[event.key] : undefined);
  // Enter in a box would send the form: it opens the row instead.
  if (isPlain && event.key === "Enter" && event.target === tick(row)) deed = DEEDS.open;
  if (!deed) return;
  event.preventDefault();
  deed();
});
box?.addEventListener("focusin", (event) => {
  const row = event.target.closest("tbody tr");
  if (!row) return;
  here = rows().indexOf(row);
  kind = event.target.matches("a") ? "a" : "input";
  rove();
});
box?.addEventListener("change", (event) => {
  if (event.target.closest("[data-all]")) for (const row of rows()) tick(row).checked = event.target.checked;
  count();
});
box?.addEventListener("click", (event) => {
  if (event.target.closest("th a, [data-deed]")) remember();
  if (!event.target.closest("[data-clear]")) return;
  for (const row of rows()) tick(row).checked = false;
  count();
  go(here);
});

// Whatever scripts alone can do is shown once they run.
function wake() {
  for (const part of box?.querySelectorAll("[data-all], [data-clear]") ?? []) part.hidden = false;
  rove();
  count();
}

// News is told, and shown when asked: no row moves under a hand.
async function look() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) throw new Error("not this page");
    fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    say("lost");
    return;
  }
  say(state);
  for (const part of document.querySelectorAll("[data-count-of]")) {
    const found = fresh.querySelector(`[data-count-of="${part.dataset.countOf}"]`);
    if (found && found.textContent !== part.textContent) part.textContent = found.textContent;
  }
  tell();
}

function tell() {
  if (!box) return;
  const before = new Map(rows().map((row) => [row.dataset.id, row.dataset.version]));
  const after = new Map([...fresh.querySelectorAll("[data-list] tbody tr")].map((row) => [row.dataset.id, row.dataset.version]));
  const told = {
    new: [...after.keys()].filter((id) => !before.has(id)).length,
    changed: [...after].filter(([id, version]) => before.has(id) && before.get(id) !== version).length,
    gone: [...before.keys()].filter((id) => !after.has(id)).length,
  };
  const isNews = told.new + told.changed + told.gone > 0;
  const words = mark.dataset.newsWords.replace(/\{(\w+)\}/g, (_all, name) => told[name]);
  if (!isNews) { news.hidden = true; news.replaceChildren(); return; }
  if (!news.hidden && news.firstChild?.textContent === words) return;
  const said = document.createElement("span");
  said.textContent = words;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn quiet";
  button.textContent = mark.dataset.showWords;
  button.addEventListener("click", show);
  news.replaceChildren(said, button);
  news.hidden = false;
}

function show() {
  const found = fresh?.querySelector("[data-list]");
  if (!found || news.hidden) return;
  const before = new Map(rows().map((row) => [row.dataset.id, row.dataset.version]));
  const kept = new Set(chosen().map((row) => row.dataset.id));
  const at = rows()[here]?.dataset.id;
  const place = here;
  box.replaceChildren(...document.importNode(found, true).childNodes);
  for (const row of rows()) {
    tick(row).checked = kept.has(row.dataset.id);
    row.classList.toggle("is-fresh", before.get(row.dataset.id) !== row.dataset.version);
  }
  news.hidden = true;
  news.replaceChildren();
  const again = rows().findIndex((row) => row.dataset.id === at);
  here = again < 0 ? place : again;
  wake();
  go(here);
}

let state = "polled";
function say(how) {
  const words = { live: mark.dataset.liveWords, polled: mark.dataset.polledWords, lost: mark.dataset.lostWords }[how];
  if (how !== "lost" || !mark.classList.contains("is-lost")) mark.textContent = words.replace("{time}", timeOfDay());
  mark.classList.toggle("is-polled", how === "polled");
  mark.classList.toggle("is-lost", how === "lost");
  mark.hidden = false;
}

wake();
comeBack();
addEventListener("pageshow", (event) => { if (event.persisted) { wake(); comeBack(); } });
if (mark) {
  say("polled");
  mark.addEventListener("look", look);
  listen({
    url: mark.dataset.live,
    worker: mark.dataset.liveWorker,
    onChange: settled(look),
    onState: (how) => { state = how; say(how); },
  });
}
