#include "servers/email/triage/hosts.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

#include "servers/email/triage/ascii.hpp"

namespace email::triage {
namespace {

std::size_t longest_run(std::string_view text, bool (*matches)(char)) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = matches(c) ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

bool is_consonant(char c) {
  return c >= 'a' && c <= 'z' && std::string_view("aeiouy").find(c) == std::string_view::npos;
}

}  // namespace

std::optional<WebAddress> read_web_address(std::string_view url) {
  const std::size_t colon = url.find("://");
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string scheme = lower(url.substr(0, colon));
  if (scheme != "http" && scheme != "https" && scheme != "ftp") return std::nullopt;
  std::string_view host = url.substr(colon + 3);
  host = host.substr(0, host.find_first_of("/?#\\\"'<> "));
  WebAddress out;
  if (const std::size_t at = host.rfind('@'); at != std::string_view::npos) {
    out.has_user = true;
    host.remove_prefix(at + 1);
  }
  if (const std::size_t port = host.find(':'); port != std::string_view::npos) {
    out.has_port = true;
    host = host.substr(0, port);
  }
  while (host.ends_with('.')) host.remove_suffix(1);
  if (host.empty()) return std::nullopt;
  out.host = lower(host);
  return out;
}

std::string owner_of(std::string_view host) {
  constexpr std::array<std::string_view, 10> kSecondLevel = {"ac",  "co", "com", "edu", "gob",
                                                             "gov", "ne", "net", "or",  "org"};
  const std::size_t last = host.rfind('.');
  if (last == std::string_view::npos || last == 0 || is_number(host)) return std::string(host);
  std::size_t start = host.rfind('.', last - 1);
  if (start == std::string_view::npos) return std::string(host);
  const std::string_view second = host.substr(start + 1, last - start - 1);
  const bool country = host.size() - last == 3;
  if (country && start > 0 && std::ranges::find(kSecondLevel, second) != kSecondLevel.end()) {
    start = host.rfind('.', start - 1);
    if (start == std::string_view::npos) return std::string(host);
  }
  return std::string(host.substr(start + 1));
}

std::string owner_of_address(std::string_view address) {
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos) return {};
  std::string_view host = address.substr(at + 1);
  while (!host.empty() && std::string_view("> .").find(host.back()) != std::string_view::npos)
    host.remove_suffix(1);
  return owner_of(lower(host));
}

bool is_number(std::string_view host) {
  return !host.empty() &&
         (std::ranges::all_of(host, [](char c) { return is_digit(c) || c == '.'; }) ||
          host.starts_with("0x") || host.starts_with('['));
}

bool is_shared_host(std::string_view host) {
  // Public knowledge, not learned: shorteners, and places where anybody puts up a page or a form.
  constexpr auto kShared = std::to_array<std::string_view>({"amazonaws.com",
                                                            "appspot.com",
                                                            "azurewebsites.net",
                                                            "backblazeb2.com",
                                                            "bit.ly",
                                                            "blogspot.com",
                                                            "carrd.co",
                                                            "clck.ru",
                                                            "core.windows.net",
                                                            "cutt.ly",
                                                            "duckdns.org",
                                                            "dweb.link",
                                                            "firebaseapp.com",
                                                            "forms.gle",
                                                            "glitch.me",
                                                            "godaddysites.com",
                                                            "goo.gl",
                                                            "herokuapp.com",
                                                            "ipfs.io",
                                                            "is.gd",
                                                            "jotform.com",
                                                            "lnkd.in",
                                                            "mystrikingly.com",
                                                            "netlify.app",
                                                            "ngrok.io",
                                                            "notion.site",
                                                            "onrender.com",
                                                            "ow.ly",
                                                            "page.link",
                                                            "pages.dev",
                                                            "qrco.de",
                                                            "r2.dev",
                                                            "rb.gy",
                                                            "rebrand.ly",
                                                            "repl.co",
                                                            "shorturl.at",
                                                            "sites.google.com",
                                                            "square.site",
                                                            "storage.googleapis.com",
                                                            "t.co",
                                                            "t.ly",
                                                            "tiny.cc",
                                                            "tinyurl.com",
                                                            "vercel.app",
                                                            "web.app",
                                                            "webflow.io",
                                                            "weebly.com",
                                                            "wixsite.com",
                                                            "workers.dev"});
  return std::ranges::any_of(kShared, [host](std::string_view shared) {
    return host == shared || (host.size() > shared.size() && host.ends_with(shared) &&
                              host[host.size() - shared.size() - 1] == '.');
  });
}

bool has_cheap_ending(std::string_view host) {
  // Public knowledge, not learned.
  constexpr auto kCheap = std::to_array<std::string_view>(
      {"beauty", "bond", "buzz", "cam",  "cfd",   "click",   "club",   "cyou",    "fun",
       "icu",    "live", "loan", "lol",  "mom",   "monster", "online", "pw",      "quest",
       "rest",   "sbs",  "shop", "site", "space", "store",   "top",    "website", "xyz"});
  return std::ranges::find(kCheap, host.substr(host.rfind('.') + 1)) != kCheap.end();
}

bool is_odd_host(std::string_view host) {
  return !is_number(host) &&
         (std::ranges::count(host, '-') >= 3 || std::ranges::count(host, '.') >= 5 ||
          host.find("xn--") != std::string_view::npos || longest_run(host, is_digit) >= 4 ||
          longest_run(host, is_consonant) >= 6);
}

bool looks_random(std::string_view word) {
  const std::string small = lower(word);
  std::size_t changes = 0;
  for (std::size_t i = 1; i < small.size(); ++i) {
    changes += is_digit(small[i]) != is_digit(small[i - 1]) ? 1 : 0;
  }
  return changes >= 3 || longest_run(small, is_consonant) >= 5;
}

}  // namespace email::triage
