// What can be done from the preview. An act names the text that this page shows; when another text lies there by then,
// nothing is done and both are shown. The page itself changes only by what the server makes of the new text.

const root = document.documentElement;
const byId = (id) => document.getElementById(id);

let update; // the shell's: show what is there now
let tell; // the shell's: one quiet line
let last = Promise.resolve(); // acts go one after the other: each needs the text that the one before it made

export function begin(shell) {
  ({ update, tell } = shell);
  document.addEventListener("click", clicked);
  document.addEventListener("submit", submitted);
  document.addEventListener("keydown", gripped);
  for (const [name, hear] of Object.entries(DRAGGING)) document.addEventListener(name, hear);
}

export const undo = () => inTurn(() => act("undo"));

function inTurn(doing) {
  last = last.then(doing, doing);
  return last;
}

async function act(name, values = {}) {
  let answer;
  try {
    answer = await fetch(`acts/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...values, seen: root.dataset.seen }),
    });
  } catch {
    return complain("The preview has stopped; nothing was done. Run currents preview again.");
  }
  const told = await answer.json();
  await update();
  if (told.theirs) return part(told);
  if (!answer.ok) return complain(told.problem);
  byId("said").replaceChildren();
  tell(told.said);
  return told;
}

// What could not be done is said until somebody puts it away.

function complain(words) {
  const close = document.createElement("button");
  Object.assign(close, { type: "button", textContent: "Close" });
  close.addEventListener("click", () => byId("said").replaceChildren());
  byId("said").replaceChildren(Object.assign(document.createElement("p"), { textContent: words }), close);
  return null;
}

function part({ problem, theirs, yours }) {
  byId("parted-why").textContent = problem;
  byId("parted-theirs").replaceChildren(...theirs.map(change));
  byId("parted-yours").replaceChildren(...yours.map(change));
  byId("parted").showModal();
  return null;
}

const TAGS = { was: "del", now: "ins", same: "span" };

function change({ line, parts }) {
  const place = Object.assign(document.createElement("code"), { textContent: `line ${line}` });
  const words = parts.map(([mark, said]) => Object.assign(document.createElement(TAGS[mark]), { textContent: said }));
  const item = document.createElement("li");
  item.append(place, " ", ...words);
  return item;
}

// Buttons and forms

async function clicked(event) {
  const button = event.target.closest?.("button");
  if (!button) return;
  const { block, article, line, place } = button.dataset;
  if (button.matches(".in-place")) type(button);
  else if (button.matches(".drop")) inTurn(() => act("drop", { block: Number(block) }));
  else if (button.matches(".put")) inTurn(() => act("place", { article: Number(article) }));
  else if (button.matches(".open")) open(Number(line), place);
  else if (button.matches(".allow")) unfold(button);
  else if (button.id === "undo") undo();
  else if (button.id === "parted-close") byId("parted").close();
}

async function open(line, place) {
  if (await act("open", { line })) return;
  await navigator.clipboard?.writeText(place).catch(() => {});
}

function unfold(button) {
  const form = button.closest("li").querySelector("form.reason");
  form.hidden = !form.hidden;
  button.setAttribute("aria-expanded", String(!form.hidden));
  if (!form.hidden) form.elements.reason.focus();
}

function submitted(event) {
  const form = event.target;
  if (!form.dataset.act) return;
  event.preventDefault();
  if (form.dataset.act === "send") send(form);
  else allow(form);
}

function allow(form) {
  const { rule, line } = form.dataset;
  const reason = form.elements.reason.value;
  inTurn(async () => {
    document.activeElement.blur(); // what is being typed in is left alone by a new sheet
    await act("allow", { rule, line: Number(line), reason });
  });
}

function send(form) {
  const chosen = [...form.querySelectorAll("input:checked")].map((one) => one.value);
  if (!chosen.length) return complain("Choose somebody to send the test mail to.");
  tell("Sending …");
  return inTurn(() => act("send", { to: chosen.join(",") }));
}

// Words changed where they stand

function type(button) {
  const { key, value, block } = button.dataset;
  const input = Object.assign(document.createElement("input"), { className: "typing", value });
  input.setAttribute("aria-label", key);
  input.autocomplete = "off";
  button.replaceWith(input);
  input.focus();
  input.select();
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter" && input.value !== value) keep(input, button, { key, value: input.value, block: Number(block) });
    else putBack(input, button);
  });
}

function putBack(input, button) {
  if (input.isConnected) input.replaceWith(button);
  button.focus();
}

function keep(input, button, values) {
  input.readOnly = true;
  inTurn(async () => {
    const told = await act("set", values);
    input.readOnly = false;
    if (!told) return; // her words stay to be mended
    button.textContent = values.value;
    putBack(input, button);
    await update(); // what stands around it was left alone while she wrote
  });
}

// Moving: by the handle's keys, or by hand

const pieces = () => [...document.querySelectorAll(".piece")];

function gripped(event) {
  const grip = event.target.closest?.(".grip");
  if (!grip || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (!step && event.key !== "Delete") return;
  event.preventDefault();
  inTurn(async () => {
    const held = document.activeElement.closest(".piece"); // not the one of before: another act may have moved it
    if (!held) return;
    if (!step) await act("drop", { block: Number(held.dataset.block) });
    else await shift(held, step);
  });
}

async function shift(held, step) {
  const beside = pieces()[pieces().indexOf(held) + step];
  if (!beside) return;
  const before = Number(step < 0 ? beside.dataset.block : beside.dataset.after);
  const told = await act("move", { block: Number(held.dataset.block), before });
  byId(`grip-${told?.block}`)?.focus();
}

let carried = null;

const below = (event, piece) => event.clientY > piece.getBoundingClientRect().top + piece.offsetHeight / 2;

function unmark() {
  for (const piece of document.querySelectorAll(".above, .below")) piece.classList.remove("above", "below");
}

const DRAGGING = {
  dragstart(event) {
    carried = event.target.closest?.(".piece, .pick") ?? null;
    if (!carried) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", carried.querySelector(".words").textContent);
  },
  dragover(event) {
    const piece = event.target.closest?.(".piece");
    unmark();
    if (!carried || !piece) return;
    event.preventDefault();
    piece.classList.add(below(event, piece) ? "below" : "above");
  },
  drop(event) {
    const piece = event.target.closest?.(".piece");
    unmark();
    if (!carried || !piece) return;
    event.preventDefault();
    const before = Number(below(event, piece) ? piece.dataset.after : piece.dataset.block);
    const { block, article } = carried.dataset;
    if (carried.matches(".pick")) inTurn(() => act("place", { article: Number(article), before }));
    else if (carried !== piece) inTurn(() => act("move", { block: Number(block), before }));
  },
  dragend() {
    carried = null;
    unmark();
  },
};
