#include "schemas/calendar/get_current_time.hpp"

#include "servers/calendar/context.hpp"
#include "servers/calendar/zone_argument.hpp"

namespace calendar {
namespace {

/// ISO 8601: weeks begin on Monday and belong to the year of their Thursday.
std::int64_t week_of(std::chrono::local_days day) {
  const std::chrono::local_days monday = day - (std::chrono::weekday(day) - std::chrono::Monday);
  const std::chrono::local_days thursday = monday + std::chrono::days(3);
  const std::chrono::year_month_day date(thursday);
  return (thursday - std::chrono::local_days(date.year() / 1 / 1)).count() / 7 + 1;
}

}  // namespace

GetCurrentTimeResult get_current_time(Context& context, const GetCurrentTimeArgs& args,
                                      mcp::Call&) {
  const common::Zone zone = zone_argument(args.zone, context.times);
  const common::Time now = zone.at(context.times.now().at);
  return {.now = now,
          .weekday = common::weekday_of(now),
          .zone = zone.id(),
          .week = week_of(std::chrono::floor<std::chrono::days>(now.local()))};
}

}  // namespace calendar
