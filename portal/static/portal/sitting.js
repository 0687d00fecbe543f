// An answer that can't be stored waits here and says so. Every page works without this file.
//
// What is typed goes to the server every second; until the server has it, this browser keeps it,
// under a name that only its author's pages know. One form sends one answer, however often: its
// `key` names it, and the server takes a key once.

const DRAFT_MILLISECONDS = 1000;
const PATIENCE_MILLISECONDS = 20000;
const RETRY_SECONDS = 15;
const OURS = "answer:";
const CARRIERS = new Set(["csrfmiddlewaretoken", "sitting", "key"]);

const place = document.querySelector("[data-holder]");
const form = place.matches("form") ? place : null;
const mine = `${OURS}${place.dataset.holder}:`;
const slot = mine + place.dataset.place;

// -- what this browser keeps; it may refuse to -------------------------------

const shelf = {
  read() {
    try {
      return JSON.parse(localStorage.getItem(slot));
    } catch {
      return null;
    }
  },
  keep(entry) {
    try {
      localStorage.setItem(slot, JSON.stringify(entry));
    } catch {
      // A full or forbidden shelf: the page itself still holds the answer.
    }
  },
  drop() {
    this.clear((name) => name === slot);
  },
  clear(isMeant) {
    try {
      Object.keys(localStorage).filter(isMeant).forEach((name) => localStorage.removeItem(name));
    } catch {
      // Nothing was kept, so nothing is left.
    }
  },
};

// -- telling -----------------------------------------------------------------

function toldTime(moment) {
  const isToday = moment.toDateString() === new Date().toDateString();
  const day = isToday ? {} : { day: "numeric", month: "long" };
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return new Intl.DateTimeFormat(document.documentElement.lang, { ...day, ...clock }).format(moment);
}

function tellTimes(root) {
  for (const time of root.querySelectorAll("time[data-clock][datetime]")) {
    time.textContent = toldTime(new Date(time.dateTime));
  }
}

const region = document.querySelector("[data-holding]");

function say(words, moment) {
  const hadFocus = region.contains(document.activeElement);
  const told = document.querySelector(`[data-words="${words}"]`).content.cloneNode(true);
  for (const time of told.querySelectorAll("time")) time.dateTime = new Date(moment).toISOString();
  tellTimes(told);
  region.replaceChildren(told);
  const retry = region.querySelector("[data-retry]");
  retry?.addEventListener("click", retryAsAsked);
  if (hadFocus) retry?.focus();
}

// -- talking to the server ---------------------------------------------------

// What came of it: "stored", "kept", "closed", "incomplete", "signed-out", "stale" or "away".
async function post(url, body, options = {}) {
  const request = {
    method: "POST",
    body,
    headers: { Accept: "application/json" },
    redirect: "manual",
    signal: options.keepalive ? undefined : AbortSignal.timeout(PATIENCE_MILLISECONDS),
    ...options,
  };
  let response;
  try {
    response = await fetch(url, request);
  } catch {
    return { came: "away", seconds: RETRY_SECONDS };
  }
  // Only the sign-in redirects a script.
  if (response.type === "opaqueredirect") return { came: "signed-out" };
  const came = { 204: "kept", 409: "closed", 422: "incomplete", 403: "stale" }[response.status];
  if (came) return { came };
  const isOurs = response.headers.get("Content-Type")?.startsWith("application/json");
  if (response.ok && isOurs) return { came: "stored", url: (await response.json()).url };
  return { came: "away", seconds: Number(response.headers.get("Retry-After")) || RETRY_SECONDS };
}

// After signing in again the page's token is an old one. Whoever signed in may be somebody else.
async function renewToken() {
  const response = await fetch(location.href, { redirect: "manual" }).catch(() => null);
  if (response?.type === "opaqueredirect") return "signed-out";
  if (!response?.ok) return "not-saved";
  // Not parsed as a page: its own styles would break this page's content policy.
  const fresh = await response.text();
  const holder = fresh.match(/data-holder="(\w+)"/)?.[1];
  if (holder !== place.dataset.holder) return "somebody-else";
  const token = fresh.match(/name="csrfmiddlewaretoken" value="(\w+)"/)[1];
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  return "renewed";
}

// -- one question ------------------------------------------------------------

let isSending = false;
let drafting = null;
let isTyped = false;
let draftTimer = null;
let waiting = "";
let retryTimer = null;

const typed = () => [...new FormData(form)].filter(([name]) => !CARRIERS.has(name));
const keep = (isSent) =>
  shelf.keep({ fields: typed(), key: form.elements.key.value, at: Date.now(), isSent });

function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fill(fields) {
  for (const field of form.elements) {
    if (!field.name || CARRIERS.has(field.name)) continue;
    const values = fields.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "radio" || field.type === "checkbox") {
      field.checked = values.includes(field.value);
    } else {
      field.value = values[0] ?? "";
    }
  }
}

