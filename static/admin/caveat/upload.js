// Dropping files on the page instead of choosing them. Without this script the same form chooses and sends them.
const zone = document.querySelector("[data-drop]");
const input = zone.querySelector("input[type=file]");
const list = document.querySelector("[data-chosen]");

zone.querySelector("[data-drop-words]").hidden = false;
zone.querySelector("[data-plain-words]").hidden = true;

function size(bytes) {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function show() {
  const lines = [...input.files].map((file) => {
    const line = document.createElement("li");
    line.textContent = `${file.name}, ${size(file.size)}`;
    return line;
  });
  list.replaceChildren(...lines);
  list.hidden = lines.length === 0;
}

function carries(event) {
  return event.dataTransfer && [...event.dataTransfer.types].includes("Files");
}

for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    zone.classList.add("drop-over");
  });
}
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) zone.classList.remove("drop-over");
});
document.addEventListener("drop", (event) => {
  if (!carries(event)) return;
  event.preventDefault();
  zone.classList.remove("drop-over");
  const all = new DataTransfer();
  for (const file of [...input.files, ...event.dataTransfer.files]) all.items.add(file);
  input.files = all.files;
  show();
});
input.addEventListener("change", show);
