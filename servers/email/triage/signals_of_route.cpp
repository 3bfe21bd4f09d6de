#include <array>
#include <charconv>
#include <chrono>
#include <optional>

#include "servers/email/triage/ascii.hpp"
#include "servers/email/triage/view.hpp"

// Where a message came from, as the servers on its way wrote it down. What they say is only
// compared with what the sender says, so that nothing is learned about the servers of whoever
// collected the mail.
namespace email::triage {
namespace {

using std::chrono::sys_seconds;

/// One header Received, as far as it tells where the message was before.
struct Hop {
  std::string claimed;   ///< The name by which the sending host introduced itself; may be empty.
  std::string verified;  ///< The name that the receiving server found for it; may be empty.
};

std::string_view token(std::string_view text) {
  return text.substr(0, text.find_first_of(" \t;,()[]"));
}

/// What follows `mark` in `text`, as one word; empty if it is not there.
std::string_view word_after(std::string_view text, std::string_view mark) {
  const std::size_t at = text.find(mark);
  return at == std::string_view::npos ? std::string_view{} : token(text.substr(at + mark.size()));
}

/// "from CLAIMED (VERIFIED [1.2.3.4]) by", "from VERIFIED (HELO CLAIMED) (1.2.3.4) by" and their
/// like. Nothing, if the message came from no other host.
std::optional<Hop> read_hop(std::string_view received) {
  const std::string small = lower(received);
  std::string_view rest = small;
  if (!rest.starts_with("from ")) return std::nullopt;
  rest.remove_prefix(5);
  rest = rest.substr(0, rest.find(" by "));
  if (rest.find("127.0.0.1") != std::string_view::npos) return std::nullopt;
  const std::string_view first = token(rest);
  std::string_view claimed = word_after(rest, "(helo ");
  if (claimed.empty()) claimed = word_after(rest, "helo=");
  if (!claimed.empty()) return Hop{.claimed = std::string(claimed), .verified = std::string(first)};
  const std::string_view verified = word_after(rest, "(");
  const bool is_name = verified.find('.') != std::string_view::npos && !is_number(verified);
  return Hop{.claimed = std::string(first), .verified = std::string(is_name ? verified : "")};
}

int month_of(std::string_view name) {
  constexpr std::string_view kMonths = "janfebmaraprmayjunjulaugsepoctnovdec";
  const std::size_t at = name.size() == 3 ? kMonths.find(name) : std::string_view::npos;
  return at == std::string_view::npos || at % 3 != 0 ? 0 : static_cast<int>(at / 3) + 1;
}

std::optional<int> number_in(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  int out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(out)
                                                                  : std::nullopt;
}

/// "Mon, 26 Aug 2002 09:16:13 +0100 (IST)", the day of the week left out or not.
std::optional<sys_seconds> read_stamp(std::string_view text) {
  std::array<std::string_view, 7> parts;  // Day, month, year, hours, minutes, seconds, offset.
  if (const std::size_t comma = text.find(','); comma != std::string_view::npos) {
    text.remove_prefix(comma + 1);
  }
  for (std::string_view& part : parts) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t:"), text.size()));
    part = text.substr(0, text.find_first_of(" \t:"));
    text.remove_prefix(part.size());
  }
  const int month = month_of(lower(parts[1]));
  std::array<int, 7> numbers{};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::optional<int> number = i == 1 ? month : number_in(parts[i]);
    if (!number) return std::nullopt;
    numbers[i] = *number;
  }
  const std::chrono::year_month_day day{std::chrono::year(numbers[2]),
                                        std::chrono::month(static_cast<unsigned>(numbers[1])),
                                        std::chrono::day(static_cast<unsigned>(numbers[0]))};
  if (!day.ok()) return std::nullopt;
  const int east = numbers[6];
  return std::chrono::sys_days(day) + std::chrono::hours(numbers[3]) +
         std::chrono::minutes(numbers[4]) + std::chrono::seconds(numbers[5]) -
         std::chrono::hours(east / 100) - std::chrono::minutes(east % 100);
}

/// How far the date is from the nearest stamp of a server; nothing, if there is no stamp.
std::optional<std::chrono::seconds> distance_to_stamps(const Mail& mail) {
  std::optional<std::chrono::seconds> nearest;
  if (!mail.date) return nearest;
  for (const Mail::Header& header : mail.headers) {
    if (lower(header.name) != "received") continue;
    const std::string_view value = header.value;
    const std::size_t semicolon = value.rfind(';');
    if (semicolon == std::string_view::npos) continue;
    const std::optional<sys_seconds> stamp = read_stamp(value.substr(semicolon + 1));
    if (!stamp) continue;
    const std::chrono::seconds away = std::chrono::abs(*stamp - mail.date->at);
    nearest = nearest ? std::min(*nearest, away) : away;
  }
  return nearest;
}

}  // namespace

void look_at_route(View& view) {
  const Mail& mail = view.mail;
  bool vouched = view.has(Signal::Signed) || view.has(Signal::AuthPassed);
  bool forged = false;
  bool numbered = false;
  for (const Mail::Header& header : mail.headers) {
    if (lower(header.name) != "received") continue;
    const std::optional<Hop> hop = read_hop(header.value);
    if (!hop || view.owner.empty()) continue;
    vouched = vouched || owner_of(hop->verified) == view.owner;
    forged =
        forged || (owner_of(hop->claimed) == view.owner && owner_of(hop->verified) != view.owner);
    numbered = numbered || (is_number(hop->claimed) && !hop->claimed.starts_with('['));
  }
  view.set(Signal::Vouched, vouched);
  view.set(Signal::RouteForged, forged && !vouched && !view.has(Signal::ListPost));
  view.set(Signal::RouteNumbered, numbered);
  const std::size_t at = mail.message_id.rfind('@');
  view.set(Signal::IdFits, at != std::string::npos && !view.owner.empty() &&
                               owner_of_address(mail.message_id) == view.owner);
  const std::string bounce = owner_of_address(mail.header("Return-Path"));
  view.set(Signal::BounceFits, !bounce.empty() && bounce == view.owner);
  const std::optional<std::chrono::seconds> away = distance_to_stamps(mail);
  view.set(Signal::DateFar, away && *away > std::chrono::hours(26));
}

}  // namespace email::triage
