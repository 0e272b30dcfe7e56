/*
 * The simulator's stand-in for Gigya's Web SDK: the parts of gigya.accounts that a login page uses.
 *
 * It keeps the login token in a cookie of the page's own site, as the real script does, and sends it as login_token.
 * It needs neither eval nor inline handlers, so a page's Content-Security-Policy may forbid both.
 */
(function (script) {
  'use strict';

  const base = new URL(script.src).origin;
  const settings = new URL(script.src).searchParams;
  const apiKey = settings.get('apikey') || settings.get('apiKey');
  const cookieName = 'glt_' + apiKey;
  const handlers = { login: [], logout: [] };

  const texts = {
    en: {
      'gigya-login-screen': 'Sign in',
      'gigya-register-screen': 'Create an account',
      'gigya-complete-registration-screen': 'Complete your account',
      'gigya-email-verification-screen': 'Verify your e-mail address',
      loginID: 'E-mail or user name', password: 'Password', email: 'E-mail', firstName: 'First name', lastName: 'Last name',
      login: 'Sign in', register: 'Create account', complete: 'Continue', toRegister: 'No account yet? Create one',
      toLogin: 'Back to sign-in', social: 'Sign in with Facebook', sent: 'Follow the link in the e-mail that was sent to you.',
      'gigya-passkey-login-screen': 'Sign in', passkey: 'Sign in with a passkey',
      403042: 'Invalid login or password', 403120: 'This account is locked. Try again later.',
      403041: 'This account is disabled.', 400009: 'This e-mail address already has an account.', failed: 'Something went wrong'
    },
    de: {
      'gigya-login-screen': 'Anmelden',
      'gigya-register-screen': 'Konto anlegen',
      'gigya-complete-registration-screen': 'Konto vervollständigen',
      'gigya-email-verification-screen': 'E-Mail-Adresse bestätigen',
      loginID: 'E-Mail oder Benutzername', password: 'Passwort', email: 'E-Mail', firstName: 'Vorname', lastName: 'Nachname',
      login: 'Anmelden', register: 'Konto anlegen', complete: 'Weiter', toRegister: 'Noch kein Konto? Eins anlegen',
      toLogin: 'Zurück zur Anmeldung', social: 'Mit Facebook anmelden', sent: 'Folge dem Link in der E-Mail, die verschickt wurde.',
      'gigya-passkey-login-screen': 'Anmelden', passkey: 'Mit Passkey anmelden',
      403042: 'Anmeldename oder Passwort ist falsch', 403120: 'Dieses Konto ist gesperrt. Versuche es später.',
      403041: 'Dieses Konto ist deaktiviert.', 400009: 'Diese E-Mail-Adresse hat schon ein Konto.', failed: 'Etwas ging schief'
    },
    ar: {
      'gigya-login-screen': 'تسجيل الدخول',
      'gigya-register-screen': 'إنشاء حساب',
      'gigya-complete-registration-screen': 'إكمال الحساب',
      'gigya-email-verification-screen': 'تأكيد البريد الإلكتروني',
      loginID: 'البريد الإلكتروني أو اسم المستخدم', password: 'كلمة المرور', email: 'البريد الإلكتروني', firstName: 'الاسم الأول', lastName: 'اسم العائلة',
      login: 'تسجيل الدخول', register: 'إنشاء حساب', complete: 'متابعة', toRegister: 'ليس لديك حساب؟ أنشئ حسابًا',
      toLogin: 'العودة إلى تسجيل الدخول', social: 'تسجيل الدخول باستخدام Facebook', sent: 'اتبع الرابط في الرسالة التي أُرسلت إليك.',
      'gigya-passkey-login-screen': 'تسجيل الدخول', passkey: 'تسجيل الدخول بمفتاح مرور',
      403042: 'اسم المستخدم أو كلمة المرور غير صحيحة', 403120: 'هذا الحساب مقفل. حاول لاحقًا.',
      403041: 'هذا الحساب معطل.', 400009: 'هذا البريد الإلكتروني له حساب بالفعل.', failed: 'حدث خطأ ما'
    },
    ja: {
      'gigya-login-screen': 'サインイン',
      'gigya-register-screen': 'アカウントの作成',
      'gigya-complete-registration-screen': 'アカウントの登録を完了',
      'gigya-email-verification-screen': 'メールアドレスの確認',
      loginID: 'メールアドレスまたはユーザー名', password: 'パスワード', email: 'メールアドレス', firstName: '名', lastName: '姓',
      login: 'サインイン', register: 'アカウントを作成', complete: '続ける', toRegister: 'アカウントをお持ちでない方',
      toLogin: 'サインインに戻る', social: 'Facebookでサインイン', sent: 'お送りしたメールのリンクを開いてください。',
      'gigya-passkey-login-screen': 'サインイン', passkey: 'パスキーでサインイン',
      403042: 'ログインIDまたはパスワードが正しくありません', 403120: 'このアカウントはロックされています。後でもう一度お試しください。',
      403041: 'このアカウントは無効です。', 400009: 'このメールアドレスはすでに登録されています。', failed: '問題が発生しました'
    }
  };

  // ---- session: a cookie of the page's own site ----

  function loginToken() {
    const cookie = document.cookie.split('; ').find(text => text.startsWith(cookieName + '='));
    return cookie ? cookie.substring(cookieName.length + 1).split('|')[0] : '';
  }

  function keepSession(token, sessionExpiration) {
    const secure = location.protocol === 'https:' ? '; Secure' : '';
    const seconds = Number(sessionExpiration) > 0 ? '; Max-Age=' + Number(sessionExpiration) : '';
    document.cookie = cookieName + '=' + token + '; Path=/; SameSite=Lax' + seconds + secure;
  }

  function dropSession() {
    document.cookie = cookieName + '=; Path=/; Max-Age=0';
  }

  // ---- calls ----

  async function call(method, parameters) {
    const body = new URLSearchParams({ apiKey, format: 'json', sdk: 'js_latest' });
    const token = loginToken();
    if (token) {
      body.set('login_token', token);
    }
    for (const [name, value] of Object.entries(parameters)) {
      if (value !== undefined && value !== null && value !== '') {
        body.set(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
      }
    }
    try {
      const response = await fetch(base + '/' + method,
        { method: 'POST', body, credentials: 'omit', signal: AbortSignal.timeout(30000) });
      const answer = await response.json();
      return { operation: '/' + method, status: answer.errorCode === 0 ? 'OK' : 'FAIL', ...answer };
    } catch (failure) {
      const timedOut = failure.name === 'TimeoutError';
      return {
        operation: '/' + method,
        status: 'FAIL',
        errorCode: timedOut ? 504002 : 500026,
        errorMessage: timedOut ? 'Request timeout' : 'Network error'
      };
    }
  }

  function answerTo(parameters, response) {
    if (typeof parameters.callback === 'function') {
      parameters.callback({ context: parameters.context, ...response });
    }
  }

  function pick(parameters, names) {
    return Object.fromEntries(names.map(name => [name, parameters[name]]));
  }

  function fire(name, event) {
    handlers[name].forEach(handler => handler(event));
  }

  /** Every successful login ends here: the session is kept first, so that handlers may call the API. */
  function loggedIn(response, source, context, sessionExpiration) {
    keepSession(response.sessionInfo.cookieValue, sessionExpiration);
    fire('login', {
      eventName: 'login', source, context,
      UID: response.UID, UIDSignature: response.UIDSignature, signatureTimestamp: response.signatureTimestamp,
      loginMode: 'standard', newUser: response.newUser || false,
      provider: response.loginProvider === 'site' ? '' : response.loginProvider,
      profile: response.profile, data: response.data, id_token: response.id_token, remember: false
    });
  }

  // ---- passkeys ----

  // What the browser refuses, because of the page's domain say, has no number of Gigya's.
  function refusedByBrowser(failure) {
    return { status: 'FAIL', errorCode: 500026, errorMessage: failure.name };
  }

  async function registerPasskey() {
    const begun = await call('accounts.auth.fido.initRegisterCredentials', {});
    if (begun.errorCode !== 0) {
      return begun;
    }
    try {
      const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(begun.options));
      const attestation = (await navigator.credentials.create({ publicKey })).toJSON();
      return await call('accounts.auth.fido.registerCredentials', { token: begun.token, attestation });
    } catch (failure) {
      return refusedByBrowser(failure);
    }
  }

  async function passkeyLogin(parameters) {
    const begun = await call('accounts.auth.fido.getAssertionOptions', {});
    if (begun.errorCode !== 0) {
      return begun;
    }
    try {
      const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(begun.options));
      const authenticatorAssertion = (await navigator.credentials.get({ publicKey })).toJSON();
      return await call('accounts.auth.fido.verifyAssertion', { token: begun.token, authenticatorAssertion, ...parameters });
    } catch (failure) {
      return refusedByBrowser(failure);
    }
  }

  // ---- screens ----

  function element(name, properties, children) {
    const node = Object.assign(document.createElement(name), properties);
    node.append(...(children || []));
    return node;
  }

  // Constructed rather than written into the page, so that a policy may forbid inline styles.
  const style = new CSSStyleSheet();
  style.replaceSync(`
    .gigya-screen h2 { margin: 0 0 1rem; font-size: 1.25rem; font-weight: 500; }
    .gigya-screen p { margin: 0 0 1rem; }
    .gigya-text label { display: block; margin-bottom: 0.25rem; }
    .gigya-text input { box-sizing: border-box; width: 100%; padding: 0.5rem; border: 1px solid #6a6e73; border-radius: 4px; font: inherit; }
    .gigya-input-submit, .gigya-social-login { width: 100%; padding: 0.5rem; border: 0; border-radius: 4px; background: #0b5cad; color: #fff; font: inherit; cursor: pointer; }
    .gigya-input-submit { margin-bottom: 1rem; }
    .gigya-social-login { background: #3b5998; }
    .gigya-screen-link { padding: 0; border: 0; background: none; color: #0b5cad; font: inherit; text-decoration: underline; cursor: pointer; }
    .gigya-error-msg { margin: 0 0 1rem; color: #b3261e; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, style];

  class ScreenSet {
    constructor(parameters) {
      this.parameters = parameters;
      const lang = (parameters.lang || settings.get('lang') || 'en').substring(0, 2);
      this.lang = texts[lang] ? lang : 'en';
      this.texts = texts[this.lang];
      this.container = parameters.containerID
        ? document.getElementById(parameters.containerID)
        : document.body.appendChild(element('div', { id: 'gigya-dialog', role: 'dialog' }));
    }

    async open() {
      const { screenSet, startScreen = 'gigya-login-screen' } = this.parameters;
      if (!this.container) {
        return this.report({ errorCode: 400103, errorMessage: 'Invalid containerID' });
      }
      const screens = {
        'gigya-login-screen': () => this.showLogin(),
        'gigya-passkey-login-screen': () => this.showPasskeyLogin(),
        'gigya-register-screen': () => this.showRegistration()
      };
      if (screenSet !== 'Default-RegistrationLogin' || !screens[startScreen]) {
        return this.report({ errorCode: 404000, errorMessage: 'Screen-set not found' });
      }
      // The first call tells whether this page may use the site at all.
      const response = await call('accounts.initRegistration', {});
      if (response.errorCode !== 0) {
        return this.report(response);
      }
      this.regToken = response.regToken;
      screens[startScreen]();
      const outcome = takeSocialOutcome();
      if (outcome) {
        this.afterSocialLogin(outcome);
      }
    }

    emit(name, event) {
      const handler = this.parameters['on' + name[0].toUpperCase() + name.substring(1)];
      if (typeof handler === 'function') {
        handler({ eventName: name, context: this.parameters.context, currentScreen: this.current, ...event });
      }
    }

    report(response) {
      if (this.container) {
        this.showError(response);
      }
      this.emit('error', { errorCode: response.errorCode, errorMessage: response.errorMessage, response });
    }

    showError(response) {
      let box = this.container.querySelector('.gigya-error-msg');
      if (!box) {
        box = element('p', { className: 'gigya-error-msg', role: 'alert' });
        this.container.prepend(box);
      }
      box.textContent = this.texts[response.errorCode] || this.texts.failed + ' (' + response.errorCode + ')';
      box.dataset.errorCode = response.errorCode;
    }

    /** Shows a screen; `content` is called when `current` names it, because ids of fields begin with it. */
    show(screenId, content) {
      const isFirst = !this.current;
      this.current = screenId;
      const screen = element('div', { id: screenId, className: 'gigya-screen' },
        [element('h2', { textContent: this.texts[screenId] }), ...content()]);
      screen.lang = this.lang;
      this.container.replaceChildren(screen);
      if (!isFirst) {
        (screen.querySelector('input') || screen.querySelector('button') || screen).focus();
      }
      this.emit('afterScreenLoad', {});
    }

    field(name, label, properties) {
      const id = this.current + '-' + name.replaceAll('.', '-');
      const input = element('input', { id, name, type: 'text', required: true, ...properties });
      const caption = element('label', { htmlFor: id, textContent: label });
      const row = element('p', { className: 'gigya-field' }, input.type === 'checkbox' ? [input, ' ', caption] : [caption, input]);
      if (input.type !== 'checkbox') {
        row.classList.add('gigya-text');
      }
      return row;
    }

    form(name, fields, submit) {
      const button = element('button', { type: 'submit', className: 'gigya-input-submit', textContent: this.texts[name] });
      button.dataset.action = name;
      const form = element('form', { id: 'gigya-' + name + '-form', method: 'post' }, [...fields, button]);
      form.addEventListener('submit', async event => {
        event.preventDefault();
        button.disabled = true;
        await submit(new FormData(form));
        button.disabled = false;
      });
      return form;
    }

    link(name, action) {
      const button = element('button', { type: 'button', className: 'gigya-screen-link', textContent: this.texts[name] });
      button.dataset.switchScreen = name;
      button.addEventListener('click', action);
      return element('p', {}, [button]);
    }

    showLogin() {
      const social = element('button', { type: 'button', className: 'gigya-social-login', textContent: this.texts.social });
      social.dataset.provider = 'facebook';
      social.addEventListener('click', () => this.socialLogin('facebook'));
      this.show('gigya-login-screen', () => [
        this.form('login', [
          this.field('username', this.texts.loginID, { autocomplete: 'username' }),
          this.field('password', this.texts.password, { type: 'password', autocomplete: 'current-password' })
        ], async form => this.submitted(await call('accounts.login', {
          loginID: form.get('username'), password: form.get('password'), ...this.loginParameters()
        }))),
        element('p', {}, [social]),
        this.link('toRegister', () => this.showRegistration())
      ]);
    }

    showPasskeyLogin() {
      const button = element('button', { type: 'button', className: 'gigya-input-submit', textContent: this.texts.passkey });
      button.dataset.action = 'passkey';
      button.addEventListener('click', async () => {
        button.disabled = true;
        this.submitted(await passkeyLogin(this.loginParameters()));
        button.disabled = false;
      });
      this.show('gigya-passkey-login-screen', () => [
        element('p', {}, [button]),
        this.link('toLogin', () => this.showLogin())
      ]);
    }

    showRegistration() {
      this.show('gigya-register-screen', () => [
        this.form('register', [
          this.field('email', this.texts.email, { type: 'email', autocomplete: 'email' }),
          this.field('profile.firstName', this.texts.firstName, { autocomplete: 'given-name' }),
          this.field('profile.lastName', this.texts.lastName, { autocomplete: 'family-name' }),
          this.field('password', this.texts.password, { type: 'password', autocomplete: 'new-password' })
        ], async form => this.register(form)),
        this.link('toLogin', () => this.showLogin())
      ]);
    }

    async register(form) {
      const response = await call('accounts.register', {
        regToken: this.regToken, email: form.get('email'), password: form.get('password'),
        profile: { firstName: form.get('profile.firstName'), lastName: form.get('profile.lastName') },
        finalizeRegistration: true, ...this.loginParameters()
      });
      // A registration token begins one registration.
      this.regToken = (await call('accounts.initRegistration', {})).regToken || this.regToken;
      this.submitted(response);
    }

    showCompletion(pending) {
      const missing = (pending.errorDetails || '').split(': ')[1] || '';
      this.show('gigya-complete-registration-screen', () => [
        this.form('complete', missing.split(', ').filter(Boolean).map(path => this.missingField(path)),
          async form => this.complete(pending.regToken, form)),
        this.link('toLogin', () => this.showLogin())
      ]);
    }

    missingField(path) {
      const label = this.texts[path.split('.').pop()] || path;
      return this.field(path, label, /(isConsentGranted|terms)$/.test(path) ? { type: 'checkbox', value: 'true' } : {});
    }

    async complete(regToken, form) {
      const sections = {};
      for (const [path, value] of form) {
        const names = path.split('.');
        const last = names.pop();
        const parent = names.reduce((node, name) => node[name] = node[name] || {}, sections);
        parent[last] = /(isConsentGranted|terms)$/.test(path) ? value === 'true' : value;
      }
      const changed = await call('accounts.setAccountInfo', { regToken, ...sections });
      this.submitted(changed.errorCode === 0
        ? await call('accounts.finalizeRegistration', { regToken, ...pick(this.parameters, ['include', 'sessionExpiration']) })
        : changed);
    }

    showVerification() {
      this.show('gigya-email-verification-screen', () => [
        element('p', { textContent: this.texts.sent }),
        this.link('toLogin', () => this.showLogin())
      ]);
    }

    loginParameters() {
      return pick(this.parameters, ['include', 'sessionExpiration', 'lang']);
    }

    submitted(response) {
      this.emit('afterSubmit', { response });
      if (response.errorCode === 0) {
        this.container.replaceChildren();
        loggedIn(response, 'showScreenSet', this.parameters.context, this.parameters.sessionExpiration);
      } else if (response.errorCode === 206001) {
        this.showCompletion(response);
      } else if (response.errorCode === 206002) {
        this.showVerification();
      } else {
        this.report(response);
      }
    }

    // ---- social sign-in: a pop-up that posts its outcome, or a redirect that brings it back in the fragment ----

    socialLogin(provider) {
      const target = new URL(base + '/socialize.login');
      target.searchParams.set('apiKey', apiKey);
      target.searchParams.set('provider', provider);
      if (this.parameters.authFlow === 'redirect') {
        if (this.parameters.redirectURL) {
          target.searchParams.set('redirectURL', this.parameters.redirectURL);
          target.searchParams.set('redirectMethod', this.parameters.redirectMethod || 'get');
        } else {
          target.searchParams.set('returnTo', location.href.split('#')[0]);
        }
        location.assign(target);
        return;
      }
      target.searchParams.set('origin', location.origin);
      const popUp = window.open(target, 'gigya-social-login', 'width=480,height=560');
      if (!popUp) {
        this.report({ errorCode: 500026, errorMessage: 'The pop-up was blocked' });
        return;
      }
      const receive = event => {
        if (event.origin === base && event.source === popUp && event.data.type === 'gigya-social-login') {
          window.removeEventListener('message', receive);
          this.afterSocialLogin(event.data.outcome);
        }
      };
      window.addEventListener('message', receive);
    }

    async afterSocialLogin(outcome) {
      if (outcome.errorCode !== 0) {
        this.submitted(outcome);
        return;
      }
      const account = await call('accounts.getAccountInfo',
        { login_token: outcome.loginToken, include: this.parameters.include });
      this.submitted(account.errorCode === 0
        ? { ...account, sessionInfo: { cookieName, cookieValue: outcome.loginToken } }
        : account);
    }
  }

  // ---- the way back from a redirect ----

  let pendingOutcome = null;

  function readSocialOutcome() {
    const match = /^#gigya_outcome=([A-Za-z0-9_-]+)$/.exec(location.hash);
    if (!match) {
      return;
    }
    history.replaceState(history.state, '', location.pathname + location.search);
    const bytes = Uint8Array.from(atob(match[1].replaceAll('-', '+').replaceAll('_', '/')), text => text.charCodeAt(0));
    const outcome = JSON.parse(new TextDecoder().decode(bytes));
    if (outcome.errorCode === 0) {
      // An open session is what the page finds by getAccountInfo; no login event is fired.
      keepSession(outcome.loginToken);
    } else {
      pendingOutcome = outcome;
    }
  }

  function takeSocialOutcome() {
    const outcome = pendingOutcome;
    pendingOutcome = null;
    return outcome;
  }

  // ---- the public object ----

  window.gigya = {
    isReady: false,
    apiKey,
    accounts: {
      showScreenSet(parameters) {
        new ScreenSet(parameters).open();
      },
      async login(parameters) {
        const response = await call('accounts.login',
          pick(parameters, ['loginID', 'password', 'loginMode', 'include', 'sessionExpiration', 'lang']));
        if (response.errorCode === 0) {
          loggedIn(response, 'accounts.login', parameters.context, parameters.sessionExpiration);
        }
        answerTo(parameters, response);
      },
      async getAccountInfo(parameters) {
        answerTo(parameters, await call('accounts.getAccountInfo', pick(parameters, ['include', 'regToken', 'extraProfileFields'])));
      },
      async getJWT(parameters) {
        answerTo(parameters, await call('accounts.getJWT', pick(parameters, ['fields', 'expiration', 'audience'])));
      },
      async logout(parameters = {}) {
        const response = await call('accounts.logout', {});
        dropSession();
        fire('logout', { eventName: 'logout', source: 'accounts.logout', context: parameters.context });
        answerTo(parameters, response);
      },
      auth: {
        fido: {
          async register(parameters = {}) {
            answerTo(parameters, await registerPasskey());
          }
        }
      },
      addEventHandlers(parameters) {
        if (typeof parameters.onLogin === 'function') {
          handlers.login.push(parameters.onLogin);
        }
        if (typeof parameters.onLogout === 'function') {
          handlers.logout.push(parameters.onLogout);
        }
      }
    }
  };

  readSocialOutcome();
  setTimeout(() => {
    window.gigya.isReady = true;
    if (typeof window.onGigyaServiceReady === 'function') {
      window.onGigyaServiceReady();
    }
  }, 0);
})(document.currentScript);
