// Tells a page that something it shows has changed. The page then asks anew, with its own rights.
// One stream a browser, shared by its tabs; where none can be had, a look every half minute.
const POLL_MS = 30_000;
const LOST_AFTER_MS = 8_000;

class Wire {
  #state = "off";
  #lostSince = 0;
  #port = null;
  #source = null;

  constructor({ url, worker, onChange, onState }) {
    Object.assign(this, { url, worker, onChange, onState });
    addEventListener("pagehide", () => this.#hear({ kind: "bye" }));
    addEventListener("pageshow", (event) => event.persisted && this.#sign());
    setInterval(() => this.#look(), POLL_MS);
    this.#sign();
  }

  // Ask the server for a signature: who signed out meanwhile gets none, and polls in vain.
  async #sign() {
    try {
      const answer = await fetch(this.url, { headers: { Accept: "application/json" } });
      this.#hear({ kind: "here", ...(await answer.json()) });
    } catch {
      this.#take({ kind: "lost" });
    }
  }

  #hear(message) {
    if (this.worker && window.SharedWorker) {
      if (!this.#port) {
        this.#port = new SharedWorker(this.worker, { name: "hark311-live" }).port;
        this.#port.addEventListener("message", ({ data }) => this.#take(data));
        this.#port.start();
      }
      this.#port.postMessage(message);
      return;
    }
    this.#source?.close();
    if (message.kind === "bye" || !window.EventSource) return;
    this.#source = new EventSource(`${message.at}?${new URLSearchParams({ topics: message.topics })}`);
    this.#source.addEventListener("open", () => this.#take({ kind: "open" }));
    this.#source.addEventListener("changed", ({ data }) => this.#take({ kind: "changed", topic: data }));
    this.#source.addEventListener("renew", () => this.#sign());
    this.#source.addEventListener("error", () => this.#take({ kind: "lost" }));
  }

  #take({ kind, topic }) {
    if (kind === "renew") this.#sign();
    else if (kind === "changed") this.onChange(topic);
    else if (kind === "open") this.#be("live");
    else if (kind === "lost" && this.#state !== "polled") {
      this.#lostSince ||= Date.now();
      setTimeout(() => this.#lostSince && this.#be("polled"), LOST_AFTER_MS);
    }
  }

  #be(state) {
    if (state === "live") this.#lostSince = 0;
    if (state === this.#state) return;
    this.#state = state;
    this.onState(state);
    // What happened while nothing was heard is found by looking.
    this.onChange("*");
  }

  #look() {
    if (this.#state === "live") return;
    this.onChange("*");
    this.#sign();
  }
}

/** Listen for changes. url: gives signatures; onChange(topic), onState("live" or "polled"). */
export function listen(options) {
  return new Wire(options);
}

/** Call `work` once things are quiet for a moment, and only while somebody can see the page. */
export function settled(work, pause = 400) {
  let timer = 0;
  let isWaiting = false;
  const run = () => {
    if (document.hidden) isWaiting = true;
    else work();
  };
  document.addEventListener("visibilitychange", () => {
    if (!isWaiting || document.hidden) return;
    isWaiting = false;
    work();
  });
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, pause + Math.random() * pause);
  };
}

/** The time of day as the reader's language writes it. */
export function timeOfDay(at = new Date()) {
  return new Intl.DateTimeFormat(document.documentElement.lang, { hour: "numeric", minute: "2-digit" }).format(at);
}
