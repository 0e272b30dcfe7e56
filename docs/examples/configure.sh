#!/usr/bin/env bash
# Brings what a realm file says about Gigya into a realm of a running Keycloak. Creates what is missing, changes what
# differs and leaves everything else alone, so that a second run writes nothing.
#
#   configure.sh [--new-secrets] shop-realm.json
#
# Environment:
#   KEYCLOAK_URL      where Keycloak answers, such as https://login.example.com
#   KEYCLOAK_ADMIN    an administrator of the realm master (default: admin)
#   KC_CLI_PASSWORD   the administrator's password, which kcadm.sh reads itself
#   KCADM             the program kcadm.sh, where it is not on the PATH
#   and the variables that the realm file names: ${NAME}, or ${NAME:default}
#
# Keycloak tells nobody its secrets, so that this script can't see whether one has changed. It writes a secret with what
# it creates, and all of them with --new-secrets. A reference to the vault is no secret, and is compared.
#
# No secret is ever an argument of a program, where ps would show it. Needs bash, jq and kcadm.sh.
set -euo pipefail

new_secrets=false
if [ "${1:-}" = --new-secrets ]; then
  new_secrets=true
  shift
fi
file="${1:?the realm file is missing}"
kcadm="${KCADM:-kcadm.sh}"

# kcadm.sh keeps its tokens in a file.
private="$(mktemp -d)"
trap 'rm -rf "$private"' EXIT

kc() {
  "$kcadm" "$@" --config "$private/kcadm.config"
}

# The realm file, with the values of its variables. What is empty counts as not set: null.
wanted="$(jq '
  walk(if type == "string" then
    gsub("\\$\\{(?<name>[A-Z_]+)(:(?<preset>[^}]*))?\\}";
      $ENV[.name] // .preset // error("the variable \(.name) has no value"))
  else . end)
  | walk(if . == "" or . == [null] then null else . end)' "$file")"

part() {
  printf '%s' "$wanted" | jq "$@"
}

# The first of a list on standard input whose member has this value; nothing where there is none.
first() {
  jq --arg member "$1" --arg value "$2" '. // [] | map(select(.[$member] == $value)) | first // empty'
}

# What is there, with what is wanted written over it. A secret stays masked, unless new ones are to be written.
merged() {
  printf '%s\n%s' "$1" "$2" | jq -s --argjson new_secrets "$new_secrets" '
    def masked: . == "**********" or . == ["**********"];
    .[0] as $there
    | $there * .[1]
    | if has("config") and ($new_secrets | not)
      then .config |= with_entries(if $there.config[.key] | masked then .value = $there.config[.key] else . end)
      else . end
    | del(.subComponents, (.. | nulls))'
}

same() {
  printf '%s\n%s' "$1" "$2" | jq -se 'map(del(.subComponents, (.. | nulls))) | .[0] == .[1]' > /dev/null
}

create() { # what it is, where, the representation
  echo "creates $1"
  printf '%s' "$3" | jq 'del(.. | nulls)' | kc create "$2" "${@:4}" -i -f - > /dev/null
}

change() { # what it is, where, what is there, what is wanted
  local all
  all="$(merged "$3" "$4")"
  if ! same "$3" "$all"; then
    echo "changes $1"
    printf '%s' "$all" | kc update "$2" -r "$realm" -f -
  fi
}

ensure() { # what it is, where new ones go, where this one is, what is there, what is wanted
  if [ -z "$4" ]; then
    create "$1" "$2" "$5" -r "$realm"
  else
    change "$1" "$3" "$4" "$5"
  fi
}

member() { # a representation, one of its members
  printf '%s' "$1" | jq -r --arg member "$2" '.[$member]'
}

if ! said="$(kc config credentials --server "${KEYCLOAK_URL:?}" --realm master --user "${KEYCLOAK_ADMIN:-admin}" 2>&1)"
then
  echo "$said" >&2
  exit 1
fi

realm="$(part -r .realm)"
if [ -z "$(kc get realms --fields realm | first realm "$realm")" ]; then
  create "the realm $realm" realms "$(part 'del(.roles, .components, .browserFlow, .authenticationFlows,
    .authenticatorConfig, .identityProviders, .identityProviderMappers, .clients)')"
fi

# Tells all but the user profile in one go.
exported="$(kc create partial-export -r "$realm" -q exportClients=true -q exportGroupsAndRoles=true -o)"

there() {
  printf '%s' "$exported" | jq "$@"
}

# The user profile: attributes that it lacks are added.
profile="$(kc get users/profile -r "$realm")"
all="$({
  printf '%s' "$profile"
  part '.components["org.keycloak.userprofile.UserProfileProvider"][0].config["kc.user.profile.config"][0] | fromjson'
} | jq -s '
  .[0] as $there | .[1] as $wanted
  | ($there.attributes | map(.name)) as $names
  | $there
  | .unmanagedAttributePolicy = $wanted.unmanagedAttributePolicy
  | .attributes += ($wanted.attributes | map(select([.name] | inside($names) | not)))')"
