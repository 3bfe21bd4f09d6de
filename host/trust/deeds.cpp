#include "host/trust/deeds.hpp"

#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <array>
#include <cassert>

namespace host {

namespace {

constexpr std::array<std::string_view, 7> kDeedStateNames{"started", "done",     "queued", "denied",
                                                          "failed",  "rejected", "undone"};
constexpr const char* kSelect =
    "SELECT key, about, kind, state, server, reason, change_id, card, made, at, "
    "text, title, rowid FROM deeds ";

DeedState deed_state_of(std::string_view name) {
  const auto found = std::find(kDeedStateNames.begin(), kDeedStateNames.end(), name);
  assert(found != kDeedStateNames.end());
  return static_cast<DeedState>(found - kDeedStateNames.begin());
}

Deed read_deed(SQLite::Statement& row) {
  Deed deed{.item = {.key = row.getColumn(0).getString(),
                     .about = row.getColumn(1).getString(),
                     .text = row.getColumn(10).getString()},
            .kind = row.getColumn(2).getString(),
            .state = deed_state_of(row.getColumn(3).getString()),
            .server = row.getColumn(4).getString(),
            .title = row.getColumn(11).getString(),
            .reason = row.getColumn(5).getString(),
            .change_id = row.getColumn(6).getString(),
            .made = row.getColumn(8).getString(),
            .at = row.getColumn(9).getString(),
            .order = row.getColumn(12).getInt64()};
  if (!row.getColumn(7).isNull()) deed.card = row.getColumn(7).getInt64();
  return deed;
}

std::vector<Deed> read_all(SQLite::Statement& rows) {
  std::vector<Deed> deeds;
  while (rows.executeStep()) deeds.push_back(read_deed(rows));
  return deeds;
}

void put_one(SQLite::Statement& insert, const Deed& deed, const std::string& now) {
  int at = 0;
  for (const std::string& value :
       {deed.item.key, deed.item.about, deed.kind, std::string(name_of(deed.state)), deed.server,
        deed.reason, deed.change_id, deed.made, deed.item.text, deed.title, now}) {
    insert.bind(++at, value);
  }
  if (deed.card) insert.bind(++at, *deed.card);
  insert.exec();
  insert.reset();
  insert.clearBindings();
}

void put_all(SQLite::Database& database, const std::vector<Deed>& deeds, const std::string& now) {
  SQLite::Statement insert(database,
                           "INSERT OR REPLACE INTO deeds (key, about, kind, state, server, "
                           "reason, change_id, made, text, title, at, card) "
                           "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const Deed& deed : deeds) put_one(insert, deed, now);
}

}  // namespace

std::string_view name_of(DeedState state) {
  return kDeedStateNames[static_cast<std::size_t>(state)];
}

std::map<std::string, Deed> Deeds::all() {
  return store_.database().read([](SQLite::Database& database) {
    SQLite::Statement rows(database, kSelect);
    std::map<std::string, Deed> deeds;
    while (rows.executeStep()) {
      Deed deed = read_deed(rows);
      deeds.emplace(deed.item.key, std::move(deed));
    }
    return deeds;
  });
}

bool Deeds::claim(const std::vector<Deed>& deeds) {
  return store_.database().write({}, [&](SQLite::Database& database) {
    SQLite::Statement taken(database,
                            "SELECT 1 FROM deeds WHERE key = ? AND state NOT IN "
                            "('failed', 'denied')");
    for (const Deed& deed : deeds) {
      taken.bind(1, deed.item.key);
      if (taken.executeStep()) return false;
      taken.reset();
    }
    put_all(database, deeds, store_.now());
    return true;
  });
}

void Deeds::put(const std::vector<Deed>& deeds) {
  store_.database().write(
      {}, [&](SQLite::Database& database) { put_all(database, deeds, store_.now()); });
}

std::vector<Deed> Deeds::of_card(std::int64_t card) {
  return store_.database().read([&](SQLite::Database& database) {
    SQLite::Statement rows(database, std::string(kSelect) + "WHERE card = ? ORDER BY key");
    rows.bind(1, card);
    return read_all(rows);
  });
}

std::vector<Deed> Deeds::of_change(const std::string& change_id) {
  return store_.database().read([&](SQLite::Database& database) {
    SQLite::Statement rows(database, std::string(kSelect) + "WHERE change_id = ? ORDER BY key");
    rows.bind(1, change_id);
    return read_all(rows);
  });
}

}  // namespace host
