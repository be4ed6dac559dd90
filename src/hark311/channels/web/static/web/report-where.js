// Offers places while one is typed, and asks the device where it is, if the person wants that.
// Without this file the button "Find" lists the same places.
const part = document.querySelector("[data-where]");
const said = part.querySelector("[data-where-said]");
const input = document.getElementById("id_address");
const list = document.getElementById("places");
const lat = document.getElementById("id_lat");
const lon = document.getElementById("id_lon");
const foundFor = document.getElementById("id_found_for");
const words = part.dataset;

part.classList.add("scripted");

let near = null;
let chosen = null;
let at = -1;
let asked = null;
let timer = 0;

for (const [name, value] of Object.entries({
  role: "combobox", "aria-autocomplete": "list", "aria-controls": "places",
  "aria-expanded": "false", autocomplete: "off",
})) input.setAttribute(name, value);

const options = () => [...list.children];

function close() {
  list.hidden = true;
  at = -1;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function mark(index) {
  const all = options();
  at = (index + all.length) % all.length;
  for (const [place, option] of all.entries()) option.setAttribute("aria-selected", place === at);
  input.setAttribute("aria-activedescendant", all[at].id);
  all[at].scrollIntoView({ block: "nearest" });
}

function setPoint(point) {
  lat.value = point?.lat ?? "";
  lon.value = point?.lon ?? "";
  foundFor.value = point?.label ?? "";
  lat.dispatchEvent(new Event("change", { bubbles: true }));
}

function choose(place) {
  input.value = place.label;
  chosen = place.label;
  setPoint(place.lat ? place : null);
  if (place.lat) show(place);
  said.textContent = words.chosen.replace("{place}", place.label);
  close();
}

function offer(places) {
  list.replaceChildren(...places.map((place, index) => {
    const option = document.createElement("li");
    option.id = `place-option-${index}`;
    option.role = "option";
    option.setAttribute("aria-selected", "false");
    const name = document.createElement("b");
    name.textContent = place.label;
    option.append(name);
    if (place.hint) {
      const hint = document.createElement("span");
      hint.className = "hint";
      hint.textContent = place.hint;
      option.append(hint);
    }
    // On the way down, before the field loses the focus and the list closes.
    option.addEventListener("pointerdown", (event) => event.preventDefault());
    option.addEventListener("click", () => choose(place));
    return option;
  }));
  at = -1;
  list.hidden = !places.length;
  input.setAttribute("aria-expanded", String(places.length > 0));
  said.textContent = !places.length ? words.none
    : places.length === 1 ? words.countOne : words.count.replace("{count}", places.length);
}

async function look() {
  asked?.abort();
  const text = input.value.trim();
  if (text.length < 2) return close();
  asked = new AbortController();
  const query = new URLSearchParams({ q: text, ...near });
  try {
    const answer = await fetch(`${words.places}?${query}`, { signal: asked.signal });
    if (answer.ok && document.activeElement === input) offer((await answer.json()).places);
  } catch { /* typed on, or no connection: the button does the same */ }
}

input.addEventListener("input", () => {
  // What was chosen is no longer what stands there.
  if (chosen !== null) {
    chosen = null;
    setPoint(null);
  }
  clearTimeout(timer);
  timer = setTimeout(look, 160);
});

input.addEventListener("keydown", (event) => {
  const isOpen = !list.hidden;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (!isOpen) look();
    else if (event.key === "ArrowDown") mark(at + 1);
    else mark(at < 0 ? options().length - 1 : at - 1);
  } else if (event.key === "Enter" && isOpen && at >= 0) {
    event.preventDefault();
    options()[at].click();
  } else if (event.key === "Escape" && isOpen) {
    event.preventDefault();
    close();
  }
});

input.addEventListener("blur", close);

const locate = part.querySelector("[data-locate]");
if (navigator.geolocation) {
  locate.hidden = false;
  locate.querySelector("button").addEventListener("click", () => {
    said.textContent = words.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const meters = Math.max(1, Math.round(coords.accuracy));
        near = { lat: coords.latitude.toFixed(6), lon: coords.longitude.toFixed(6) };
        // Rougher than a block, it is only a hint which streets are meant.
        if (meters > 150) said.textContent = words.rough.replace("{meters}", meters);
        else {
          input.value = "";
          chosen = "";
          setPoint(near);
          show(near);
          said.textContent = words.here.replace("{meters}", meters);
        }
      },
      ({ code }) => { said.textContent = code === 1 ? words.refused : words.unknown; },
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 30000 },
    );
  });
}

// == the map: its program comes only when somebody opens it ==
const mapPart = document.querySelector("[data-map-part]");
const holder = mapPart.querySelector("[data-map]");

function show(point) {
  holder.dispatchEvent(new CustomEvent("hark:show", {
    detail: { lat: Number(point.lat), lon: Number(point.lon) },
  }));
}

let started = false;
function start() {
  if (started || !mapPart.open) return;
  started = true;
  const leaflet = document.createElement("script");
  leaflet.src = mapPart.dataset.leaflet;
  leaflet.addEventListener("load", () => import(mapPart.dataset.script));
  document.head.append(leaflet);
}

mapPart.hidden = false;
mapPart.addEventListener("toggle", start);

holder.addEventListener("hark:picked", ({ detail }) => {
  // The pin is the person's own now, whatever the address was found for.
  foundFor.value = "";
  chosen = null;
  if (!input.value && detail.label) input.value = detail.label;
});
