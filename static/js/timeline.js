// Draws the timeline that the server made: loads Plotly when the chart comes into view (on phones, when asked), follows
// the theme and the width of the screen, lets a keyboard go from bar to bar and a mouse choose a stretch of days, and
// draws the chart anew for a picture that stands alone (pictures.js hands it out). The form that stands beside a chart, where there is one, holds what is shown:
// htmx swaps the results, and with them the chart, which is then begun anew.

const paper = matchMedia("print"); // paper is light
const system = matchMedia("(prefers-color-scheme: dark)");
const narrow = matchMedia("(max-width: 47.9rem)");
const whenIdle = window.requestIdleCallback ?? ((run) => setTimeout(run, 1));

const CHARACTER = 6.7; // pixels, at 12 px
const AIR = 14; // pixels that a label needs beside its text
const PICTURE = { width: 1200 };
const LINE = { characters: 92, pixels: 27 }; // of a picture's title

let host, told, source, leaving, loading;
let stops = [];
let at = -1;
let range = [];

const isDark = () => !paper.matches && (document.documentElement.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";

function figure({ dark = isDark(), phone = narrow.matches } = {}) {
  const colours = dark ? JSON.parse(source).dark : {};
  const read = JSON.parse(source, (key, value) => (typeof value === "string" && colours[value]) || value);
  const { data, layout } = read.figure;
  if (!phone) return { data, layout };
  const { yaxis, yaxis2, ...rest } = read.narrow;
  const xaxis = { ...layout.xaxis, fixedrange: true };
  const names = { yaxis: { ...layout.yaxis, ...yaxis }, yaxis2: { ...layout.yaxis2, ...yaxis2 } };
  return { data, layout: { ...layout, ...rest, ...names, dragmode: false, xaxis } };
}

// The longest of a bar's labels that fits into it; none where none does.
function fitLabels({ data, layout }) {
  const [first, last] = layout.xaxis.range.map(Date.parse);
  const pixels = (layout.width - layout.margin.l - layout.margin.r) / (last - first);
  for (const trace of data.filter((one) => one.meta?.labels)) {
    trace.text = trace.meta.labels.map((labels, i) => {
      const seen = Math.min(Date.parse(trace.base[i]) + trace.x[i], last) - Math.max(Date.parse(trace.base[i]), first);
      return labels.find((label) => label.length * CHARACTER + AIR <= seen * pixels) ?? "";
    });
  }
}

async function draw() {
  host.hidden = false;
  const drawn = figure();
  drawn.layout.width = host.clientWidth;
  range = drawn.layout.xaxis.range;
  fitLabels(drawn);
  host.querySelector(":scope > svg")?.remove(); // it kept the chart's room
  await Plotly.react(host, drawn.data, drawn.layout, {
    displayModeBar: false,
    responsive: false,
    showTips: false,
    doubleClick: false,
  });
  stops = keyboardStops(drawn.data);
}

// Every bar once, line by line, in the order of days.
function keyboardStops(data) {
  const seen = new Set();
  return data
    .flatMap((trace, curveNumber) =>
      (trace.meta?.labels ?? []).map((_, pointNumber) => ({
        curveNumber,
        pointNumber,
        line: trace.y[pointNumber],
        first: trace.base[pointNumber],
        position: trace.customdata[pointNumber][0],
        sentence: trace.customdata[pointNumber][1],
      })),
    )
    .sort((a, b) => a.line - b.line || a.first.localeCompare(b.first))
    .filter(({ line, position }) => !seen.has(`${line} ${position}`) && seen.add(`${line} ${position}`));
}

// In a frame the page around it stays: what is opened gets a window of its own.
const visit = (position) => (window === top ? location.assign(address(position)) : window.open(address(position), "_blank", "noopener"));
const address = (position) => host.dataset.position.replace("/0/", `/${position}/`);

function tell(position, sentence) {
  if (position < 0) return told.replaceChildren(sentence); // what nobody recorded has no page
  const link = document.createElement("a");
  link.href = address(position);
  link.textContent = host.dataset.open;
  told.replaceChildren(sentence, " ", link);
}

function stopAt(index) {
  at = Math.max(0, Math.min(stops.length - 1, index));
  const { curveNumber, pointNumber, position, sentence } = stops[at];
  Plotly.Fx.hover(host, [{ curveNumber, pointNumber }]);
  tell(position, sentence);
}

const lineFrom = (step) => {
  const lines = [...new Set(stops.map((stop) => stop.line))];
  const line = lines[lines.indexOf(stops[Math.max(at, 0)].line) + step];
  return line === undefined ? at : stops.findIndex((stop) => stop.line === line);
};

const keys = {
  ArrowRight: () => stopAt(at + 1),
  ArrowLeft: () => stopAt(at - 1),
  ArrowDown: () => stopAt(at < 0 ? 0 : lineFrom(1)),
  ArrowUp: () => stopAt(lineFrom(-1)),
  Home: () => stopAt(0),
  End: () => stopAt(stops.length - 1),
  Enter: () => at >= 0 && stops[at].position >= 0 && visit(stops[at].position),
  Escape: () => Plotly.Fx.unhover(host),
};

function pressed(event) {
  if (!stops.length || !keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  keys[event.key]();
}

function clicked({ points }) {
  const [position, sentence] = points.find((point) => point.customdata)?.customdata ?? [];
  if (position === undefined) return;
  if (position < 0 || matchMedia("(hover: none)").matches) tell(position, sentence);
  else visit(position);
}

// A stretch of days was drawn: the form asks for it, so that the address says it. Without a form the chart alone moves.
function brushed(change) {
  const days = [change["xaxis.range[0]"], change["xaxis.range[1]"]].map((day) => String(day ?? "").slice(0, 10));
  if (!days[0]) return;
  const [first, last] = ["ask-from", "ask-to"].map((id) => document.getElementById(id));
  if (!first || !last) return;
  [first.value, last.value] = days;
  first.form.requestSubmit();
}

function wholePeriod() {
  const fields = ["ask-from", "ask-to"].map((id) => document.getElementById(id)).filter(Boolean);
  if (!fields.some((field) => field.value)) return Plotly.relayout(host, { "xaxis.range": range });
  for (const field of fields) field.value = "";
  fields[0].form.requestSubmit();
}

// The title in lines, as wide as the picture.
function inLines(text) {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    if (`${lines.at(-1)} ${word}`.length > LINE.characters) lines.push(word);
    else lines[lines.length - 1] = `${lines.at(-1)} ${word}`.trim();
  }
  return lines;
}

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

// The chart with what it needs to stand alone: its finding, what the colours mean, where it is from. Always light.
function standingAlone() {
  const { data, layout } = figure({ dark: false, phone: false });
  const { names, note } = host.dataset;
  const words = JSON.parse(names);
  const named = new Set();
  for (const trace of data) {
    const first = Boolean(trace.meta?.own) && !named.has(trace.name);
    if (first) named.add(trace.name);
    Object.assign(trace, { showlegend: first, name: words[trace.name] ?? trace.name });
  }
  const lines = inLines(document.getElementById("finding").textContent);
  const { margin, font } = layout;
  const title = lines.length * LINE.pixels + 12;
  const above = title + 44;
  const height = layout.height + above + 40;
  const down = (pixels) => 1 - pixels / height;
  const source = { x: 0, xref: "paper", xanchor: "left", xshift: 10 - margin.l, y: 0, yref: "paper", yanchor: "top", showarrow: false };
  Object.assign(layout, {
    width: PICTURE.width,
    height,
    margin: { ...margin, t: margin.t + above, b: margin.b + 40 },
    showlegend: true,
    legend: { orientation: "h", x: 0.005, xref: "container", xanchor: "left", y: down(title + 14), yref: "container", yanchor: "top" },
    title: {
      text: lines.map(escaped).join("<br>"),
      font: { ...font, size: 20, family: "Georgia, serif" },
      ...{ x: 0.01, xref: "container", xanchor: "left", y: down(26), yref: "container", yanchor: "auto" },
    },
    annotations: [{ ...source, text: escaped(note), yshift: -margin.b - 8, font: { ...font, size: 11 } }],
  });
  fitLabels({ data, layout });
  return { data, layout };
}

async function handOut(kind) {
  const { data, layout } = standingAlone();
  const { width, height } = layout;
  const drawn = await Plotly.toImage({ data, layout }, { format: "svg", width, height });
  const svg = decodeURIComponent(drawn.slice(drawn.indexOf(",") + 1));
  document.dispatchEvent(new CustomEvent("picture", { detail: { svg, kind, file: host.dataset.file } }));
}

function offerTools(signal) {
  const tools = document.getElementById("tools");
  if (!tools) return;
  tools.hidden = false;
  for (const button of tools.querySelectorAll("[data-picture]"))
    button.addEventListener("click", () => handOut(button.dataset.picture), { signal });
}

function listen(signal) {
  host.addEventListener("keydown", pressed, { signal });
  host.on("plotly_click", clicked);
  host.on("plotly_relayout", brushed);
  host.on("plotly_doubleclick", wholePeriod);
  paper.addEventListener("change", draw, { signal });
  addEventListener("themechange", draw, { signal });
  offerTools(signal);
  let waiting;
  let width = host.clientWidth;
  const watcher = new ResizeObserver(() => {
    if (host.clientWidth === width) return;
    width = host.clientWidth;
    clearTimeout(waiting);
    waiting = setTimeout(draw, 120);
  });
  watcher.observe(host);
  signal.addEventListener("abort", () => watcher.disconnect());
}

function loadPlotly() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = host.dataset.plotly;
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    document.head.append(script);
  });
  return loading;
}

