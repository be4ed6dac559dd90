// Maps that move: what others reported ("browse"), or choosing a place ("pick"). Leaflet moves and
// zooms; the ground is the city's own streets and areas. Without this file the page keeps the map
// that the server drew, and its list or its fields.
//
// <div data-map="browse" data-ground= data-items= data-page= data-box=> with the drawn map inside
// <div data-map="pick" data-ground= data-box= data-lon-field=id data-lat-field=id data-near=
//   data-note=id>: the pin stays in the middle, the map is moved under it by finger, mouse or
//   arrow keys; the two fields follow, and the element named by data-note says what is near. With
//   data-button=id (of a hidden button), data-leaflet= and data-sheet= it starts when pressed.
const SHAPES = {
  late: '<path class="l" d="M0-30v8M0-17.500v.01"/>',
  shut: '<path class="l" d="m-5.500-23.500 3.700 3.700 7-7.500"/>',
  work: '<circle class="l" cy="-23.500" r="6"/><path class="k" d="M0-29.500a6 6 0 0 1 0 12Z"/>',
  wait: '<path class="l" d="M-3-28v9M3-28v9"/>',
};
const RING = '<circle class="k" cy="-23.500" r="5.500"/>';

function drawing(kind) {
  return `<svg viewBox="-16 -39 32 41" aria-hidden="true"><g class="m-pin ${kind}"><path class="b" d="M0 0C-7.500-9-13-16-13-23.500a13 13 0 1 1 26 0C13-16 7.500-9 0 0Z"/>${SHAPES[kind] ?? RING}</g></svg>`;
}

const still = matchMedia("(prefers-reduced-motion: reduce)").matches;

