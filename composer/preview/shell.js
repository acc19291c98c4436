// The preview's own script: keeps every view up to date without losing the reader's place. It asks only the server
// it came from, and never runs anything that an edition holds: frames stay without scripts.

import * as acts from "./acts.js";
import { spot, wanted } from "./marks.js";

const root = document.documentElement;
// What a new sheet may change:
const LIVE = ["title", "views", "schemes", "toggles", "problem", "inbox", "remarks", "text", "inboxes", "lines", "panel"];
const STOPPED = "Stopped. Run currents preview again.";
const STEP = 20; // px, of the width, a key
const TOLD_MS = 5000;
const PATIENCE_MS = 3000; // for a document that will not finish loading
const byId = (id) => document.getElementById(id);
const frames = () => [...document.querySelectorAll("iframe:not(.coming)")];

// Frames are as tall as their document, so that there is one scroll place: the page's own.

function fit(frame) {
  const held = frame.contentDocument?.documentElement;
  if (!held || !frame.clientWidth) return;
  const paper = frame.parentElement;
  paper.style.minHeight = `${paper.offsetHeight}px`; // the page must not shrink, and scroll, while we measure
  frame.style.height = "0";
  const bar = held.scrollWidth > held.clientWidth ? 16 : 0; // room for the scroll bar of a mail that is too wide
  frame.style.height = `${held.scrollHeight + bar}px`;
  paper.style.minHeight = "";
  spot(frame);
}

// Go to the part of the mail that the address names; false when it names none that is here.
function seek() {
  const [spotted] = frames().map(spot).filter(Boolean);
  if (!spotted) return false;
  const { top } = spotted.getBoundingClientRect();
  window.scrollTo({ top: top + window.scrollY - shade() - 80, behavior: "instant" });
  return true;
}

const widths = new WeakMap();
const resized = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (widths.get(target) === target.clientWidth) continue; // only its height changed, and that was us
    widths.set(target, target.clientWidth);
    fit(target);
  }
});

function settle(frame) {
  const held = frame.contentDocument;
  if (!held) return; // the browser's own error page
  held.addEventListener("click", follow);
  held.addEventListener("auxclick", follow);
  held.addEventListener("keydown", press);
  fit(frame);
  resized.observe(frame);
}

function loaded(frame) {
  const { contentDocument: held } = frame;
  if (held?.readyState === "complete" && held.URL !== "about:blank") return Promise.resolve();
  return finished(frame);
}

// A hostile document can keep its frame from ever finishing (seen with Chromium 150); nobody waits for it for ever.
function finished(frame) {
  return new Promise((done) => {
    frame.addEventListener("load", done, { once: true });
    setTimeout(done, PATIENCE_MS);
  });
}

// A link turns no frame: it shows where it leads.

function follow(event) {
  const link = event.target.closest?.("a, area");
  if (!link) return;
  event.preventDefault();
  const written = link.getAttribute("href") ?? "";
  const address = link.href?.baseVal ?? link.href; // a link drawn in SVG keeps it deeper
  if (!address || (event.type === "auxclick" && event.button !== 1)) return;
  if (written.startsWith("#")) jump(link.ownerDocument, written.slice(1));
  else showAddress(address);
}

function jump(held, id) {
  const target = held.getElementById(id);
  if (target) window.scrollBy(0, stand(held.defaultView.frameElement, target) - shade());
}

function showAddress(href) {
  const address = document.createElement("code");
  const open = document.createElement("a");
  address.textContent = href;
  open.textContent = "Open in a new tab";
  Object.assign(open, { href, target: "_blank", rel: "noopener noreferrer" });
  byId("link").replaceChildren(address, ...(/^(https?|mailto):/.test(href) ? [open] : []));
}

// The reader's place is the first words below the bar; where they stand now, they stand after the change.

const stand = (frame, element) => frame.getBoundingClientRect().top + element.getBoundingClientRect().top;
const shade = () => Math.max(0, document.querySelector(".bar").getBoundingClientRect().bottom);

function worded(frame) {
  const all = frame?.contentDocument?.body?.querySelectorAll("*") ?? [];
  return [...all].filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
}

