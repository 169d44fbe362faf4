"use strict";
(() => {
  const card = document.getElementById("card");
  const query = new URLSearchParams(JSON.parse(document.getElementById("query").textContent));
  const words = JSON.parse(document.getElementById("words").textContent);
  const STATUS = ["occurred", "ongoing", "planned", "hypothetical", "not_occurred"];
  const DEFAULT = { accept: "a", reject: "x", skip: " ", undo: "Backspace", flag: "f" };
  const read = (name, other) => { try { return JSON.parse(localStorage.getItem(name)) || other; } catch { return other; } };
  const keep = (name, value) => localStorage.setItem(name, JSON.stringify(value));
  let keys = { ...DEFAULT, ...read("riwaya.keys", {}) };
  let outbox = read("riwaya.outbox", []);
  let token = document.querySelector("meta[name=csrf]").content;
  let items = [], total = 0, done = 0, skipped = new Set(), history_ = [], sending = false;

  const called = {};
  const by = (x) => called[x] || x;
  const make = (tag, text, set) => { const x = document.createElement(tag); if (text) x.textContent = text; Object.assign(x, set || {}); return x; };
  const name = (group, value) => (words[group] || {})[value] || String(value).replaceAll("_", " ");
  const idOf = (item) => `${item.report}\u0000${item.event}`;

  const load = async () => {
    query.set("start", "0");
    if (skipped.size) query.set("start", String(Math.min(skipped.size, Math.max(0, total - 1))));
    const answer = await fetch(`/review.json?${query}`);
    if (!answer.ok) return;
    const found = await answer.json();
    token = found.csrf || token;
    total = found.total; done = found.done; Object.assign(called, found.names);
    const waiting = new Set(outbox.filter((x) => x.path === "/correct").map((x) => `${x.report}\u0000${x.body.event}`));
    items = found.items.filter((x) => !skipped.has(idOf(x)) && !waiting.has(idOf(x)));
  };

  const stanceOf = (value) => {
    const box = make("span", "", { className: `stance ${value}` });
    const shape = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `#s-${value}`);
    shape.setAttribute("aria-hidden", "true");
    shape.append(use);
    box.append(shape, `${name("stance", value)} `);
    return box;
  };
  const fact = (list, label, values) => { if (values.length) list.append(make("dt", label), make("dd", values.join(" · "), { dir: "auto" })); };
  const draw = () => {
    card.replaceChildren();
    const progress = document.getElementById("progress");
    progress.textContent = card.dataset.progress.replace("{done}", done).replace("{total}", done + total);
    const bar = document.getElementById("bar");
    bar.max = Math.max(1, done + total); bar.value = done;
    const unsent = document.getElementById("unsent");
    unsent.hidden = !outbox.length;
    unsent.textContent = card.dataset.unsent + outbox.length;
    const item = items[0];
    if (!item) return void card.append(make("p", card.dataset.none, { className: "empty" }));
    card.dataset.event = item.event; card.dataset.report = item.report;
    const head = make("p", "", { className: "top" });
    head.append(make("span", name("kind", item.kind), { className: "kind" }), " ", make("span", name("status", item.status), { className: `badge st-${item.status}` }));
    const text = make("p", "", { className: "passage", dir: "rtl", lang: "ar" });
    text.append(item.before, make("mark", item.trigger), item.after);
    const facts = make("dl");
    fact(facts, words.labels.when, item.from ? [item.from === item.to || !item.to ? item.from : `${item.from} … ${item.to}`] : []);
    for (const [key, label] of [["places", "places"], ["agents", "agents"], ["targets", "targets"], ["mediators", "mediators"]]) fact(facts, words.labels[label], item[key].map(by));
    fact(facts, words.labels.counts, item.counts.map((c) => `${name("what", c.what)} ${c.min === c.max ? c.min : `${c.min ?? ""}–${c.max ?? ""}`}`));
    const claims = make("ul", "", { className: "claims" });
    for (const claim of item.claims) {
      const row = make("li");
      row.append(stanceOf(claim.stance), make("bdi", by(claim.source)), ` (${name("source_kind", claim.source_kind)})`);
      if (claim.quotation) row.append(make("blockquote", claim.quotation, { dir: "auto", lang: "ar" }));
      claims.append(row);
    }
    const foot = make("p", "", { className: "fine" });
    const link = make("a", card.dataset.more, { href: `/report/${encodeURIComponent(item.report)}#${item.event}` });
    foot.append(make("bdi", item.outlet || item.report), " ", make("bdi", item.published || "", { dir: "ltr" }), " · ", link, " · ", make("code", item.rule || ""));
    card.append(head, text, facts, claims, foot);
  };

  const flush = async () => {
    if (sending) return;
    sending = true;
    while (outbox.length) {
      const next = outbox[0];
      try {
        if (next.after) { const made = read("riwaya.made", {})[next.after]; if (!made) { outbox.shift(); continue; } next.body.number = made; }
        const answer = await fetch(`${next.path}/${encodeURIComponent(next.report)}`, {
          method: "POST", headers: { "content-type": "application/json", "x-csrf-token": token }, body: JSON.stringify(next.body),
        });
        if (answer.status === 403) { const fresh = await fetch("/review.json"); token = (await fresh.json()).csrf; if (next.tried) { next.tried = false; break; } next.tried = true; continue; }
        if (answer.ok && next.body.key) { const made = read("riwaya.made", {}); made[next.body.key] = (await answer.json()).number; keep("riwaya.made", made); }
        if (answer.status >= 500) break;
        outbox.shift();
        keep("riwaya.outbox", outbox);
      } catch { break; }
    }
    sending = false;
    const unsent = document.getElementById("unsent");
    unsent.hidden = !outbox.length;
    unsent.textContent = card.dataset.unsent + outbox.length;
  };
  const post = (entry) => { outbox.push(entry); keep("riwaya.outbox", outbox); flush(); };
  setInterval(flush, 4000);
  addEventListener("online", flush);

  const next = async () => { if (items.length < 3) { await flush(); const seen = new Set(items.map(idOf)); const kept = [...items]; await load(); items = [...kept, ...items.filter((x) => !seen.has(idOf(x)))]; } draw(); };
  const decide = (action, more) => {
    const item = items.shift();
    if (!item) return;
    const key = crypto.randomUUID ? crypto.randomUUID() : String(Math.random());
    history_.push({ item, key, action });
    if (action === "skip") skipped.add(idOf(item));
    else { done += 1; total = Math.max(0, total - 1); post({ path: "/correct", report: item.report, body: { event: item.event, action, key, ...more } }); }
    next();
  };
  const undo = () => {
    const last = history_.pop();
    if (!last) return;
    if (last.action === "skip") skipped.delete(idOf(last.item));
    else { done -= 1; total += 1; post({ path: "/undo", report: last.item.report, after: last.key, body: {} }); }
    items.unshift(last.item);
    draw();
  };
  const help = document.getElementById("help");
  const shown = (key) => ({ " ": "space" }[key] || key.toLowerCase());
  const label = () => { for (const button of document.querySelectorAll("[data-do]")) button.querySelector("kbd").textContent = shown(keys[button.dataset.do]); };
  label();
  for (const box of help.querySelectorAll("[data-key]")) {
    box.value = shown(keys[box.dataset.key]);
    box.addEventListener("keydown", (event) => {
      if (["Tab", "Escape", "Enter", "Shift"].includes(event.key) || /^[1-9?]$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      if (Object.entries(keys).some(([act, key]) => key === event.key && act !== box.dataset.key)) return;
      keys[box.dataset.key] = event.key; keep("riwaya.keys", keys); box.value = shown(event.key); label();
    });
  }
  const act = (name_) => ({ accept: () => decide("accept"), reject: () => decide("reject"), flag: () => decide("flag"), skip: () => decide("skip"), undo })[name_]();
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open || event.target.closest("input, textarea, select")) return;
    if (event.key === "?") { event.preventDefault(); return help.showModal(); }
    if (/^[1-9]$/.test(event.key) && STATUS[event.key - 1]) { event.preventDefault(); return decide("change", { field: "status", value: STATUS[event.key - 1] }); }
    const found = Object.entries(keys).find(([, key]) => key.toLowerCase() === event.key.toLowerCase());
    if (!found || (event.target.closest("button, a") && [" ", "Enter"].includes(event.key))) return;
    event.preventDefault();
    act(found[0]);
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) { act(button.dataset.do); button.blur(); }
    if (event.target.closest("#help-open")) help.showModal();
  });
  flush().then(load).then(draw).catch(draw);
})();