async function fetched(address, signal) {
  const answer = await fetch(address, { signal, headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function started(holder) {
  const at = document.createElement("div");
  at.className = "moving";
  at.setAttribute("role", "application");
  at.setAttribute("aria-label", holder.dataset.label ?? "");
  holder.replaceChildren(at);
  const map = L.map(at, {
    attributionControl: false, minZoom: 9, maxZoom: 19, zoomSnap: 0.5,
    zoomAnimation: !still, fadeAnimation: !still, markerZoomAnimation: !still,
  });
  const [west, south, east, north] = holder.dataset.box.split(",").map(Number);
  map.fitBounds([[south, west], [north, east]], { animate: false });
  return map;
}

// == the ground ==
// Tiles where the deployment names some, with whose they are; else the city's own streets.
function lay(map, holder) {
  const { tiles, credit, ground } = holder.dataset;
  if (!tiles) {
    fetched(ground).then((found) => drawGround(map, found)).catch(() => {});
    return;
  }
  L.tileLayer(tiles, { maxZoom: 19 }).addTo(map);
  if (!credit) return;
  const line = document.createElement("p");
  line.className = "credit small";
  line.textContent = credit;
  map.getContainer().append(line);
}

function drawGround(map, ground) {
  const plain = { interactive: false, smoothFactor: 1.2 };
  const small = L.layerGroup();
  const casing = L.layerGroup();
  for (const place of ground.places) {
    if (place.ring.length) L.polygon(place.ring, { ...plain, stroke: false, className: `m-${place.kind}`, fillOpacity: 1 }).addTo(map);
  }
  const wide = ground.streets.filter((street) => street.main);
  const rest = ground.streets.filter((street) => !street.main);
  for (const street of rest) L.polyline(street.lines, { ...plain, className: "m-case" }).addTo(casing);
  for (const street of wide) L.polyline(street.lines, { ...plain, className: "m-case m-wide" }).addTo(map);
  for (const street of rest) L.polyline(street.lines, { ...plain, className: "m-st" }).addTo(small);
  for (const street of wide) L.polyline(street.lines, { ...plain, className: "m-main" }).addTo(map);
  for (const area of ground.areas) for (const ring of area.rings) L.polyline(ring, { ...plain, className: "m-area" }).addTo(map);
  const names = L.layerGroup().addTo(map);
  const redraw = () => {
    const zoom = map.getZoom();
    for (const layer of [casing, small]) zoom >= 12.5 ? layer.addTo(map) : layer.remove();
    if (zoom >= 12.5) map.eachLayer((layer) => layer.options?.className === "m-main" && layer.bringToFront?.());
    names.clearLayers();
    for (const [text, at, kind] of namesIn(map, ground, zoom)) {
      L.marker(at, { interactive: false, keyboard: false, icon: L.divIcon({ className: `name ${kind}`, html: "", iconSize: null }) })
        .on("add", (event) => { const made = event.target.getElement(); made.textContent = text; made.setAttribute("aria-hidden", "true"); })
        .addTo(names);
    }
  };
  map.on("moveend", redraw);
  redraw();
}

// Names that find room, what helps most first.
function namesIn(map, ground, zoom) {
  const size = map.getSize();
  const taken = [];
  const found = [];
  const offer = (text, at, kind) => {
    const spot = map.latLngToContainerPoint(at);
    const half = text.length * 3.6 + 6;
    const box = [spot.x - half, spot.y - 9, spot.x + half, spot.y + 9];
    if (box[0] < 0 || box[1] < 0 || box[2] > size.x || box[3] > size.y) return false;
    if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) return false;
    taken.push(box);
    found.push([text, at, kind]);
    return true;
  };
  if (zoom < 14) for (const area of ground.areas) offer(area.name, area.at, "area");
  for (const place of ground.places) if (place.ring.length ? zoom >= 12 : zoom >= 14.5) offer(place.name, place.at, place.kind);
  const seen = map.getBounds();
  for (const street of ground.streets) {
    if (street.main ? zoom < 12 : zoom < 14.5) continue;
    const spots = street.lines.flatMap((line) => line.slice(1).map((spot, index) => [(spot[0] + line[index][0]) / 2, (spot[1] + line[index][1]) / 2]));
    for (const spot of spots) if (seen.contains(spot) && offer(street.name, spot, "street")) break;
  }
  return found;
}

// == what others reported ==
function popup(item, holder) {
  const box = document.createElement("div");
  const title = document.createElement("strong");
  title.textContent = item.title;
  const state = document.createElement("p");
  state.textContent = [item.state, item.place].filter(Boolean).join(" · ");
  const link = document.createElement("a");
  link.href = item.url;
  link.textContent = holder.dataset.open;
  box.append(title, state, link);
  return box;
}

function marker(item, holder) {
  const icon = L.divIcon({ className: "pin", html: drawing(item.kind), iconSize: [32, 41], iconAnchor: [16, 39], popupAnchor: [0, -34] });
  const said = [item.title, item.state, item.place].filter(Boolean).join(", ");
  return named(L.marker([item.lat, item.lon], { icon, alt: said, riseOnHover: true }), said).bindPopup(() => popup(item, holder));
}

function bunch(one, map, holder) {
  const side = 34 + 6 * Math.min(3, Math.log10(one.count));
  const icon = L.divIcon({ className: "bunch", html: one.count.toLocaleString(document.documentElement.lang), iconSize: [side + 8, side] });
  const [west, south, east, north] = one.box;
  const said = `${one.count} ${holder.dataset.many}. ${holder.dataset.zoom}`;
  return named(L.marker([one.lat, one.lon], { icon, alt: said }), said)
    .on("click", () => map.fitBounds([[south, west], [north, east]], { animate: !still }));
}

function named(made, said) {
  return made.on("add", () => made.getElement().setAttribute("aria-label", said));
}

function browse(holder) {
  const map = started(holder);
  const shown = L.layerGroup().addTo(map);
  lay(map, holder);
  let asking = null;
  const look = async (isFirst) => {
    asking?.abort();
    asking = new AbortController();
    const seen = map.getBounds();
    const bbox = [seen.getWest(), seen.getSouth(), seen.getEast(), seen.getNorth()].map((side) => side.toFixed(5)).join(",");
    const more = `&bbox=${bbox}&zoom=${Math.floor(map.getZoom())}`;
    try {
      const found = await fetched(holder.dataset.items + more, asking.signal);
      // What has focus keeps it: markers are drawn anew.
      const kept = document.activeElement?.closest(".moving") ? document.activeElement.getAttribute("aria-label") : null;
      shown.clearLayers();
      for (const one of found.bunches) bunch(one, map, holder).addTo(shown);
      for (const item of found.items) marker(item, holder).addTo(shown);
      if (kept) [...map.getContainer().querySelectorAll(".pin, .bunch")].find((made) => made.getAttribute("aria-label") === kept)?.focus();
      if (!isFirst) await list(holder, bbox, asking.signal);
    } catch (error) {
      if (error.name !== "AbortError") holder.dataset.stale = "yes";
    }
  };
  let waiting = 0;
  map.on("moveend", () => { if (map.hasLayer(shown) && !map._popup?.isOpen()) { clearTimeout(waiting); waiting = setTimeout(look, 250); } });
  look(true);
}

// The list beside the map says what the map shows, and the address can be kept or sent on.
async function list(holder, bbox, signal) {
  const address = `${holder.dataset.page}&bbox=${bbox}`;
  const answer = await fetch(address, { signal });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const found = page.getElementById("found");
  if (found) document.getElementById("found").replaceChildren(...found.childNodes);
  history.replaceState(null, "", address);
}

// == choosing a place ==
function pick(holder) {
  const map = started(holder);
  const lon = document.getElementById(holder.dataset.lonField);
  const lat = document.getElementById(holder.dataset.latField);
  const note = document.getElementById(holder.dataset.note);
  if (lon.value && lat.value) map.setView([Number(lat.value), Number(lon.value)], 16, { animate: false });
  map.getContainer().insertAdjacentHTML("beforeend", drawing("you").replace("<svg", '<svg class="aim"'));
  lay(map, holder);
  let isTheirs = false;
  let waiting = 0;
  for (const what of ["dragstart", "keydown", "zoomstart"]) map.on(what, () => { isTheirs = true; });
  map.on("moveend", () => {
    if (!isTheirs) return;
    const middle = map.getCenter();
    lon.value = middle.lng.toFixed(6);
    lat.value = middle.lat.toFixed(6);
    for (const field of [lon, lat]) field.dispatchEvent(new Event("change", { bubbles: true }));
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const near = await fetched(`${holder.dataset.near}?lat=${lat.value}&lon=${lon.value}`).catch(() => ({ label: "" }));
      if (note) note.textContent = near.label ? holder.dataset.said.replace("{place}", near.label) : "";
      holder.dispatchEvent(new CustomEvent("hark:picked", { bubbles: true, detail: { lon: lon.value, lat: lat.value, label: near.label } }));
    }, 350);
  });
  // Others may set the fields: a place found by its name, or the device's own position.
  holder.addEventListener("hark:show", (event) => {
    isTheirs = false;
    map.setView([event.detail.lat, event.detail.lon], 17, { animate: !still });
  });
}

const STARTS = { browse, pick };

// Pages that seldom need a map name Leaflet's two files and a button; both come when it is pressed.
function brought(holder) {
  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = holder.dataset.sheet;
  const script = document.createElement("script");
  script.src = holder.dataset.leaflet;
  return new Promise((done, failed) => {
    script.addEventListener("load", done);
    script.addEventListener("error", failed);
    document.head.append(sheet, script);
  });
}

for (const holder of document.querySelectorAll("[data-map]")) {
  const start = () => STARTS[holder.dataset.map]?.(holder);
  const button = document.getElementById(holder.dataset.button);
  if (!button) { if (window.L) start(); continue; }
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.hidden = true;
    holder.hidden = false;
    if (!window.L) await brought(holder);
    start();
    holder.querySelector(".moving").focus();
  }, { once: true });
}
