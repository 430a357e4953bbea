// How does an open page follow what others do? An element [data-live-url] opens a stream, and each message becomes an
// event "live:<topic>" on the body (detail: topic, number), to which parts of the page listen and fetch themselves anew.
// Nothing else is touched: no text, no cursor. data-live-number on the same element is the number of the room when the
// page was made; messages are numbered on from there, so it is known whether one was missed. Then all topics are said.
// [data-live-state] says how it stands, in words (data-live-words inside it, if there) and as data-live-is="...".
(() => {
  "use strict";

  const TOPICS = ["room", "case", "said", "decision", "facts"];
  const POLL = 15000; // ms between looks while nothing is heard
  const QUIET = 25000; // the server gives a sign every ten seconds; silence for this long is a dead line
  const HIDDEN = 60000; // a page nobody looks at gives its stream back
  const GATHER = 30; // messages that come together are said together
  const WORDS = {
    live: "Live",
    away: "Not connected, catching up",
    "signed-out": "You are signed out. Sign in again in another tab; what you typed stays here.",
    gone: "This page is no longer open to you.",
  };

  const place = document.querySelector("[data-live-url]");
  if (!place) return;
  let source = null;
  let number = place.dataset.liveNumber ? Number(place.dataset.liveNumber) : -1;
  let heard = 0; // when the last sign came
  let connected = false;
  let refused = 0; // how often in a row
  let hiding = 0;
  let again = 0;
  let gathering = 0;
  const due = new Set();

  function show(is) {
    for (const state of document.querySelectorAll("[data-live-state]")) {
      const words = state.querySelector("[data-live-words]") || state;
      if (words.textContent !== WORDS[is]) words.textContent = WORDS[is];
      state.dataset.liveIs = is;
      state.hidden = false;
    }
    document.body.dataset.live = is;
  }

  function say(...topics) {
    topics.forEach((topic) => due.add(topic));
    gathering ||= setTimeout(() => {
      gathering = 0;
      const now = [...due];
      due.clear();
      for (const topic of now) {
        document.body.dispatchEvent(new CustomEvent(`live:${topic}`, { detail: { topic, number } }));
      }
    }, GATHER);
  }

  const catchUp = () => say(...TOPICS);

  function on() {
    connected = true;
    refused = 0;
    show("live");
  }

  function off() {
    if (!connected && document.body.dataset.live) return;
    connected = false;
    show("away");
  }

  function open() {
    clearTimeout(again);
    source?.close();
    heard = Date.now();
    const mine = new EventSource(place.dataset.liveUrl);
    source = mine;
    const hear = (name, then) => mine.addEventListener(name, (event) => {
      if (mine !== source) return;
      heard = Date.now();
      then(event.data);
    });
    hear("here", (data) => {
      on();
      if (Number(data) !== number) catchUp();
      number = Number(data);
    });
    hear("told", (data) => {
      const [now, topic] = data.split(" ");
      const expected = number + 1;
      number = Math.max(number, Number(now));
      on();
      if (Number(now) > expected) catchUp();
      else say(topic);
    });
    hear("catch-up", () => {
      on();
      catchUp();
    });
    hear("away", off);
    hear("beat", () => {});
    mine.onerror = () => {
      if (mine !== source) return;
      off();
      if (mine.readyState === EventSource.CLOSED) ask(); // refused; otherwise the browser tries again by itself
    };
  }

  // Why was it refused? Signed out and not ours any more are final; a full server is asked again later.
  async function ask() {
    const answer = await fetch(place.dataset.liveUrl, { method: "HEAD", redirect: "manual" }).catch(() => null);
    if (answer?.type === "opaqueredirect" || answer?.status === 401) {
      window.tumorboard?.signedOut?.();
      return end("signed-out");
    }
    if (answer?.status === 404) return end("gone");
    refused += 1;
    clearTimeout(again);
    again = setTimeout(open, Math.min(2000 * 2 ** refused, POLL) * (0.75 + Math.random() / 2));
    return undefined;
  }

  function end(is) {
    source?.close();
    source = null;
    connected = false;
    show(is);
  }

  function close() {
    clearTimeout(again);
    source?.close();
    source = null;
  }

  const finished = () => ["signed-out", "gone"].includes(document.body.dataset.live);

  function back() {
    clearTimeout(hiding);
    if (document.visibilityState === "hidden") return;
    if (!source || source.readyState === EventSource.CLOSED || Date.now() - heard > QUIET) open();
  }

  setInterval(() => {
    if (!source || document.visibilityState === "hidden") return;
    if (source.readyState !== EventSource.CLOSED && Date.now() - heard > QUIET) {
      off();
      open();
    }
  }, 5000);
  setInterval(() => {
    if (!connected && !finished() && document.visibilityState !== "hidden") catchUp();
  }, POLL);

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") hiding = setTimeout(close, HIDDEN);
    else back();
  });
  window.addEventListener("online", open);
  window.addEventListener("offline", off);
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", (event) => event.persisted && open());
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status === 401) end("signed-out");
  });
  open();
})();
