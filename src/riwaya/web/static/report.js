"use strict";
(() => {
  const token = document.querySelector("meta[name=csrf]").content;
  const said = document.getElementById("said");
  const id = decodeURIComponent(location.pathname.replace(/^\/report\//, ""));
  const fields = JSON.parse(document.getElementById("fields").textContent);
  const dialog = document.getElementById("edit");
  const send = async (path, body) => {
    const answer = await fetch(`${path}/${encodeURIComponent(id)}`, {
      method: "POST", headers: { "content-type": "application/json", "x-csrf-token": token }, body: JSON.stringify(body),
    });
    if (answer.ok) return answer.json();
    const problem = await answer.json().catch(() => ({ error: answer.statusText }));
    said.textContent = problem.error;
    said.hidden = false;
    throw new Error(problem.error);
  };
  const again = (event) => { history.replaceState(null, "", event ? `#${event}` : " "); location.reload(); };

  const add = (name, item) => {
    const row = document.getElementById(`t-${name}`).content.cloneNode(true).firstElementChild;
    for (const [key, value] of Object.entries(item)) {
      const box = row.querySelector(`[name=${key}]`);
      if (box && value !== null) box.value = value;
    }
    dialog.querySelector(`[data-list=${name}]`).append(row);
    return row;
  };
  const LISTS = ["agents", "targets", "mediators", "places"];
  const split = (text) => text.split(/[,،;؛]/u).map((x) => x.trim()).filter(Boolean);
  let event = null;
  const open = (chosen) => {
    event = chosen;
    const form = dialog.querySelector("form");
    form.reset();
    const has = fields[event];
    for (const name of ["kind", "status", "from", "to"]) form.elements[name].value = has[name] || "";
    for (const name of LISTS) form.elements[name].value = has[name].join("، ");
    for (const name of ["counts", "claims"]) {
      dialog.querySelector(`[data-list=${name}]`).replaceChildren();
      for (const item of has[name]) add(name, item);
    }
    dialog.showModal();
  };
  const rows = (name) => [...dialog.querySelectorAll(`[data-list=${name}] .item`)].map((row) => {
    const item = {};
    for (const box of row.querySelectorAll("[name]")) item[box.name] = box.type === "number" ? (box.value === "" ? null : Number(box.value)) : box.value;
    return item;
  });
  const changed = (form) => {
    const has = fields[event];
    const found = [];
    for (const name of ["kind", "status", "from", "to"]) {
      const now = form.elements[name].value || null;
      if (now !== (has[name] || null)) found.push([name, now]);
    }
    for (const name of LISTS) {
      const now = split(form.elements[name].value);
      if (JSON.stringify(now) !== JSON.stringify(has[name].flatMap(split))) found.push([name, now]);
    }
    const counts = rows("counts").map((x, n) => ({ what: x.what, who: (has.counts[n] || {}).who || null, min: x.min, max: x.max }));
    if (JSON.stringify(counts) !== JSON.stringify(has.counts)) found.push(["counts", counts]);
    const claims = rows("claims").filter((x) => x.source.trim()).map((x) => ({ source: x.source.trim(), source_kind: x.source_kind, stance: x.stance }));
    if (JSON.stringify(claims) !== JSON.stringify(has.claims)) found.push(["claims", claims]);
    return found;
  };

  document.addEventListener("click", async (click) => {
    const act = click.target.closest("[data-act]");
    if (act && act.dataset.act === "edit") return open(act.dataset.event);
    if (act) {
      await send("/correct", { event: act.dataset.event, action: act.dataset.act });
      return again(act.dataset.event);
    }
    const undo = click.target.closest("[data-undo]");
    if (undo) {
      await send("/undo", { number: Number(undo.dataset.undo) });
      return again();
    }
    const more = click.target.closest("[data-more]");
    if (more) return void add(more.dataset.more, {}).querySelector("select, input").focus();
    if (click.target.closest("[data-less]")) click.target.closest(".item").remove();
  });
  if (dialog) document.getElementById("save").addEventListener("click", async (click) => {
    click.preventDefault();
    const form = dialog.querySelector("form");
    const reason = form.elements.reason.value || null;
    for (const [field, value] of changed(form)) await send("/correct", { event, action: "change", field, value, reason });
    dialog.close();
    again(event);
  });

  /* An event named in the address is shown. */
  const named = location.hash.slice(1);
  const card = named && document.getElementById(named);
  if (card && card.classList.contains("event")) card.querySelector("[data-go]").click();
})();
