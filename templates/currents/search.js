// The archive's search, without a server: one index a year (search/YEAR.json), fetched when somebody begins to search.
// Words are folded as composer/folding.py folds them. Without this script the page is its whole list.
(() => {
  "use strict";
  const form = document.querySelector("form[role=search]");
  if (!form) return;
  const field = form.querySelector("input");
  const told = document.getElementById("found");
  const list = document.getElementById("results");
  const whole = document.getElementById("editions");
  const FIRST = 0x23;
  const UNSPACED =
    "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3041-\\u30ff\\u3400-\\u9fff\\uac00-\\ud7a3\\u{20000}-\\u{3ffff}";
  const RUN = new RegExp(`[${UNSPACED}]+|[^\\s${UNSPACED}]+`, "gu");
  const LETTER = new RegExp(`[${UNSPACED}]`, "u");

  // An accent is a mark that sorts behind a virama (combining class 9); other marks are parts of letters.
  const VIRAMA = "\u094d";
  const isAccent = (mark) => mark !== VIRAMA && `a${mark}${VIRAMA}`.normalize("NFD")[1] === VIRAMA;
  const kept = (letter) => {
    if (/\p{M}/u.test(letter)) return isAccent(letter) ? "" : letter;
    return /[\p{L}\p{N}]/u.test(letter) ? letter : " ";
  };

  function runs(words) {
    const lower = words.normalize("NFKC").toLowerCase().replace(/ß/g, "ss").replace(/ς/g, "σ");
    return [...lower.normalize("NFD").replace(/\u0345/g, "ι")].map(kept).join("").normalize("NFC").match(RUN) || [];
  }

  // What a reader typed: words that must all be there. The last letters of a word may be missing.
  function question(words) {
    const asked = [];
    for (const run of runs(words)) {
      const letters = [...run];
      if (!LETTER.test(run)) asked.push({ word: run, whole: false });
      else if (letters.length === 1) asked.push({ word: run, whole: false });
      else for (let at = 0; at < letters.length - 1; at++) asked.push({ word: letters[at] + letters[at + 1], whole: true });
    }
    return asked;
  }

  function places(steps) {
    let at = -1;
    return [...steps].map((step) => (at += step.codePointAt(0) - FIRST + 1));
  }

  function holding(index, { word, whole }) {
    const has = (key) => Object.prototype.hasOwnProperty.call(index.words, key);
    if (whole) return new Set(has(word) ? places(index.words[word]) : []);
    const found = new Set();
    for (const key of Object.keys(index.words)) {
      if (key.startsWith(word)) for (const place of places(index.words[key])) found.add(place);
    }
    return found;
  }

  function matches(index, asked) {
    const sets = asked.map((one) => holding(index, one));
    return index.editions.filter((_, at) => sets.every((set) => set.has(at)));
  }

  function entry(edition) {
    const item = document.createElement("li");
    item.className = "entry";
    item.lang = edition.lang;
    item.dir = "auto";
    const date = item.appendChild(document.createElement("p"));
    date.className = "source";
    date.textContent = edition.date;
    const title = item.appendChild(document.createElement("h2"));
    const link = title.appendChild(document.createElement("a"));
    link.href = edition.path;
    link.textContent = edition.title;
    if (edition.dek) item.appendChild(document.createElement("p")).textContent = edition.dek;
    return item;
  }

  let indexes;
  const fetched = (year) =>
    fetch(`search/${year}.json`).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))));
  function load() {
    indexes ||= Promise.all(form.dataset.years.split(" ").filter(Boolean).map(fetched));
    return indexes;
  }

  let turn = 0;
  async function search() {
    const mine = ++turn;
    const asked = question(field.value);
    if (!asked.length) {
      show([], "");
      return;
    }
    try {
      const found = (await load()).flatMap((index) => matches(index, asked));
      if (mine === turn) show(found, found.length ? form.dataset.found.replace("{}", found.length) : form.dataset.nothing);
    } catch {
      indexes = undefined;
      if (mine === turn) show([], form.dataset.failed, true);
    }
  }

  function show(found, words, keepList) {
    list.replaceChildren(...found.map(entry));
    told.textContent = words;
    list.hidden = !found.length;
    whole.hidden = Boolean(words) && !keepList;
  }

  // Not at every key: browsers refuse a page that changes its address too often.
  function remember() {
    history.replaceState(null, "", field.value ? `?q=${encodeURIComponent(field.value)}` : location.pathname);
  }

  field.addEventListener("input", search);
  field.addEventListener("change", remember);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    remember();
    search();
  });
  const asked = new URLSearchParams(location.search).get("q");
  if (asked) {
    field.value = asked;
    search();
  }
})();
