// <form data-passkey="create|get|sign-in">: the browser makes or shows a passkey, the form carries its answer.
// What is asked for stands in data-options, or, to sign in, comes from the form's own address.
(() => {
  "use strict";

  const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const toText = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const known = (ids) => (ids || []).map((one) => ({ ...one, id: toBytes(one.id) }));

  const create = async (asked, alone) => {
    const selection = { ...asked.authenticatorSelection };
    selection.residentKey = alone ? "required" : "discouraged";
    selection.requireResidentKey = alone;
    if (alone) selection.userVerification = "required";
    return navigator.credentials.create({ publicKey: {
      ...asked,
      challenge: toBytes(asked.challenge),
      user: { ...asked.user, id: toBytes(asked.user.id) },
      excludeCredentials: known(asked.excludeCredentials),
      authenticatorSelection: selection,
    } });
  };

  const get = (asked) => navigator.credentials.get({ publicKey: {
    ...asked, challenge: toBytes(asked.challenge), allowCredentials: known(asked.allowCredentials),
  } });

  // As the standard writes a credential in JSON; older browsers cannot do it themselves.
  const written = (made) => {
    const response = { clientDataJSON: toText(made.response.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (made.response[part]) response[part] = toText(made.response[part]);
    }
    if (made.response.getTransports) response.transports = made.response.getTransports();
    return JSON.stringify({
      id: made.id, rawId: toText(made.rawId), type: made.type, response,
      authenticatorAttachment: made.authenticatorAttachment,
      clientExtensionResults: made.getClientExtensionResults(),
    });
  };

  const optionsOf = async (form) => {
    if (form.dataset.passkey !== "sign-in") return JSON.parse(form.dataset.options);
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("no options");
    return (await answer.json()).request_options;
  };

  const ask = async (form) => {
    const asked = (await optionsOf(form)).publicKey;
    const alone = Boolean(form.querySelector("[name=passwordless]")?.checked);
    const made = await (form.dataset.passkey === "create" ? create(asked, alone) : get(asked));
    form.querySelector("[name=credential]").value = written(made);
    form.submit();
  };

  const why = (error) => {
    if (error.name === "InvalidStateError") return "This device already keeps a passkey for you.";
    if (error.name === "NotAllowedError") return "No passkey was given: you stopped, took too long, or this device has none for this address.";
    return "Your browser could not do this. Try again, or use another way.";
  };

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("[data-passkey]");
    if (!form) return;
    event.preventDefault();
    const said = form.querySelector("[data-passkey-said]");
    said.textContent = "";
    ask(form).catch((error) => { said.textContent = why(error); });
  });
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("[data-passkey]").forEach((form) => {
      if (window.PublicKeyCredential) form.hidden = false;
      else form.querySelector("[data-passkey-said]").textContent = "This browser has no passkeys.";
    });
  });
})();
