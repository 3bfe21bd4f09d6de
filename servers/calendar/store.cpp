#include "servers/calendar/store.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "protocol/mcp/handler.hpp"
#include "servers/calendar/compose.hpp"
#include "servers/common/columns.hpp"
#include "servers/common/journal_schema.hpp"
#include "servers/common/words.hpp"

namespace calendar {
namespace {

using icalendar::Component;
using icalendar::Left;
using std::chrono::sys_seconds;

constexpr auto kMigrations = std::to_array<std::string_view>({common::kJournalSchema, R"sql(
CREATE TABLE events(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  calendar TEXT NOT NULL,
  uid TEXT NOT NULL,
  ics TEXT NOT NULL,
  imported TEXT,             -- as in Stored
  begins INTEGER NOT NULL,   -- Unix seconds; no occurrence begins before
  ends INTEGER,              -- or goes on after; NULL: for ever
  origin TEXT NOT NULL,
  untrusted INTEGER NOT NULL,
  UNIQUE(calendar, uid));
CREATE INDEX events_ends ON events(ends);
)sql"});

constexpr auto kJournaled = std::to_array<std::string_view>({"events"});

constexpr const char* kSelect =
    "SELECT id, calendar, uid, ics, imported, origin, untrusted FROM events ";

Stored stored_at(SQLite::Statement& row) {
  Stored event{.number = row.getColumn(0).getInt64(),
               .calendar = row.getColumn(1).getString(),
               .uid = row.getColumn(2).getString(),
               .ics = row.getColumn(3).getString(),
               .origin = row.getColumn(5).getString(),
               .untrusted = row.getColumn(6).getInt() != 0};
  if (!row.getColumn(4).isNull()) event.imported = row.getColumn(4).getString();
  return event;
}

Kept kept_of(Stored event, const common::Zone& zone) {
  icalendar::Series series = icalendar::read_series(event.ics, zone);
  return {.stored = std::move(event), .series = std::move(series)};
}

std::optional<Stored> find_where(SQLite::Database& database, const std::string& where,
                                 const auto&... values) {
  SQLite::Statement statement(database, kSelect + where);
  int at = 0;
  (statement.bind(++at, values), ...);
  if (!statement.executeStep()) return std::nullopt;
  return stored_at(statement);
}

/// Binds from the first parameter: ics, imported, begins, ends.
void bind_object(SQLite::Statement& statement, const Kept& kept) {
  statement.bind(1, kept.stored.ics);
  if (kept.stored.imported) statement.bind(2, *kept.stored.imported);
  statement.bind(3, common::seconds_of(kept.series.begins()));
  const std::optional<sys_seconds> ends = kept.series.ends();
  if (ends) statement.bind(4, common::seconds_of(*ends));
}

Kept insert(SQLite::Database& database, Stored event, const common::Zone& zone) {
  Kept kept = kept_of(std::move(event), zone);
  SQLite::Statement statement(
      database,
      "INSERT INTO events(ics, imported, begins, ends, calendar, uid, origin, untrusted) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  bind_object(statement, kept);
  statement.bind(5, kept.stored.calendar);
  statement.bind(6, kept.stored.uid);
  statement.bind(7, kept.stored.origin);
  statement.bind(8, kept.stored.untrusted ? 1 : 0);
  statement.exec();
  kept.stored.number = database.getLastInsertRowid();
  return kept;
}

Kept replace(SQLite::Database& database, Stored event, const common::Zone& zone) {
  Kept kept = kept_of(std::move(event), zone);
  SQLite::Statement statement(
      database, "UPDATE events SET ics = ?, imported = ?, begins = ?, ends = ? WHERE id = ?");
  bind_object(statement, kept);
  statement.bind(5, kept.stored.number);
  statement.exec();
  return kept;
}

std::string named_list(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

std::vector<std::string> calendars_in(SQLite::Database& database) {
  std::vector<std::string> names = {std::string(kDefaultCalendar)};
  SQLite::Statement statement(database, "SELECT DISTINCT calendar FROM events ORDER BY calendar");
  while (statement.executeStep()) {
    const std::string name = statement.getColumn(0).getString();
    if (name != kDefaultCalendar) names.push_back(name);
  }
  return names;
}

std::string title_of(const Kept& kept) {
  const icalendar::Line* title =
      kept.series.calendar().parts[kept.series.master_part()].find("SUMMARY");
  return title == nullptr ? kept.stored.uid : icalendar::read_text(*title);
}

/// One object after the other into the store.
class Importer {
 public:
  Importer(SQLite::Database& database, const Stored& like, const common::Zone& zone)
      : database_(database), like_(like), zone_(zone) {}

  void take(const icalendar::Object& object) {
    const std::string& method = object.method;
    std::optional<Stored> known =
        find_where(database_, "WHERE calendar = ? AND uid = ?", like_.calendar, object.uid);
    if (method == "REPLY" || method == "COUNTER" || method == "DECLINECOUNTER") {
      return leave(object.uid,
                   "METHOD:" + method + " answers an invitation; it is not an event of its own");
    }
    if (method == "CANCEL" && !known) {
      return leave(object.uid, "it cancels an event that is not in the calendar");
    }
    if (!known) return add(object.uid, write(object.calendar));
    Component incoming = object.calendar;
    const bool partial = is_partial(incoming);
    const icalendar::Series before = icalendar::read_series(known->ics, zone_);
    const Component& stored = before.calendar();
    const std::int64_t sequence = icalendar::read_series(write(incoming), zone_).sequence();
    if (!method.empty() && method != "PUBLISH" && !partial && sequence < before.sequence()) {
      ++result_.unchanged;
      return leave(object.uid, "an older version of what the calendar has (SEQUENCE)");
    }
    if (method == "CANCEL") incoming = cancelled(partial ? std::move(incoming) : stored);
    if (partial) incoming = merged(stored, incoming);
    update(std::move(*known), write(incoming));
  }

  Imported done() { return std::move(result_); }

 private:
  void leave(std::string id, std::string problem) {
    result_.left.push_back({.id = std::move(id), .problem = std::move(problem)});
  }

  void add(const std::string& uid, std::string ics) {
    Stored event = like_;
    event.uid = uid;
    event.ics = std::move(ics);
    result_.changed.push_back(insert(database_, std::move(event), zone_));
    ++result_.added;
  }

  void update(Stored known, std::string ics) {
    const std::string& last = known.imported ? *known.imported : known.ics;
    if (ics == last || ics == known.ics) {
      ++result_.unchanged;
    } else if (known.imported) {
      ++result_.unchanged;
      leave(id_of(known.number, ""),
            "it was changed here, so what the file says now is not taken over");
    } else {
      known.ics = std::move(ics);
      result_.changed.push_back(replace(database_, std::move(known), zone_));
      ++result_.updated;
    }
  }

  SQLite::Database& database_;
  const Stored& like_;
  const common::Zone& zone_;
  Imported result_;
};

}  // namespace

Store::Store(const std::filesystem::path& file, const common::Times& times)
    : database_(
          {.name = "calendar", .file = file, .migrations = kMigrations, .journaled = kJournaled},
          times),
      times_(times) {}

std::vector<std::string> Store::calendars() {
  return database_.read([](SQLite::Database& database) { return calendars_in(database); });
}

std::vector<std::string> Store::named(const std::vector<std::string>& wanted) {
  const std::vector<std::string> known = calendars();
  std::vector<std::string> found;
  for (const std::string& name : wanted) {
    const auto same = [&](const std::string& other) {
      return common::folded(other) == common::folded(name);
    };
    const auto at = std::ranges::find_if(known, same);
    if (at == known.end()) {
      throw mcp::ToolError("no calendar " + name + "; there are: " + named_list(known));
    }
    found.push_back(*at);
  }
  return found;
}

std::vector<Kept> Store::load(const Filter& filter) {
  const std::vector<std::string> names = named(filter.calendars);
  return database_.read([&](SQLite::Database& database) {
    SQLite::Statement statement(
        database,
        std::string(kSelect) + "WHERE begins < ?1 AND (ends IS NULL OR ends > ?2) ORDER BY id");
    statement.bind(1, filter.to ? common::seconds_of(*filter.to) : INT64_MAX);
    statement.bind(2, filter.from ? common::seconds_of(*filter.from) : INT64_MIN);
    std::vector<Kept> events;
    while (statement.executeStep()) {
      Stored event = stored_at(statement);
      if (!names.empty() && std::ranges::find(names, event.calendar) == names.end()) continue;
      events.push_back(kept_of(std::move(event), times_.zone()));
    }
    return events;
  });
}

std::optional<Kept> Store::find(std::int64_t number) {
  std::optional<Stored> event = database_.read(
      [&](SQLite::Database& database) { return find_where(database, "WHERE id = ?", number); });
  if (!event) return std::nullopt;
  return kept_of(std::move(*event), times_.zone());
}

std::optional<Kept> Store::find_uid(const std::string& uid) {
  std::optional<Stored> event = database_.read([&](SQLite::Database& database) {
    return find_where(database, "WHERE uid = ? ORDER BY id", uid);
  });
  if (!event) return std::nullopt;
  return kept_of(std::move(*event), times_.zone());
}

Kept Store::add(Stored event, common::Write write) {
  return database_.write(write, [&](SQLite::Database& database) {
    Kept kept = insert(database, event, times_.zone());
    database_.summarize("Added " + title_of(kept));
    return kept;
  });
}

Kept Store::update(std::int64_t number, const std::function<Component(const Kept&)>& edit,
                   common::Write write) {
  return database_.write(write, [&](SQLite::Database& database) {
    std::optional<Stored> event = find_where(database, "WHERE id = ?", number);
    if (!event) throw mcp::ToolError("no event " + id_of(number, "") + "; it has been removed");
    const Kept before = kept_of(*event, times_.zone());
    if (!event->imported) event->imported = event->ics;
    event->ics = icalendar::write(edit(before));
    return replace(database, std::move(*event), times_.zone());
  });
}

Imported Store::import(const icalendar::Objects& objects, const Stored& event,
                       common::Write write) {
  return database_.write(write, [&](SQLite::Database& database) {
    Importer importer(database, event, times_.zone());
    for (const icalendar::Object& object : objects.events) {
      if (write.call->cancelled()) throw mcp::ToolError("cancelled; nothing was imported");
      importer.take(object);
    }
    Imported result = importer.done();
    database_.summarize("Imported " + std::to_string(result.added) + " new and " +
                        std::to_string(result.updated) + " changed events");
    return result;
  });
}

}  // namespace calendar
