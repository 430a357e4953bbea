// When does this sign-in end, and what becomes of the page then? [data-session] says how many seconds are left; the
// server is asked before anything is shown, since another tab may have gone on. Reading, too, is being there: whoever
// touches the page keeps the sign-in, and what the page fetches by itself carries a mark so that it does not count.
// At the end the page is left for the sign-in page, which leads back here. Only when something typed here is kept
// nowhere does the page stay, covered, until its owner has signed in again in another tab.
(() => {
  "use strict";

  const box = document.querySelector("[data-session]");
  if (!box) return;
  const SECOND = 1000;
  const LOOK = 5 * SECOND;
  const AWAY = 5 * SECOND; // without a touch for this long, a request is the page's own
  const data = box.dataset;
  const idle = Number(data.idleMinutes) * 60 * SECOND;
  const warns = Math.min(2 * 60 * SECOND, idle / 3);
  let idleEnd = Date.now() + Number(data.idle) * SECOND;
  let hoursEnd = Date.now() + Number(data.hoursLeft) * SECOND;
  let touched = Date.now();
  let told = Date.now(); // when the server last heard of a touch
  let asking = false;
  let isOver = false;

  // -- is somebody there? -------------------------------------------------------------------------------------

  for (const name of ["keydown", "pointerdown", "click", "input", "wheel", "touchmove"]) {
    document.addEventListener(name, (event) => {
      if (event.isTrusted && !box.open) touched = Date.now();
    }, { capture: true, passive: true });
  }

  document.addEventListener("htmx:configRequest", (event) => {
    if (Date.now() - touched > AWAY) event.detail.headers["X-By-Itself"] = "1";
  });

  // -- what the server says -----------------------------------------------------------------------------------

  const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];

  async function ask(address, options) {
    if (asking) return null;
    asking = true;
    try {
      const answer = await fetch(address, { headers: { Accept: "application/json", ...options?.headers }, method: options?.method || "GET" });
      if (answer.status === 401) return over();
      return answer.ok ? hear(await answer.json()) : null;
    } catch {
      return null; // no connection: asked again at the next look
    } finally {
      asking = false;
    }
  }

  function hear(said) {
    if (said.who !== data.who) window.location.reload(); // somebody else has signed in here meanwhile
    idleEnd = Date.now() + said.idle * SECOND;
    hoursEnd = Date.now() + said.hours * SECOND;
    if (isOver) goOn(said.token);
    return said;
  }

  function stay() {
    told = Date.now();
    return ask(data.stay, { method: "POST", headers: { "X-CSRFToken": token() } });
  }

  // -- before the end -----------------------------------------------------------------------------------------

  const minutes = (ms) => {
    const whole = Math.max(1, Math.round(ms / 60 / SECOND));
    return `${whole} minute${whole === 1 ? "" : "s"}`;
  };

  async function look() {
    if (isOver) return;
    const now = Date.now();
    if (now >= Math.min(idleEnd, hoursEnd)) {
      await ask(data.state);
    } else if (touched > told && now - told > Math.min(idle / 3, 60 * SECOND)) {
      await stay();
    } else if (idleEnd - now <= warns && !box.open) {
      await ask(data.state);
      if (!isOver && idleEnd - Date.now() <= warns) {
        warn(`Nothing was done here for a while. You will be signed out in ${minutes(idleEnd - Date.now())}. What you have typed is kept.`);
      }
    } else if (hoursEnd - now <= warns && !data.warned) {
      data.warned = "1";
      warn(`You will be signed out in ${minutes(hoursEnd - now)}: a sign-in ends after so many hours in any case. What you have typed is kept.`);
    } else if (box.open && idleEnd - now > warns && hoursEnd - now > warns) {
      box.close(); // another tab has gone on
    }
  }

  function warn(words) {
    box.querySelector("[data-session-words]").textContent = words;
    if (!box.open) box.showModal();
  }

  box.querySelector("[data-session-stay]").addEventListener("click", async () => {
    await stay();
    if (!isOver) box.close();
  });
  box.addEventListener("cancel", (event) => {
    if (isOver) event.preventDefault();
    else stay(); // Esc is an answer too
  });

  // -- after the end ------------------------------------------------------------------------------------------

  // Typed here and not on the server: what says so itself, and any field that no script keeps.
  function keptNowhere() {
    if (document.querySelector("form[data-unsaved-changes]")) return true;
    const fields = document.querySelectorAll("form[method=post] textarea, form[method=post] input:not([type=hidden], [type=radio], [type=checkbox], [type=search], [type=password])");
    return [...fields].some((field) => !field.closest("[data-autosave-url], [data-session]") && field.value !== field.defaultValue);
  }

  function over() {
    if (isOver) return null;
    isOver = true;
    if (!keptNowhere()) {
      const here = window.location.pathname + window.location.search;
      window.location.assign(`${data.signIn}?next=${encodeURIComponent(here)}`);
      return null;
    }
    document.documentElement.classList.add("tb-covered");
    box.querySelector("#session-title").textContent = "You are signed out";
    box.querySelector("[data-session-choice]").hidden = true;
    box.querySelector("[data-session-again]").hidden = false;
    warn("Something you typed on this page is not saved yet. It is still here: sign in again in a new tab, then come back to this one.");
    return null;
  }

  // Signed in again elsewhere: the forms of this page are given the new token, and what waits is sent.
  function goOn(fresh) {
    isOver = false;
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": fresh }));
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((field) => { field.value = fresh; });
    box.querySelector("#session-title").textContent = "Are you still there?";
    box.querySelector("[data-session-choice]").hidden = false;
    box.querySelector("[data-session-again]").hidden = true;
    document.documentElement.classList.remove("tb-covered");
    box.close();
    window.dispatchEvent(new Event("online"));
  }

  const comesBack = async () => {
    if (document.visibilityState === "hidden" || !isOver) return look();
    if (asking) return null;
    asking = true;
    const answer = await fetch(data.state, { headers: { Accept: "application/json" } }).catch(() => null);
    asking = false;
    return answer?.ok ? hear(await answer.json()) : null;
  };
  document.addEventListener("visibilitychange", comesBack);
  window.addEventListener("focus", comesBack);

  // What another script hears of the end, and htmx, which would leave the page at once.
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    if (event.detail.xhr.status !== 401) return;
    event.preventDefault();
    over();
  });
  document.addEventListener("tumorboard:signed-out", over);
  window.tumorboard.signedOut = over;

  setInterval(look, LOOK);
})();
