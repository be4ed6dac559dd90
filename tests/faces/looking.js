// What is asked of a page from inside it. Evaluated once per page; leaves one name: faces.
(() => {
  const named = (part) => {
    const id = part.id ? `#${part.id}` : "";
    const kinds = [...part.classList].slice(0, 2).map((kind) => `.${kind}`).join("");
    const words = (part.innerText ?? part.value ?? "").trim().replace(/\s+/g, " ").slice(0, 30);
    const field = part.name ? `[name=${part.name}]` : "";
    return `${part.localName}${id}${kinds}${field}${words ? ` “${words}”` : ""}`;
  };
  const shows = (part) => part.checkVisibility({ visibilityProperty: true, opacityProperty: false })
    && part.getClientRects().length > 0;
  const hidden = (part) => Boolean(part.closest(".vh, .skip, [aria-hidden=true]"));

  const stops = () => {
    const taken = new Set();
    return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
      .filter((part) => {
        if (part.disabled || part.tabIndex < 0 || part.type === "hidden" || !shows(part)) return false;
        if (part.closest("[inert]")) return false;
        if (part.type !== "radio") return true;
        const group = `${part.form ? [...document.forms].indexOf(part.form) : "-"} ${part.name}`;
        const chosen = document.querySelector(`input[type=radio][name="${CSS.escape(part.name)}"]:checked`);
        if (chosen && chosen.form === part.form && chosen !== part) return false;
        if (taken.has(group)) return false;
        taken.add(group);
        return true;
      });
  };

  const ringed = (part) => [part, part.closest("label"), part.closest("tr")].some((one) => {
    if (!one) return false;
    const style = getComputedStyle(one);
    const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    return outlined || (one === part && style.boxShadow !== "none");
  });

  const seen = (part) => {
    const shown = part.getBoundingClientRect().width > 3 ? part : part.closest("label") ?? part;
    const box = shown.getClientRects()[0] ?? shown.getBoundingClientRect();
    const points = [[.5, .5], [.1, .2], [.9, .2], [.1, .8], [.9, .8]];
    return points.some(([x, y]) => {
      const at = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
      return at && (shown.contains(at) || at.contains(shown) && at.closest("label, a, button, summary"));
    });
  };

  window.faces = {
    reached: new Set(),
    last: null,
    inside: 0,

    // Walks begin at the top, also where a page puts the focus elsewhere.
    begin() {
      document.body.tabIndex = -1;
      document.body.focus();
      document.body.removeAttribute("tabindex");
      window.scrollTo(0, 0);
      faces.reached.clear();
      faces.last = null;
    },

    // Called after each press of Tab: what is wrong where the focus is now; "end" after one round.
    step() {
      const on = document.activeElement;
      if (!on || on === document.body || on === document.documentElement) return "end";
      // A field for a day has stops of its own inside.
      if (on === faces.last && on.matches("input") && ++faces.inside < 8) return "";
      if (faces.reached.has(on)) return "end";
      faces.last = on;
      faces.inside = 0;
      faces.reached.add(on);
      if (!ringed(on)) return `no focus ring on ${named(on)}`;
      if (!seen(on)) return `the focus is out of sight on ${named(on)}`;
      return "";
    },
    unreached: () => stops().filter((part) => !faces.reached.has(part))
      .map((part) => `Tab never reaches ${named(part)}`),
    count: () => stops().length,

    structure() {
      const wrong = [];
      const say = (line, part) => wrong.push(part ? `${line}: ${named(part)}` : line);
      const heads = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(shows);
      const firsts = heads.filter((part) => part.localName === "h1").length;
      if (firsts !== 1) say(`${firsts} h1 on the page`);
      let depth = 0;
      for (const head of heads) {
        const level = Number(head.localName[1]);
        const inFoot = head.closest("footer");
        if (depth && level > depth + 1 && !inFoot) say("a heading skips a level", head);
        depth = level;
      }
      for (const part of document.querySelectorAll("[tabindex]")) {
        if (part.tabIndex > 0) say("positive tabindex", part);
      }
      for (const part of document.querySelectorAll("[style], style, script:not([src])")) {
        // What moves is placed by its script, which the rules for browsers allow; markup is not.
        if (part.closest(".leaflet-container")) continue;
        if (part.type !== "application/json") say("inline style or script", part);
      }
      for (const part of document.querySelectorAll("*")) {
        for (const one of part.attributes) if (/^on/.test(one.name)) say(`${one.name} in the markup`, part);
      }
      const empty = new Set(["", "here", "click here", "more", "link", "read more", "this", "aquí", "clic aquí", "más"]);
      for (const part of document.querySelectorAll("a[href]")) {
        const name = part.getAttribute("aria-label") ?? part.innerText ?? "";
        const drawn = part.querySelector("img[alt], svg[aria-label], svg title");
        if (shows(part) && !drawn && empty.has(name.trim().toLowerCase())) say("a link that says nothing", part);
      }
      for (const part of document.querySelectorAll("input, select, textarea")) {
        if (["hidden", "submit", "button", "image"].includes(part.type) || !shows(part)) continue;
        if (!part.labels?.length && !part.getAttribute("aria-label") && !part.getAttribute("aria-labelledby")) {
          say("a field without a label", part);
        }
      }
      for (const part of document.querySelectorAll("[aria-describedby], [aria-labelledby], label[for]")) {
        const ids = [part.getAttribute("aria-describedby"), part.getAttribute("aria-labelledby"), part.getAttribute("for")];
        for (const id of ids.filter(Boolean).flatMap((text) => text.split(/\s+/))) {
          if (!document.getElementById(id)) say(`refers to #${id}, which is not there`, part);
        }
      }
      if (!document.documentElement.lang) say("the page does not say its language");
      return wrong;
    },

    // The rule of WCAG 1.4.12, put on without touching the page's own sheets.
    space() {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }");
      document.adoptedStyleSheets = [sheet];
    },
    unspace: () => { document.adoptedStyleSheets = []; },

    wide() {
      const width = document.documentElement.clientWidth;
      if (document.documentElement.scrollWidth <= width) return [];
      const over = [...document.body.querySelectorAll("*")].filter((part) => {
        const box = part.getBoundingClientRect();
        return shows(part) && (box.right > width + 1 || box.left < -1) && !hidden(part);
      });
      const inner = over.filter((part) => !over.some((other) => other !== part && part.contains(other)));
      return [`${document.documentElement.scrollWidth - width} px to scroll sideways: ${inner.slice(0, 3).map(named).join("; ")}`];
    },

    clipped() {
      return [...document.body.querySelectorAll("*")].filter((part) => {
        if (!shows(part) || hidden(part) || part.closest("svg, textarea, select, input")) return false;
        if (![...part.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) return false;
        const style = getComputedStyle(part);
        const cutsX = /hidden|clip/.test(style.overflowX) && part.scrollWidth > part.clientWidth + 2;
        const cutsY = /hidden|clip/.test(style.overflowY) && part.scrollHeight > part.clientHeight + 4;
        return cutsX || cutsY;
      }).map((part) => `text is cut off in ${named(part)}`);
    },

    // In forced colors only borders and outlines remain: what can be pressed must have one.
    borderless() {
      return [...document.querySelectorAll(".btn, input:not([type=hidden]), select, textarea")]
        .filter((part) => shows(part) && !hidden(part) && !part.matches(".plain"))
        .filter((part) => {
          if (["radio", "checkbox", "range", "file"].includes(part.type)) return false;
          const style = getComputedStyle(part);
          const bordered = ["Top", "Bottom"].some((side) => style[`border${side}Style`] !== "none"
            && parseFloat(style[`border${side}Width`]) > 0);
          return !bordered && style.outlineStyle === "none" && style.textDecorationLine === "none";
        }).map((part) => `nothing shows the edge in forced colors: ${named(part)}`);
    },

    // Visible prose of the page itself; what people wrote, numbers, names and tables left out.
    prose() {
      const left = "nav, svg, time, bdi, table, kbd, code, .said, .plate, .langs, option, [lang]:not(html), .vh, textarea";
      const blocks = "p, li, h1, h2, h3, dd, dt, label, legend, summary, figcaption, button";
      return [...document.querySelectorAll("main *")].filter((part) => part.matches(blocks) && shows(part)
        && !part.closest(left) && !part.querySelector(blocks)).map((part) => {
        const copy = part.cloneNode(true);
        for (const one of copy.querySelectorAll(left)) one.remove();
        return copy.textContent.replace(/\s+/g, " ").trim();
      }).filter(Boolean);
    },

    forms: () => [...document.querySelectorAll("main form")].filter(shows)
      .map((form) => `${form.method} ${new URL(form.action, location.href).pathname}`).sort(),

    mute: () => [...document.querySelectorAll("main form")].filter(shows)
      .filter((form) => ![...form.elements].some((part) => part.matches("button:not([type=button]), [type=submit]")))
      .map((form) => `a form without a button: ${named(form)}`),
  };
})();
