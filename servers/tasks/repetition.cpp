#include "servers/tasks/repetition.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "servers/common/icalendar/recurrence.hpp"
#include "servers/common/icalendar/rule.hpp"

namespace tasks {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::local_days;
using std::chrono::local_seconds;
using std::chrono::seconds;

/// How far ahead the next time is looked for; rules that give none until then end.
constexpr days kHorizon{100 * 366};

icalendar::Rule rule_of(const common::Repeat& repeat) {
  return icalendar::read_rule({.text = "RRULE:" + repeat.rrule});
}

local_seconds local_of(const common::Time& time, const common::Times& times) {
  return time.date ? time.local() : times.zone().to_local(time.at);
}

common::Time time_at(local_seconds local, bool date, const common::Times& times) {
  if (date) return common::whole_day(std::chrono::year_month_day(floor<days>(local)));
  return times.zone().at(times.zone().to_utc(local));
}

bool is_past(const icalendar::Moment& until, local_seconds local, const common::Times& times) {
  using enum icalendar::Moment::Kind;
  if (until.kind == Date) return floor<days>(local) > floor<days>(until.local);
  if (until.kind != Utc) return local > until.local;
  return times.zone().to_utc(local).time_since_epoch() > until.local.time_since_epoch();
}

/// The same rule with another COUNT.
std::string with_count(std::string rrule, int count) {
  const std::size_t begin = rrule.find("COUNT=") + 6;
  rrule.replace(begin, rrule.find(';', begin) - begin, std::to_string(count));
  return rrule;
}

struct Step {
  local_seconds at{};
  int passed{};  ///< Times of the rule up to this one, which is counted, from the start.
};

/// The first time after `start` that is not before `earliest`.
std::optional<Step> step_from(icalendar::Rule rule, local_seconds start, local_seconds earliest,
                              bool date) {
  const std::optional<int> count = std::exchange(rule.count, std::nullopt);
  icalendar::Recurrence recurrence(std::move(rule), start, date);
  if (!count) recurrence.skip_to(earliest);
  const local_seconds last = std::max(start, earliest) + kHorizon;
  Step step;
  while (const std::optional<local_seconds> at = recurrence.next(last)) {
    if (*at > start) ++step.passed;
    if (count && step.passed >= *count) return std::nullopt;
    step.at = *at;
    if (*at > start && *at >= earliest) return step;
  }
  return std::nullopt;
}

void shift(std::optional<common::Time>& time, seconds by, const common::Times& times) {
  if (time) time = time_at(local_of(*time, times) + by, time->date, times);
}

}  // namespace

std::optional<Record> next_of(const Record& task, const common::Times& times) {
  if (!task.repeat) return std::nullopt;
  const icalendar::Rule rule = rule_of(*task.repeat);
  const local_seconds completed = local_of(*task.completed, times);
  const local_days completed_day = floor<days>(completed);
  const std::optional<common::Time>& anchor = task.due ? task.due : task.scheduled;
  const bool date = !anchor || anchor->date;
  const local_seconds was = anchor ? local_of(*anchor, times) : local_seconds(completed_day);

  local_seconds start = was;
  // Of whole days that of completion is not past; an instant has to come after it.
  local_seconds earliest = date ? local_seconds(completed_day) : completed + seconds(1);
  if (task.repeat->after_completion) {
    start = completed_day + (was - floor<days>(was));
    earliest = start;
  }
  const std::optional<Step> step = step_from(rule, start, earliest, date);
  if (!step || (rule.until && is_past(*rule.until, step->at, times))) return std::nullopt;

  Record next = task;
  next.number = 0;
  next.completed.reset();
  next.status = Status::Todo;
  if (rule.count) {
    next.repeat->rrule = with_count(task.repeat->rrule, *rule.count - step->passed);
  }
  if (!anchor) {
    next.due = time_at(step->at, true, times);
  } else {
    shift(next.due, step->at - was, times);
    shift(next.scheduled, step->at - was, times);
  }
  return next;
}

}  // namespace tasks
