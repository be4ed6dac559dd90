// Keeps the table on this machine as it is typed, and on the server whenever that can be reached.
const form = document.querySelector("form[data-meeting]");
const said = document.querySelector("[data-kept]");
const place = `hark311.meeting.${form.dataset.meeting}`;
const names = ["said", "service", "address", "name", "email", "phone"];
let timer = 0;

const lines = () => [...form.querySelectorAll("[data-row]")];
const field = (line, name) => line.querySelector(`[name="${name}"]`);

function read(line) {
  const kept = { row: field(line, "row").value };
  for (const name of names) kept[name] = field(line, name).value;
  return kept;
}

function remember() {
  const typed = lines().map(read).filter((line) => names.some((name) => line[name]));
  try { localStorage.setItem(place, JSON.stringify(typed)); } catch { /* storage may be off */ }
}

function recall() {
  let kept = [];
  try { kept = JSON.parse(localStorage.getItem(place) || "[]"); } catch { /* nothing is kept */ }
  // What is a case by now needs to be kept no longer; all else stays until it is.
  const done = new Set([...form.querySelectorAll("[data-done]")].map((one) => one.dataset.done));
  for (const old of kept) {
    if (done.has(old.row)) continue;
    let line = lines().find((one) => field(one, "row").value === old.row);
    if (!line) line = lines().find((one) => names.every((name) => !field(one, name).value)) || more();
    field(line, "row").value = old.row;
    for (const name of names) if (!field(line, name).value) field(line, name).value = old[name] || "";
  }
  if (kept.length) remember();
}

function more() {
  const all = lines();
  const line = (all.at(-1)).cloneNode(true);
  for (const name of names) field(line, name).value = "";
  field(line, "row").value = crypto.randomUUID?.() || `${Date.now()}${Math.random()}`.slice(0, 40);
  line.querySelector(".err")?.remove();
  all.at(-1).after(line);
  return line;
}

async function keep() {
  try {
    const body = new FormData(form);
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "error" });
    if (!answer.ok) throw new Error(String(answer.status));
    said.textContent = said.dataset.keptWords;
  } catch {
    said.textContent = said.dataset.awayWords;
  }
}

const button = form.querySelector("[data-more]");
button.hidden = !lines().length;
button.addEventListener("click", () => field(more(), "said").focus());
form.addEventListener("input", () => {
  remember();
  clearTimeout(timer);
  timer = setTimeout(keep, 800);
});
addEventListener("online", keep);
recall();