function noteTyping() {
  // What was sent may have arrived, so that other words under its key would be taken for the same.
  if (waiting || isSending) form.elements.key.value = newKey();
  isTyped = true;
  keep(false);
  draftTimer ??= setTimeout(sendDraft, DRAFT_MILLISECONDS);
}

// One draft at a time, so that an older one never comes in behind a newer.
async function sendDraft() {
  clearTimeout(draftTimer);
  draftTimer = null;
  await drafting;
  if (!isTyped || isSending) return;
  isTyped = false;
  drafting = post(form.dataset.draftUrl, new FormData(form), { keepalive: true });
  const { came } = await drafting;
  const isSafe = came === "kept" || came === "closed";
  if (isTyped) draftTimer ??= setTimeout(sendDraft, DRAFT_MILLISECONDS);
  else if (isSafe && !isSending && !waiting) shelf.drop();
  if (!isSafe) isTyped = true;
  if (came === "signed-out" && !isSending) wait("signed-out");
}

function wait(words, seconds) {
  if (waiting !== words || isToldAgain) say(words);
  waiting = words;
  isToldAgain = false;
  clearTimeout(retryTimer);
  if (seconds) retryTimer = setTimeout(retryNow, seconds * 1000);
}

async function send(isSecondTry = false) {
  if (isSending) return;
  isSending = true;
  isTyped = false;
  clearTimeout(retryTimer);
  keep(true);
  const reply = await post(form.action, new FormData(form));
  // Once stored, the next page is on its way: another press has nothing to send.
  isSending = reply.came === "stored";
  await settle(reply, isSecondTry);
}

async function settle({ came, url, seconds }, isSecondTry) {
  if (came === "stored") {
    shelf.drop();
    location.assign(url);
  } else if (came === "incomplete") {
    // The server draws the page with its messages.
    keep(false);
    form.submit();
  } else if (came === "stale" && !isSecondTry) {
    await renewAndSend();
  } else if (came === "signed-out" || came === "stale") {
    wait("signed-out");
  } else {
    wait("not-saved", seconds);
  }
}

async function renewAndSend() {
  const outcome = await renewToken();
  if (outcome === "renewed") await send(true);
  else wait(outcome, outcome === "not-saved" && RETRY_SECONDS);
}

let isToldAgain = false;

// Whoever asks is told the outcome again, even if it is the same.
function retryAsAsked() {
  isToldAgain = true;
  retryNow();
}

function retryNow() {
  if (isSending || !waiting) return;
  if (waiting === "not-saved") send();
  else renewAndSend();
}

function hold() {
  const kept = shelf.read();
  const keptAt = Date.parse(form.dataset.keptAt) || 0;
  const isNews = kept && !("isBound" in form.dataset) && (kept.isSent || kept.at > keptAt);
  if (isNews) {
    fill(kept.fields);
    form.elements.key.value = kept.key;
    say("kept", kept.at);
    isTyped = true;
    sendDraft();
  }
  for (const kind of ["input", "change"]) form.addEventListener(kind, noteTyping);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  window.addEventListener("online", () => (waiting ? retryNow() : sendDraft()));
  window.addEventListener("pagehide", sendDraft);
  document.addEventListener("visibilitychange", () => document.hidden && sendDraft());
}

// -- a question that is answered already -------------------------------------

// What was sent and may never have arrived is sent once more: the server knows whether it did.
async function handOver() {
  const kept = shelf.read();
  if (!kept) return;
  if (!kept.isSent) {
    shelf.drop();
    return;
  }
  const body = new FormData();
  for (const [name, value] of kept.fields) body.append(name, value);
  body.append("key", kept.key);
  body.append("sitting", place.dataset.place.split(":")[0]);
  body.append(
    "csrfmiddlewaretoken",
    document.querySelector("[name=csrfmiddlewaretoken]").value,
  );
  const { came } = await post(location.href, body);
  if (came !== "stored") return;
  shelf.drop();
  location.reload();
}

// -- leaving -----------------------------------------------------------------

let isWarned = false;

async function leave(event) {
  event.preventDefault();
  isTyped ||= Boolean(waiting);
  await sendDraft();
  if (!isTyped || isWarned) {
    shelf.clear((name) => name.startsWith(OURS));
    event.target.submit();
    return;
  }
  isWarned = true;
  say("leaving");
}

tellTimes(document);
// On a desk that people share, what somebody else left behind is nobody's any more.
shelf.clear((name) => name.startsWith(OURS) && !name.startsWith(mine));
if (form) {
  hold();
  for (const exit of document.querySelectorAll('form[action$="/logout/"]')) {
    exit.addEventListener("submit", leave);
  }
} else {
  handOver();
}
