#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "host/planner/hours.hpp"
#include "host/planner/profile.hpp"
#include "host/tools/call.hpp"
#include "schemas/calendar/rows.hpp"
#include "schemas/email/rows.hpp"
#include "schemas/tasks/prioritize_tasks_types.hpp"
#include "schemas/tasks/rows.hpp"

namespace host {

/// What became of earlier actions and what the user said to them.
class History {
 public:
  struct Entry {
    bool settled{};  ///< Done, queued, denied, rejected, or tried: not to be proposed again.
    bool done{};
    std::string made{};  ///< The id of what was made: the draft, the event.
  };

  void put(std::string key, Entry entry) { entries_[std::move(key)] = std::move(entry); }
  void turn_down(const std::string& kind, const std::string& about) {
    turned_down_.insert({kind, about});
  }

  bool settled(const std::string& key) const {
    const auto found = entries_.find(key);
    return found != entries_.end() && found->second.settled;
  }
  /// The id of what the item's action made; empty if it was not done.
  std::string made(const std::string& key) const {
    const auto found = entries_.find(key);
    return found != entries_.end() && found->second.done ? found->second.made : "";
  }
  /// True of an event or draft that one of our actions made.
  bool made_by_us(const std::string& id) const {
    return std::any_of(entries_.begin(), entries_.end(), [&](const auto& entry) {
      return entry.second.done && entry.second.made == id;
    });
  }
  bool done(const std::string& key) const {
    const auto found = entries_.find(key);
    return found != entries_.end() && found->second.done;
  }
  /// The user has said no to this kind of action about this sender, series or project, more than
  /// once.
  bool turned_down(const std::string& kind, const std::string& about) const {
    return turned_down_.contains({kind, about});
  }

 private:
  std::map<std::string, Entry> entries_;
  std::set<std::pair<std::string, std::string>> turned_down_;
};

struct Document {
  std::string path{};
  std::string name{};  ///< The path within the folder that the user named.
};

/// One observation of everything, as the planner sees it. What could not be observed is absent, and
/// no rule guesses at it.
struct World {
  std::chrono::sys_seconds now{};
  /// When somebody will look again: reminders that fall before it are given now.
  std::chrono::sys_seconds next_look{};
  common::Zone zone{common::Zone::utc()};
  Profile profile{};
  std::optional<std::vector<calendar::Event>> events{};  ///< Of today and the two weeks after.
  std::optional<std::vector<email::Triaged>> inbox{};
  std::map<std::string, email::Message> messages{};  ///< By id: those nothing was done about yet.
  std::optional<tasks::PrioritizeTasksResult> priorities{};
  std::vector<Document> documents{};
  History history{};

  std::chrono::local_days today() const { return day_of(now, zone); }
  const email::Message* message(const std::string& id) const {
    const auto found = messages.find(id);
    return found == messages.end() ? nullptr : &found->second;
  }
};

constexpr int kDaysSeen = 14;

}  // namespace host
