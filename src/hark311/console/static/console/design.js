// The dial of the hue: the page takes the color while it is turned.
const dial = document.querySelector("[data-hue]");
const shown = document.querySelector("[data-hue-now]");
const turn = () => {
  document.documentElement.style.setProperty("--hue", dial.value);
  shown.textContent = dial.value;
};
dial.addEventListener("input", turn);
// One that was asked for by its figures is shown as well.
if (new URLSearchParams(location.search).has("hue")) turn();
