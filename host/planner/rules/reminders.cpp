#include <algorithm>

#include "host/planner/rules/rules.hpp"
#include "host/planner/rules/time_taken.hpp"

namespace host {

namespace {

constexpr auto kDeadlineAhead = std::chrono::hours(2);

std::string name_of(const calendar::Attendee& attendee) {
  return attendee.name.empty() ? attendee.email : attendee.name;
}

/// Where, and in detailed notices with whom.
std::string place_text(const World& world, const calendar::Event& event) {
  std::string text = event.location.empty() ? "" : ", " + event.location;
  if (world.profile.notifications == NotificationStyle::Brief) return text;
  std::string people;
  for (const calendar::Attendee& attendee : event.attendees) {
    if (name_of(attendee) == world.profile.name) continue;
    people += (people.empty() ? ", with " : ", ") + name_of(attendee);
  }
  return text + people;
}

/// A meeting is announced at the last look before its reminder would come late.
void remind_of_meetings(const World& world, Plan& plan) {
  if (!world.events || !world.profile.meeting_reminder) return;
  const Proposer proposer(world, plan, "meeting");
  for (const calendar::Event& event : *world.events) {
    if (event.all_day || !keeps_busy(event)) continue;
    const Span span = span_of(event, world.zone);
    const bool early = span.start - *world.profile.meeting_reminder >= world.next_look &&
                       span.start - *world.profile.meeting_reminder > world.now;
    if (span.start <= world.now || early) continue;
    proposer.notice({.key = "meeting:" + event.id + ":" + clock_text(span.start, world.zone)},
                    clock_text(span.start, world.zone) + " " + event.title +
                        place_text(world, event) + " (in " + length_text(span.start - world.now) +
                        ")");
  }
}

/// A date is due until the end of its day.
std::chrono::sys_seconds due_of(const World& world, const common::Time& due) {
  if (!due.date) return due.at;
  return whole_day(std::chrono::floor<std::chrono::days>(due.local()), world.zone).end;
}

std::string late_text(const World& world, const common::Time& due) {
  const auto day = std::chrono::floor<std::chrono::days>(due.local());
  return due.date ? " was due on " + day_text(day)
                  : " was due on " + moment_text(due.at, world.zone);
}

void remind_of_deadlines(const World& world, Plan& plan) {
  if (!world.priorities) return;
  const Proposer proposer(world, plan, "deadline");
  for (const tasks::Scored& task : world.priorities->tasks) {
    if (!task.due) continue;
    const std::chrono::sys_seconds due = due_of(world, *task.due);
    const bool late = due <= world.now;
    if (!late && due > std::max(world.next_look, world.now + kDeadlineAhead)) continue;
    const std::string key =
        std::string(late ? "late:" : "due:") + date_text(world.today()) + ":" + task.id;
    proposer.notice(
        {.key = key},
        task.title +
            (late ? late_text(world, *task.due) : " is due at " + clock_text(due, world.zone)) +
            ".",
        !late);
  }
}

}  // namespace

void remind(const World& world, Plan& plan) {
  if (world.profile.notifications == NotificationStyle::Silent) return;
  remind_of_meetings(world, plan);
  remind_of_deadlines(world, plan);
}

}  // namespace host
