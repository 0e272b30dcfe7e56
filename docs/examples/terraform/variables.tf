variable "gigya_api_key" {
  description = "The site's API key."
  type        = string
}

variable "gigya_site" {
  description = "Where the site lives and whose secret is used: dataCenter, and apiDomain where the site has an API domain of its own; userKey for the secret of an application."
  type        = map(string)
  default = {
    dataCenter = "us1"
  }
}

variable "redirect_uris" {
  description = "Where the application may be sent back to."
  type        = list(string)
  default     = ["https://shop.example.com/signed-in"]
}
