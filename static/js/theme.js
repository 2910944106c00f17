// The reader's colours: the system's, until the switch is pressed; then what was chosen, kept in this browser.
// Runs before the page is painted, so that no wrong colours flash up.

(() => {
  const KEY = "theme";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");

  const chosen = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // a browser that keeps nothing follows the system
    }
  };
  const theme = () => root.dataset.theme || (system.matches ? "dark" : "light");

  if (["light", "dark"].includes(chosen())) root.dataset.theme = chosen();

  addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    if (!button) return;
    const label = () => (button.textContent = theme() === "dark" ? button.dataset.light : button.dataset.dark);
    button.addEventListener("click", () => {
      root.dataset.theme = theme() === "dark" ? "light" : "dark";
      try {
        localStorage.setItem(KEY, root.dataset.theme);
      } catch {
        // It holds for this page alone.
      }
      label();
      dispatchEvent(new Event("themechange"));
    });
    system.addEventListener("change", () => {
      label();
      dispatchEvent(new Event("themechange"));
    });
    label();
    button.hidden = false;
  });
})();
