#include "host/trust/lessons.hpp"

#include <SQLiteCpp/Statement.h>

#include <array>
#include <map>
#include <set>

namespace host {

namespace {

constexpr std::array<std::string_view, 3> kVerdictNames{"approved", "rejected", "undone"};

void insert_lesson(SQLite::Statement& insert, const std::string& kind, const std::string* about,
                   Verdict verdict, const std::string& now) {
  insert.bind(1, kind);
  if (about != nullptr) insert.bind(2, *about);
  insert.bind(3, std::string(name_of(verdict)));
  insert.bind(4, now);
  insert.exec();
  insert.reset();
  insert.clearBindings();
}

}  // namespace

std::string_view name_of(Verdict verdict) {
  return kVerdictNames[static_cast<std::size_t>(verdict)];
}

void Lessons::add(Verdict verdict, const std::string& kind, const std::vector<Item>& items) {
  std::set<std::string> things;
  for (const Item& item : items) {
    if (!item.about.empty()) things.insert(item.about);
  }
  store_.database().write({}, [&](SQLite::Database& database) {
    SQLite::Statement insert(database,
                             "INSERT INTO lessons (kind, about, answer, at) VALUES (?, ?, ?, ?)");
    const std::string now = store_.now();
    insert_lesson(insert, kind, nullptr, verdict, now);
    for (const std::string& about : things) insert_lesson(insert, kind, &about, verdict, now);
  });
}

Standing Lessons::standing(const std::string& kind) {
  return store_.database().read([&](SQLite::Database& database) {
    SQLite::Statement rows(database,
                           "SELECT answer FROM lessons WHERE kind = ? AND about IS NULL "
                           "ORDER BY id DESC LIMIT 20");
    rows.bind(1, kind);
    Standing standing;
    while (rows.executeStep()) {
      const bool approved = rows.getColumn(0).getString() == name_of(Verdict::Approved);
      if (approved ? standing.turned_down > 0 : standing.approvals > 0) break;
      ++(approved ? standing.approvals : standing.turned_down);
    }
    return standing;
  });
}

std::vector<Lessons::TurnedDown> Lessons::turned_down() {
  return store_.database().read([](SQLite::Database& database) {
    SQLite::Statement rows(database,
                           "SELECT kind, about, answer FROM lessons WHERE about IS NOT NULL "
                           "ORDER BY id");
    std::map<std::pair<std::string, std::string>, int> in_a_row;
    while (rows.executeStep()) {
      int& count = in_a_row[{rows.getColumn(0).getString(), rows.getColumn(1).getString()}];
      count = rows.getColumn(2).getString() == name_of(Verdict::Approved) ? 0 : count + 1;
    }
    std::vector<TurnedDown> result;
    for (const auto& [thing, count] : in_a_row) {
      if (count >= kRejectionsToLower)
        result.push_back({.kind = thing.first, .about = thing.second, .times = count});
    }
    return result;
  });
}

}  // namespace host
