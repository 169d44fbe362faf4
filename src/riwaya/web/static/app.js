"use strict";
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = event.target.closest("form.paste");
    if (form) { event.preventDefault(); form.requestSubmit(); }
  }
});

const trial = document.getElementById("try");
if (trial) trial.addEventListener("click", () => {
  const form = trial.closest("form");
  form.elements.text.value = trial.dataset.text;
  form.elements.published.value = trial.dataset.published;
  form.elements.outlet.value = trial.dataset.outlet;
  form.requestSubmit();
});

/* Maps: outlines under circles; what is wide is drawn as an area. */
const drawMap = async (box) => {
  const spots = JSON.parse(document.getElementById(box.dataset.spots).textContent);
  const map = L.map(box, { preferCanvas: true, attributionControl: false, zoomAnimation: false, fadeAnimation: false, scrollWheelZoom: false });
  map.fitBounds(L.latLngBounds(spots.map((s) => [s.lat, s.lon])).pad(0.4), { maxZoom: 8 });
  const land = await (await fetch("/outlines.json")).json();
  L.geoJSON(land, { interactive: false, style: { color: "#b9ad93", weight: 1, fillColor: "#f7f3e8", fillOpacity: 1 } }).addTo(map);
  const drawn = new Map();
  for (const spot of spots) {
    const disputed = spot.things.some((x) => x.disputed);
    const colour = disputed ? "#b8360c" : "#00795a";
    const at = [spot.lat, spot.lon];
    const shape = spot.km
      ? L.circle(at, { radius: spot.km * 1000, color: colour, weight: 1.5, dashArray: "5 4", fillOpacity: 0.12 })
      : L.circleMarker(at, { radius: 6 + Math.min(6, spot.things.length), color: "#fff", weight: 1.5, fillColor: colour, fillOpacity: 0.9 });
    const popup = document.createElement("div");
    const name = document.createElement("b");
    name.textContent = spot.name;
    const narrow = document.createElement("a");
    const here = new URL(location.pathname === "/desk" ? location.href : "/desk", location.origin);
    here.searchParams.set("place", spot.name);
    here.searchParams.delete("start");
    narrow.href = here.pathname + here.search;
    narrow.append(name, ` (${spot.things.length})`);
    popup.append(narrow);
    shape.bindPopup(popup).addTo(map);
    for (const thing of spot.things) {
      const known = drawn.get(thing.id) || [];
      known.push([shape, colour, spot.km]);
      drawn.set(thing.id, known);
    }
    shape.on("click", () => {
      const ids = new Set(spot.things.map((x) => x.id));
      for (const row of document.querySelectorAll("[data-id]")) row.classList.toggle("on", ids.has(row.dataset.id));
      const first = document.querySelector("[data-id].on");
      if (first) first.scrollIntoView({ block: "nearest" });
    });
  }
  const moves = document.getElementById("lines");
  for (const move of moves ? JSON.parse(moves.textContent) : []) {
    L.polyline([move.from, move.to], { color: "#7b2d8b", weight: 3, dashArray: move.planned ? "6 6" : null }).addTo(map);
    L.circleMarker(move.to, { radius: 4, color: "#7b2d8b", fillOpacity: 1 }).addTo(map);
  }
  box.dataset.ready = "yes";
  const light = (id, on) => {
    for (const [shape, colour, km] of drawn.get(id) || []) {
      shape.setStyle(km ? { color: on ? "#d9480f" : colour, weight: on ? 3 : 1.5 } : { fillColor: on ? "#d9480f" : colour });
      if (on) shape.bringToFront();
    }
  };
  for (const row of document.querySelectorAll("[data-id]")) {
    for (const [name, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]]) {
      row.addEventListener(name, () => light(row.dataset.id, on));
    }
  }
};
for (const box of document.querySelectorAll(".leaf")) drawMap(box);

/* Words of a report by code points: #char=120,140 */
const showWords = () => {
  const found = /^#char=(\d+),(\d+)$/.exec(location.hash);
  const text = document.getElementById("text");
  if (!text) return;
  for (const old of text.querySelectorAll(".aimed")) old.classList.remove("aimed");
  if (!found) return;
  const [low, high] = [Number(found[1]), Number(found[2])];
  let first = null;
  for (const piece of text.querySelectorAll("[data-s]")) {
    const start = Number(piece.dataset.s);
    const end = start + [...piece.textContent].length;
    if (start < high && end > low) { piece.classList.add("aimed"); first = first || piece; }
  }
  if (first) first.scrollIntoView({ block: "center" });
};
addEventListener("hashchange", showWords);
showWords();

/* The day slider of the page of control. */
const slide = document.getElementById("slide");
if (slide) {
  const days = slide.dataset.days.split(" ");
  slide.addEventListener("input", () => { document.getElementById("slid").textContent = days[slide.value]; });
  slide.addEventListener("change", () => { slide.form.elements.day.value = days[slide.value]; slide.form.submit(); });
}
