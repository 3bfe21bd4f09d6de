#include "servers/calendar/conflicts.hpp"

#include <algorithm>
#include <set>
#include <string>

#include "servers/calendar/agenda.hpp"
#include "servers/common/words.hpp"

namespace calendar {
namespace {

using icalendar::Occurrence;
using std::chrono::sys_seconds;

constexpr std::chrono::hours kSameTime{1};

bool overlap(const Occurrence& one, const Occurrence& other) {
  return one.start < other.end && other.start < one.end;
}

/// At least two thirds of the words of both titles are in both.
bool alike(const std::string& one, const std::string& other) {
  const auto words = [](const std::string& title) {
    const std::vector<std::string> list = common::words_of(title);
    return std::set<std::string>(list.begin(), list.end());
  };
  const std::set<std::string> left = words(one);
  const std::set<std::string> right = words(other);
  const auto shared = static_cast<std::size_t>(
      std::ranges::count_if(left, [&](const std::string& word) { return right.contains(word); }));
  const std::size_t all = left.size() + right.size() - shared;
  return shared > 0 && 3 * shared >= 2 * all;
}

bool same_time(const Occurrence& one, const Occurrence& other) {
  if (one.all_day || other.all_day) {
    return one.all_day == other.all_day && one.first_day == other.first_day;
  }
  return one.start - other.start <= kSameTime && other.start - one.start <= kSameTime;
}

/// The others that take time between the first and last of `mine` and satisfy `test` with one of
/// them.
template <class Test>
Others others_near(const std::vector<Occurrence>& mine, std::int64_t number, Store& store,
                   const Shown& shown, Test test) {
  if (mine.empty()) return {};
  sys_seconds from = mine.front().start;
  sys_seconds to = mine.front().end;
  for (const Occurrence& occurrence : mine) {
    from = std::min(from, occurrence.start);
    to = std::max(to, occurrence.end);
  }
  from -= kSameTime;
  to += kSameTime + std::chrono::seconds(1);
  std::vector<Kept> others = store.load({.from = from, .to = to});
  std::erase_if(others, [&](const Kept& kept) { return kept.stored.number == number; });
  Others found;
  for (const Entry& entry : entries_between(others, from, to)) {
    const auto meets = [&](const Occurrence& occurrence) { return test(occurrence, entry); };
    if (std::ranges::none_of(mine, meets)) continue;
    if (found.events.size() == kConflictsMax) {
      ++found.more;
    } else {
      found.events.push_back(brief_of(row_of(*entry.kept, entry.occurrence, shown)));
    }
  }
  return found;
}

std::vector<Occurrence> ahead(const Kept& event) {
  const std::optional<Occurrence> first = event.series.first();
  if (!first) return {};
  return event.series.expand(first->start, first->start + kConflictHorizon);
}

}  // namespace

Others conflicts_with(const Kept& event, Store& store, const Shown& shown) {
  std::vector<Occurrence> mine = ahead(event);
  std::erase_if(mine, [&](const Occurrence& at) { return !is_busy(event, at, shown.self); });
  return others_near(
      mine, event.stored.number, store, shown, [&](const Occurrence& at, const Entry& entry) {
        return overlap(at, entry.occurrence) && is_busy(*entry.kept, entry.occurrence, shown.self);
      });
}

Others conflicts_between(sys_seconds from, sys_seconds to, std::int64_t number, Store& store,
                         const Shown& shown) {
  const std::vector<Occurrence> asked = {Occurrence{.start = from, .end = to}};
  return others_near(asked, number, store, shown, [&](const Occurrence& at, const Entry& entry) {
    return overlap(at, entry.occurrence) && is_busy(*entry.kept, entry.occurrence, shown.self);
  });
}

Others duplicates_of(const Kept& event, Store& store, const Shown& shown) {
  const std::optional<Occurrence> first = event.series.first();
  if (!first) return {};
  const std::string title = title_of(event, *first);
  return others_near({*first}, event.stored.number, store, shown,
                     [&](const Occurrence& at, const Entry& entry) {
                       return same_time(at, entry.occurrence) &&
                              alike(title, title_of(*entry.kept, entry.occurrence));
                     });
}

}  // namespace calendar
