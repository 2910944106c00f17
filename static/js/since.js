// A page of a past day stays the same for ever; what has changed since is asked for apart, once it is shown.
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
