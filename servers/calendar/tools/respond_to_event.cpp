#include "schemas/calendar/respond_to_event.hpp"

#include <algorithm>
#include <utility>

#include "servers/calendar/compose.hpp"
#include "servers/calendar/context.hpp"
#include "servers/common/icalendar/invitation.hpp"
#include "servers/common/icalendar/objects.hpp"

namespace calendar {
namespace {

Response response_of(RespondToEventResponse response) {
  switch (response) {
    case RespondToEventResponse::Accepted:
      return Response::Accepted;
    case RespondToEventResponse::Declined:
      return Response::Declined;
    default:
      return Response::Tentative;  // Who proposes another time has not agreed to this one.
  }
}

void check(const RespondToEventArgs& args) {
  if (args.id.empty() != args.invitation.has_value()) {
    throw mcp::ToolError("/id: give either id or invitation");
  }
  if (args.invitation && args.invitation->method != common::InvitationMethod::Request) {
    throw mcp::ToolError("/invitation/method: only a request can be answered");
  }
  const bool counter = args.response == RespondToEventResponse::Counter;
  if (counter && !args.propose_start) {
    throw mcp::ToolError("/propose_start: a counter needs the time you propose");
  }
  if (!counter && (args.propose_start || args.propose_end)) {
    throw mcp::ToolError("/response: only a counter proposes a time");
  }
}

icalendar::Component object_of(const common::Invitation& invitation, const common::Times& times) {
  const std::string text = icalendar::write_invitation(invitation, times.now().at);
  icalendar::Objects objects = icalendar::read_objects(text, times.zone());
  if (objects.events.empty()) {
    throw mcp::ToolError("/invitation: it cannot be kept: " + objects.left.front().problem);
  }
  return std::move(objects.events.front().calendar);
}

Kept find(Context& context, const EventId& id, const std::string& asked) {
  std::optional<Kept> kept = context.store.find(id.number);
  if (!kept || (!id.key.empty() && !kept->series.find(id.key))) {
    throw mcp::ToolError("/id: no event " + asked + "; list_events shows what exists");
  }
  return std::move(*kept);
}

/// What of the event is meant: the occurrence of that key, else all of it.
icalendar::Occurrence meant(const Kept& kept, const std::string& key) {
  const std::optional<icalendar::Occurrence> found =
      key.empty() ? kept.series.first() : kept.series.find(key);
  return found.value_or(kept.series.extent());
}

class Responder {
 public:
  Responder(Context& context, const RespondToEventArgs& args, mcp::Call& call)
      : context_(context), args_(args), call_(call) {}

  RespondToEventResult respond() {
    const EventId id = args_.invitation ? EventId() : read_id();
    const std::optional<Kept> before = args_.invitation
                                           ? context_.store.find_uid(args_.invitation->uid)
                                           : std::optional(find(context_, id, args_.id));
    if (args_.response == RespondToEventResponse::Counter) {
      proposed_ = propose(before ? meant(*before, id.key).start : args_.invitation->start.at,
                          before ? length_of(*before, id.key) : invited_length());
    }
    const Kept after = before ? update(*before, id.key) : add();
    Event row = row_of(after, meant(after, id.key), context_.shown());
    if (id.key.empty()) row.id = id_of(after.stored.number, "");
    Others found = conflicts(after, id.key);
    return {.event = std::move(row),
            .conflicts = std::move(found.events),
            .more_conflicts = found.more};
  }

 private:
  EventId read_id() const {
    const std::optional<EventId> id = parse_id(args_.id);
    if (!id) {
      throw mcp::ToolError("/id: no event " + args_.id + "; list_events shows what exists");
    }
    return *id;
  }

  common::Write write(const std::string& title) const {
    return {.call = &call_, .summary = "Answered " + title, .dry_run = args_.dry_run};
  }

  std::int64_t invited_length() const {
    return (args_.invitation->end.at - args_.invitation->start.at) / std::chrono::minutes(1);
  }

  static std::int64_t length_of(const Kept& kept, const std::string& key) {
    const icalendar::Occurrence at = meant(kept, key);
    return (at.end - at.start) / std::chrono::minutes(1);
  }

  common::Span propose(std::chrono::sys_seconds start, std::int64_t length_minutes) const {
    return context_.times.span(*args_.propose_start, args_.propose_end,
                               std::max<std::int64_t>(length_minutes, 1),
                               {.start = "/propose_start",
                                .end = "/propose_end",
                                .anchor = context_.times.zone().at(start)});
  }

  void record(icalendar::Component& event) const {
    record_answer(event, context_.self, response_of(args_.response));
    record_proposal(event, proposed_, context_.times);
  }

  void record_everywhere(icalendar::Component& calendar) const {
    for (icalendar::Component& part : calendar.parts) {
      if (part.name == "VEVENT") record(part);
    }
  }

  Kept add() const {
    icalendar::Component calendar = object_of(*args_.invitation, context_.times);
    const std::string imported = icalendar::write(calendar);
    record_everywhere(calendar);
    return context_.store.add({.calendar = std::string(kDefaultCalendar),
                               .uid = args_.invitation->uid,
                               .ics = icalendar::write(calendar),
                               .imported = imported,
                               .origin = "invitation",
                               .untrusted = true},
                              write(args_.invitation->title));
  }

  Kept update(const Kept& before, const std::string& key) const {
    const auto edit = [&](const Kept& kept) {
      icalendar::Component calendar = kept.series.calendar();
      if (args_.invitation && args_.invitation->sequence > kept.series.sequence()) {
        calendar = object_of(*args_.invitation, context_.times);
      }
      if (key.empty()) {
        record_everywhere(calendar);
      } else {
        const icalendar::Occurrence at = meant(kept, key);
        record(calendar.parts[split_off(calendar, kept.series, at)]);
      }
      return calendar;
    };
    return context_.store.update(before.stored.number, edit,
                                 write(title_of(before, meant(before, key))));
  }

  Others conflicts(const Kept& after, const std::string& key) const {
    const std::int64_t number = after.stored.number;
    if (proposed_) {
      return conflicts_between(context_.times.begin_of(proposed_->start),
                               context_.times.begin_of(proposed_->end), number, context_.store,
                               context_.shown());
    }
    if (key.empty()) return conflicts_with(after, context_.store, context_.shown());
    const icalendar::Occurrence at = meant(after, key);
    if (!is_busy(after, at, context_.self)) return {};
    return conflicts_between(at.start, at.end, number, context_.store, context_.shown());
  }

  Context& context_;
  const RespondToEventArgs& args_;
  mcp::Call& call_;
  std::optional<common::Span> proposed_;
};

}  // namespace

RespondToEventResult respond_to_event(Context& context, const RespondToEventArgs& args,
                                      mcp::Call& call) {
  check(args);
  return Responder(context, args, call).respond();
}

}  // namespace calendar
