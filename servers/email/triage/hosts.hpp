#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Who a name on the net belongs to.
namespace email::triage {

/// The parts of a web address that tell who it leads to.
struct WebAddress {
  std::string host;  ///< Lower case, without port.
  bool has_user{};   ///< "http://bank.example@evil.example/"
  bool has_port{};
};

/// Nothing, if `url` is not http, https or ftp with a host.
std::optional<WebAddress> read_web_address(std::string_view url);

/// The part of a host that one owner registers: "mail.shop.co.uk" -> "shop.co.uk".
std::string owner_of(std::string_view host);
/// The same of the host of a mail address; "" if there is none.
std::string owner_of_address(std::string_view address);

/// True of four numbers, or one: an address that no name stands for.
bool is_number(std::string_view host);
/// True where anybody may put a page under a respectable name, or hide where a link leads.
bool is_shared_host(std::string_view host);
/// True of the endings under which a name costs next to nothing.
bool has_cheap_ending(std::string_view host);
/// True of hosts that look made up by a machine: many hyphens or labels, punycode, long numbers.
bool is_odd_host(std::string_view host);
/// Five consonants in a row, or digits between letters more than once.
bool looks_random(std::string_view word);

}  // namespace email::triage
