#include "servers/calendar/slots.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace calendar {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::minutes;
using std::chrono::seconds;
using std::chrono::sys_seconds;

constexpr minutes kGrid{15};
/// A rest of free time shorter than this is as good as lost.
constexpr minutes kUsable{30};
constexpr int kDaysMax = 366;

/// "9:00", "09:00" or "9".
std::optional<minutes> parse_clock(std::string_view text) {
  const std::size_t colon = std::min(text.find(':'), text.size());
  const auto number = [](std::string_view digits) -> std::optional<int> {
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const bool whole = error == std::errc() && end == digits.data() + digits.size();
    return whole ? std::optional(value) : std::nullopt;
  };
  const std::optional<int> hour = number(text.substr(0, colon));
  const std::optional<int> minute =
      colon == text.size() ? std::optional(0) : number(text.substr(colon + 1));
  if (!hour || !minute || *hour < 0 || *hour > 24 || *minute < 0 || *minute > 59) {
    return std::nullopt;
  }
  const minutes clock = std::chrono::hours(*hour) + minutes(*minute);
  return clock <= days(1) ? std::optional(clock) : std::nullopt;
}

std::string clock_text(minutes clock) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%02d:%02d", static_cast<int>(clock.count() / 60),
                static_cast<int>(clock.count() % 60));
  return text.data();
}

/// A stretch in which nothing is planned, with what bounds it.
struct Gap {
  Interval free{};
  bool after_event{};
  bool before_event{};
};

struct Candidate {
  Interval time{};
  Gap gap{};
  std::optional<Hours> preferred{};
  minutes lost{};  ///< Free time that becomes too short to use.
};

class Search {
 public:
  Search(const SlotSearch& search, const common::Zone& zone) : search_(search), zone_(zone) {}

  std::vector<Candidate> candidates(const std::vector<Interval>& busy) const {
    std::vector<Candidate> found;
    const local_days first = std::chrono::floor<days>(zone_.to_local(search_.within.from));
    for (int i = 0; i < kDaysMax; ++i) {
      const local_days day = first + days(i);
      if (zone_.to_utc(day) >= search_.within.to) break;
      if (!search_.weekends && is_weekend(day)) continue;
      for (const Gap& gap : gaps_of(day, busy)) append(gap, found);
    }
    return found;
  }

  std::string why(const Candidate& candidate) const {
    const auto clock = [&](sys_seconds at) {
      const auto local = zone_.to_local(at);
      return clock_text(
          std::chrono::duration_cast<minutes>(local - std::chrono::floor<days>(local)));
    };
    std::string text =
        "free from " + clock(candidate.gap.free.from) + " to " + clock(candidate.gap.free.to);
    if (candidate.preferred) text += "; in preferred hours " + to_string(*candidate.preferred);
    const bool begins = candidate.time.from == candidate.gap.free.from;
    const bool ends = candidate.time.to == candidate.gap.free.to;
    if (begins && ends && candidate.gap.after_event && candidate.gap.before_event) {
      text += "; fills the gap between two events";
    } else if (begins && candidate.gap.after_event) {
      text += "; right after another event";
    } else if (ends && candidate.gap.before_event) {
      text += "; right before another event";
    } else if (begins) {
      text += "; at the beginning of it";
    }
    if (candidate.lost > minutes(0)) {
      text += "; leaves " + std::to_string(candidate.lost.count()) + " minutes hard to use";
    }
    return text;
  }

 private:
  static bool is_weekend(local_days day) {
    const std::chrono::weekday weekday(day);
    return weekday == std::chrono::Saturday || weekday == std::chrono::Sunday;
  }

  sys_seconds at(local_days day, minutes clock) const { return zone_.to_utc(day + clock); }

  std::vector<Gap> gaps_of(local_days day, const std::vector<Interval>& busy) const {
    Gap rest{.free = {.from = std::max(at(day, search_.hours.from), search_.within.from),
                      .to = std::min(at(day, search_.hours.to), search_.within.to)}};
    std::vector<Gap> gaps;
    for (const Interval& block : busy) {
      if (block.to <= rest.free.from || block.from >= rest.free.to) continue;
      gaps.push_back({.free = {.from = rest.free.from, .to = block.from},
                      .after_event = rest.after_event,
                      .before_event = true});
      rest.free.from = std::max(rest.free.from, block.to);
      rest.after_event = true;
    }
    gaps.push_back(rest);
    return gaps;
  }

