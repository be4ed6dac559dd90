// Printing and sharing, where the browser can; the number and the link stand on the page anyway.
const print = document.querySelector("[data-print]");
print.hidden = false;
print.addEventListener("click", () => window.print());

const share = document.querySelector("[data-share]");
const said = document.querySelector("[data-share-said]");
const { share: url, title, copied } = share.dataset;
if (navigator.share || navigator.clipboard) {
  share.hidden = false;
  share.addEventListener("click", async () => {
    try {
      if (navigator.share) await navigator.share({ title, url });
      else {
        await navigator.clipboard.writeText(url);
        said.textContent = copied;
      }
    } catch { /* closed again without sharing: nothing to say */ }
  });
}