function readingPlace() {
  const frame = frames().find((each) => each.clientWidth);
  if (!frame || !window.scrollY) return [];
  const edge = shade();
  const seen = worded(frame).map((element) => ({ words: element.textContent, top: stand(frame, element) }));
  return seen.filter((each) => each.top >= edge && each.top < window.innerHeight);
}

function restore(places) {
  const frame = frames().find((each) => each.clientWidth);
  const now = new Map(worded(frame).map((element) => [element.textContent, element]).reverse());
  const kept = places.find(({ words }) => now.has(words));
  if (kept) window.scrollBy({ top: stand(frame, now.get(kept.words)) - kept.top, behavior: "instant" });
}

// A new sheet: take over the server's rendering of this very address, and turn every frame in one stroke.

async function renew() {
  const answer = await fetch(location.href);
  if (!answer.ok) throw new Error(String(answer.status));
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (frames().length !== fresh.querySelectorAll("iframe").length) return location.reload(); // the first rendering
  const changed = frames().filter((frame) => !shows(frame, fresh.getElementById(frame.id)));
  const turned = await Promise.all(changed.map((frame) => bring(frame, fresh.getElementById(frame.id))));
  const places = readingPlace();
  const focus = document.activeElement?.id;
  for (const id of LIVE) exchange(byId(id), fresh.getElementById(id));
  for (const [old, next] of turned) put(old, next);
  restore(places);
  if (focus && document.activeElement?.id !== focus) byId(focus)?.focus({ preventScroll: true });
  document.title = fresh.title;
  Object.assign(root.dataset, { ...fresh.documentElement.dataset });
}

// A frame that shows what it would show is left alone: only the remarks are new.
const shows = (old, next) => old.dataset.print === next.dataset.print && old.src === next.src;

async function bring(old, { src, className, dataset }) {
  const next = old.cloneNode();
  next.removeAttribute("style");
  next.removeAttribute("id");
  next.dataset.print = dataset.print;
  next.src = src;
  next.className = `${className} coming`;
  old.after(next);
  await finished(next);
  return [old, next];
}

function put(old, next) {
  resized.unobserve(old);
  next.id = old.id;
  old.remove();
  next.classList.remove("coming");
  settle(next);
}

function exchange(old, next) {
  if (!old || !next || old.isEqualNode(next)) return;
  if (old.querySelector(".typing, .reason :focus")) return; // somebody is writing there
  if (old.matches("details") && next.matches("details")) next.open = old.open;
  for (const { id, open } of old.querySelectorAll("details[id]")) next.querySelector(`#${id}`)?.toggleAttribute("open", open);
  old.replaceWith(document.importNode(next, true));
}

let again = false;
let renewing = null;

// Renew until nothing newer was asked for meanwhile; true when it went well.
function update() {
  again = true;
  renewing ??= renewAll().finally(() => {
    renewing = null;
  });
  return renewing;
}

async function renewAll() {
  try {
    while (again) {
      again = false;
      await renew();
    }
    return true;
  } catch {
    document.querySelectorAll("iframe.coming").forEach((frame) => frame.remove());
    say(STOPPED, true);
    return false;
  }
}

// Word of changes. A hidden tab lets go of its line (a browser gives a server six) and catches up when seen again.

let line;

function listen() {
  line?.close();
  if (document.hidden) return;
  line = new EventSource("changes");
  line.addEventListener("error", () => say(STOPPED, true));
  line.addEventListener("message", ({ data }) => heard(data));
}

let told = 0; // when something was done here: what was said of it stays for a while

async function heard(sheet) {
  const fresh = sheet !== root.dataset.sheet;
  if ((fresh && !(await update())) || Date.now() - told < TOLD_MS) return;
  say(fresh ? `Updated at ${new Date().toLocaleTimeString()}` : "Up to date", false);
}

function tell(words) {
  told = Date.now();
  say(words, false);
}

function say(words, stopped) {
  byId("live").textContent = words;
  byId("live").classList.toggle("stopped", stopped);
}

// Choices and keys

function scheme(href) {
  history.replaceState(null, "", href);
  update();
}

function width(name) {
  document.querySelector(".stage").dataset.width = name;
  for (const button of document.querySelectorAll("[data-width]")) {
    if (button.matches("button")) button.setAttribute("aria-pressed", String(button.dataset.width === name));
  }
}

