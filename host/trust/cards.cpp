#include "host/trust/cards.hpp"

#include <SQLiteCpp/Statement.h>

#include <algorithm>
#include <array>
#include <cassert>

namespace host {

namespace {

constexpr std::array<std::string_view, 5> kStateNames{"waiting", "approved", "rejected", "done",
                                                      "failed"};
constexpr const char* kColumns =
    "id, state, actor, server, tool, arguments, action_class, kind, title, reason, preview, "
    "preview_sha256, created, decided, result, change_id";

CardState state_of(std::string_view name) {
  const auto found = std::find(kStateNames.begin(), kStateNames.end(), name);
  assert(found != kStateNames.end());
  return static_cast<CardState>(found - kStateNames.begin());
}

Card read_card(SQLite::Statement& row) {
  return {.id = row.getColumn(0).getInt64(),
          .state = state_of(row.getColumn(1).getString()),
          .actor = row.getColumn(2).getString(),
          .server = row.getColumn(3).getString(),
          .tool = row.getColumn(4).getString(),
          .arguments = row.getColumn(5).getString(),
          .action_class = row.getColumn(6).getString(),
          .kind = row.getColumn(7).getString(),
          .title = row.getColumn(8).getString(),
          .reason = row.getColumn(9).getString(),
          .preview = row.getColumn(10).getString(),
          .preview_sha256 = row.getColumn(11).getString(),
          .created = row.getColumn(12).getString(),
          .decided = row.getColumn(13).getString(),
          .result = row.getColumn(14).getString(),
          .change_id = row.getColumn(15).getString()};
}

std::string text(CardState state) {
  return std::string(name_of(state));
}

}  // namespace

std::string_view name_of(CardState state) {
  return kStateNames[static_cast<std::size_t>(state)];
}

std::int64_t Cards::add(const Card& card) {
  return store_.database().write({}, [&](SQLite::Database& database) {
    SQLite::Statement insert(database,
                             "INSERT INTO cards (state, actor, server, tool, arguments, "
                             "action_class, kind, title, reason, preview, preview_sha256, created) "
                             "VALUES ('waiting', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    int at = 0;
    for (const std::string& value :
         {card.actor, card.server, card.tool, card.arguments, card.action_class, card.kind,
          card.title, card.reason, card.preview, card.preview_sha256, store_.now()}) {
      insert.bind(++at, value);
    }
    insert.exec();
    return database.getLastInsertRowid();
  });
}

std::optional<Card> Cards::find(std::int64_t id) {
  return store_.database().read([&](SQLite::Database& database) -> std::optional<Card> {
    SQLite::Statement row(database, std::string("SELECT ") + kColumns + " FROM cards WHERE id = ?");
    row.bind(1, id);
    if (!row.executeStep()) return std::nullopt;
    return read_card(row);
  });
}

std::vector<Card> Cards::waiting() {
  return in_state(CardState::Waiting);
}

std::vector<Card> Cards::interrupted() {
  return in_state(CardState::Approved);
}

std::vector<Card> Cards::in_state(CardState state) {
  return store_.database().read([&](SQLite::Database& database) {
    SQLite::Statement row(
        database, std::string("SELECT ") + kColumns + " FROM cards WHERE state = ? ORDER BY id");
    row.bind(1, text(state));
    std::vector<Card> cards;
    while (row.executeStep()) cards.push_back(read_card(row));
    return cards;
  });
}

bool Cards::decide(std::int64_t id, CardState to) {
  return store_.database().write({}, [&](SQLite::Database& database) {
    SQLite::Statement update(
        database, "UPDATE cards SET state = ?, decided = ? WHERE id = ? AND state = 'waiting'");
    update.bind(1, text(to));
    update.bind(2, store_.now());
    update.bind(3, id);
    return update.exec() == 1;
  });
}

void Cards::finish(std::int64_t id, CardState to, const std::string& result,
                   const std::string& change_id) {
  store_.database().write({}, [&](SQLite::Database& database) {
    SQLite::Statement update(database,
                             "UPDATE cards SET state = ?, result = ?, change_id = ? "
                             "WHERE id = ? AND state = 'approved'");
    update.bind(1, text(to));
    update.bind(2, result);
    update.bind(3, change_id);
    update.bind(4, id);
    update.exec();
  });
}

}  // namespace host
