"use strict";
/* Maps: outlines, or tiles where they are configured, under places. What is wide is drawn as an area: a country by its
   outline, a province by a dashed circle; only towns and smaller places are points. */
const Maps = (() => {
  const COLOURS = { calm: "#00795a", disputed: "#b8360c", on: "#d9480f" };
  const PALETTE = ["#0b62a8", "#b8360c", "#00795a", "#7b2d8b", "#7a5c00", "#45525f", "#c2527a", "#3d7ea6"];
  const OTHER = "#6b7280";
  const STYLES = [null, "7 5", "2 5", "10 4 2 4"];
  let outlines = null;

  const land = async () => {
    if (!outlines) outlines = fetch("/outlines.json").then((answer) => answer.json());
    return outlines;
  };
  const shapeOf = (data, name) => data.features.find((x) => x.properties.name === name);

  const base = async (map) => {
    const tiles = document.querySelector("meta[name=tiles]");
    const data = await land();
    const style = tiles ? { color: "#8a7f68", weight: 1, fill: false } : { color: "#b9ad93", weight: 1, fillColor: "#f7f3e8", fillOpacity: 1 };
    if (tiles) L.tileLayer(tiles.content, { maxZoom: 18 }).addTo(map);
    L.geoJSON(data, { interactive: false, style }).addTo(map);
    return data;
  };
  const make = (box) => L.map(box, { preferCanvas: true, attributionControl: false, zoomAnimation: false, fadeAnimation: false, scrollWheelZoom: false, worldCopyJump: false });
  const fit = (map, spots) => {
    const own = spots.filter((s) => s.level !== "country");
    map.fitBounds(L.latLngBounds((own.length ? own : spots).map((s) => [s.lat, s.lon])).pad(0.25), { maxZoom: 8 });
  };
  /* The middle of what is told most, so that one far place does not shrink the rest. */
  const CUT = 0.06;
  const inner = (spots, key) => {
    const sorted = spots.map((s) => [s[key], s.incidents || (s.things || []).length || 1]).sort((a, b) => a[0] - b[0]);
    const whole = sorted.reduce((sum, x) => sum + x[1], 0);
    const at = (share) => { let sum = 0; for (const [value, many] of sorted) { sum += many; if (sum >= whole * share) return value; } return sorted.at(-1)[0]; };
    return [at(CUT), at(1 - CUT)];
  };
  const fitMost = (map, spots) => {
    const own = spots.filter((s) => s.level !== "country");
    const some = own.length ? own : spots;
    const [south, north] = inner(some, "lat");
    const [west, east] = inner(some, "lon");
    map.fitBounds(L.latLngBounds([south, west], [north, east]).pad(0.15), { maxZoom: 8 });
  };

  const draw = (map, data, spot, colour, size, dash) => {
    const at = [spot.lat, spot.lon];
    const wide = { color: colour, weight: 1.5, dashArray: dash || "5 4", fillColor: colour, fillOpacity: 0.1 };
    const outline = spot.level === "country" && shapeOf(data, spot.name);
    if (outline) return L.geoJSON(outline, { style: { ...wide, fillOpacity: 0.08 } }).addTo(map);
    if (spot.km) return L.circle(at, { radius: spot.km * 1000, ...wide }).addTo(map);
    return L.circleMarker(at, { radius: size, color: "#fff", weight: 1.2, fillColor: colour, fillOpacity: 0.85 }).addTo(map);
  };
  const light = (shape, wide, colour, on) => shape.setStyle(wide ? { color: on ? COLOURS.on : colour, weight: on ? 4 : 1.5 } : { fillColor: on ? COLOURS.on : colour, color: on ? "#000" : "#fff" });
  const popup = (spot, lines) => {
    const box = document.createElement("div");
    box.className = "pop";
    const name = document.createElement("a");
    const here = new URL(location.pathname === "/desk" ? location.href : "/desk", location.origin);
    here.searchParams.set("place", spot.name);
    here.searchParams.delete("start");
    name.href = here.pathname + here.search;
    const title = document.createElement("b");
    title.textContent = spot.called || spot.name;
    name.append(title);
    box.append(name);
    for (const line of lines) { const row = document.createElement("div"); row.textContent = line; box.append(row); }
    return box;
  };

  /* The desk's map: all places that the filter finds; its view can become part of the filter. */
  const live = async (box) => {
    const map = make(box);
    map.setView([28, 40], 3);
    const [{ spots }, data] = await Promise.all([fetch(box.dataset.src).then((x) => x.json()), base(map)]);
    if (!spots.length) return;
    const asked = new URL(location.href).searchParams.get("area");
    if (asked) {
      const [south, west, north, east] = asked.split(",").map(Number);
      map.fitBounds([[south, west], [north, east]]);
      L.rectangle([[south, west], [north, east]], { color: "#1d2430", weight: 1, fill: false, dashArray: "3 5", interactive: false }).addTo(map);
    } else fitMost(map, spots);
    const drawn = new Map();
    for (const spot of [...spots].sort((a, b) => b.km - a.km || b.incidents - a.incidents)) {
      const colour = spot.disputed ? COLOURS.disputed : COLOURS.calm;
      const shape = draw(map, data, spot, colour, Math.min(15, 3 + 1.6 * Math.sqrt(spot.incidents)));
      shape.bindPopup(() => popup(spot, [`${box.dataset.events}: ${spot.incidents}`, ...(spot.disputed ? [`${box.dataset.dispute}: ${spot.disputed}`] : [])]));
      shape.on("click", () => mark((row) => row.dataset.places.split("|").includes(spot.name)));
      drawn.set(spot.name, [...(drawn.get(spot.name) || []), [shape, spot.km, colour]]);
    }
    box.dataset.ready = "yes";
    for (const row of document.querySelectorAll("[data-places]")) {
      const names = row.dataset.places.split("|");
      for (const [event, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]]) {
        row.addEventListener(event, () => {
          for (const name of names) for (const [shape, wide, colour] of drawn.get(name) || []) light(shape, wide, colour, on);
        });
      }
    }
    const button = box.closest("figure").querySelector("[data-area]");
    map.on("moveend", () => { button.hidden = false; });
    button.addEventListener("click", () => {
      const view = map.getBounds();
      const wrap = (x) => Math.max(-180, Math.min(180, x)).toFixed(2);
      const high = (x) => Math.max(-90, Math.min(90, x)).toFixed(2);
      const here = new URL(location.href);
      here.searchParams.set("area", [high(view.getSouth()), wrap(view.getWest()), high(view.getNorth()), wrap(view.getEast())].join(","));
      here.searchParams.delete("start");
      Pages.go(here);
    });
  };
  const mark = (fits) => {
    let first = null;
    for (const row of document.querySelectorAll("[data-places]")) {
      const on = fits(row);
      row.classList.toggle("on", on);
      if (on && !first) first = row;
    }
    if (first) first.scrollIntoView({ block: "nearest" });
  };

  /* A map of things that the page itself holds. A spot's `holders` give it a colour and a line style each. */
  const fixed = async (box) => {
    const spots = JSON.parse(document.getElementById(box.dataset.spots).textContent);
    const map = make(box);
    (spots.length > 6 || box.dataset.most ? fitMost : fit)(map, spots);
    const data = await base(map);
    const drawn = new Map();
    const holders = [...document.querySelectorAll(".holders [data-holder]")].map((x) => x.dataset.holder);
    const colourOf = (name) => PALETTE[holders.indexOf(name)] || OTHER;
    for (const spot of spots) {
      const own = spot.holders || [];
      const contested = spot.things.some((x) => x.disputed);
      const colour = own.length === 1 ? colourOf(own[0]) : contested && own.length < 2 ? COLOURS.disputed : own.length ? OTHER : COLOURS.calm;
      const shape = draw(map, data, spot, colour, own.length ? 8 : 6 + Math.min(6, spot.things.length), own.length === 1 ? STYLES[Math.max(0, holders.indexOf(own[0])) % STYLES.length] : null);
      if (own.length > 1 && !spot.km) own.slice(0, 3).forEach((name, n) => L.circleMarker([spot.lat, spot.lon], { radius: 9 + 3 * n, color: colourOf(name), weight: 2.5, fill: false, interactive: false }).addTo(map));
      shape.bindPopup(() => popup(spot, spot.lines || []));
      shape.on("click", () => {
        const ids = new Set(spot.things.map((x) => x.id));
        for (const row of document.querySelectorAll("[data-id]")) row.classList.toggle("on", ids.has(row.dataset.id));
        const first = document.querySelector("[data-id].on");
        if (first) first.scrollIntoView({ block: "nearest" });
      });
      for (const thing of spot.things) drawn.set(thing.id, [...(drawn.get(thing.id) || []), [shape, spot.km, colour]]);
    }
    for (const key of document.querySelectorAll("[data-holder]")) {
      const at = holders.indexOf(key.dataset.holder);
      key.style.setProperty("--holder", at >= 0 ? PALETTE[at] : OTHER);
    }
    lines(map);
    box.dataset.ready = "yes";
    for (const row of document.querySelectorAll("[data-id]")) {
      for (const [name, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]]) {
        row.addEventListener(name, () => { for (const [shape, wide, colour] of drawn.get(row.dataset.id) || []) light(shape, wide, colour, on); });
      }
    }
  };
  /* Lines of movements, with a head that shows where to. */
  const lines = (map) => {
    const moves = document.getElementById("lines");
    for (const move of moves ? JSON.parse(moves.textContent) : []) {
      const told = document.createElement("div");
      told.className = "pop";
      for (const [tag, words] of [["b", move.ends.join(" → ")], ["div", move.days.join(" · ")]]) { const row = document.createElement(tag); row.dir = "auto"; row.textContent = words; told.append(row); }
      const style = { color: "#7b2d8b", weight: 1.5 + Math.min(4, move.batches / 2), opacity: 0.75, dashArray: move.planned ? "6 6" : null };
      L.polyline([move.from, move.to], style).addTo(map).bindPopup(told);
      const part = (a, b, share) => a + (b - a) * share;
      const turn = Math.atan2(move.to[0] - move.from[0], move.to[1] - move.from[1]);
      const far = Math.min(0.35, Math.hypot(move.to[0] - move.from[0], move.to[1] - move.from[1]) * 0.1);
      const tip = [part(move.from[0], move.to[0], 0.9), part(move.from[1], move.to[1], 0.9)];
      const wing = (angle) => [tip[0] - far * Math.sin(turn + angle), tip[1] - far * Math.cos(turn + angle)];
      L.polygon([tip, wing(0.45), wing(-0.45)], { color: "#7b2d8b", fillOpacity: 1, weight: 1 }).addTo(map);
    }
  };
  return { live, fixed };
})();
