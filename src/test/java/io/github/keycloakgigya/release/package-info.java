/** What a release consists of, and what builds it: changelog, scripts, workflows, bill of materials. */
package io.github.keycloakgigya.release;
