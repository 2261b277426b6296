// Makes pages quicker; every page is whole without it.
"use strict";
(() => {
  const PART = "X-Part";
  const PAUSE = 350; // milliseconds in which a next change makes the rest of an answer needless
  const form = document.querySelector("form[data-live]");
  const live = document.getElementById("live");
  const said = document.getElementById("said");
  const say = (text) => { if (said) said.textContent = text; };
  let turn = 0;
  let steps = 0;
  let waiting = null;

  async function part(address, name, signal) {
    const answer = await fetch(address, { headers: { [PART]: name }, signal });
    const text = await answer.text();
    return { ok: answer.ok, text, address: answer.headers.get("X-Location") || address };
  }

  function put(element, text) {
    const made = new DOMParser().parseFromString(text, "text/html");
    element.replaceChildren(...made.body.childNodes);
    ready(element);
  }

  // Replace what follows from the controls; the rest of it comes after, so that nobody waits.
  async function show(address, keep) {
    const mine = ++turn;
    if (waiting) waiting.abort();
    waiting = new AbortController();
    live.setAttribute("aria-busy", "true");
    try {
      const lead = await part(address, "lead", waiting.signal);
      if (mine !== turn) return;
      if (!lead.ok) { mistake(lead.text); return; }
      put(live, lead.text);
      if (keep && lead.address !== location.pathname + location.search) {
        history.pushState({ steps: ++steps }, "", lead.address);
        const back = document.querySelector("[data-undo]");
        if (back) back.hidden = false;
      }
      const head = live.querySelector(".headline");
      say(head ? "Answer: " + head.textContent : "Updated");
      live.removeAttribute("aria-busy");
      const rest = live.querySelector("[data-rest]");
      if (rest) {
        await new Promise((done) => setTimeout(done, PAUSE));
        if (mine !== turn) return;
        const more = await part(lead.address, "rest", waiting.signal);
        if (mine !== turn) return;
        if (more.ok) put(rest, more.text);
        rest.removeAttribute("aria-busy");
      }
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
    } finally {
      if (mine === turn) live.removeAttribute("aria-busy");
    }
  }

  function mistake(text) {
    const made = new DOMParser().parseFromString(text, "text/html");
    const box = document.createElement("div");
    box.className = "notice";
    box.setAttribute("role", "alert");
    const words = made.querySelector("main") || made.body;
    for (const each of words.querySelectorAll("p:not(:has(a))")) {
      const line = document.createElement("p");
      line.textContent = each.textContent;
      box.append(line);
    }
    live.querySelector(".notice[role=alert]")?.remove();
    live.prepend(box);
  }

  function asked() {
    const fields = new FormData(form);
    for (const name of ["world", "version"]) fields.delete(name);
    return form.getAttribute("action") + "?" + new URLSearchParams(fields);
  }

  if (form && live) {
    let soon = 0;
    const go = () => { clearTimeout(soon); show(asked(), true); };
    form.addEventListener("change", (event) => {
      if (event.target.matches("input:not([type=range]), select")) go();
    });
    form.addEventListener("submit", (event) => { event.preventDefault(); go(); });
    addEventListener("popstate", async () => {
      // The controls go back as well: the whole page is read anew, and both are replaced.
      const mine = ++turn;
      if (waiting) waiting.abort();
      const page = await (await fetch(location.href)).text();
      if (mine !== turn) return;
      const made = new DOMParser().parseFromString(page, "text/html");
      for (const id of ["controls", "live"]) {
        const there = document.getElementById(id);
        const now = made.getElementById(id);
        if (there && now) there.replaceChildren(...now.childNodes);
      }
      live.removeAttribute("aria-busy");
      const again = document.querySelector("[data-undo]");
      if (again) again.hidden = !(history.state && history.state.steps);
      ready(document);
      if (!document.activeElement || document.activeElement === document.body) live.querySelector(".headline")?.focus();
      say("Back to the answer before");
    });
    document.addEventListener("click", (event) => {
      const back = event.target.closest("[data-undo]");
      if (back) { history.back(); return; }
      const tab = event.target.closest("a[data-tab]");
      if (!tab || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
      event.preventDefault();
      const view = new URL(tab.href).searchParams.get("view");
      let field = form.querySelector("input[name=view]");
      if (!field) {
        field = document.createElement("input");
        field.type = "hidden";
        field.name = "view";
        form.append(field);
      }
      field.value = view || "";
      show(tab.href, true).then(() => {
        const now = live.querySelector('.tabs [aria-current="true"]');
        if (now) now.focus();
      });
    });
  }

  // A slider over the days of a select, for those who can move one.
  function sliders(root) {
    for (const select of root.querySelectorAll("select[data-slider]")) {
      if (select.dataset.ready) continue;
      select.dataset.ready = "yes";
      const slider = document.createElement("input");
      slider.type = "range";
      slider.min = 0;
      slider.max = select.options.length - 1;
      const place = () => select.options.length - 1 - select.selectedIndex;
      slider.value = place();
      slider.setAttribute("aria-label", select.dataset.slider);
      const word = () => slider.setAttribute("aria-valuetext", select.options[select.selectedIndex].text);
      word();
      slider.addEventListener("input", () => {
        select.selectedIndex = select.options.length - 1 - Number(slider.value);
        word();
      });
      slider.addEventListener("change", () => select.dispatchEvent(new Event("change", { bubbles: true })));
      select.addEventListener("change", () => { slider.value = place(); word(); });
      select.after(slider);
    }
  }

  // Charts that answer to the pointer: the bundle is loaded when the first one is asked for.
  let bundle = null;
  function charts() {
    bundle ||= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = "/static/vega.js";
      script.onload = () => done(window.burdenshareCharts);
      script.onerror = failed;
      document.head.append(script);
    });
    return bundle;
  }

  const NAMES = { p5: "5 %", p25: "25 %", p50: "median", p75: "75 %", p95: "95 %" };
  const HIDDEN = /^(row|column|place|above|ink|fill|colour|dark|x|y)$/;

  function worded(name, value) {
    if (typeof value !== "number" || name === "year") return String(value);
    const large = Math.abs(value) >= 1e6;
    const form = { maximumSignificantDigits: 4, notation: large ? "compact" : "standard" };
    return new Intl.NumberFormat("en", form).format(value);
  }

  let tip = null;
  function point(handler, event, item, value) {
    tip?.remove();
    tip = null;
    if (value === null || value === undefined || value === "") return;
    tip = document.createElement("div");
    tip.className = "tip";
    for (const [name, text] of Object.entries(Object(value))) {
      if (HIDDEN.test(name) || text === null) continue;
      const line = document.createElement("div");
      line.textContent = (NAMES[name] || name) + ": " + worded(name, text);
      tip.append(line);
    }
    if (!tip.childElementCount) { tip = null; return; }
    document.body.append(tip);
    tip.style.left = Math.min(event.pageX + 14, document.documentElement.clientWidth - tip.offsetWidth - 8) + "px";
    tip.style.top = event.pageY + 14 + "px";
  }

  async function explore(figure, drawn, button) {
    button.disabled = true;
    const [made, specs] = await Promise.all([charts(), (await fetch(drawn.dataset.spec)).json()]);
    const spec = specs[0];
    spec.config = { ...spec.config, mark: { ...(spec.config || {}).mark, tooltip: { content: "data" } } };
    const box = document.createElement("div");
    box.className = "live-chart";
    drawn.replaceChildren(box);
    await made.embed(box, spec, { actions: false, ast: true, renderer: "svg", defaultStyle: false, tooltip: point });
    button.remove();
    say("The chart now shows its values under the pointer");
  }

  function explorers(root) {
    for (const figure of root.querySelectorAll("figure.plate")) {
      const drawn = figure.querySelector(".drawn[data-spec]");
      const tools = figure.querySelector(".tools");
      if (!drawn || !drawn.dataset.spec || !tools || tools.querySelector("[data-explore]")) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.explore = "";
      button.textContent = "Explore";
      button.setAttribute("aria-label", "Explore: " + figure.querySelector("figcaption").textContent);
      button.addEventListener("click", () => explore(figure, drawn, button).catch(() => { button.disabled = false; }));
      tools.prepend(button);
    }
  }

  function copies(root) {
    for (const pre of root.querySelectorAll("pre")) {
      if (!navigator.clipboard || pre.nextElementSibling?.matches("button.copy")) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.className = "plain copy";
      button.textContent = "Copy";
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(pre.textContent);
        button.textContent = "Copied";
        say("Copied");
      });
      pre.after(button);
    }
  }

  function ready(root) { sliders(root); explorers(root); copies(root); }
  ready(document);
})();
