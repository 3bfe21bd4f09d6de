#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "schemas/calendar/rows.hpp"
#include "servers/calendar/person.hpp"
#include "servers/common/icalendar/series.hpp"
#include "servers/common/times.hpp"

namespace calendar {

/// An event as it is stored, all its occurrences in one.
struct Stored {
  std::int64_t number{};  ///< "e12" has 12; 0 until it is stored.
  std::string calendar{};
  std::string uid{};
  std::string ics{};
  /// The object as it was last imported, where it has been changed here since; empty: it never was
  /// imported. Nothing: `ics` is as it was imported.
  std::optional<std::string> imported{};
  std::string origin{};
  bool untrusted{};
};

/// One of them with what it means.
struct Kept {
  Stored stored{};
  icalendar::Series series;
};

/// "e12" is an event, all of it; "e12-20260316T080000Z" one occurrence of a series. The words after
/// the hyphen are the occurrence's key, so it stays the same however often it is moved.
struct EventId {
  std::int64_t number{};
  std::string key{};
};
std::optional<EventId> parse_id(std::string_view id);
std::string id_of(std::int64_t number, std::string_view key);

/// What rows are made with.
struct Shown {
  const common::Times& times;  ///< In whose zone times are shown.
  const Self& self;
};

/// Everything about one occurrence.
Event row_of(const Kept& kept, const icalendar::Occurrence& occurrence, const Shown& shown);
/// Its main members: id, title, times, calendar, location.
Event brief_of(const Event& row);

/// Takes up the user's time: not transparent, not declined.
bool is_busy(const Kept& kept, const icalendar::Occurrence& occurrence, const Self& self);

/// The VEVENT that describes an occurrence, and its title.
const icalendar::Component& component_of(const Kept& kept, const icalendar::Occurrence& occurrence);
std::string title_of(const Kept& kept, const icalendar::Occurrence& occurrence);

}  // namespace calendar
