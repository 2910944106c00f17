// Keys for the pages of the desk: they work without them, each stands for a button or a link that is there.

const cards = () => [...document.querySelectorAll("[data-card]")];

function currentCard() {
  const focused = document.activeElement?.closest("[data-card]");
  return focused ?? document.querySelector(".card-current") ?? cards()[0];
}

// Only one claim is open: its neighbours are links.
function move(step) {
  const all = cards();
  const next = all[all.indexOf(currentCard()) + step];
  if (next instanceof HTMLAnchorElement) next.click();
  else next?.focus();
}

// Scrolls the text beside the cards, where it scrolls by itself; on a phone the card stays where it is.
function showQuoteOf(card) {
  const quote = document.getElementById(`quote-${card.id}`);
  const text = quote?.closest(".dispatch-text");
  if (!text || text.scrollHeight <= text.clientHeight) return;
  const distance = quote.getBoundingClientRect().top - text.getBoundingClientRect().top;
  text.scrollTop += distance - text.clientHeight / 3;
}

function press(key) {
  const control = document.querySelector(".card-current")?.querySelector(`[data-key="${key}"]`);
  if (!control) return;
  if (control instanceof HTMLDetailsElement) {
    control.open = true;
    control.querySelector("select, input:not([type=hidden])")?.focus();
  } else {
    control.click();
  }
}

function editFields() {
  const field = document.querySelector(".card-current .claim-form select");
  if (field) field.focus();
  else press("e");
}

const follow = (key) => document.querySelector(`a[data-page-key="${key}"]`)?.click();
const showKeys = () => document.getElementById("keys")?.showModal();

const actions = {
  j: () => move(1),
  k: () => move(-1),
  e: editFields,
  n: () => follow("n"),
  q: () => follow("q"),
  "?": showKeys,
  ...Object.fromEntries([..."aprmsu"].map((key) => [key, () => press(key)])),
};

function isTyping(target) {
  return target instanceof Element && target.closest("input, select, textarea, dialog, [contenteditable]");
}

document.addEventListener("keydown", (event) => {
  // A key held down must not decide the next claim as well; what another module has used is not ours.
  if (event.repeat || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (isTyping(event.target)) return;
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

document.querySelector(".keys-button")?.addEventListener("click", showKeys);

// One click, one decision: a second one would land on a page that has moved on.
document.addEventListener("submit", (event) => {
  if (event.target.method === "dialog") return;
  const buttons = document.querySelectorAll("button[type=submit]");
  // Only once the form is on its way: a disabled button would not say that it was the one pressed.
  setTimeout(() => buttons.forEach((button) => (button.disabled = true)));
});

// A page that the browser kept comes back as it was left, with its buttons off.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});

// The attribute autofocus comes too early: django-unfold shows the page only when Alpine has run.
window.addEventListener("load", () => {
  (document.querySelector("[data-focus]") ?? document.querySelector(".edit-claim select"))?.focus();
  const current = document.querySelector(".card-current");
  if (!current) return;
  const outcome = document.getElementById("outcome");
  current.focus({ preventScroll: true });
  if (outcome) outcome.scrollIntoView();
  else if (current.getBoundingClientRect().top > window.innerHeight / 2) current.scrollIntoView();
  if (current.matches("[data-card]")) showQuoteOf(current);
});
