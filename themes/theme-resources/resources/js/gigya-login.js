// The sign-in page of Gigya: shows the site's screen-set, obtains a proof of the sign-in and posts it to Keycloak.
// All settings come from the data attributes of #gigya. A proof goes into the form, never into an address or the console.

const PATIENCE = 10_000; // milliseconds that a step may take before the person gets an explanation
const SITE_REFUSED = 400120;
const UNKNOWN_SCREEN_SET = 404000;
const NO_ANSWER = 504002; // Gigya's own SDKs use this code for a request that timed out
// Nobody is signed in, or the account needs another step; the screen-set leads through either.
const NEEDS_SCREEN_SET = new Set([
  206001, 206002, 206003, 206006, 403001, 403005, 403011, 403012, 403013, 403030, 403035, 403100, 403101, 403102, 403110,
]);
const SCREEN_SET_ID = "gigya-screen-set";
const FRESH_MARKER = "keycloak-gigya.fresh";

const page = document.getElementById("gigya");
const settings = page.dataset;
const form = document.getElementById("gigya-proof");
const status = document.getElementById("gigya-status");
const error = document.getElementById("gigya-error");
const screenSet = document.getElementById(SCREEN_SET_ID);
const retryButton = document.getElementById("gigya-retry");
const refreshAddress = new URL(settings.refreshUrl, location.href);
const otherAccountButton = document.getElementById("gigya-other-account");

let leaving = false; // a form was submitted: nothing may be posted after it
let begun = false;
let retry = reload;
let watch;

// ---- What the person sees: exactly one of waiting, screen-set, choice or failure ----

function show({ waiting = "", failure = "", screens = false, retrying = false, otherAccount = false }) {
  clearTimeout(watch);
  if (waiting === "") {
    delete settings.again; // the styles hide Keycloak's message while Gigya is asked again
  }
  status.hidden = waiting === "";
  document.getElementById("gigya-status-text").textContent = waiting;
  error.hidden = failure === "";
  error.querySelector(".kc-feedback-text").textContent = failure;
  screenSet.hidden = !screens;
  screenSet.toggleAttribute("data-loading", waiting !== "");
  retryButton.hidden = !retrying;
  otherAccountButton.hidden = !otherAccount;
}

function showWaiting(text, shown = {}) {
  show({ ...shown, waiting: text });
  watch = setTimeout(() => showFailure(settings.textScriptFailed), PATIENCE);
}

function showFailure(text, otherAccount = false) {
  if (leaving) {
    return;
  }
  retry = reload;
  show({ failure: text, retrying: true, otherAccount });
}

function showChoice() {
  retry = signIn;
  show({ retrying: true, otherAccount: true });
}

function explain({ errorCode, callId }) {
  if (errorCode === SITE_REFUSED) {
    console.error(`Gigya refuses this page (${SITE_REFUSED}): add ${location.host} to the trusted URLs of the site.`);
    showFailure(settings.textSiteRefused);
    return;
  }
  if (errorCode === UNKNOWN_SCREEN_SET) {
    console.error(`Gigya has no such screen (404000): check ${settings.screenSet} and ${settings.startScreen}.`);
  } else {
    console.error(`Gigya answered ${errorCode} (call ${callId})`);
  }
  showFailure(errorCode === NO_ANSWER ? settings.textScriptFailed : settings.textFailed, true);
}

// ---- Talking to Gigya ----

function ask(method, parameters = {}) {
  return new Promise((resolve) => {
    setTimeout(() => resolve({ errorCode: NO_ANSWER }), PATIENCE);
    globalThis.gigya.accounts[method]({ ...parameters, callback: resolve });
  });
}

function askForProof() {
  if (settings.proof === "uidSignature") {
    return ask("getAccountInfo");
  }
  // Without an audience the short-lived token of the sign-in itself is the proof.
  return settings.audience === ""
    ? ask("getAccountInfo", { include: "id_token" })
    : ask("getJWT", { audience: settings.audience, expiration: Number(settings.tokenLifetime) });
}

function proofIn(answer) {
  const names = settings.proof === "uidSignature" ? ["UID", "UIDSignature", "signatureTimestamp"] : ["id_token"];
  return names.every((name) => answer[name]) ? Object.fromEntries(names.map((name) => [name, answer[name]])) : null;
}

/** Hands an open session's proof to `use`; without a session the screen-set asks for one. */
async function withProof(use) {
  const answer = await askForProof();
  const proof = proofIn(answer);
  if (answer.errorCode === 0 && proof) {
    use(proof);
  } else if (NEEDS_SCREEN_SET.has(answer.errorCode)) {
    showScreenSet();
  } else {
    explain(answer);
  }
}

/** Posts the proof of the open session. */
async function signIn() {
  showWaiting(settings.textSigningIn);
  await withProof(submit);
}

/** Posts another proof of the open session. Those of one second are equal, and several tabs may ask for one at once. */
async function signInAgain() {
  showWaiting(settings.textSigningIn);
  await new Promise((resolve) => setTimeout(resolve, 1_000 + Math.random() * 3_000));
  await signIn();
}

/** Ends the open session, if there is one, and asks for the account anew. */
async function signInAnew() {
  showWaiting(settings.textLoading);
  let answer = await ask("getAccountInfo");
  if (answer.errorCode === 0) {
    answer = await ask("logout");
  }
  if (answer.errorCode !== 0 && !NEEDS_SCREEN_SET.has(answer.errorCode)) {
    explain(answer);
    return;
  }
  markFreshStarted();
  showScreenSet();
}

