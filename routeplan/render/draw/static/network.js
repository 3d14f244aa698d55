/* The page of a network: colour links by a property, hide modes, choose a link, find one. */
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const lines = [...mapView.svg.querySelectorAll("#ways-drawn .thin")];
  const order = [...document.querySelectorAll("input[name=color]")].map((input) => input.value);
  const every = new Set(data.links.flatMap((link) => link[2]));
  const panel = document.getElementById("link");
  const found = document.getElementById("found");
  const node = (name, text) => { const made = document.createElement(name); made.textContent = text; return made; };

  function color(by) {
    const index = order.indexOf(by);
    lines.forEach((line, n) => { line.classList.remove(...every); line.classList.add(data.links[n][2][index]); });
    const used = new Set(data.links.map((link) => link[2][index]));
    const list = document.getElementById("legend");
    const sample = (name) => {
      const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      svg.setAttribute("class", "picture");
      svg.setAttribute("viewBox", "0 0 30 16");
      svg.setAttribute("width", "30");
      svg.setAttribute("height", "16");
      svg.setAttribute("aria-hidden", "true");
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      path.setAttribute("class", `line ${name}`);
      path.setAttribute("d", "M2 8h26");
      svg.append(path);
      return svg;
    };
    const item = (name, words) => { const li = document.createElement("li"); li.append(sample(name), words); return li; };
    list.replaceChildren(
      ...data.legends[by].filter(([name]) => used.has(name)).map(([name, words]) => item(name, words)),
      ...data.routes.map(([name, words]) => item(name, words)),
      item("handling schematic", "schematic"),
    );
  }

  function hide() {
    const shown = new Set([...document.querySelectorAll("input[name=mode]:checked")].map((input) => input.value));
    lines.forEach((line, n) => line.classList.toggle("gone", !shown.has(data.links[n][1])));
  }

  function choose(n, zoom) {
    for (const line of lines) line.classList.toggle("on", line === lines[n]);
    lines[n].parentNode.append(lines[n]);
    const [title, , , facts, note] = data.links[n];
    const list = document.createElement("dl");
    for (const [name, value] of facts) list.append(node("dt", name), node("dd", value));
    panel.replaceChildren(node("h2", title), list);
    if (note) { const words = node("p", note); words.className = "soft"; panel.append(words); }
    if (zoom) {
      const at = lines[n].getBBox(), room = Math.max(at.width, at.height, 120) * 0.5;
      mapView.show([at.x - room, at.y - room, at.width + 2 * room, at.height + 2 * room]);
    }
  }

  function search(text) {
    const wanted = text.trim().toLocaleLowerCase();
    const hits = wanted ? data.links.map((link, n) => [link[0], n]).filter(([title]) => title.toLocaleLowerCase().includes(wanted)) : [];
    found.replaceChildren(...hits.slice(0, 60).map(([title, n]) => {
      const button = node("button", title);
      button.type = "button";
      button.addEventListener("click", () => choose(n, true));
      const item = document.createElement("li");
      item.append(button);
      return item;
    }));
    if (wanted && !hits.length) found.append(node("li", "no link has that name"));
  }

  lines.forEach((line, n) => line.addEventListener("click", () => { if (!mapView.dragged()) choose(n, false); }));
  for (const input of document.querySelectorAll("input[name=color]")) input.addEventListener("change", () => color(input.value));
  for (const input of document.querySelectorAll("input[name=mode]")) input.addEventListener("change", hide);
  document.getElementById("find").addEventListener("input", (event) => search(event.target.value));
  color(document.querySelector("input[name=color]:checked").value);
  hide();
})();
