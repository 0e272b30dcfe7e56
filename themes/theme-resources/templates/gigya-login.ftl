<#import "template.ftl" as layout>
<#--
  The sign-in page of Gigya. Login themes bring template.ftl; both generations of Keycloak's classes are named here, and those
  that a theme does not know fall away. `v` is the start of each file's SHA-256: browsers keep these files for weeks.
-->
<#assign
  script = "/js/gigya-login.js?v=614aa08f"
  style = "/css/gigya-login.css?v=3897f3c1"
  primary = "${properties.kcButtonClass!} ${properties.kcButtonPrimaryClass!} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}"
  secondary = "${properties.kcButtonClass!} ${properties.kcButtonSecondaryClass!properties.kcButtonDefaultClass!} ${properties.kcButtonBlockClass!} ${properties.kcButtonLargeClass!}"
>
<#macro alert text="" extra...>
  <div class="alert-error ${properties.kcAlertClass!} pf-m-danger"<#list extra as name, value> ${name}="${value}"</#list>>
    <div class="${properties.kcAlertIconClass!'pf-c-alert__icon'}"><span class="${properties.kcFeedbackErrorIcon!}" aria-hidden="true"></span></div>
    <span class="${properties.kcAlertTitleClass!} kc-feedback-text">${text}</span>
  </div>
</#macro>
<@layout.registrationLayout; section>
  <#if section = "header">
    ${msg("loginAccountTitle")}
  <#elseif section = "form">
    <link rel="stylesheet" href="${url.resourcesPath}${style}">
    <div id="gigya"
         data-script-url="${gigya.scriptUrl}"
         data-api-key="${gigya.apiKey}"
         data-screen-set="${gigya.screenSet}"
         data-start-screen="${gigya.startScreen}"
         data-proof="${gigya.proof}"
         data-audience="${gigya.audience}"
         data-token-lifetime="${gigya.tokenLifetime?c}"
         data-lang="${gigya.lang}"
         data-auth-flow="${gigya.authFlow}"
         data-fresh="${gigya.fresh?c}"
         data-auto="${gigya.auto?c}"
         data-again="${gigya.again?c}"
         data-login-hint="${gigya.loginHint}"
         data-refresh-url="${gigya.refreshUrl}"
         data-text-loading="${msg("gigyaLoading")}"
         data-text-signing-in="${msg("gigyaSigningIn")}"
         data-text-script-failed="${msg("gigyaScriptFailed")}"
         data-text-site-refused="${msg("gigyaSiteRefused")}"
         data-text-failed="${msg("gigyaFailed")}">
      <#-- Where the layout names the person itself it also offers to start over. -->
      <#if gigya.signedInAs?has_content && !(auth?has_content && auth.showUsername())>
        <p id="gigya-signed-in-as">
          ${msg("gigyaSignedInAs")} <strong><bdi>${gigya.signedInAs}</bdi></strong>
          <a href="${url.loginRestartFlowUrl}">${msg("gigyaNotYou")}</a>
        </p>
      </#if>
      <noscript><@alert text=msg("gigyaNoScript") /></noscript>
      <div role="status" aria-live="polite">
        <div id="gigya-status" hidden>
          <span class="gigya-spinner" aria-hidden="true"></span>
          <span id="gigya-status-text"></span>
        </div>
      </div>
      <div role="alert"><@alert id="gigya-error" hidden="hidden" /></div>
      <div id="gigya-screen-set" hidden></div>
      <div class="gigya-actions">
        <button type="button" id="gigya-retry" class="${primary}" hidden>${msg("doTryAgain")}</button>
        <button type="button" id="gigya-other-account" class="${secondary}" hidden>${msg("gigyaUseAnotherAccount")}</button>
        <form id="gigya-cancel" action="${url.loginAction}" method="post">
          <button type="submit" name="cancel" value="true" class="${secondary}">${msg("doCancel")}</button>
        </form>
      </div>
      <form id="gigya-proof" action="${url.loginAction}" method="post" autocomplete="off" hidden>
        <input type="hidden" name="id_token" disabled>
        <input type="hidden" name="UID" disabled>
        <input type="hidden" name="UIDSignature" disabled>
        <input type="hidden" name="signatureTimestamp" disabled>
      </form>
    </div>
    <script type="module" src="${url.resourcesPath}${script}"></script>
  </#if>
</@layout.registrationLayout>