change "the user profile" users/profile "$profile" "$all"

# The user federation.
type=org.keycloak.storage.UserStorageProvider
federation="$(part --arg type "$type" '.components[$type][0] + {providerType: $type}')"
name="$(member "$federation" name)"
# An export leaves the type out, without which Keycloak fails to write its admin event.
found="$(there --arg type "$type" '.components[$type]' | first name "$name" | jq --arg type "$type" '.providerType = $type')"
ensure "the user federation $name" components "components/$(member "$found" id)" "$found" "$federation"

# The flow, its steps and their settings. What a step is set to is there as a whole or not at all: Keycloak's list of
# them has the ids that an export lacks.
flow="$(part -r .browserFlow)"
wanted_flow="$(part .authenticationFlows | first alias "$flow")"
found="$(there .authenticationFlows | first alias "$flow")"
steps="authentication/flows/$(printf '%s' "$flow" | jq -Rr @uri)/executions"
if [ -z "$found" ]; then
  create "the flow $flow" authentication/flows "$(printf '%s' "$wanted_flow" | jq 'del(.authenticationExecutions)')" \
    -r "$realm"
fi
added=false
while read -r step <&3; do
  id="$(member "$step" authenticator)"
  if [ -z "$(printf '%s' "$found" | jq '.authenticationExecutions' | first authenticator "$id")" ]; then
    create "the step $id" "$steps/execution" "$(jq -n --arg id "$id" '{provider: $id}')" -r "$realm"
    added=true
  fi
done 3< <(printf '%s' "$wanted_flow" | jq -c '.authenticationExecutions[]')
if $added; then
  executions="$(kc get "$steps" -r "$realm")"
fi
while read -r step <&3; do
  id="$(member "$step" authenticator)"
  config="$(member "$step" authenticatorConfig)"
  old="$(printf '%s' "$found" | jq '.authenticationExecutions' | first authenticator "$id")"
  settings="$(part .authenticatorConfig | first alias "$config")"
  old_settings="$(there .authenticatorConfig | first alias "$config")"
  if [ -z "$old" ] || ! same "$old" "$(merged "$old" "$step")"; then
    executions="${executions:-$(kc get "$steps" -r "$realm")}"
    execution="$(printf '%s' "$executions" | first providerId "$id")"
    change "the step $id" "$steps" "$execution" "$(printf '%s' "$step" | jq '{requirement, priority}')"
    if [ "$config" != null ] && [ "$(member "$execution" authenticationConfig)" = null ]; then
      create "the settings of the step $id" "authentication/executions/$(member "$execution" id)/config" "$settings" \
        -r "$realm"
      continue
    fi
  fi
  if [ "$config" != null ]; then
    change "the settings of the step $id" "authentication/config/$(member "$old_settings" id)" "$old_settings" "$settings"
  fi
done 3< <(printf '%s' "$wanted_flow" | jq -c '.authenticationExecutions[]')
if [ "$(there -r .browserFlow)" != "$flow" ]; then
  echo "binds the flow $flow"
  jq -n --arg flow "$flow" '{browserFlow: $flow}' | kc update "realms/$realm" -f -
fi

# Roles that mappers give, where they are missing.
while read -r role <&3; do
  name="$(member "$role" name)"
  if [ -z "$(there .roles.realm | first name "$name")" ]; then
    create "the role $name" roles "$role" -r "$realm"
  fi
done 3< <(part -c '.roles.realm // [] | .[]')

# Identity providers, and then their mappers.
while read -r provider <&3; do
  alias="$(member "$provider" alias)"
  found="$(there .identityProviders | first alias "$alias")"
  ensure "the identity provider $alias" identity-provider/instances "identity-provider/instances/$alias" "$found" \
    "$provider"
done 3< <(part -c '.identityProviders // [] | .[]')
while read -r mapper <&3; do
  name="$(member "$mapper" name)"
  alias="$(member "$mapper" identityProviderAlias)"
  mappers="identity-provider/instances/$alias/mappers"
  # Mappers of several providers may have one name.
  found="$(there --arg alias "$alias" '.identityProviderMappers // [] | map(select(.identityProviderAlias == $alias))' \
    | first name "$name")"
  ensure "the mapper $name" "$mappers" "$mappers/$(member "$found" id)" "$found" "$mapper"
done 3< <(part -c '.identityProviderMappers // [] | .[]')

# Clients, where they are missing.
while read -r client <&3; do
  name="$(member "$client" clientId)"
  if [ -z "$(there .clients | first clientId "$name")" ]; then
    create "the client $name" clients "$client" -r "$realm"
  fi
done 3< <(part -c '.clients // [] | .[]')
