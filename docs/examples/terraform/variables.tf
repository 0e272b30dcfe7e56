variable "gigya_api_key" {
  description = "The site's API key."
  type        = string
}

variable "gigya_site" {
  description = "Where the site lives and whose secret is used: dataCenter, or apiDomain for the site's own API domain; userKey for the secret of an application."
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