  sys_seconds on_grid(sys_seconds at) const {
    const auto local = zone_.to_local(at);
    const seconds over = (local - std::chrono::floor<days>(local)) % kGrid;
    return over == seconds(0) ? at : at + (kGrid - over);
  }

  void append(const Gap& gap, std::vector<Candidate>& found) const {
    // By preference any quarter of an hour is a candidate; in order of time they stand side by
    // side.
    const minutes step =
        search_.by_preference ? kGrid : std::chrono::ceil<minutes>(search_.duration);
    for (sys_seconds from = on_grid(gap.free.from); from + search_.duration <= gap.free.to;
         from = on_grid(from + step)) {
      Candidate candidate{.time = {.from = from, .to = from + search_.duration}, .gap = gap};
      candidate.preferred = preferred_at(candidate.time);
      candidate.lost = lost(from - gap.free.from) + lost(gap.free.to - candidate.time.to);
      found.push_back(candidate);
    }
  }

  static minutes lost(seconds rest) {
    return rest < kUsable ? std::chrono::floor<minutes>(rest) : minutes(0);
  }

  std::optional<Hours> preferred_at(const Interval& time) const {
    const local_days day = std::chrono::floor<days>(zone_.to_local(time.from));
    for (const Hours& hours : search_.preferred) {
      if (time.from >= at(day, hours.from) && time.to <= at(day, hours.to)) return hours;
    }
    return std::nullopt;
  }

  const SlotSearch& search_;
  const common::Zone& zone_;
};

/// The pieces that the rest of a gap falls into; fewer is better.
int pieces(const Candidate& candidate) {
  return (candidate.time.from > candidate.gap.free.from ? 1 : 0) +
         (candidate.time.to < candidate.gap.free.to ? 1 : 0);
}

void keep_apart(std::vector<Candidate>& ordered, std::size_t limit) {
  std::vector<Candidate> kept;
  for (const Candidate& candidate : ordered) {
    const auto meets = [&](const Candidate& other) {
      return candidate.time.from < other.time.to && other.time.from < candidate.time.to;
    };
    if (kept.size() == limit) break;
    if (std::ranges::none_of(kept, meets)) kept.push_back(candidate);
  }
  ordered = std::move(kept);
}

}  // namespace

std::optional<Hours> parse_hours(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto trimmed = [](std::string_view part) {
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    return part;
  };
  const std::optional<minutes> from = parse_clock(trimmed(text.substr(0, dash)));
  const std::optional<minutes> to = parse_clock(trimmed(text.substr(dash + 1)));
  if (!from || !to || *from >= *to) return std::nullopt;
  return Hours{.from = *from, .to = *to};
}

std::string to_string(const Hours& hours) {
  return clock_text(hours.from) + "-" + clock_text(hours.to);
}

Habits read_habits(const common::Settings& settings) {
  const auto read = [](const std::string& key, const std::string& text) {
    const std::optional<Hours> hours = parse_hours(text);
    if (!hours) {
      throw std::runtime_error("settings.toml: " + key + " must be like \"09:00-17:00\", not \"" +
                               text + "\"");
    }
    return *hours;
  };
  Habits habits;
  if (const std::optional<std::string> text = settings.text("working_hours")) {
    habits.working = read("working_hours", *text);
  }
  for (const std::string& text : settings.texts("preferred_hours")) {
    habits.preferred.push_back(read("preferred_hours", text));
  }
  return habits;
}

std::vector<Slot> find_slots(const SlotSearch& search, std::vector<Interval> busy,
                             const common::Zone& zone) {
  for (Interval& block : busy) {
    block.from -= search.buffer;
    block.to += search.buffer;
  }
  std::ranges::sort(busy, {}, &Interval::from);
  const Search finder(search, zone);
  std::vector<Candidate> found = finder.candidates(busy);
  if (search.by_preference) {
    std::ranges::stable_sort(found, {}, [](const Candidate& candidate) {
      return std::tuple(!candidate.preferred, candidate.lost, pieces(candidate),
                        candidate.time.from);
    });
  }
  keep_apart(found, search.limit);
  std::vector<Slot> slots;
  for (const Candidate& candidate : found) {
    const common::Time start = zone.at(candidate.time.from);
    slots.push_back({.start = start,
                     .end = zone.at(candidate.time.to),
                     .weekday = common::weekday_of(start),
                     .why = finder.why(candidate)});
  }
  return slots;
}

}  // namespace calendar
