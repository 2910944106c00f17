// Draws the timeline that the server made: loads Plotly when the chart comes into view (on phones, when asked),
// follows the theme and the width of the screen, and lets a keyboard go from bar to bar.

const host = document.getElementById("timeline");
const told = document.getElementById("told");
const source = document.getElementById("timeline-figure").textContent;
const paper = matchMedia("print"); // paper is light
const system = matchMedia("(prefers-color-scheme: dark)");
const narrow = matchMedia("(max-width: 47.9rem)");
const colours = JSON.parse(source).dark;

const CHARACTER = 6.7; // pixels, at 12 px
const AIR = 14; // pixels that a label needs beside its text

let stops = [];
let at = -1;

const isDark = () => !paper.matches && (document.documentElement.dataset.theme ?? (system.matches ? "dark" : "light")) === "dark";

function figure() {
  const recolour = (key, value) => (typeof value === "string" && colours[value]) || value;
  const read = JSON.parse(source, isDark() ? recolour : undefined);
  const { data, layout } = read.figure;
  if (!narrow.matches) return { data, layout };
  const { yaxis, ...rest } = read.narrow;
  return { data, layout: { ...layout, ...rest, yaxis: { ...layout.yaxis, ...yaxis } } };
}

// The longest of a bar's labels that fits into it; none where none does.
function fitLabels({ data, layout }) {
  const [first, last] = layout.xaxis.range.map(Date.parse);
  const pixels = (host.clientWidth - layout.margin.l - layout.margin.r) / (last - first);
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
  fitLabels(drawn);
  await Plotly.react(host, drawn.data, drawn.layout, { displayModeBar: false, responsive: false });
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

const address = (position) => host.dataset.position.replace("/0/", `/${position}/`);

function tell(position, sentence) {
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
  Enter: () => at >= 0 && location.assign(address(stops[at].position)),
  Escape: () => Plotly.Fx.unhover(host),
};

function listen() {
  host.addEventListener("keydown", (event) => {
    if (!stops.length || !keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
  });
  host.on("plotly_click", ({ points }) => {
    const [position, sentence] = points.find((point) => point.customdata)?.customdata ?? [];
    if (position === undefined) return;
    if (matchMedia("(hover: none)").matches) tell(position, sentence);
    else location.assign(address(position));
  });
  paper.addEventListener("change", draw);
  addEventListener("themechange", draw);
  let waiting;
  let width = host.clientWidth;
  new ResizeObserver(() => {
    if (host.clientWidth === width) return;
    width = host.clientWidth;
    clearTimeout(waiting);
    waiting = setTimeout(draw, 120);
  }).observe(host);
}

function loadPlotly() {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = host.dataset.plotly;
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    document.head.append(script);
  });
}

async function begin() {
  try {
    await loadPlotly();
    await draw();
    listen();
  } catch (error) {
    host.hidden = true;
    told.textContent = host.dataset.failed;
    throw error;
  }
}

const whenIdle = window.requestIdleCallback ?? ((run) => setTimeout(run, 1));

if (narrow.matches) {
  document.getElementById("signs")?.removeAttribute("open");
  const button = document.getElementById("draw");
  button.hidden = false;
  button.addEventListener("click", () => {
    button.remove();
    begin();
  });
} else {
  host.hidden = false;
  host.style.minHeight = `${JSON.parse(source).figure.layout.height}px`;
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watcher.disconnect();
    whenIdle(begin);
  });
  watcher.observe(host);
}
