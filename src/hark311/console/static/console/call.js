// The desk of a call: keeps what is typed, hears danger, lights the present question, one key each.
// Without this file the same form keeps and asks at every press of a button.
const form = document.querySelector("#call");
const said = form.querySelector("[data-said]");
const version = form.querySelector("[data-version]");
const QUIET = 700, AGAIN = 4000;

// -- Keeping: one request at a time, the last word wins.
let timer = 0, busy = false, dirty = false, leaving = false;
let underway = Promise.resolve();

async function keep() {
  if (busy || leaving) return;
  busy = true;
  dirty = false;
  try {
    const answer = await fetch(form.dataset.keep, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    if (answer.status === 409) {
      say(form.dataset.newer);
      leaving = true;
    } else if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    else show(await answer.json());
  } catch {
    say(form.dataset.lost);
    dirty = true;
    soon(AGAIN);
  } finally {
    busy = false;
    if (dirty) soon(QUIET);
  }
}

function soon(wait) {
  clearTimeout(timer);
  timer = setTimeout(() => { underway = keep(); }, wait);
}

function say(words) {
  if (said.textContent !== words) said.textContent = words;
}

// What each part was made of, as the browser writes it, before the keys show in it.
const stands = new Map([...form.querySelectorAll("[data-part]")].map((part) => [part, part.innerHTML]));

function show(kept) {
  version.value = kept.version;
  say(kept.said);
  for (const [part, before] of stands) {
    const made = document.createElement("template");
    made.innerHTML = kept.parts[part.dataset.part] ?? before;
    // What is being used stays as it is; what says the same stays, and is not read out again.
    if (part.contains(document.activeElement) || made.innerHTML.trim() === before.trim()) continue;
    stands.set(part, made.innerHTML);
    part.replaceChildren(made.content);
  }
  showKeys();
  light();
}

form.addEventListener("input", () => {
  dirty = true;
  soon(QUIET);
  ask();
  light();
});
// Somebody quick has typed before this file came: those words are kept too.
const isTicked = (field) => field.type === "checkbox" || field.type === "radio";
if ([...form.querySelectorAll("textarea, input")].some((field) => isTicked(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue)) {
  dirty = true;
  soon(QUIET);
}
form.addEventListener("submit", (event) => {
  // What is on its way gets a newer version: the form waits for it, or it would be refused as old.
  if (busy) {
    event.preventDefault();
    const by = event.submitter;
    underway.then(() => form.requestSubmit(by));
    return;
  }
  leaving = true;
  clearTimeout(timer);
});
addEventListener("pageshow", () => { leaving = false; });
addEventListener("pagehide", () => {
  if (dirty && !leaving) fetch(form.dataset.keep, { method: "POST", body: new FormData(form), keepalive: true });
});

// -- A service chosen from the list shows its questions at once.
form.elements.service.addEventListener("change", () => {
  form.requestSubmit(form.querySelector("[data-ask]"));
});

// -- Another language: the words to say follow it.
form.elements.language.addEventListener("change", () => {
  form.requestSubmit(form.querySelector("[name=go][value=words-h]"));
});

// -- Keys: one each for the lines; a digit takes a suggestion; Ctrl Enter takes the report.
function showKeys() {
  for (const key of form.querySelectorAll("[data-kbd]")) key.hidden = false;
}

addEventListener("keydown", (event) => {
  if (event.altKey || event.metaKey || event.repeat) return;
  if (event.ctrlKey) {
    if (event.key === "Enter") press(form.querySelector("[data-take]"), event);
    return;
  }
  const line = form.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (line) press(line, event);
  else if (document.activeElement?.closest(".sounds")) {
    press(form.querySelector(`[data-digit="${CSS.escape(event.key)}"]`), event);
  }
});

function press(target, event) {
  if (!target) return;
  event.preventDefault();
  target.focus();
  target.click();
  target.closest("details")?.querySelector("select")?.focus();
}

// -- The script: a question that hangs on an earlier answer, and the one light.
const steps = [...form.querySelectorAll("[data-step]")];

function valuesOf(name) {
  return new FormData(form).getAll(name).filter((value) => value !== "");
}

function ask() {
  for (const question of form.querySelectorAll("[data-when]")) {
    const given = valuesOf(question.dataset.when);
    question.hidden = !question.dataset.answers.split(" ").some((answer) => given.includes(answer));
    question.querySelector("[data-only]")?.setAttribute("hidden", "");
  }
}

function light() {
  const inside = document.activeElement?.closest(".ask");
  const danger = form.querySelector("[data-part=danger] .note");
  const now = danger ? null : inside ?? steps.find((step) => !step.hidden && !step.dataset.step.split(" ").some((name) => name && valuesOf(name).length));
  for (const step of steps) {
    const words = step.matches(".say") ? step : step.querySelector(".say");
    words.classList.toggle("now", step === now);
  }
}

form.addEventListener("focusin", light);

// -- How long it lasts so far.
const clock = form.querySelector("[data-since]");
const begun = new Date(clock.dateTime).getTime();

function tick() {
  const seconds = Math.max(0, Math.floor((Date.now() - begun) / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (number) => String(number).padStart(2, "0");
  clock.textContent = (hours ? `${hours}:` : "") + `${two(minutes)}:${two(rest)}`;
}

setInterval(tick, 1000);
tick();
showKeys();
ask();
light();
// The way back ends where the next word is typed; the browser itself only scrolls to the part,
// and does so after the page has loaded.
const goals = { "#ask-h": ".ask :is(input, select, textarea)", "#words-h": "#id_description" };
const goal = goals[location.hash];
if (goal) addEventListener("load", () => setTimeout(() => form.querySelector(goal)?.focus()));
