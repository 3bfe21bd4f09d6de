#include "host/trust/changes.hpp"

#include <SQLiteCpp/Statement.h>

namespace host {

void Changes::add(const MadeChange& change) {
  if (change.change_id.empty()) return;
  store_.database().write({}, [&](SQLite::Database& database) {
    SQLite::Statement insert(database,
                             "INSERT INTO changes (server, change_id, at) VALUES (?, ?, ?)");
    insert.bind(1, change.server);
    insert.bind(2, change.change_id);
    insert.bind(3, store_.now());
    insert.exec();
  });
}

std::optional<MadeChange> Changes::last() {
  return store_.database().read([](SQLite::Database& database) -> std::optional<MadeChange> {
    SQLite::Statement row(database,
                          "SELECT server, change_id FROM changes WHERE undone = 0 "
                          "ORDER BY id DESC LIMIT 1");
    if (!row.executeStep()) return std::nullopt;
    return MadeChange{.server = row.getColumn(0).getString(),
                      .change_id = row.getColumn(1).getString()};
  });
}

void Changes::mark_undone(const std::string& change_id) {
  store_.database().write({}, [&](SQLite::Database& database) {
    SQLite::Statement update(database, "UPDATE changes SET undone = 1 WHERE change_id = ?");
    update.bind(1, change_id);
    update.exec();
  });
}

}  // namespace host
