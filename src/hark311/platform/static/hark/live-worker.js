// One stream for all pages of a browser. Each page brings its signature; what is heard goes to all.
const pages = new Map();
let source = null;
let listening = "";
let soon = 0;

function tell(message) {
  for (const port of pages.keys()) port.postMessage(message);
}

function close() {
  source?.close();
  source = null;
  listening = "";
}

// Signatures run out: every page is asked for a new one, and a page that is gone does not answer.
function renew() {
  close();
  for (const port of pages.keys()) pages.set(port, null);
  tell({ kind: "renew" });
}

function connect() {
  const held = [...pages.values()].filter(Boolean);
  const query = new URLSearchParams([...new Set(held.map((one) => one.topics))].map((one) => ["topics", one]));
  const address = held.length ? `${held[0].at}?${query}` : "";
  if (address === listening) return;
  close();
  if (!address) return;
  listening = address;
  source = new EventSource(address);
  source.addEventListener("open", () => tell({ kind: "open" }));
  source.addEventListener("changed", (event) => tell({ kind: "changed", topic: event.data }));
  source.addEventListener("renew", renew);
  source.addEventListener("error", () => {
    tell({ kind: "lost" });
    if (source?.readyState === EventSource.CLOSED) close();
  });
}

addEventListener("connect", ({ ports: [port] }) => {
  port.addEventListener("message", ({ data }) => {
    if (data.kind === "bye") pages.delete(port);
    else pages.set(port, data);
    clearTimeout(soon);
    soon = setTimeout(connect, 100);
  });
  port.start();
});
