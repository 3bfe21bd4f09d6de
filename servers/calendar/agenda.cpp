#include "servers/calendar/agenda.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <utility>

namespace calendar {
namespace {

using std::chrono::days;
using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;

constexpr days kFirstStep{92};
constexpr days kStepMax{366 * 400};
/// Keys count from the first year, so that none is negative.
constexpr sys_seconds kFirstYear = sys_days(std::chrono::year(0) / 1 / 1);
constexpr std::size_t kKeyDigits = 12;

}  // namespace

std::vector<Entry> entries_between(const std::vector<Kept>& events, sys_seconds from,
                                   sys_seconds to) {
  std::vector<Entry> found;
  for (const Kept& kept : events) {
    for (icalendar::Occurrence& occurrence : kept.series.expand(from, to)) {
      found.push_back({.kept = &kept, .occurrence = std::move(occurrence)});
    }
  }
  std::ranges::sort(found, {}, key_of);
  return found;
}

Agenda::Agenda(const std::vector<Kept>& events, sys_seconds from, sys_seconds to)
    : events_(events), from_(to), to_(to), step_(kFirstStep) {
  for (const Kept& kept : events) {
    from_ = std::min(from_, std::max(from, kept.series.begins()));
  }
}

bool Agenda::fill() {
  if (from_ >= to_) return false;
  const sys_seconds end = to_ - from_ > step_ ? from_ + step_ : to_;
  found_ = entries_between(events_, from_, end);
  if (!first_) {
    std::erase_if(found_, [&](const Entry& entry) { return entry.occurrence.start < from_; });
  }
  taken_ = 0;
  first_ = false;
  from_ = end;
  step_ = std::min(step_ * 2, kStepMax);
  return true;
}

std::optional<Entry> Agenda::next() {
  while (taken_ == found_.size()) {
    if (!fill()) return std::nullopt;
  }
  return found_[taken_++];
}

std::string key_of(const Entry& entry) {
  std::array<char, 32> digits{};
  std::snprintf(digits.data(), digits.size(), "%0*lld", static_cast<int>(kKeyDigits),
                static_cast<long long>((entry.occurrence.start - kFirstYear).count()));
  return digits.data() + (" " + id_of(entry.kept->stored.number, entry.occurrence.key));
}

std::optional<sys_seconds> start_of_key(std::string_view key) {
  const std::string_view digits = key.substr(0, std::min(kKeyDigits, key.size()));
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  const bool whole = error == std::errc() && end == digits.data() + kKeyDigits;
  if (!whole || digits.size() < kKeyDigits) return std::nullopt;
  return kFirstYear + seconds(count);
}

}  // namespace calendar
