// Sends photos as soon as they are chosen, one after the other, and shows how far they are.
// Without this file they go with the form.
const part = document.querySelector("[data-photos]");
const form = part.closest("form");
const input = part.querySelector("input[type=file]");
const bar = part.querySelector("progress");
const said = part.querySelector("[data-photos-said]");
const list = part.querySelector("[data-photos-list]");
const { photos: address, sending, done, failed, tooMany } = part.dataset;

part.classList.add("scripted");

const left = () => Number(list.firstElementChild?.dataset.left ?? part.dataset.most);

function put({ draft, html }) {
  form.elements.draft.value = draft;
  list.innerHTML = html;
  part.querySelector(".drop").classList.toggle("full", left() === 0);
}

// Answers with what the server said, or with nothing if it could not be reached.
function send(facts, tell) {
  const body = new FormData();
  for (const name of ["csrfmiddlewaretoken", "draft"]) body.set(name, form.elements[name].value);
  for (const [name, value] of Object.entries(facts)) body.set(name, value);
  return new Promise((settle) => {
    const call = new XMLHttpRequest();
    call.open("POST", address);
    call.responseType = "json";
    call.upload.addEventListener("progress", ({ loaded, total }) => tell?.(loaded / total));
    call.addEventListener("load", () => settle(call.response?.html ? call.response : null));
    for (const end of ["error", "abort", "timeout"]) call.addEventListener(end, () => settle(null));
    call.send(body);
  });
}

async function sendAll(files) {
  const taken = files.slice(0, left());
  let lines = files.length > taken.length ? [tooMany] : [];
  let told = -1;
  part.setAttribute("aria-busy", "true");
  bar.hidden = false;
  for (const [index, file] of taken.entries()) {
    const answer = await send({ pictures: file }, (share) => {
      const percent = Math.round(100 * share);
      bar.value = (100 * (index + share)) / taken.length;
      // Heard at most every quarter, not at every hundredth.
      if (Math.floor(percent / 25) === told) return;
      told = Math.floor(percent / 25);
      said.textContent = sending
        .replace("{number}", index + 1).replace("{total}", taken.length)
        .replace("{percent}", percent);
    });
    if (!answer) lines = [...lines, failed];
    else {
      // What was wrong with an earlier one stays in sight beside the next.
      const before = [...list.querySelectorAll(".err")];
      put(answer);
      list.firstElementChild.prepend(...before);
    }
  }
  bar.hidden = true;
  part.removeAttribute("aria-busy");
  said.textContent = lines.join(" ") || (list.querySelector(".err") ? "" : done);
}

input.addEventListener("change", async () => {
  const files = [...input.files];
  input.value = "";
  if (files.length) await sendAll(files);
});

list.addEventListener("click", async (event) => {
  const button = event.target.closest("button[name=remove]");
  if (!button) return;
  event.preventDefault();
  const answer = await send({ remove: button.value });
  if (!answer) return form.requestSubmit(button);
  put(answer);
  (list.querySelector("button") ?? input).focus();
});
