// Keeps the page of a case fresh: asks now and then whether it changed, and takes over the parts
// that tell, never the forms. Says the news politely. Without this file the page is as it came.
const PARTS = ["case-badge", "case-answer", "case-history", "case-photos", "case-closing"];
const EVERY_MS = 30_000;
const mark = document.querySelector("[data-pulse]");
const news = document.getElementById("case-news");

function clock() {
  const options = { hour: "numeric", minute: "2-digit", timeZone: mark.dataset.zone };
  return new Intl.DateTimeFormat(document.documentElement.lang, options).format(new Date());
}

let checkedAt = "";
function say(words) { mark.textContent = words.replace("{time}", checkedAt); }

async function takeOver() {
  const answer = await fetch(location.href, { credentials: "same-origin" });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of PARTS) {
    const [here, there] = [document.getElementById(id), fresh.getElementById(id)];
    if (here && there && !here.contains(document.activeElement)) here.innerHTML = there.innerHTML;
  }
  mark.dataset.version = fresh.querySelector("[data-pulse]")?.dataset.version ?? "";
  const next = document.querySelector("#case-answer .now dd")?.firstChild?.textContent?.trim();
  news.textContent = `${mark.dataset.changed} ${next ?? ""}`;
}

async function check() {
  if (document.hidden) return;
  try {
    const answer = await fetch(mark.dataset.pulse, { credentials: "same-origin" });
    if (!answer.ok) return;
    const { version } = await answer.json();
    if (version !== mark.dataset.version) await takeOver();
    checkedAt = clock();
    say(mark.dataset.checked);
  } catch {
    if (checkedAt) say(mark.dataset.away);
  }
}

if (mark) {
  setInterval(check, EVERY_MS);
  document.addEventListener("visibilitychange", check);
}
