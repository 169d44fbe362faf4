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
  const MOST = 200, REMEMBERED = 40; // decisions whose numbers are kept; decisions that can be undone after a reload
  let items = [], total = 0, done = 0, skipped = new Set(), history_ = read("riwaya.history", []), sending = false, away = false;

  const called = {};
  const by = (x) => called[x] || x;
  const make = (tag, text, set) => { const x = document.createElement(tag); if (text) x.textContent = text; Object.assign(x, set || {}); return x; };
  const name = (group, value) => (words[group] || {})[value] || String(value).replaceAll("_", " ");
  const idOf = (item) => `${item.report}\u0000${item.event}`;

  /* Asks for the next events; without a network what is here stays, and is said to be all for now. */
  const load = async () => {
    query.set("start", "0");
    if (skipped.size) query.set("start", String(Math.min(skipped.size, Math.max(0, total - 1))));
    try {
      const answer = await fetch(`/review.json?${query}`);
      away = !answer.ok;
      if (away) return;
      const found = await answer.json();
      token = found.csrf || token;
      total = found.total; done = found.done; Object.assign(called, found.names);
      const waiting = new Set(outbox.filter((x) => x.path === "/correct").map((x) => `${x.report}\u0000${x.body.event}`));
      const fresh = found.items.filter((x) => !skipped.has(idOf(x)) && !waiting.has(idOf(x)));
      done += waiting.size; total = Math.max(0, total - waiting.size);
      items = fresh;
    } catch { away = true; }
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
  const fact = (list, label, values) => { if (values.length) list.append(make("dt", label), listed(values)); };
  const listed = (values) => {
    const box = make("dd");
    values.forEach((value, at) => box.append(at ? " · " : "", make("bdi", value)));
    return box;
  };
  const count = () => {
    const unsent = document.getElementById("unsent");
    unsent.hidden = !outbox.length;
    unsent.textContent = card.dataset.unsent + outbox.length;
  };
  const tell = (words) => { const box = document.getElementById("refused"); box.textContent = words; box.hidden = !words; };
  const draw = () => {
    card.replaceChildren();
    const progress = document.getElementById("progress");
    progress.textContent = card.dataset.progress.replace("{done}", done).replace("{total}", done + total);
    const bar = document.getElementById("bar");
    bar.max = Math.max(1, done + total); bar.value = done;
    count();
    const item = items[0];
    if (!item) return void card.append(make("p", away ? card.dataset.away : card.dataset.none, { className: "empty" }));
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

  /* Sends what waits, in order. What cannot be sent stays; what the store refuses is said. */
  const flush = async () => {
    if (sending) return;
    sending = true;
    while (outbox.length) {
      const next = outbox[0];
      try {
        if (next.after) { const made = read("riwaya.made", {})[next.after]; if (!made) { outbox.shift(); keep("riwaya.outbox", outbox); continue; } next.body.number = made; }
        const answer = await fetch(`${next.path}/${encodeURIComponent(next.report)}`, {
          method: "POST", headers: { "content-type": "application/json", "x-csrf-token": token }, body: JSON.stringify(next.body),
        });
        if (answer.status === 403 && !next.tried) { next.tried = true; token = (await (await fetch("/review.json")).json()).csrf || token; continue; }
        if (answer.status === 401 || answer.status === 403) { next.tried = false; tell(card.dataset.signin); break; }
        if (answer.status >= 500) break;
        if (answer.ok && next.body.key) remember(next.body.key, (await answer.json()).number);
        if (!answer.ok) tell(`${card.dataset.refused} ${next.report} ${next.body.event || ""}: ${(await answer.json().catch(() => ({}))).error || answer.status}`);
        outbox.shift();
        keep("riwaya.outbox", outbox);
      } catch { break; }
    }
    sending = false;
    count();
    if (away && !items.length && !outbox.length) { await load(); if (!away) draw(); }
  };
  const remember = (key, number) => {
    const made = Object.entries({ ...read("riwaya.made", {}), [key]: number });
    keep("riwaya.made", Object.fromEntries(made.slice(-MOST)));
  };
  const post = (entry) => { outbox.push(entry); keep("riwaya.outbox", outbox); tell(""); flush(); };
  const past = () => keep("riwaya.history", history_.slice(-REMEMBERED));
  setInterval(flush, 4000);

  const next = async () => { if (items.length < 3) { await flush(); const seen = new Set(items.map(idOf)); const kept = [...items]; await load(); items = [...kept, ...items.filter((x) => !seen.has(idOf(x)))]; } draw(); };
  const decide = (action, more) => {
    const item = items.shift();
    if (!item) return;
    const key = crypto.randomUUID ? crypto.randomUUID() : String(Math.random());
    history_.push({ item, key, action });
    past();
    if (action === "skip") skipped.add(idOf(item));
    else { done += 1; total = Math.max(0, total - 1); post({ path: "/correct", report: item.report, body: { event: item.event, action, key, ...more } }); }
    next();
  };
  const undo = () => {
    const last = history_.pop();
    if (!last) return;
    past();
    if (last.action === "skip") skipped.delete(idOf(last.item));
    else { done -= 1; total += 1; post({ path: "/undo", report: last.item.report, after: last.key, body: {} }); }
    items = [last.item, ...items.filter((x) => idOf(x) !== idOf(last.item))];
    draw();
  };
  const help = document.getElementById("help");
  const shown = (key) => ({ " ": "space" }[key] || key.toLowerCase());
  const label = () => { for (const button of document.querySelectorAll("[data-do]")) button.querySelector("kbd").textContent = shown(keys[button.dataset.do]); };
  /* A key as it stands on a Latin keyboard, so that the keys work while an Arabic one is chosen. */
  const ARABIC_MARK = "\u061f";
  const pressed = (event) => {
    if (event.key === ARABIC_MARK) return "?";
    if (event.key.length > 1 || /^[\x20-\x7e]$/.test(event.key)) return event.key;
    const found = /^(?:Key|Digit)(.)$/.exec(event.code);
    return found ? found[1].toLowerCase() : event.key;
  };
  const NEVER = ["Tab", "Escape", "Enter", "Shift", "Control", "Alt", "AltGraph", "Meta", "CapsLock"];
  const fits = (key) => (key.length === 1 && !/[1-9?/']/.test(key)) || ["Backspace", "Delete", "ArrowLeft", "ArrowRight"].includes(key);
  const say = (words) => { const box = document.getElementById("taken"); box.textContent = words; box.hidden = !words; };
  const boxes = [...help.querySelectorAll("[data-key]")];
  const fill = () => { for (const box of boxes) box.value = shown(keys[box.dataset.key]); label(); };
  for (const box of boxes) {
    box.addEventListener("keydown", (event) => {
      if (NEVER.includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const key = pressed(event), words = document.getElementById("taken").dataset;
      if (!fits(key)) return say(words.unfit);
      if (Object.entries(keys).some(([act, other]) => other.toLowerCase() === key.toLowerCase() && act !== box.dataset.key)) return say(words.taken);
      say("");
      keys[box.dataset.key] = key; keep("riwaya.keys", keys); fill();
    });
  }
  document.getElementById("keys-reset").addEventListener("click", () => { keys = { ...DEFAULT }; keep("riwaya.keys", keys); say(""); fill(); });
  fill();
  const act = (name_) => ({ accept: () => decide("accept"), reject: () => decide("reject"), flag: () => decide("flag"), skip: () => decide("skip"), undo })[name_]();
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open || event.target.closest("input, textarea, select")) return;
    const pressed_ = pressed(event);
    if (pressed_ === "?") { event.preventDefault(); return help.showModal(); }
    if (/^[1-9]$/.test(pressed_)) { if (STATUS[pressed_ - 1]) { event.preventDefault(); decideStatus(STATUS[pressed_ - 1]); } return; }
    const found = Object.entries(keys).find(([, key]) => [event.key, pressed_].some((x) => x.toLowerCase() === key.toLowerCase()));
    if (!found || event.repeat || (event.target.closest("button, a") && [" ", "Enter"].includes(event.key))) return;
    event.preventDefault();
    act(found[0]);
  });
  const decideStatus = (status) => decide("change", { field: "status", value: status });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) { act(button.dataset.do); button.blur(); }
    const status = event.target.closest("[data-status]");
    if (status) { decideStatus(status.dataset.status); status.blur(); }
    if (event.target.closest("#help-open")) help.showModal();
  });
  addEventListener("online", () => flush().then(async () => { if (items.length < 3) { const kept = items; await load(); const seen = new Set(kept.map(idOf)); items = [...kept, ...items.filter((x) => !seen.has(idOf(x)))]; draw(); } }));
  flush().then(load).then(draw);
})();
