#include "servers/email/triage/deadline.hpp"

#include <algorithm>
#include <array>

#include "servers/common/clock.hpp"
#include "servers/common/times.hpp"
#include "servers/email/triage/ascii.hpp"

namespace email::triage {
namespace {

constexpr auto kBefore = std::to_array<std::string_view>(
    {"by", "before", "until", "till", "than", "due", "due on", "due by", "expires", "expires on",
     "ends", "closes", "closes on"});
constexpr auto kAnywhere =
    std::to_array<std::string_view>({"deadline", "due date", "at the latest"});

/// True if the sentence has a word that could make a time a limit. Reading times costs more than
/// looking.
bool may_name_limit(std::string_view small_sentence) {
  const auto occurs = [&](std::string_view words) {
    return small_sentence.find(words) != std::string_view::npos;
  };
  return std::ranges::any_of(kBefore, occurs) || std::ranges::any_of(kAnywhere, occurs);
}

std::string_view trimmed_end(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == ',')) text.remove_suffix(1);
  return text;
}

bool ends_in_word(std::string_view text, std::string_view word) {
  return text.ends_with(word) &&
         (text.size() == word.size() || text[text.size() - word.size() - 1] == ' ' ||
          text[text.size() - word.size() - 1] == '(');
}

/// True if the words before or at the start of the time, or the sentence itself, say that it is a
/// limit.
bool is_limit(std::string_view small_sentence, std::string_view small_match) {
  const auto begins = [&](std::string_view word) {
    return small_match.starts_with(word) && small_match.substr(word.size()).starts_with(' ');
  };
  const std::size_t at = small_sentence.find(small_match);
  const std::string_view before = trimmed_end(small_sentence.substr(0, at));
  const auto precedes = [&](std::string_view word) { return ends_in_word(before, word); };
  return std::ranges::any_of(kBefore, begins) || std::ranges::any_of(kBefore, precedes) ||
         std::ranges::any_of(kAnywhere, [&](std::string_view words) {
           return small_sentence.find(words) != std::string_view::npos;
         });
}

}  // namespace

std::optional<common::Time> deadline_of(std::string_view sentence, std::chrono::sys_seconds sent,
                                        const common::Zone& zone) {
  using Kind = common::Understood::Kind;
  const std::string small = lower(sentence);
  if (!may_name_limit(small)) return std::nullopt;
  const common::StillClock clock(sent);  // Its "tomorrow" is the writer's.
  const common::Understood found = common::Times(clock, zone).understand(sentence);
  if (found.kind == Kind::None || found.kind == Kind::OpenAfter || !found.problem.empty()) {
    return std::nullopt;
  }
  if (!is_limit(small, lower(found.match))) return std::nullopt;
  // "By friday" is from now until Saturday, "until friday" open before it.
  const bool by = found.kind == Kind::Interval && found.start->at == sent;
  const common::Time& edge = by ? *found.end : *found.start;
  const std::chrono::local_seconds limit = edge.local();
  const auto day = std::chrono::floor<std::chrono::days>(limit);
  const bool midnight = (by || found.kind == Kind::OpenBefore) && limit == day;
  if (found.has_time && !midnight) return edge;
  return common::whole_day(
      std::chrono::year_month_day(midnight ? day - std::chrono::days(1) : day));
}

}  // namespace email::triage
