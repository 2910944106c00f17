// The day slider of the matrix and of the map: moves the date of the form, which htmx then asks for; plays change by change.

const form = document.querySelector(".day-form");
const field = document.getElementById("ask-on");
const slider = document.getElementById("slider");
const DAY = 86_400_000;
const MONTH = 30;

if (slider) {
  const range = document.getElementById("range");
  const play = document.getElementById("play");
  const first = Date.parse(slider.dataset.first);
  const dayAt = (index) => new Date(first + index * DAY).toISOString().slice(0, 10);
  const indexOf = (day) => Math.round((Date.parse(day) - first) / DAY);
  let timer = 0;

  range.max = indexOf(slider.dataset.last);
  range.value = indexOf(field.value);
  slider.hidden = false;

  const ask = () => form.dispatchEvent(new Event("change", { bubbles: true }));
  const show = (day) => {
    field.value = day;
    range.value = indexOf(day);
    range.setAttribute("aria-valuetext", day);
  };

  range.addEventListener("input", (event) => {
    event.stopPropagation();
    show(dayAt(Number(range.value)));
  });
  range.addEventListener("keydown", (event) => {
    const step = { PageUp: MONTH, PageDown: -MONTH }[event.key];
    if (!step) return;
    event.preventDefault();
    const index = Math.min(Math.max(Number(range.value) + step, 0), Number(range.max));
    show(dayAt(index));
    ask();
  });
  field.addEventListener("change", () => field.value && show(field.value));

  const stop = () => {
    clearTimeout(timer);
    timer = 0;
    play.textContent = slider.dataset.play;
  };
  // One change after the other: the link to the next one says which day that is.
  const next = () => {
    const link = document.querySelector('.steps a[rel="next"]');
    if (!link) return stop();
    show(new URL(link.href).searchParams.get("on"));
    ask();
  };
  play.addEventListener("click", () => {
    if (timer) return stop();
    play.textContent = slider.dataset.pause;
    timer = 1;
    if (!document.querySelector('.steps a[rel="next"]')) show(slider.dataset.first), ask();
    else next();
  });
  document.body.addEventListener("htmx:afterSwap", () => {
    if (timer) timer = setTimeout(next, 900);
  });
  document.body.addEventListener("htmx:responseError", stop);
}
