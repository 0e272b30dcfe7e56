terraform {
  required_version = ">= 1.5"

  required_providers {
    keycloak = {
      source  = "keycloak/keycloak"
      version = "~> 5.0"
    }
  }
}

# Takes KEYCLOAK_URL, KEYCLOAK_CLIENT_ID and KEYCLOAK_CLIENT_SECRET from the environment.
provider "keycloak" {}

resource "keycloak_realm" "shop" {
  realm        = "shop"
  enabled      = true
  display_name = "Example shop"

  # The federation checks passwords, and every realm has a client that takes them (admin-cli).
  security_defenses {
    brute_force_detection {
      permanent_lockout = false
    }
  }
}

# Terraform's state holds no secret: Keycloak reads it from its vault. "$$" stands for "$".
resource "keycloak_custom_user_federation" "gigya" {
  realm_id    = keycloak_realm.shop.id
  name        = "gigya"
  provider_id = "gigya"

  config = merge(var.gigya_site, {
    apiKey               = var.gigya_api_key
    secret               = "$${vault.gigya}"
    authorizationMethod  = "signature"
    usernameField        = "profile.email"
    existingUserPolicy   = "refuse"
    missingAccountPolicy = "disable"
    importEnabled        = "true"
    passwordCheck        = "gigya"
    fieldMappings = jsonencode([
      { key = "profile.firstName", value = "firstName" },
      { key = "profile.lastName", value = "lastName" },
      { key = "profile.email", value = "email" },
      { key = "data.interests", value = "interests" },
      { key = "data.memberNumber", value = "memberNumber" },
    ])
  })

  # Keycloak's own note of the last sync.
  lifecycle {
    ignore_changes = [config["lastSync"]]
  }
}

resource "keycloak_authentication_flow" "browser" {
  realm_id    = keycloak_realm.shop.id
  alias       = "gigya browser"
  description = "An open Keycloak session, an identity provider, or the page of the Gigya site"
}

resource "keycloak_authentication_execution" "cookie" {
  realm_id          = keycloak_realm.shop.id
  parent_flow_alias = keycloak_authentication_flow.browser.alias
  authenticator     = "auth-cookie"
  requirement       = "ALTERNATIVE"
  priority          = 10
}

resource "keycloak_authentication_execution" "redirector" {
  realm_id          = keycloak_realm.shop.id
  parent_flow_alias = keycloak_authentication_flow.browser.alias
  authenticator     = "identity-provider-redirector"
  requirement       = "ALTERNATIVE"
  priority          = 20
}

resource "keycloak_authentication_execution" "gigya" {
  realm_id          = keycloak_realm.shop.id
  parent_flow_alias = keycloak_authentication_flow.browser.alias
  authenticator     = "gigya-login"
  requirement       = "ALTERNATIVE"
  priority          = 30
}

resource "keycloak_authentication_execution_config" "gigya" {
  realm_id     = keycloak_realm.shop.id
  execution_id = keycloak_authentication_execution.gigya.id
  alias        = "gigya login"

  config = {
    federationProvider = keycloak_custom_user_federation.gigya.name
    screenSet          = "Default-RegistrationLogin"
    startScreen        = "gigya-login-screen"
    loginProof         = "idToken"
    proofMaxAgeSeconds = "60"
    logoutFromGigya    = "true"
  }
}

resource "keycloak_authentication_bindings" "shop" {
  realm_id     = keycloak_realm.shop.id
  browser_flow = keycloak_authentication_flow.browser.alias

  depends_on = [
    keycloak_authentication_execution.cookie,
    keycloak_authentication_execution.redirector,
    keycloak_authentication_execution_config.gigya,
  ]
}

# The resource for OpenID Connect serves every provider that Keycloak does not know, named by provider_id.
resource "keycloak_oidc_identity_provider" "gigya" {
  realm         = keycloak_realm.shop.id
  alias         = "gigya"
  provider_id   = "gigya"
  display_name  = "Shop account"
  client_id     = var.gigya_api_key
  client_secret = "$${vault.gigya}"
  sync_mode     = "FORCE"

  # The resource's own default is true, which is refused: tokens are never kept.
  store_token = false

  # The resource wants both; this provider uses neither.
  authorization_url = "https://unused.invalid/"
  token_url         = "https://unused.invalid/"

  extra_config = merge(var.gigya_site, {
    authorizationMethod = "signature"
    usernameField       = "profile.email"
    screenSet           = "Default-RegistrationLogin"
    startScreen         = "gigya-login-screen"
    loginProof          = "idToken"
    logoutFromGigya     = "true"
  })
}

