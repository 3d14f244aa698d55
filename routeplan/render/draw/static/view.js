"use strict";
/* The view of a map drawn as SVG: zoom, move, keep marks and letters at their size, place labels. */
const mapView = (() => {
  const svg = document.getElementById("map");
  const spots = [...svg.querySelectorAll(".spot")];
  const WORLD = [0, 0, 22000, 16500];
  const LEAST = 60; // units across at the closest zoom, about 60 km
  let box = svg.getAttribute("viewBox").split(" ").map(Number); // what must be seen
  let seen = box; // what is seen, in the shape of the element
  let home = box;
  let unit = 1;

  function size() {
    const rect = svg.getBoundingClientRect();
    return [Math.max(rect.width, 1), Math.max(rect.height, 1)];
  }

  function draw() {
    const [width, height] = size();
    let [x, y, w, h] = box;
    const scale = Math.min(width / w, height / h);
    w = Math.min(Math.max(width / scale, LEAST), WORLD[2]);
    h = (w * height) / width;
    if (h > WORLD[3]) { h = WORLD[3]; w = (h * width) / height; }
    x = box[0] + box[2] / 2 - w / 2;
    y = box[1] + box[3] / 2 - h / 2;
    x = Math.min(Math.max(x, WORLD[0]), WORLD[2] - w);
    y = Math.min(Math.max(y, WORLD[1]), WORLD[3] - h);
    seen = [x, y, w, h];
    unit = w / width;
    svg.setAttribute("viewBox", seen.map((v) => v.toFixed(2)).join(" "));
    scaleSpots();
    label(width, height);
    bar(width);
  }

  function scaleSpots() {
    for (const spot of spots) {
      spot.setAttribute("transform", `translate(${spot.dataset.x} ${spot.dataset.y}) scale(${unit.toFixed(4)})`);
    }
  }

  function label(width, height) {
    for (const group of svg.querySelectorAll("#marks-drawn > g")) {
      const names = group.querySelector(".names");
      names.replaceChildren();
      if (!group.classList.contains("away")) place(group, names, width, height);
    }
  }

  function place(group, names, width, height) {
    const order = [".end", ".stop", ".gauge", ".border", ".wait", ".place"];
    const wanted = [];
    for (const kind of order) {
      for (const spot of group.querySelectorAll(".spot")) {
        if (!spot.querySelector(kind) || !spot.dataset.name) continue;
        const x = (spot.dataset.x - seen[0]) / unit;
        const y = (spot.dataset.y - seen[1]) / unit;
        if (x > 0 && y > 0 && x < width && y < height) wanted.push({ x, y, name: spot.dataset.name });
      }
    }
    const around = (p) => [p.x - 5, p.y - 5, p.x + 5, p.y + 5];
    const taken = wanted.map((p) => ({ of: p, box: around(p) }));
    for (const control of document.querySelectorAll("#map-box .tools, #map-box .legend, #scale")) {
      const at = control.getBoundingClientRect(), from = svg.getBoundingClientRect();
      taken.push({ box: [at.left - from.left, at.top - from.top, at.right - from.left, at.bottom - from.top] });
    }
    const done = [];
    const meet = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
    for (const p of wanted) {
      if (done.some((q) => Math.abs(p.x - q.x) + Math.abs(p.y - q.y) < 14)) continue;
      const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
      text.textContent = p.name;
      text.setAttribute("class", "name");
      names.append(text);
      const wide = text.getComputedTextLength();
      const sides = [["middle", 0, -9, wide / 2], ["middle", 0, 19, wide / 2], ["start", 10, 4.5, 0], ["end", -10, 4.5, wide]];
      const free = sides.find(([, dx, dy, back]) => {
        const at = [p.x + dx - back - 2, p.y + dy - 12, p.x + dx - back + wide + 2, p.y + dy + 4];
        if (at[0] < 0 || at[1] < 0 || at[2] > width || at[3] > height) return false;
        if (taken.some((other) => other.of !== p && meet(at, other.box))) return false;
        taken.push({ box: at });
        return true;
      });
      if (!free) { text.remove(); continue; }
      done.push(p);
      const x = seen[0] + (p.x + free[1]) * unit, y = seen[1] + (p.y + free[2]) * unit;
      text.setAttribute("text-anchor", free[0]);
      text.setAttribute("transform", `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${unit.toFixed(4)})`);
    }
  }

  /* A degree of the projection is 100 units and 111.3 km at the equator, less by the cosine northward. */
  function bar(width) {
    const scale = document.getElementById("scale");
    const projected = 110 - (seen[1] + seen[3] / 2) / 100;
    const latitude = 2 * Math.atan(Math.exp((projected * Math.PI) / 180)) - Math.PI / 2;
    const km = (unit / 100) * 111.32 * Math.cos(latitude);
    const most = Math.min(150, width / 3);
    const round = [5000, 2000, 1000, 500, 200, 100, 50, 20, 10, 5, 2].find((k) => k / km <= most) || 1;
    scale.querySelector("span").textContent = `${round} km`;
    scale.querySelector("i").style.width = `${(round / km).toFixed(0)}px`;
  }

  function zoom(factor, at) {
    const [x, y, w, h] = seen;
    const [width, height] = size();
    const u = at ? at[0] / width : 0.5, v = at ? at[1] / height : 0.5;
    const wide = Math.min(Math.max(w * factor, LEAST), WORLD[2]);
    const high = (wide * h) / w;
    box = [x + (w - wide) * u, y + (h - high) * v, wide, high];
    draw();
  }

  function move(dx, dy) {
    box = [seen[0] + dx * unit, seen[1] + dy * unit, seen[2], seen[3]];
    draw();
  }

  function show(next, isHome) {
    box = next;
    if (isHome) home = next;
    draw();
  }

  const pointers = new Map();
  let gap = 0, travelled = 0;
  const spot = (event) => { const r = svg.getBoundingClientRect(); return [event.clientX - r.left, event.clientY - r.top]; };
  svg.addEventListener("pointerdown", (event) => {
    pointers.set(event.pointerId, spot(event));
    travelled = 0;
    gap = 0;
  });
  svg.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const here = spot(event);
    travelled += Math.abs(here[0] - before[0]) + Math.abs(here[1] - before[1]);
    if (travelled < 4) return;
    if (!svg.hasPointerCapture(event.pointerId)) svg.setPointerCapture(event.pointerId);
    svg.classList.add("dragged");
    pointers.set(event.pointerId, here);
    if (pointers.size === 2) {
      const [a, b] = [...pointers.values()];
      const now = Math.hypot(a[0] - b[0], a[1] - b[1]);
      if (gap && now) zoom(gap / now, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
      gap = now;
    } else {
      move(before[0] - here[0], before[1] - here[1]);
    }
  });
  for (const name of ["pointerup", "pointercancel"]) {
    svg.addEventListener(name, (event) => { pointers.delete(event.pointerId); gap = 0; svg.classList.remove("dragged"); });
  }
  svg.addEventListener("wheel", (event) => { event.preventDefault(); zoom(Math.exp(Math.sign(event.deltaY) * 0.22), spot(event)); }, { passive: false });
  svg.addEventListener("dblclick", (event) => zoom(0.5, spot(event)));
  svg.addEventListener("keydown", (event) => {
    const step = 60;
    const act = {
      ArrowLeft: () => move(-step, 0), ArrowRight: () => move(step, 0), ArrowUp: () => move(0, -step), ArrowDown: () => move(0, step),
      "+": () => zoom(0.7), "=": () => zoom(0.7), "-": () => zoom(1.4), 0: () => show(home),
    }[event.key];
    if (act && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); act(); }
  });
  for (const button of document.querySelectorAll("#map-box .tools button")) {
    button.addEventListener("click", () => ({ in: () => zoom(0.6), out: () => zoom(1.6), fit: () => show(home) })[button.dataset.do]());
  }
  for (const leg of svg.querySelectorAll("#ways-drawn .leg, #ways-drawn .thin")) { // a casing for contrast, a wide line to hit
    for (const style of ["casing", "hit"]) {
      for (const path of [...leg.querySelectorAll(".line")].reverse()) {
        const copy = path.cloneNode();
        copy.setAttribute("class", style);
        leg.querySelector(".line, .casing").before(copy);
      }
    }
  }
  new ResizeObserver(() => draw()).observe(svg);
  addEventListener("beforeprint", () => { // paper has its own shape: the whole way, letters for 190 mm
    const width = 720, height = (720 * 80) / 190;
    seen = home;
    unit = Math.max(home[2] / width, home[3] / height);
    svg.setAttribute("viewBox", seen.join(" "));
    scaleSpots();
    label(home[2] / unit, home[3] / unit);
    bar(home[2] / unit);
  });
  addEventListener("afterprint", () => draw());
  const legend = document.querySelector("#map-box .legend");
  if (innerWidth < 900) legend.open = false;
  addEventListener("beforeprint", () => { legend.open = true; });
  legend.addEventListener("toggle", () => draw());
  return { svg, show, draw, home: () => show(home), dragged: () => travelled >= 4 };
})();