async function begin(signal) {
  told.textContent = host.dataset.drawing;
  try {
    await loadPlotly();
    await new Promise((resolve) => whenIdle(resolve)); // a task of its own: in between the browser answers the reader
    if (signal.aborted) return;
    await draw();
    listen(signal);
    told.textContent = "";
  } catch (error) {
    host.hidden = true;
    host.replaceChildren();
    loading = undefined;
    told.textContent = host.dataset.failed;
    throw error;
  }
}

function whenSeen(signal) {
  host.hidden = false;
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watcher.disconnect();
    whenIdle(() => signal.aborted || begin(signal));
  });
  watcher.observe(host);
}

function whenAsked(signal) {
  document.getElementById("signs")?.removeAttribute("open");
  const button = document.getElementById("draw");
  button.hidden = false;
  button.addEventListener("click", () => {
    button.remove();
    begin(signal);
  });
}

// The chart that stands on the page now; what the one before it listened to is let go.
function arrive() {
  const found = document.getElementById("timeline");
  if (found === host) return;
  leaving?.abort();
  host = found;
  if (!host) return;
  leaving = new AbortController();
  [stops, at] = [[], -1];
  told = document.getElementById("told");
  source = document.getElementById("timeline-figure").textContent;
  if (window.Plotly) begin(leaving.signal);
  else if (narrow.matches) whenAsked(leaving.signal);
  else whenSeen(leaving.signal);
}

arrive();
document.body.addEventListener("htmx:afterSwap", arrive);
