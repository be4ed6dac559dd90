// Prints the ticket where a printer is at hand, and gives the kiosk back to whoever comes next.
const button = document.querySelector("[data-print]");
if (button) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
