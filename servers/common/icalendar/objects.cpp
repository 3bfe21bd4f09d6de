#include "servers/common/icalendar/objects.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <utility>

#include "protocol/mcp/handler.hpp"

namespace icalendar {
namespace {

std::string text_of(const Component& component, std::string_view property) {
  const Line* line = component.find(property);
  return line == nullptr ? std::string() : read_text(*line);
}

std::string place(std::size_t line) {
  return "line " + std::to_string(line);
}

/// FNV-1a: the same words give the same UID on every machine.
std::string uid_of(const Component& event) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const Line& line : event.lines) {
    for (const unsigned char c : line.text + "\n") hash = (hash ^ c) * 1099511628211ULL;
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string uid = "adjutant-";
  for (int shift = 60; shift >= 0; shift -= 4) uid += kDigits[(hash >> shift) & 15U];
  return uid;
}

class Splitter {
 public:
  explicit Splitter(const common::Zone& floating) : floating_(floating) {}

  Objects split(std::string_view text) {
    Content content = read_content(text);
    for (const Problem& problem : content.problems) {
      leave(problem.line == 0 ? "calendar" : place(problem.line), problem.text);
    }
    for (Component& root : content.roots) take_root(std::move(root));
    if (content.roots.empty() && objects_.left.empty()) {
      leave("calendar", "there is no VCALENDAR in it");
    }
    return std::move(objects_);
  }

 private:
  void leave(std::string id, std::string problem) {
    objects_.left.push_back({.id = std::move(id), .problem = std::move(problem)});
  }

  void take_root(Component root) {
    if (root.name == "VCALENDAR") {
      take_calendar(root);
    } else if (root.name == "VEVENT") {
      Component calendar{.name = "VCALENDAR", .number = root.number};
      calendar.parts.push_back(std::move(root));
      take_calendar(calendar);
    } else if (root.name == "VCARD") {
      leave(place(root.number), "a VCARD is a contact, not an event");
    } else {
      leave(place(root.number), root.name + " is no calendar");
    }
  }

  /// The VEVENTs of one calendar by UID, in the order of the file.
  struct Events {
    std::map<std::string, std::vector<Component>> by_uid{};
    std::vector<std::string> order{};
  };

  void take_calendar(Component& calendar) {
    Events events;
    for (Component& part : calendar.parts) {
      if (part.name == "VCALENDAR") {
        take_calendar(part);
      } else if (part.name == "VEVENT" && part.ended) {
        take_part(std::move(part), events);
      } else if (part.name == "VEVENT") {
        leave(place(part.number), "the event is cut off: it has no END:VEVENT");
      } else if (part.name != "VTIMEZONE" && part.name != "DAYLIGHT" && part.name != "STANDARD") {
        const std::string uid = text_of(part, "UID");
        leave(uid.empty() ? place(part.number) : uid,
              part.name + " at " + place(part.number) + " is not an event; only events are kept");
      }
    }
    const auto zones = std::make_shared<const ZoneBook>(calendar, floating_);
    for (const std::string& uid : events.order) {
      take_event(uid, std::move(events.by_uid.at(uid)), calendar, zones);
    }
  }

  static void take_part(Component part, Events& events) {
    std::string uid = text_of(part, "UID");
    if (uid.empty()) {
      uid = uid_of(part);
      std::erase_if(part.lines, [](const Line& line) { return line.name() == "UID"; });
      part.lines.push_back({.text = "UID:" + uid});
    }
    const auto [known, is_new] = events.by_uid.try_emplace(uid);
    if (is_new) events.order.push_back(uid);
    known->second.push_back(std::move(part));
  }

  /// The parts that can be read, each for itself: a changed occurrence that cannot must not take
  /// its series along.
  std::vector<Component> readable(const std::string& uid, std::vector<Component> parts,
                                  const std::shared_ptr<const ZoneBook>& zones) {
    std::vector<Component> good;
    for (Component& part : parts) {
      Component alone{.name = "VCALENDAR"};
      alone.parts.push_back(part);
      try {
        const Series series(std::move(alone), zones);
        good.push_back(std::move(part));
      } catch (const mcp::ToolError& error) {
        leave(uid, error.what());
      }
    }
    return good;
  }

  void take_event(const std::string& uid, std::vector<Component> parts, const Component& calendar,
                  const std::shared_ptr<const ZoneBook>& zones) {
    parts = readable(uid, std::move(parts), zones);
    if (parts.empty()) return;
    Object object{.uid = uid, .method = to_upper(text_of(calendar, "METHOD"))};
    object.calendar.name = "VCALENDAR";
    object.calendar.lines = {{.text = "VERSION:2.0"}, {.text = "PRODID:-//Adjutant//EN"}};
    object.calendar.parts = std::move(parts);
    note_faults(uid, object.calendar);
    add_zones(object.calendar, calendar, *zones);
    objects_.events.push_back(std::move(object));
  }

  /// What is kept as it is though it cannot be read, as it does not say when the event is.
  void note_faults(const std::string& uid, const Component& object) {
    for (const Component& event : object.parts) {
      for (const Line& line : event.lines) {
        const std::optional<std::string> fault = find_fault(line);
        if (fault) leave(uid, *fault + "; the event is kept, this line has no effect");
      }
    }
  }

  /// The VTIMEZONEs that the object's TZIDs need, ahead of its events.
  static void add_zones(Component& object, const Component& calendar, const ZoneBook& zones) {
    std::vector<Component> needed;
    for (const Component& part : calendar.parts) {
      if (part.name != "VTIMEZONE" || !zones.is_own(text_of(part, "TZID"))) continue;
      const std::string tzid = text_of(part, "TZID");
      const auto uses = [&](const Line& line) { return line.text.find(tzid) != std::string::npos; };
      const auto any = [&](const Component& event) {
        return std::ranges::any_of(event.lines, uses);
      };
      if (std::ranges::any_of(object.parts, any)) needed.push_back(part);
    }
    object.parts.insert(object.parts.begin(), needed.begin(), needed.end());
  }

  const common::Zone& floating_;
  Objects objects_;
};

}  // namespace

Objects read_objects(std::string_view text, const common::Zone& floating) {
  return Splitter(floating).split(text);
}

Series read_series(std::string_view object, const common::Zone& floating) {
  Content content = read_content(object);
  if (content.roots.empty()) throw mcp::ToolError("the event cannot be read: it is no calendar");
  const auto zones = std::make_shared<const ZoneBook>(content.roots.front(), floating);
  return Series(std::move(content.roots.front()), zones);
}

}  // namespace icalendar
