// Parts that are asked for apart, once the page is shown: what has changed since a past day, for a page of it stays the
// same for ever; and the matrix in small, which would hold the front page up. Their links stand there without a script too.
async function tell(place) {
  place.dataset.asked = "yes";
  try {
    const answer = await fetch(place.dataset.since, { headers: { "HX-Request": "true" } });
    if (answer.ok) place.innerHTML = await answer.text();
  } catch {
    // The link that stands there already leads to the same.
  }
}

const tellAll = () => document.querySelectorAll("[data-since]:not([data-asked])").forEach(tell);
tellAll();
document.addEventListener("htmx:afterSettle", tellAll);
