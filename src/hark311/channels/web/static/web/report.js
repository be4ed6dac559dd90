// Says ten minutes before, that this browser forgets what was typed; pressing Next keeps it.
const line = document.querySelector("[data-kept-until]");
const BEFORE_MS = 10 * 60 * 1000;

if (line) {
  const left = new Date(line.dataset.keptUntil) - Date.now();
  const wait = Math.max(0, left - BEFORE_MS);
  // Longer waits than a browser can count do not come up: it is a day at most.
  setTimeout(() => { line.querySelector("[role=status]").textContent = line.dataset.soon; }, wait);
}
