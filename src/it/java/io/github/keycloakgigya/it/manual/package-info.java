/**
 * What the manual shows, done as it says: its scripts, realm examples and Terraform files.
 */
package io.github.keycloakgigya.it.manual;