resource "keycloak_role" "gold" {
  realm_id    = keycloak_realm.shop.id
  name        = "gold"
  description = "Gold members of the loyalty program"
}

resource "keycloak_custom_identity_provider_mapper" "loyalty_level" {
  realm                    = keycloak_realm.shop.id
  name                     = "loyalty level"
  identity_provider_alias  = keycloak_oidc_identity_provider.gigya.alias
  identity_provider_mapper = "gigya-attribute-mapper"

  extra_config = {
    syncMode         = "INHERIT"
    field            = "data.loyalty.level"
    "user.attribute" = "loyaltyLevel"
  }
}

resource "keycloak_custom_identity_provider_mapper" "gold" {
  realm                    = keycloak_realm.shop.id
  name                     = "gold members"
  identity_provider_alias  = keycloak_oidc_identity_provider.gigya.alias
  identity_provider_mapper = "gigya-role-mapper"

  extra_config = {
    syncMode  = "INHERIT"
    field     = "data.loyalty.level"
    condition = "equals"
    value     = "gold"
    role      = keycloak_role.gold.name
  }
}

# Replaces the realm's whole user profile.
resource "keycloak_realm_user_profile" "shop" {
  realm_id                   = keycloak_realm.shop.id
  unmanaged_attribute_policy = "ADMIN_VIEW"

  attribute {
    name         = "username"
    display_name = "$${username}"

    permissions {
      view = ["admin", "user"]
      edit = ["admin", "user"]
    }
  }

  attribute {
    name         = "email"
    display_name = "$${email}"

    permissions {
      view = ["admin", "user"]
      edit = ["admin", "user"]
    }

    validator {
      name = "email"
    }
  }

  attribute {
    name         = "firstName"
    display_name = "$${firstName}"

    permissions {
      view = ["admin", "user"]
      edit = ["admin", "user"]
    }
  }

  attribute {
    name         = "lastName"
    display_name = "$${lastName}"

    permissions {
      view = ["admin", "user"]
      edit = ["admin", "user"]
    }
  }

  attribute {
    name         = "memberNumber"
    display_name = "Member number"

    permissions {
      view = ["admin", "user"]
      edit = []
    }
  }

  attribute {
    name         = "interests"
    display_name = "Interests"
    multi_valued = true

    permissions {
      view = ["admin", "user"]
      edit = []
    }
  }

  attribute {
    name         = "loyaltyLevel"
    display_name = "Loyalty level"

    permissions {
      view = ["admin", "user"]
      edit = []
    }
  }
}

resource "keycloak_openid_client" "shop_app" {
  realm_id              = keycloak_realm.shop.id
  client_id             = "shop-app"
  name                  = "Shop app"
  access_type           = "PUBLIC"
  standard_flow_enabled = true
  valid_redirect_uris   = var.redirect_uris

  pkce_code_challenge_method = "S256"
}

resource "keycloak_openid_user_attribute_protocol_mapper" "gigya_uid" {
  realm_id            = keycloak_realm.shop.id
  client_id           = keycloak_openid_client.shop_app.id
  name                = "gigya.uid"
  user_attribute      = "gigya.uid"
  claim_name          = "gigya\\.uid"
  add_to_id_token     = false
  add_to_userinfo     = false
  add_to_access_token = true
}

resource "keycloak_openid_user_attribute_protocol_mapper" "interests" {
  realm_id            = keycloak_realm.shop.id
  client_id           = keycloak_openid_client.shop_app.id
  name                = "interests"
  user_attribute      = "interests"
  claim_name          = "interests"
  multivalued         = true
  add_to_id_token     = false
  add_to_userinfo     = false
  add_to_access_token = true
}

resource "keycloak_openid_user_attribute_protocol_mapper" "member_number" {
  realm_id            = keycloak_realm.shop.id
  client_id           = keycloak_openid_client.shop_app.id
  name                = "memberNumber"
  user_attribute      = "memberNumber"
  claim_name          = "memberNumber"
  claim_value_type    = "long"
  add_to_id_token     = false
  add_to_userinfo     = false
  add_to_access_token = true
}

resource "keycloak_openid_user_attribute_protocol_mapper" "loyalty_level" {
  realm_id            = keycloak_realm.shop.id
  client_id           = keycloak_openid_client.shop_app.id
  name                = "loyaltyLevel"
  user_attribute      = "loyaltyLevel"
  claim_name          = "loyaltyLevel"
  add_to_id_token     = false
  add_to_userinfo     = false
  add_to_access_token = true
}
