#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "servers/calendar/rows.hpp"

namespace calendar {

/// How far ahead an endless range is looked through.
constexpr std::chrono::days kHorizon{731};

/// One thing on the agenda. Points into the events it was made from.
struct Entry {
  const Kept* kept{};
  icalendar::Occurrence occurrence{};
};

/// What happens in a stretch of time, earliest first. Series are expanded piece by piece, as far as
/// somebody reads on, so that an endless one costs no more than what is shown of it. Keeps
/// references to the events.
class Agenda final {
 public:
  /// Begins with what still goes on at `from`.
  Agenda(const std::vector<Kept>& events, std::chrono::sys_seconds from,
         std::chrono::sys_seconds to);

  std::optional<Entry> next();

 private:
  bool fill();

  const std::vector<Kept>& events_;
  std::chrono::sys_seconds from_;
  std::chrono::sys_seconds to_;
  std::chrono::days step_;
  bool first_{true};
  std::vector<Entry> found_;
  std::size_t taken_{};
};

/// A key that sorts as the agenda does, for cursors; and the instant that a key begins with.
std::string key_of(const Entry& entry);
std::optional<std::chrono::sys_seconds> start_of_key(std::string_view key);

std::vector<Entry> entries_between(const std::vector<Kept>& events, std::chrono::sys_seconds from,
                                   std::chrono::sys_seconds to);

}  // namespace calendar
