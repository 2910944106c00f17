// Every chart as a picture and over the whole screen. A drawing that stands on the page has an address of its own as SVG:
// its button names it. The timeline, which the page draws itself, sends its drawing along with the event "picture".

const SCALE = 2;
const PAPER = "#ffffff";

// The policy of the page forbids addresses of blobs as images: ours holds the data itself.
const asAddress = (svg) => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;

async function raster(address) {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.naturalWidth * SCALE, image.naturalHeight * SCALE];
  const surface = canvas.getContext("2d");
  surface.fillStyle = PAPER;
  surface.fillRect(0, 0, canvas.width, canvas.height);
  surface.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
}

function keep(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function handOut({ svg, kind, file }) {
  const blob = kind === "svg" ? new Blob([svg], { type: "image/svg+xml" }) : await raster(asAddress(svg));
  keep(blob, `${file}.${kind}`);
}

async function fetched(button) {
  button.disabled = true;
  try {
    const answer = await fetch(button.dataset.png);
    if (answer.ok) await handOut({ svg: await answer.text(), kind: "png", file: button.dataset.file });
  } finally {
    button.disabled = false;
  }
}

document.documentElement.classList.toggle("no-full-screen", !document.fullscreenEnabled);
document.addEventListener("picture", ({ detail }) => handOut(detail));
document.addEventListener("click", ({ target }) => {
  const png = target.closest("[data-png]");
  if (png) fetched(png);
  if (target.closest("[data-full]")) target.closest("figure").requestFullscreen();
});
