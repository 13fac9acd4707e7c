// Runs before the first paint: the stored theme, so that nothing flashes; and the crash banner's buttons, which must work when the
// program no longer does.
document.documentElement.dataset.theme = (() => {
  try { return localStorage.getItem("partition-lab/theme") === "light" ? "light" : "dark"; } catch { return "dark"; }
})();
document.addEventListener("click", (event) => {
  const act = event.target instanceof Element ? event.target.closest("[data-crash]")?.getAttribute("data-crash") : null;
  if (act === "reload") location.reload();
  if (act === "save") {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([localStorage.getItem("partition-lab/document") ?? ""], { type: "application/json" }));
    link.download = "partition-lab-document.json";
    link.click();
  }
});
