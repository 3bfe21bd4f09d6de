#include "schemas/common/when_grammar.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "schemas/common/when_names.hpp"

namespace common::words {
namespace {

constexpr int kFillersMax = 4;
constexpr int kNoon = 12;
/// "at 3" is in the afternoon and "at 8" in the morning, unless other words say so.
constexpr int kAfternoonUntil = 6;

int default_hour(const ClockTime& clock) {
  return clock.open && clock.hour <= kAfternoonUntil ? clock.hour + kNoon : clock.hour;
}

int minutes_of(const ClockTime& clock) {
  return clock.hour * 60 + clock.minute;
}

/// The reading of an open clock that is nearest before `until`: "3 to 4pm", "11 to 1pm".
ClockTime settled_before(ClockTime clock, const ClockTime& until) {
  if (!clock.open) return clock;
  clock.open = false;
  ClockTime later = clock;
  later.hour = clock.hour % kNoon + kNoon;
  return minutes_of(later) < minutes_of(until) ? later : clock;
}

/// The reading of an open clock that comes first after `from`: "9 to 5".
ClockTime settled_after(ClockTime clock, const ClockTime& from) {
  if (!clock.open) return clock;
  clock.open = false;
  if (minutes_of(clock) > minutes_of(from)) return clock;
  ClockTime later = clock;
  later.hour = clock.hour % kNoon + kNoon;
  return minutes_of(later) > minutes_of(from) ? later : clock;
}

void settle_both(Moment& from, Moment& to) {
  if (!from.clock || !to.clock) return;
  if (from.part) from.clock = settled(*from.clock, *from.part);
  if (to.part) to.clock = settled(*to.clock, *to.part);
  if (!to.clock->open) {
    from.clock = settled_before(*from.clock, *to.clock);
  } else {
    from.clock->hour = default_hour(*from.clock);
    from.clock->open = false;
    to.clock = settled_after(*to.clock, *from.clock);
  }
}

/// What one end of a range leaves out, the other end says: "10 - 22 August", "Aug 10 to 22, 2026".
void share_fields(Date& from, Date& to) {
  if (!from.month && !from.weekday) from.month = to.month;
  if (!to.month && !to.weekday && to.day) to.month = from.month;
  if (!from.year) from.year = to.year;
  const bool later_in_year = !from.month || !to.month || *to.month >= *from.month;
  if (!to.year && later_in_year) to.year = from.year;
}

/// Full enough to stand in ISO 8601's "A/B".
bool is_full_date(const Moment& moment) {
  return moment.date && moment.date->day && moment.date->month && moment.date->year;
}

ClockTime o_clock(int hour) {
  return {.hour = hour, .open = hour >= 1 && hour <= kNoon};
}

/// Gives the bare numbers at the ends of a range their meaning; false if nothing says which.
bool place_numbers(Moment& from, Moment& to) {
  const auto day_number = [](const Moment& moment) {
    return moment.date && moment.date->day && !moment.has_time();
  };
  if (from.number && to.number) return false;
  if (from.number) {
    if (day_number(to)) {
      from.date = Date{.day = from.number};
    } else if (to.clock && *from.number <= 24) {
      from.clock = o_clock(*from.number);
    } else {
      return false;
    }
  }
  if (to.number) {
    if (from.clock && *to.number <= 24) {
      to.clock = o_clock(*to.number);
    } else if (day_number(from) && !to.clock) {
      if (!to.date) to.date = Date{};
      to.date->day = to.number;
    } else {
      return false;
    }
  }
  from.number.reset();
  to.number.reset();
  return true;
}

}  // namespace

ClockTime settled(ClockTime clock, Part part) {
  const bool late = part == Part::Afternoon || part == Part::Evening || part == Part::Night ||
                    (part == Part::Lunch && clock.hour < 10);
  if (clock.open && late && clock.hour < kNoon) clock.hour += kNoon;
  if (clock.open && !late && clock.hour == kNoon && part != Part::Lunch) clock.hour = 0;
  clock.open = false;
  return clock;
}

void Grammar::hint(std::string why) {
  if (hint_.empty()) hint_ = std::move(why);
}

Tree Grammar::whole() {
  Tree tree = phrase();
  while (in_.take_any(".", ",", "!", "?")) {
  }
  return in_.at_end() && doubt_.empty() ? tree : nullptr;
}

std::optional<Grammar::Found> Grammar::at(std::size_t token) {
  in_.move_to(token);
  doubt_.clear();
  Tree tree = phrase();
  if (tree == nullptr) return std::nullopt;
  return Found{.tree = std::move(tree), .next = in_.position(), .doubt = doubt_};
}

std::string Grammar::complaint() const {
  if (in_.at_end() && !doubt_.empty()) return doubt_;
  if (!hint_.empty()) return hint_;
  std::string text =
      "expected a date or time such as \"2026-03-16T15:00:00+01:00\", \"tomorrow 3pm\", \"next "
      "tuesday\" or \"in 2 hours\"";
  const std::string_view unread = in_.first_unread();
  if (unread.empty()) return text;
  return text + "; \"" + std::string(unread) + "\" is not understood";
}

Tree Grammar::phrase() {
  if (Tree tree = attempt([this] { return open_phrase(); })) return tree;
  return attempt([this] { return range_or_moment(); });
}

std::optional<Side> Grammar::side() {
  if (in_.take("since")) return Side::Since;
  if (in_.take_any("until", "till", "til", "by", "through")) return Side::Until;
  if (in_.next_is("up") && in_.next_is("to", 1)) {
    in_.advance(2);
    return Side::Until;
  }
  if (in_.take("before")) return Side::Before;
  if (in_.take("after")) return Side::After;
  if (!in_.take("starting")) return std::nullopt;
  in_.take("from");
  return Side::From;
}

/// "since monday", "until friday", "after 5 May", "before noon"; "after 2 hours" is in 2 hours.
Tree Grammar::open_phrase() {
  const std::optional<Side> which = side();
  if (!which) return nullptr;
  const auto by = attempt([&] { return which == Side::After ? duration() : std::nullopt; });
  if (by) return make(Shift{.by = *by, .from = make(Now{})});
  const std::optional<Moment> of = moment();
  const Tree tree = of ? finish(*of) : nullptr;
  return tree == nullptr ? nullptr : make(Open{.side = *which, .of = tree});
}

Tree Grammar::range_or_moment() {
  const bool lead_from = in_.take("from");
  const bool lead_between = !lead_from && in_.take("between");
  const std::optional<Moment> from = moment();
  if (!from) return nullptr;
  const Tree tree = attempt([&]() -> Tree {
    const bool dash = in_.next_is("-");
    const bool separated = in_.take_any("to", "-", "until", "till", "til", "through", "thru") ||
                           ((lead_between || from->between_said) && in_.take("and")) ||
                           (is_full_date(*from) && in_.take("/"));
    if (!separated) return nullptr;
    const std::optional<Moment> to = moment();
    if (!to) return nullptr;
    if (dash && from->number && to->number) {
      hint("\"" + in_.phrase() + "\" could be a day and a month, or two times of day: write \"" +
           std::to_string(*from->number) + ":00 to " + std::to_string(*to->number) +
           ":00\", or name the month");
    }
    return range(*from, *to);
  });
  if (tree != nullptr) return tree;
  if (lead_between) return nullptr;
  Tree alone = finish(*from);
  if (alone == nullptr) return nullptr;
  if (in_.take_any("onwards", "onward") || lead_from) {
    return make(Open{.side = Side::From, .of = alone});
  }
  if (in_.take("+")) {
    const std::optional<Duration> by = duration();
    return by ? make(Shift{.by = *by, .from = alone}) : nullptr;
  }
  const auto lasting = attempt(
      [this]() -> std::optional<Duration> { return in_.take("for") ? duration() : std::nullopt; });
  return lasting ? make(Lasting{.from = alone, .by = *lasting}) : alone;
}

Tree Grammar::range(Moment from, Moment to) {
  if (!place_numbers(from, to)) return nullptr;
  if (from.date && to.date) share_fields(*from.date, *to.date);
  if (!to.has_day() && to.has_time() && from.has_day()) {
    to.date = from.date;
    to.day = from.day;
  } else if (!from.has_day() && from.has_time() && to.has_time()) {
    from.date = to.date;
    from.day = to.day;
  }
  if (!from.part && to.part && from.clock && from.clock->open) from.part = to.part;
  settle_both(from, to);
  if (!from.offset) from.offset = to.offset;
  if (!to.offset) to.offset = from.offset;
  Tree first = finish(from);
  Tree last = finish(to);
  if (first == nullptr || last == nullptr) return nullptr;
  return make(Between{.from = std::move(first), .to = std::move(last)});
}

bool Grammar::filler() {
  return in_.take_any("at", "on", "in", "of", "the", "@", ",", "about", "around", "~", "for");
}

/// "friday from 9 to 10", "friday between 9 and 10".
bool Grammar::range_lead(Moment& moment) {
  if (!moment.has_day() || moment.has_time()) return false;
  if (in_.take("from")) return true;
  moment.between_said = in_.take("between");
  return moment.between_said;
}

std::optional<Moment> Grammar::moment() {
  Moment moment;
  const auto next_piece = [&] {
    return attempt([&] {
      for (int i = 0; i <= kFillersMax; ++i) {
        const bool after_at = in_.previous() == "at" || in_.previous() == "@";
        if (piece(moment) || number_piece(moment, after_at && i > 0)) return true;
        if (!filler() && !range_lead(moment)) return false;
      }
      return false;
    });
  };
  while (!in_.at_end() && next_piece()) {
  }
  if (moment.empty()) return std::nullopt;
  if (moment.number &&
      (as<RelativeDay>(moment.day) != nullptr || moment.part)) {  // "9 tomorrow morning"
    moment.clock = o_clock(*moment.number);
    moment.number.reset();
  }
  return moment;
}

bool Grammar::piece(Moment& moment) {
  return stamp_piece(moment) || day_piece(moment) || time_piece(moment) || date_piece(moment);
}

Tree Grammar::finish(const Moment& moment) {
  if (moment.number) {
    const std::string number = std::to_string(*moment.number);
    hint("\"" + in_.phrase() + "\" is unclear: write \"at " + number +
         ":00\" for a time of day, \"on the " + number + "\" for a day of the month, or \"in " +
         number + " days\"");
    return nullptr;
  }
  Tree day = moment.day;
  if (moment.date) {
    Tree fields = make(*moment.date);
    day = day == nullptr ? fields : make(Nth{.n = 1, .of = fields, .within = day});
  }
  Tree tree = day;
  if (moment.clock) {
    const ClockTime clock = moment.part ? settled(*moment.clock, *moment.part) : *moment.clock;
    tree = day == nullptr ? make(clock) : make(On{.day = day, .time = make(clock)});
  } else if (moment.part) {
    const Tree part = make(DayPart{.part = *moment.part});
    tree = day == nullptr ? part : make(On{.day = day, .time = part});
  }
  if (moment.offset) tree = make(AtOffset{.of = tree, .offset = *moment.offset});
  if (moment.between != nullptr && day != nullptr) {
    const bool after = as<Open>(moment.between)->side == Side::After;
    const Tree edge = make(On{.day = day, .time = as<Open>(moment.between)->of});
    return make(Between{.from = after ? edge : day, .to = after ? day : edge});
  }
  return tree;
}

}  // namespace common::words
