// The letters of a list: which does what, changed and switched off by whoever uses them.
const USUAL = {
  next: "j", previous: "k", choose: "x", open: "o", acknowledge: "a", assign: "g",
  transfer: "t", note: "n", close: "c", show: "r", find: "/", help: "?",
};
const KEPT = "hark311.keys";

function read() {
  try {
    return { on: true, letters: {}, ...JSON.parse(localStorage.getItem(KEPT) ?? "{}") };
  } catch {
    return { on: true, letters: {} };
  }
}

function write(kept) {
  try { localStorage.setItem(KEPT, JSON.stringify(kept)); } catch { /* storage may be off */ }
}

/** What a pressed letter does, or undefined; nothing once letters are switched off. */
export function deedOf(event) {
  const kept = read();
  if (!kept.on || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) return undefined;
  const letters = { ...USUAL, ...kept.letters };
  return Object.keys(letters).find((code) => letters[code] === event.key.toLowerCase());
}

/** Make the sheet of keys work; return what opens it. */
export function keySheet(sheet, line) {
  if (!sheet) return () => {};
  const inputs = [...sheet.querySelectorAll("[data-key]")];
  const taken = sheet.querySelector("[data-key-taken]");
  const isOn = sheet.querySelector("[data-keys-on]");

  function show() {
    const kept = read();
    const letters = { ...USUAL, ...kept.letters };
    isOn.checked = kept.on;
    for (const input of inputs) { input.value = letters[input.dataset.key]; input.disabled = !kept.on; }
    for (const mark of document.querySelectorAll("[data-key-of]")) mark.textContent = letters[mark.dataset.keyOf];
    if (line) line.hidden = !matchMedia("(any-pointer: fine), (min-width: 48rem)").matches;
  }

  for (const input of inputs) {
    input.addEventListener("focus", () => input.select());
    input.addEventListener("input", () => {
      const letter = input.value.toLowerCase().trim();
      const isTaken = letter && inputs.some((one) => one !== input && one.value === letter);
      taken.hidden = !isTaken;
      input.setAttribute("aria-invalid", String(Boolean(isTaken)));
      if (!letter || isTaken) return;
      const kept = read();
      kept.letters[input.dataset.key] = letter;
      write(kept);
      show();
      input.select();
    });
    input.addEventListener("blur", () => { taken.hidden = true; input.removeAttribute("aria-invalid"); show(); });
  }
  isOn.addEventListener("change", () => { write({ ...read(), on: isOn.checked }); show(); });
  sheet.querySelector("[data-keys-reset]").addEventListener("click", () => { write({ on: true, letters: {} }); show(); });
  line?.querySelector("[data-open-keys]").addEventListener("click", () => sheet.showModal());
  show();
  return () => sheet.showModal();
}
