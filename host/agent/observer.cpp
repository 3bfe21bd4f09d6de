#include "host/agent/observer.hpp"

#include <future>

#include "host/agent/folders.hpp"
#include "host/agent/read_profile.hpp"
#include "host/planner/plan.hpp"
#include "schemas/calendar/list_events_types.hpp"
#include "schemas/email/get_messages_types.hpp"
#include "schemas/email/triage_inbox_types.hpp"
#include "schemas/memory/get_profile_types.hpp"

namespace host {

namespace {

constexpr std::int64_t kEventsPage = 500;
constexpr std::int64_t kInboxPage = 200;
constexpr int kPagesMax = 10;
constexpr std::int64_t kLetterChars = 2000;
constexpr std::size_t kLettersAtOnce = 20;

}  // namespace

Observer::Seen Observer::look(History history, std::chrono::sys_seconds next_look) {
  Seen seen;
  World& world = seen.world;
  world.now = place_.times.now().at;
  world.next_look = next_look;
  world.history = std::move(history);
  world.profile = see_profile(seen.unseen);
  const common::Zone& zone = place_.times.zone();
  world.zone = place_.zone_given ? zone : world.profile.zone.value_or(zone);

  // One thread for each server; each has its own list of what it could not see.
  std::vector<Unseen> events, inbox, tasks, documents;
  auto seeing_events = std::async(std::launch::async, [&] { return see_events(world, events); });
  auto seeing_inbox = std::async(std::launch::async, [&] { return see_inbox(inbox); });
  auto seeing_tasks =
      std::async(std::launch::async, [&] { return see_tasks(world.profile, tasks); });
  auto seeing_documents = std::async(std::launch::async, [&] { return see_documents(documents); });
  world.events = seeing_events.get();
  world.inbox = seeing_inbox.get();
  world.priorities = seeing_tasks.get();
  world.documents = seeing_documents.get();
  world.messages = letters_;
  for (std::vector<Unseen>* each : {&events, &inbox, &tasks, &documents})
    seen.unseen.insert(seen.unseen.end(), each->begin(), each->end());
  return seen;
}

Profile Observer::see_profile(std::vector<Unseen>& unseen) {
  const auto answer = read_as<memory::GetProfileResult>(gate_, "memory", "get_profile",
                                                        memory::GetProfileArgs{}, unseen);
  return answer ? read_profile(answer->profile.text) : Profile{};
}

Observer::Events Observer::see_events(const World& world, std::vector<Unseen>& unseen) {
  const common::Zone& zone = world.zone;
  const std::chrono::local_days today = world.today();
  calendar::ListEventsArgs args{
      .start = exactly(whole_day(today, zone).start, zone),
      .end = exactly(whole_day(today + std::chrono::days(kDaysSeen), zone).start, zone),
      .fields = {"title", "start", "end", "weekday", "all_day", "calendar", "location", "attendees",
                 "response", "uid", "status", "busy"},
      .limit = kEventsPage};
  std::vector<calendar::Event> events;
  for (int page = 0; page < kPagesMax; ++page) {
    auto answer = read_as<calendar::EventPage>(gate_, "calendar", "list_events", args, unseen);
    if (!answer) return std::nullopt;
    events.insert(events.end(), answer->events.begin(), answer->events.end());
    args.cursor = answer->next_cursor;
    if (args.cursor.empty()) break;
  }
  return events;
}

std::optional<std::vector<email::Triaged>> Observer::see_inbox(std::vector<Unseen>& unseen) {
  email::TriageInboxArgs args{.limit = kInboxPage};
  std::vector<email::Triaged> inbox;
  for (int page = 0; page < kPagesMax; ++page) {
    auto answer = read_as<email::TriageInboxResult>(gate_, "email", "triage_inbox", args, unseen);
    if (!answer) return std::nullopt;
    inbox.insert(inbox.end(), answer->messages.begin(), answer->messages.end());
    args.cursor = answer->next_cursor;
    if (args.cursor.empty()) break;
  }
  read_letters(inbox, unseen);
  return inbox;
}

void Observer::read_letters(const std::vector<email::Triaged>& inbox, std::vector<Unseen>& unseen) {
  std::vector<std::string> wanted;
  for (const email::Triaged& message : inbox) {
    if (message.category != email::Triage::Spam && !letters_.contains(message.id))
      wanted.push_back(message.id);
  }
  for (std::size_t at = 0; at < wanted.size();) {
    const std::size_t end = std::min(wanted.size(), at + kLettersAtOnce);
    const email::GetMessagesArgs args{.ids = {wanted.begin() + static_cast<std::ptrdiff_t>(at),
                                              wanted.begin() + static_cast<std::ptrdiff_t>(end)},
                                      .max_chars = kLetterChars};
    const auto answer =
        read_as<email::GetMessagesResult>(gate_, "email", "get_messages", args, unseen);
    if (!answer || answer->messages.empty()) return;
    for (const email::Message& message : answer->messages) letters_[message.id] = message;
    // What did not fit is asked for again; what is missing has just been moved by somebody.
    at = end - answer->not_shown.size();
    if (!answer->not_shown.empty())
      std::copy(answer->not_shown.begin(), answer->not_shown.end(),
                wanted.begin() + static_cast<std::ptrdiff_t>(at));
  }
}

std::optional<tasks::PrioritizeTasksResult> Observer::see_tasks(const Profile& profile,
                                                                std::vector<Unseen>& unseen) {
  const tasks::PrioritizeTasksArgs args{.goals = profile.goals, .limit = kInboxPage};
  return read_as<tasks::PrioritizeTasksResult>(gate_, "tasks", "prioritize_tasks", args, unseen);
}

std::vector<Document> Observer::see_documents(std::vector<Unseen>& unseen) {
  return list_documents(gate_, unseen);
}

}  // namespace host
