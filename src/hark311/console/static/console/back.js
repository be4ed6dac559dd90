// From a row back to the list it was opened from, as it was narrowed; else to all queues.
let kept = null;
try { kept = JSON.parse(sessionStorage.getItem("hark311.list")); } catch { /* storage may be off */ }
if (kept?.url?.startsWith("/") && !kept.url.startsWith("//")) {
  for (const link of document.querySelectorAll("[data-back-to-list]")) link.href = kept.url;
}
