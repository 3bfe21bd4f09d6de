#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "servers/email/triage/ascii.hpp"
#include "servers/email/triage/hosts.hpp"
#include "servers/email/triage/signals.hpp"

/// What the parts of signals_of() share.
namespace email::triage {

/// A message, and what several signals look at, found once.
struct View {
  const Mail& mail;
  Signals& out;
  std::string subject;  ///< In lower case.
  std::string text;     ///< The start of it, in lower case.
  std::string sender;   ///< Address, in lower case.
  std::string owner;    ///< Of the sender's host.
  std::vector<std::string> urls;
  std::vector<WebAddress> targets;  ///< Of those urls that lead to a host.

  void set(Signal signal, bool value) { set(signal, value ? 1.0F : 0.0F); }
  void set(Signal signal, float value) { out[static_cast<std::size_t>(signal)] = value; }
  bool has(Signal signal) const { return out[static_cast<std::size_t>(signal)] > 0; }
};

void look_at_headers(View& view);
/// After the headers.
void look_at_route(View& view);
void look_at_subject(View& view);
void look_at_text(View& view);
void look_at_links(View& view);

/// 0 to 1: `count` of `enough`.
inline float share(std::size_t count, std::size_t enough) {
  return static_cast<float>(std::min(count, enough)) / static_cast<float>(enough);
}

inline std::size_t count_of(std::string_view text, bool (*matches)(char)) {
  return static_cast<std::size_t>(std::ranges::count_if(text, matches));
}

/// Of the ASCII letters.
float capitals_share(std::string_view text);
/// Sums like "$5", "5 €": a sign of money beside a digit.
std::size_t sums_of_money(std::string_view text);

}  // namespace email::triage
