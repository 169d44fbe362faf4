"use strict";
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    const form = event.target.closest("form.paste");
    if (form) { event.preventDefault(); form.requestSubmit(); }
  }
});

for (const trial of document.querySelectorAll("[data-try]")) trial.addEventListener("click", () => {
  const form = document.querySelector("form.paste");
  form.elements.text.value = trial.dataset.text;
  form.elements.published.value = trial.dataset.published;
  form.elements.outlet.value = trial.dataset.outlet;
  form.requestSubmit();
});

/* What cannot be read is said before it is sent, so that the text stays where it is. */
const ARABIC = /[\u0621-\u064A\u0660-\u06D3\uFB50-\uFDFF\uFE70-\uFEFC]/gu;
const wrong = (form) => {
  const text = form.elements.text.value, said = form.dataset, file = form.elements.upload.files[0];
  if (file) return file.size > 4e6 ? said.large : "";
  if (!text.trim()) return form.elements.url && form.elements.url.value.trim() ? "" : said.empty;
  const length = [...text].length, most = Number(said.most);
  if (length > most) return said.long.replace("{n}", length.toLocaleString("en")).replace("{most}", most.toLocaleString("en"));
  return text.match(ARABIC) ? "" : said.other;
};

/* A file that is dropped on the box is read as if it had been chosen; a form that is being sent says so. */
for (const form of document.querySelectorAll("form.paste[data-busy]")) {
  const box = form.elements.text, file = form.elements.upload, named = form.querySelector(".file .quiet"), problem = form.querySelector("#problem");
  const name = () => { named.textContent = file.files[0] ? file.files[0].name : named.dataset.name; };
  const tell = (words) => { problem.textContent = words; problem.hidden = !words; box.setAttribute("aria-invalid", String(Boolean(words))); };
  file.addEventListener("change", () => { name(); tell(""); if (file.files[0]) form.requestSubmit(); });
  box.addEventListener("input", () => { tell(""); box.dir = box.value ? "auto" : "rtl"; });
  box.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("Files")) { event.preventDefault(); box.classList.add("over"); } });
  box.addEventListener("dragleave", () => box.classList.remove("over"));
  box.addEventListener("drop", (event) => {
    box.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    file.files = event.dataTransfer.files;
    name();
    form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    const words = wrong(form);
    tell(words);
    if (words) { event.preventDefault(); file.value = ""; name(); return box.focus(); }
    const button = form.querySelector(".main-action");
    button.textContent = form.dataset.busy;
    button.disabled = true;
  });
}
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

/* Moving on within a page: by htmx where the page's part can be exchanged, else by the browser. */
const Pages = {
  go(url) {
    const desk = document.getElementById("desk");
    if (!desk || !window.htmx) return void location.assign(url);
    const path = url.pathname + url.search;
    htmx.ajax("GET", path, { target: "#desk", select: "#desk", swap: "outerHTML show:none" }).then(() => history.pushState({ htmx: true }, "", path));
  },
};

/* The timeline: a press narrows to a bar, drawing over several bars to all of them. */
const startTimeline = (line) => {
  const svg = line.querySelector("svg");
  let first = null, last = null, drawn = false;
  const paint = () => {
    if (!first) return;
    const [low, high] = [first.dataset.since, last.dataset.since].sort();
    for (const bar of svg.querySelectorAll("a")) bar.classList.toggle("over", bar.dataset.since >= low && bar.dataset.since <= high);
  };
  svg.addEventListener("pointerdown", (event) => { first = last = event.target.closest("a"); drawn = false; if (first) event.preventDefault(); });
  svg.addEventListener("pointermove", (event) => {
    if (!first) return;
    const bar = document.elementFromPoint(event.clientX, event.clientY)?.closest?.("svg a");
    if (bar && bar !== last) { last = bar; drawn = true; paint(); }
  });
  addEventListener("pointerup", () => {
    if (first && drawn) {
      const [a, b] = first.dataset.since <= last.dataset.since ? [first, last] : [last, first];
      const here = new URL(location.href);
      here.searchParams.set("since", a.dataset.since);
      here.searchParams.set("until", b.dataset.until);
      here.searchParams.delete("start");
      Pages.go(here);
    }
    first = null;
  });
  svg.addEventListener("click", (event) => { if (drawn) { event.preventDefault(); event.stopPropagation(); drawn = false; } }, true);
};

const startPart = (part) => {
  for (const box of part.querySelectorAll(".leaf:not([data-started])")) {
    box.dataset.started = "yes";
    (box.dataset.src ? Maps.live : Maps.fixed)(box);
  }
  for (const line of part.querySelectorAll(".timeline")) startTimeline(line);
};
startPart(document);
document.addEventListener("htmx:afterSwap", () => startPart(document.getElementById("desk") || document));

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

/* Where the pages' names do not fit beside one another, the one that is open is in view. */
const open_ = document.querySelector(".bar nav [aria-current]");
if (open_) open_.parentElement.scrollLeft += open_.getBoundingClientRect().x - open_.parentElement.getBoundingClientRect().x - 40;

/* The day slider of the page of control. */
const slide = document.getElementById("slide");
if (slide) {
  const days = slide.dataset.days.split(" ");
  slide.addEventListener("input", () => { document.getElementById("slid").textContent = days[slide.value]; });
  slide.addEventListener("change", () => { slide.form.elements.day.value = days[slide.value]; slide.form.submit(); });
}
