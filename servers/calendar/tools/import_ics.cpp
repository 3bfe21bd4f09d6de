#include "schemas/calendar/import_ics.hpp"

#include "servers/calendar/context.hpp"
#include "servers/common/icalendar/objects.hpp"
#include "servers/common/page.hpp"
#include "servers/common/words.hpp"

namespace calendar {
namespace {

constexpr std::size_t kFailuresBytesMax = 32 * 1024;
constexpr std::int64_t kRowsMax = 100;  ///< The counts say how many there are.

std::string text_of(const Context& context, const ImportIcsArgs& args) {
  if (args.ics.empty() == args.path.empty()) {
    throw mcp::ToolError("/ics: give either ics, the calendar's text, or path, a file");
  }
  if (!args.ics.empty()) return args.ics;
  return context.roots.read("/path", args.path, icalendar::kContentBytesMax);
}

/// A calendar that is there, or a new one of that name.
std::string calendar_of(Context& context, const std::string& name) {
  if (name.empty()) return std::string(kDefaultCalendar);
  for (const std::string& known : context.store.calendars()) {
    if (common::folded(known) == common::folded(name)) return known;
  }
  return name;
}

std::vector<common::Failure> failures_of(const std::vector<icalendar::Left>& left) {
  std::vector<common::Failure> failures;
  std::size_t bytes = 0;
  for (const icalendar::Left& item : left) {
    bytes += item.id.size() + item.problem.size();
    if (bytes > kFailuresBytesMax) {
      const std::size_t rest = left.size() - failures.size();
      failures.push_back({.id = "more", .problem = std::to_string(rest) + " more problems"});
      break;
    }
    failures.push_back({.id = item.id, .problem = item.problem});
  }
  return failures;
}

}  // namespace

ImportIcsResult import_ics(Context& context, const ImportIcsArgs& args, mcp::Call& call) {
  const icalendar::Objects objects =
      icalendar::read_objects(text_of(context, args), context.times.zone());
  const Stored like{.calendar = calendar_of(context, args.calendar),
                    .origin = args.path.empty() ? call.actor() : args.path,
                    .untrusted = true};
  const Imported done =
      context.store.import(objects, like, {.call = &call, .dry_run = args.dry_run});
  std::vector<icalendar::Left> left = objects.left;
  left.insert(left.end(), done.left.begin(), done.left.end());
  common::Page<Event> page(call, {.limit = kRowsMax});
  for (const Kept& kept : done.changed) {
    Event row = brief_of(row_of(kept, kept.series.extent(), context.shown()));
    row.id = id_of(kept.stored.number, "");
    if (!page.offer(row.id, row)) break;
  }
  return {.added = done.added,
          .updated = done.updated,
          .unchanged = done.unchanged,
          .events = std::move(page).rows(),
          .failed = failures_of(left)};
}

}  // namespace calendar
