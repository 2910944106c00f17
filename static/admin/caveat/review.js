// Keys for the review page: the page works without them, each stands for a button that is there.

const cards = () => [...document.querySelectorAll("[data-card]")];

function currentCard() {
  const focused = document.activeElement?.closest("[data-card]");
  return focused ?? document.querySelector(".card-current") ?? cards()[0];
}

function move(step) {
  const all = cards();
  const next = all[all.indexOf(currentCard()) + step];
  if (!next) return;
  document.querySelector(".card-current")?.classList.remove("card-current");
  next.classList.add("card-current");
  next.focus();
  showQuoteOf(next);
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
  const control = currentCard()?.querySelector(`[data-key="${key}"]`);
  if (!control) return;
  if (control instanceof HTMLDetailsElement) {
    control.open = true;
    control.querySelector("select, input:not([type=hidden])")?.focus();
  } else {
    control.click();
  }
}

function showKeys() {
  const keys = document.querySelector(".keys");
  keys?.classList.toggle("keys-wanted");
  keys?.scrollIntoView({ block: "nearest" });
}

const actions = {
  j: () => move(1),
  k: () => move(-1),
  a: () => press("a"),
  e: () => press("e"),
  r: () => press("r"),
  u: () => press("u"),
  "?": showKeys,
};

function isTyping(target) {
  return target instanceof Element && target.closest("input, select, textarea, [contenteditable]");
}

document.addEventListener("keydown", (event) => {
  // A key held down must not decide the next claim as well.
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

// One click, one decision: a second one would land on a page that has moved on.
document.addEventListener("submit", (event) => {
  const buttons = event.target.querySelectorAll("button[type=submit]");
  // Only once the form is on its way: a disabled button would not say that it was the one pressed.
  setTimeout(() => buttons.forEach((button) => (button.disabled = true)));
});

// The attribute autofocus comes too early: django-unfold shows the page only when Alpine has run.
window.addEventListener("load", () => {
  (document.querySelector("[data-focus]") ?? document.querySelector(".edit-claim select"))?.focus();
  const current = document.querySelector(".card-current");
  if (!current) return;
  const outcome = document.getElementById("outcome");
  current.focus({ preventScroll: outcome !== null });
  outcome?.scrollIntoView();
  if (current.matches("[data-card]")) showQuoteOf(current);
});