function nextScheme() {
  const all = [...document.querySelectorAll("#schemes a")];
  const now = all.findIndex((each) => each.hasAttribute("aria-current"));
  return all[(now + 1) % all.length]?.href;
}

// A width of the reader's own. The first one asks for a page with one frame; then the frame follows the slider.

function widen(pixels) {
  const slider = byId("slider");
  if (!slider) return;
  slider.value = pixels;
  byId("pixels").textContent = `${slider.value} px`;
  const address = new URL(location.href);
  address.searchParams.set("width", slider.value);
  if (!byId("frame-free")) return location.replace(address);
  document.querySelector(".stage").style.setProperty("--width", `${slider.value}px`);
  document.querySelector(".free figcaption").textContent = `${slider.value} px`;
  history.replaceState(null, "", address);
}

const otherWidth = () => document.querySelector(".widths button[aria-pressed=false]")?.dataset.width;
const KEYS = {
  ...Object.fromEntries([...document.querySelectorAll("#views a")].map(({ id }, at) => [(at + 1) % 10, () => byId(id).click()])),
  d: () => nextScheme() && scheme(nextScheme()),
  i: () => byId("images-off")?.click(),
  z: () => byId("zoom")?.click(),
  r: () => byId("rtl")?.click(),
  s: () => byId("both")?.click(),
  "[": () => widen(Number(byId("slider")?.value) - STEP),
  "]": () => widen(Number(byId("slider")?.value) + STEP),
  w: () => otherWidth() && width(otherWidth()),
  p: () => byId("remarks").matches("details") && byId("remarks").toggleAttribute("open"),
  e: () => document.querySelector(".subject .in-place")?.click(),
  u: () => root.dataset.seen && acts.undo(),
  "?": () => byId("keys").open || byId("keys").showModal(),
  Escape: putAway,
};

function putAway() {
  byId("link").replaceChildren();
  byId("said").replaceChildren();
  if (!wanted()) return;
  history.replaceState(null, "", location.pathname + location.search);
  frames().forEach(spot);
}

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(KEYS, event.key)) return;
  if (event.target.matches?.("input") && event.key !== "Escape") return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key !== "Escape") event.preventDefault();
  KEYS[event.key]();
}

document.addEventListener("keydown", press);
window.addEventListener("hashchange", seek);
document.addEventListener("visibilitychange", listen);
document.addEventListener("click", (event) => {
  const chosen = event.target.closest("#schemes a, #toggles a, .widths button, #help, #close");
  if (!chosen || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (chosen.matches("a")) scheme(chosen.href);
  else if (chosen.dataset.width) width(chosen.dataset.width);
  else if (chosen.id === "help") KEYS["?"]();
  else byId("keys").close();
});

byId("slider")?.addEventListener("change", ({ target }) => widen(target.value));
byId("slider")?.addEventListener("input", ({ target }) => byId("frame-free") && widen(target.value));
if (byId("frame-free")) widen(byId("slider").value);

// Each view keeps its own place, through reloads and from view to view.

const placeKey = `place ${location.pathname}`;
history.scrollRestoration = "manual";
window.addEventListener("pagehide", () => {
  line?.close();
  sessionStorage.setItem(placeKey, String(window.scrollY));
});
window.addEventListener("pageshow", (event) => event.persisted && listen());

const small = window.matchMedia("(max-width: 663px)").matches;
if (document.querySelector(".widths")) width(small ? "phone" : "desktop");
if (small) byId("remarks").removeAttribute("open"); // the edition comes first; the counts stay in sight
async function begin() {
  await Promise.all(frames().map((frame) => loaded(frame).then(() => settle(frame))));
  const marked = byId(location.hash.slice(1)); // a line that was asked for
  const found = seek();
  if (!found && marked) window.scrollTo({ top: marked.getBoundingClientRect().top + window.scrollY - shade() - 80, behavior: "instant" });
  if (!found && !marked) window.scrollTo({ top: Number(sessionStorage.getItem(placeKey) ?? 0), behavior: "instant" });
  listen();
}

acts.begin({ update, tell });
begin();
