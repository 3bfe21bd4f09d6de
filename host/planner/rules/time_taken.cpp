#include "host/planner/rules/time_taken.hpp"

namespace host {

bool keeps_busy(const calendar::Event& event) {
  return event.busy && event.status != calendar::EventStatus::Cancelled &&
         event.response != calendar::Response::Declined;
}

Span span_of(const calendar::Event& event, const common::Zone& zone) {
  if (!event.start.date) return {.start = event.start.at, .end = event.end.at};
  return {.start = zone.to_utc(event.start.local()), .end = zone.to_utc(event.end.local())};
}

std::vector<Span> time_taken(const World& world, const Plan& plan) {
  std::vector<Span> taken = plan.taken;
  for (const calendar::Event& event : *world.events) {
    if (keeps_busy(event)) taken.push_back(span_of(event, world.zone));
  }
  return taken;
}

}  // namespace host
