// Before the first paint, so that nothing flashes: the theme and the palette that the reader has chosen.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const chosen = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  };
  const apply = () => {
    const theme = chosen("theme");
    root.dataset.theme = theme === "dark" || theme === "light" ? theme : dark.matches ? "dark" : "light";
    root.dataset.palette = chosen("palette") === "safe" ? "safe" : "usual";
    document.dispatchEvent(new Event("look"));
  };
  dark.addEventListener("change", apply);
  addEventListener("storage", apply);
  document.addEventListener("look-chosen", apply);
  apply();
})();
