/* The page of a plan: choose a way, choose a step, read where its numbers are from. */
(() => {
  const svg = mapView.svg;
  const told = document.getElementById("told");
  const data = JSON.parse(document.getElementById("data").textContent);
  const all = (query, root) => [...(root || document).querySelectorAll(query)];
  const node = (name, text, style) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (style) made.className = style;
    return made;
  };
  let way = document.querySelector("input[name=way]:checked").value;
  let chart = "front";

  function chooseWay(next, keepView) {
    way = String(next);
    document.querySelector(`input[name=way][value="${way}"]`).checked = true;
    for (const panel of all("#panels > .panel")) panel.hidden = panel.dataset.way !== way;
    for (const group of all("#ways-drawn > g")) {
      const mine = group.dataset.way === way;
      group.classList.toggle("other", !mine && group.dataset.way !== "0"); // 0 stands for every way
      for (const leg of all(".leg", group)) leg.setAttribute("tabindex", mine ? "0" : "-1");
      if (mine) {
        group.parentNode.append(group); // drawn last, on top
        if (!keepView) mapView.show(group.dataset.box.split(" ").map(Number), true);
      }
    }
    for (const group of all("#marks-drawn > g")) group.classList.toggle("away", group.dataset.way !== way && group.dataset.way !== "0");
    for (const point of all(".point")) {
      point.classList.toggle("chosen", point.dataset.way === way);
      point.setAttribute("aria-pressed", String(point.dataset.way === way));
    }
    told.textContent = "";
    clearStep();
    showChart();
    mapView.draw();
  }

  function showChart() {
    for (const one of all(".chart")) {
      one.hidden = one.dataset.chart !== chart || (one.dataset.way !== undefined && one.dataset.way !== way);
    }
    mapView.draw();
  }

  function clearStep() {
    for (const leg of all("#map .leg.on")) leg.classList.remove("on");
    for (const step of all(".step[aria-current]")) step.removeAttribute("aria-current");
  }

  function chooseStep(number, fromMap) {
    clearStep();
    const step = document.querySelector(`.panel[data-way="${way}"] .step[data-step="${number}"]`);
    step.setAttribute("aria-current", "true");
    const words = all(".what, .where, .figures", step).map((part) => part.textContent);
    told.textContent = words.join(" · ");
    const leg = svg.querySelector(`#ways-drawn > g[data-way="${way}"] .leg[data-step="${number}"]`);
    if (leg) {
      leg.classList.add("on");
      const at = leg.getBBox();
      const room = Math.max(at.width, at.height, 80) * 0.35;
      mapView.show([at.x - room, at.y - room, at.width + 2 * room, at.height + 2 * room]);
    }
    if (fromMap) {
      step.querySelector("details").open = true;
      step.scrollIntoView({ block: "nearest" });
    }
  }

  function fill(step) {
    const place = step.querySelector(".sources");
    if (place.childElementCount) return;
    const numbers = data.ways[step.closest(".panel").dataset.way][step.dataset.step - 1];
    for (const number of numbers) {
      const [title, rows] = data.legs[number];
      if (numbers.length > 1) place.append(node("h3", title));
      const table = node("table");
      const caption = table.createCaption();
      caption.className = "away";
      caption.textContent = `Where the numbers of ${title} are from`;
      const notes = new Set();
      for (const [metric, value, level, sources, note, asOf, added] of rows) {
        const row = table.insertRow();
        const head = node("th", metric);
        head.scope = "row";
        row.append(head);
        row.insertCell().append(added ? `${value} + ${added}` : value);
        row.insertCell().append(node("span", level, `level ${level}`), asOf ? ` ${asOf}` : "");
        link(row.insertCell(), sources);
        if (note >= 0) notes.add(note);
      }
      place.append(table, ...[...notes].map((note) => node("p", data.notes[note], "note")));
    }
  }

  function link(cell, sources) {
    sources.forEach((id, index) => {
      if (index) cell.append("; ");
      const [publisher, title, url, asOf] = data.sources[id] || [id, "", "", ""];
      const words = [publisher, title].filter(Boolean).join(", ") || id;
      if (!url) { cell.append(words); return; }
      const anchor = node("a", publisher || id);
      anchor.href = url;
      anchor.title = asOf ? `${words} (${asOf})` : words;
      anchor.target = "_blank";
      anchor.rel = "noopener noreferrer";
      cell.append(anchor);
    });
  }

  const pressed = (event) => event.type === "click" || event.key === "Enter" || event.key === " ";
  function onPress(element, act) {
    element.addEventListener("click", act);
    element.addEventListener("keydown", (event) => { if (pressed(event)) { event.preventDefault(); act(event); } });
  }

  for (const input of all("input[name=way]")) input.addEventListener("change", () => chooseWay(input.value));
  for (const input of all("input[name=chart]")) input.addEventListener("change", () => { chart = input.value; showChart(); });
  for (const point of all(".point")) onPress(point, () => chooseWay(point.dataset.way));
  for (const leg of all("#map .leg")) {
    onPress(leg, () => {
      if (mapView.dragged()) return;
      const owner = leg.closest("[data-way]").dataset.way;
      if (owner !== way) chooseWay(owner, true);
      chooseStep(leg.dataset.step, true);
    });
  }
  for (const details of all(".step details")) {
    details.addEventListener("toggle", () => { if (details.open) fill(details.closest(".step")); });
    details.querySelector("summary").addEventListener("click", () => chooseStep(details.closest(".step").dataset.step, false));
  }
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") { clearStep(); told.textContent = ""; mapView.home(); }
  });
  chooseWay(way);
})();
