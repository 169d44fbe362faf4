"use strict";
for (const report of document.querySelectorAll("section.report")) {
  const pieces = [...report.querySelectorAll(".s")];
  const marks = JSON.parse(report.querySelector("script.marks").textContent);
  const about = document.getElementById("about");
  const of = (number, selector) => [...report.querySelectorAll(selector)].filter((x) => x.dataset.n.split(" ").includes(number));
  let chosen = null;

  const clear = () => {
    for (const x of report.querySelectorAll(".lit, .lit-trigger, .on")) x.classList.remove("lit", "lit-trigger", "on");
    for (const x of report.querySelectorAll("[aria-expanded=true]")) x.setAttribute("aria-expanded", "false");
    report.classList.remove("dim-text");
    chosen = null;
  };
  const choose = (number, from) => {
    const again = chosen === number;
    clear();
    if (again) return;
    chosen = number;
    report.classList.add("dim-text");
    let first = null;
    for (const piece of pieces) {
      const roles = (piece.dataset.e || "").split(" ").filter((x) => x.split(":")[0] === number).map((x) => x.split(":")[1]);
      if (!roles.length) continue;
      piece.classList.add("lit");
      if (roles.includes("trigger")) { piece.classList.add("lit-trigger"); first = first || piece; }
    }
    for (const x of of(number, "[data-n]")) x.classList.add("on");
    const card = report.querySelector(`.event[data-n="${number}"]`);
    card.querySelector("button").setAttribute("aria-expanded", "true");
    if (from !== "text" && first) first.scrollIntoView({ block: "center" });
    const side = report.querySelector(".side");
    if (from !== "card" && side.scrollHeight > side.clientHeight) {
      side.scrollTo({ top: card.offsetTop - side.offsetTop - 60, behavior: "smooth" });
    }
  };
  const tell = (keys) => {
    about.querySelector(".rows").replaceChildren(...keys.map((key) => {
      const [layer, label, rule] = marks[key];
      const row = document.createElement("div");
      row.className = "row";
      const name = document.createElement("b");
      name.textContent = layer + " ";
      const value = document.createElement("bdi");
      value.textContent = label;
      const code = document.createElement("code");
      code.textContent = " " + rule;
      row.append(name, value, code);
      return row;
    }));
    about.hidden = false;
  };

  report.addEventListener("click", (click) => {
    const chip = click.target.closest("[data-go]");
    if (chip) return choose(chip.dataset.go, chip.closest(".event") ? "card" : "chip");
    const spot = click.target.closest("g.spot");
    if (spot && spot.dataset.n) return choose(spot.dataset.n.split(" ")[0], "map");
    const toggle = click.target.closest("[data-layer]");
    if (toggle) {
      const shown = toggle.getAttribute("aria-pressed") === "true";
      toggle.setAttribute("aria-pressed", String(!shown));
      return void report.classList.toggle("off-" + toggle.dataset.layer, shown);
    }
    const piece = click.target.closest(".s");
    if (!piece || !piece.dataset.m) return;
    const keys = piece.dataset.m.split(" ");
    tell(keys);
    const event = keys.find((key) => key.startsWith("e"));
    if (event) choose(event.slice(1), "text");
  });
  document.addEventListener("keydown", (key) => {
    if (key.key === "Escape") { clear(); about.hidden = true; }
  });
}
const sections = [...document.querySelectorAll("section.report")];
if (sections.length > 1) {
  const nav = document.querySelector("nav.reports");
  nav.querySelector("ol").append(...sections.map((section) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = "#" + section.id;
    link.textContent = section.querySelector("h2").textContent;
    item.append(link);
    return item;
  }));
  nav.hidden = false;
}
document.getElementById("close").addEventListener("click", () => { document.getElementById("about").hidden = true; });
