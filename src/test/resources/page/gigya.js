// Stands in for Gigya's script in the page's own tests. `window.stub` (see StubGigya) says how it behaves; what it was asked
// for is kept in localStorage, where a navigation does not lose it.
(() => {
  const stub = window.stub;
  const handlers = [];
  const held = (window.heldAnswers = []);
  const calls = () => JSON.parse(localStorage.getItem("calls") ?? "[]");
  const record = (method, { callback, onAfterScreenLoad, onError, ...parameters }) =>
    localStorage.setItem("calls", JSON.stringify([...calls(), { method, parameters }]));
  const signedIn = () => localStorage.getItem("session") !== null;
  const account = () => ({
    errorCode: 0,
    UID: "uid-1",
    UIDSignature: "signature-of-" + localStorage.getItem("session"),
    signatureTimestamp: 1700000000,
  });

  function answer(parameters, whenSignedIn) {
    const code = stub.errorCode || (signedIn() ? 0 : 403005);
    const give = () => parameters.callback(code === 0 ? whenSignedIn() : { errorCode: code, callId: "call-1" });
    if (stub.silent) {
      held.push(give);
    } else {
      setTimeout(give, stub.delay);
    }
  }

  function openSession(name) {
    localStorage.setItem("session", name);
    const event = { eventName: "login", ...account() };
    for (let i = 0; i < stub.loginEvents; i++) {
      handlers.forEach((handler) => handler.onLogin?.(event));
    }
  }

  function drawScreen(parameters) {
    const container = document.getElementById(parameters.containerID);
    container.innerHTML = `
      <div class="gigya-screen portrait" id="${parameters.startScreen}">
        <form class="gigya-login-form">
          <input name="username" data-gigya-name="loginID" data-screenset-roles="template" hidden>
          <label>E-mail <input name="username" class="gigya-input-text" data-gigya-name="loginID"></label>
          <label>Password <input name="password" type="password" class="gigya-input-password"></label>
          <div class="gigya-error-msg"></div>
          <input type="submit" class="gigya-input-submit" value="Submit">
          <button type="button" id="social">Continue with a social network</button>
        </form>
      </div>`;
    container.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      if (container.querySelector("[type=password]").value === "wrong") {
        container.querySelector(".gigya-error-msg").textContent = "Invalid login or password";
        parameters.onError({ errorCode: 403042 });
      } else {
        openSession("form");
      }
    });
    container.querySelector("#social").addEventListener("click", () => {
      localStorage.setItem("session", "social");
      location.href = location.href + "&gig_events=socialize.login";
    });
    parameters.onAfterScreenLoad({ eventName: "afterScreenLoad", currentScreen: parameters.startScreen });
  }

  window.gigya = {
    accounts: {
      addEventHandlers: (handler) => handlers.push(handler),
      getJWT(parameters) {
        record("getJWT", parameters);
        answer(parameters, () => ({ errorCode: 0, id_token: "token-of-" + localStorage.getItem("session") }));
      },
      getAccountInfo(parameters) {
        record("getAccountInfo", parameters);
        const token = parameters.include === "id_token" ? { id_token: "short-token" } : {};
        answer(parameters, () => ({ ...account(), ...token }));
      },
      logout(parameters) {
        record("logout", parameters);
        answer(parameters, () => {
          localStorage.removeItem("session");
          return { errorCode: 0 };
        });
      },
      showScreenSet(parameters) {
        record("showScreenSet", parameters);
        if (stub.screenSetError) {
          parameters.onError({ errorCode: stub.screenSetError, callId: "call-2" });
        } else {
          setTimeout(() => drawScreen(parameters), stub.delay);
        }
      },
    },
  };
  record("script", { address: document.currentScript.src, page: location.href });
  if (stub.ready) {
    window.onGigyaServiceReady();
    window.onGigyaServiceReady(); // a page must not depend on being told once
  }
})();
