// Runs before the first paint: the stored theme, so that nothing flashes; and the crash banner, which must work when the program no
// longer does, or never came.
document.documentElement.dataset.theme = (() => {
  try { return localStorage.getItem("partition-lab/theme") === "light" ? "light" : "dark"; } catch { return "dark"; }
})();
const showBanner = (details) => {
  const banner = document.getElementById("crash");
  if (!banner?.hidden) return; // it is there already, with what the program itself had to say
  banner.hidden = false;
  document.getElementById("crash-details").textContent = String(details);
};
const isFatal = (error) => error instanceof WebAssembly.RuntimeError || !document.documentElement.dataset.ready;
addEventListener("error", (event) => { if (isFatal(event.error)) showBanner(event.error ?? event.message); });
addEventListener("unhandledrejection", (event) => { if (isFatal(event.reason)) showBanner(event.reason); });
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