function showScreenSet() {
  if (leaving) {
    return;
  }
  let loaded = false;
  // The container is visible from the start: Gigya measures it to choose a layout.
  showWaiting(settings.textLoading, { screens: true });
  globalThis.gigya.accounts.showScreenSet({
    screenSet: settings.screenSet,
    ...(settings.startScreen && { startScreen: settings.startScreen }),
    ...(settings.lang && { lang: settings.lang }),
    containerID: SCREEN_SET_ID,
    authFlow: settings.authFlow,
    onAfterScreenLoad: () => {
      // A person who signs in quickly is already on the way out.
      if (!leaving && !(loaded && screenSet.hidden)) {
        loaded = true;
        show({ screens: true });
        fillLoginHint();
      }
    },
    // Once a screen is there it shows a wrong password and the like by itself.
    onError: (event) => {
      if (!loaded || event.errorCode === SITE_REFUSED) {
        explain(event);
      }
    },
  });
}

function onLogin(event) {
  // Gigya also reports sign-ins that happened elsewhere, e.g. an open session of the site group.
  if (leaving || screenSet.hidden) {
    return;
  }
  const proof = settings.proof === "uidSignature" ? proofIn(event) : null;
  if (proof) {
    submit(proof);
  } else {
    guarded(signIn);
  }
}

function fillLoginHint() {
  const visible = (selector) =>
    [...screenSet.querySelectorAll(selector)].find((input) => input.getClientRects().length > 0);
  const loginId = visible("input[data-gigya-name='loginID'], input[name='loginID'], input[name='username']");
  if (!loginId) {
    return;
  }
  if (settings.loginHint && loginId.value === "") {
    loginId.value = settings.loginHint;
    for (const type of ["input", "change"]) {
      loginId.dispatchEvent(new Event(type, { bubbles: true }));
    }
  }
  const password = visible("input[type='password']");
  (loginId.value && password ? password : loginId).focus();
}

// ---- A demanded fresh sign-in: the session that comes back from a redirect is the fresh one ----

function login() {
  return settings.audience || settings.refreshUrl;
}

function isFreshStarted() {
  try {
    return sessionStorage.getItem(FRESH_MARKER) === login();
  } catch {
    return false; // storage is blocked: ask again rather than reuse a session
  }
}

function markFreshStarted() {
  try {
    sessionStorage.setItem(FRESH_MARKER, login());
  } catch {
    // storage is blocked: only sign-in by redirect is asked for twice
  }
}

// ---- Leaving and coming back ----

function submit(proof) {
  if (leaving) {
    return;
  }
  show({ waiting: settings.textSigningIn });
  for (const input of form.elements) {
    input.disabled = !(input.name in proof);
    input.value = String(proof[input.name] ?? "");
  }
  form.requestSubmit();
}

function reload() {
  location.replace(settings.refreshUrl);
}

/** Makes a reload, and a return from a redirect, come back into this login. */
function settleAddress() {
  // A browser refuses an address of another origin, as where Keycloak's hostname is set to another one than is used.
  if (refreshAddress.origin === location.origin) {
    history.replaceState(null, "", refreshAddress);
  }
}

/** What a redirect added to the address is Gigya's to read, so it stays until Gigya is ready. */
function isBackFromRedirect() {
  return location.href !== refreshAddress.href && location.href.startsWith(refreshAddress.href);
}

function onSubmit(event) {
  if (screenSet.contains(event.target)) {
    return;
  }
  if (leaving) {
    event.preventDefault();
  }
  leaving = true;
}

// ---- Keycloak's layout ----

/** The label of the field that names a known person belongs to an id that no element has (Keycloak 26.7). */
function labelKnownPerson() {
  const field = document.querySelector("input#kc-attempted-username");
  if (field?.labels.length === 0) {
    document.querySelector("label[for='username']")?.setAttribute("for", field.id);
  }
}

// ---- Start ----

function guarded(step) {
  step().catch((failure) => {
    console.error("The Gigya page failed", failure);
    showFailure(settings.textFailed);
  });
}

async function begin() {
  if (begun || leaving) {
    return;
  }
  begun = true;
  settleAddress();
  globalThis.gigya.accounts.addEventHandlers({ onLogin });
  if (settings.fresh === "true" && !isFreshStarted()) {
    await signInAnew();
  } else if (settings.again === "true") {
    await signInAgain();
  } else if (settings.auto === "true") {
    await signIn();
  } else {
    showWaiting(settings.textLoading);
    await withProof(showChoice);
  }
}

function loadGigya() {
  const address = new URL(settings.scriptUrl);
  address.searchParams.set("apikey", settings.apiKey);
  if (settings.lang) {
    address.searchParams.set("lang", settings.lang);
  }
  const script = document.createElement("script");
  script.src = address.href;
  script.onerror = () => showFailure(settings.textScriptFailed);
  globalThis.onGigyaServiceReady = () => guarded(begin);
  showWaiting(settings.textLoading);
  document.head.append(script);
}

if (!isBackFromRedirect()) {
  settleAddress();
}
labelKnownPerson();
// A page out of the back/forward cache belongs to a step that may be over.
addEventListener("pageshow", (event) => event.persisted && reload());
document.addEventListener("submit", onSubmit);
retryButton.addEventListener("click", () => guarded(async () => retry()));
otherAccountButton.addEventListener("click", () => guarded(signInAnew));
loadGigya();
