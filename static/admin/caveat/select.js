// Words of the dispatch, selected with the mouse or by keys, become the quote of a claim that the machine missed.

const form = document.getElementById("missed");
const told = form.querySelector(".missed-words");
const places = { title: document.querySelector(".dispatch-title"), body: document.querySelector(".dispatch-body") };

const isNumber = (node) => node.parentElement?.closest(".quote-number");

// The text itself: the numbers of the quotes that stand in it are none of it.
function textNodes(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) if (!isNumber(walker.currentNode)) found.push(walker.currentNode);
  return found;
}

function wordsIn(range, root) {
  let words = "";
  for (const node of textNodes(root)) {
    if (!range.intersectsNode(node)) continue;
    const start = node === range.startContainer ? range.startOffset : 0;
    const end = node === range.endContainer ? range.endOffset : node.length;
    words += node.data.slice(start, end);
  }
  return words;
}

// Code points before the range: the server looks for the words nearest to this place.
function startOf(range, root) {
  const before = document.createRange();
  before.selectNodeContents(root);
  before.setEnd(range.startContainer, range.startOffset);
  return [...wordsIn(before, root)].length;
}

function selected() {
  const selection = document.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const [place, root] = Object.entries(places).find(([, root]) => root?.contains(range.commonAncestorContainer)) ?? [];
  const words = root ? wordsIn(range, root) : "";
  return words.trim() ? { place, quote: words.trim(), near: startOf(range, root) } : null;
}

function show() {
  const chosen = selected();
  for (const name of ["place", "quote", "near"]) form.elements[name].value = chosen?.[name] ?? "";
  form.classList.toggle("missed-ready", chosen !== null);
  told.value = chosen ? `“${chosen.quote}”` : told.dataset[selecting() ? "wanted" : "none"];
}

// --- By keys: a word is selected, arrows move it, Shift and arrows extend it.

const selecting = () => places.body.classList.contains("selecting");

function extendWord(selection) {
  selection.modify("extend", "forward", "word");
}

function begin() {
  const first = textNodes(places.body).find((node) => node.data.trim());
  if (!first) return;
  places.body.classList.add("selecting");
  places.body.closest(".dispatch-text").focus();
  const selection = document.getSelection();
  if (!selected()) selection.collapse(first, first.data.search(/\S/));
  if (selection.isCollapsed) extendWord(selection);
  show();
}

function leave() {
  places.body.classList.remove("selecting");
  document.getSelection().removeAllRanges();
  show();
}

const STEPS = {
  ArrowRight: ["forward", "word"],
  ArrowLeft: ["backward", "word"],
  ArrowDown: ["forward", "line"],
  ArrowUp: ["backward", "line"],
};

function step(key, extends_) {
  const selection = document.getSelection();
  const [direction, unit] = STEPS[key];
  if (extends_) {
    selection.modify("extend", direction, unit);
    return;
  }
  if (direction === "forward") selection.collapseToEnd();
  else selection.collapseToStart();
  if (unit === "line" || direction === "backward") selection.modify("move", direction, unit);
  extendWord(selection);
}

function keep(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

document.addEventListener(
  "keydown",
  (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (!selecting()) {
      if (event.key !== "c" || event.target.closest("input, select, textarea, dialog")) return;
      keep(event);
      begin();
      return;
    }
    if (event.key === "Escape") leave();
    else if (event.key === "Enter") form.requestSubmit();
    else if (event.key in STEPS) step(event.key, event.shiftKey);
    else return;
    keep(event);
  },
  { capture: true },
);

document.addEventListener("selectionchange", show);
