#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "schemas/tasks/tools.hpp"
#include "servers/common/icalendar/zones.hpp"
#include "servers/tasks/context.hpp"
#include "tests/temp_folder.hpp"
#include "tests/unit/servers_common/hand_clock.hpp"

namespace test {

using Json = nlohmann::json;

/// What a server of tasks finds around it: a folder, no settings, Mon 2026-03-16 09:00 in Warsaw.
struct TaskWorld {
  TempFolder folder{};
  HandClock clock{};
  common::Times times{clock, *common::Zone::find("Europe/Warsaw")};
  common::Options options{};
  common::Roots roots{{}};
  common::Settings settings{};
  std::filesystem::path data{folder.path()};
  common::Surroundings around{
      .options = options, .folder = data, .times = times, .roots = roots, .settings = settings};
};

/// One client of a server with a connection of its own; calls go through the generated tables, as
/// they do in the program.
class Client final {
 public:
  explicit Client(TaskWorld& world, std::string name = "ann")
      : name_(std::move(name)), context_(world.around) {}

  /// The structured answer. A refusal flies as mcp::ToolError.
  Json call(std::string_view tool, const Json& arguments = Json::object()) {
    const auto tools = tasks::tools();
    const auto found = std::ranges::find(tools, tool, &mcp::Tool::name);
    if (found == tools.end()) throw std::logic_error("no tool " + std::string(tool));
    mcp::Call call(std::string(tool), name_);
    const mcp::Answer answer = found->run(*found, &context_, arguments, call);
    change_id_ = answer.change_id;
    return Json::parse(answer.structured);
  }

  /// The words with which a call is refused.
  std::string refusal(std::string_view tool, const Json& arguments) {
    try {
      return "not refused: " + call(tool, arguments).dump();
    } catch (const mcp::ToolError& error) {
      return error.what();
    }
  }

  /// Adds one task, returns its id.
  std::string add(const Json& task) {
    return call("add_tasks", {{"tasks", {task}}}).at("tasks").at(0).at("id");
  }
  Json get(const std::string& id) { return call("get_tasks", {{"ids", {id}}}).at("tasks").at(0); }

  /// The ids in an answer, in its order.
  static std::vector<std::string> ids(const Json& answer) {
    std::vector<std::string> all;
    for (const Json& task : answer.at("tasks")) all.push_back(task.at("id"));
    return all;
  }

  /// Every row of every table but the journal's, as text.
  std::string dump();

  /// SQL behind the store's back.
  void run(const std::string& sql) {
    context_.store.database().write({}, [&](SQLite::Database& sqlite) { sqlite.exec(sql); });
  }

  /// Whether the sets and the order that triggers keep are those that the tasks would have if they
  /// were worked out anew.
  bool sets_agree();

  /// Of the last call; empty where nothing changed.
  const std::string& change_id() const { return change_id_; }

 private:
  std::string name_;
  tasks::Context context_;
  std::string change_id_;
};

inline bool Client::sets_agree() {
  return context_.store.database().read([](SQLite::Database& sqlite) {
    const std::string sets =
        "SELECT value, tasks.id >> 12, set_of(tasks.id & 4095) FROM tasks, "
        "json_each(task_labels(labels, "
        "status, due, unixepoch(due), words)) GROUP BY 1, 2";
    const std::string order =
        "SELECT value, status IN ('done', 'cancelled'), CASE WHEN due IS NULL THEN 2 WHEN "
        "length(due) = 10 THEN 1 ELSE 0 END, coalesce(unixepoch(due), 0), tasks.id "
        "FROM tasks, json_each(labels)";
    const auto differ = [&](const std::string& one, const std::string& other) {
      const std::string both = "SELECT * FROM (" + one + ") EXCEPT SELECT * FROM (" + other + ")";
      return SQLite::Statement(sqlite, both).executeStep();
    };
    const std::string kept_sets = "SELECT * FROM task_sets";
    const std::string kept_order = "SELECT * FROM task_order";
    return !differ(sets, kept_sets) && !differ(kept_sets, sets) && !differ(order, kept_order) &&
           !differ(kept_order, order);
  });
}

inline std::string Client::dump() {
  EXPECT_TRUE(sets_agree());
  return context_.store.database().read([](SQLite::Database& sqlite) {
    std::string text;
    SQLite::Statement tables(
        sqlite,
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE "
        "'journal_%' AND name NOT LIKE 'sqlite_%' ORDER BY name");
    while (tables.executeStep()) {
      const std::string table = tables.getColumn(0);
      text += table + "\n";
      SQLite::Statement rows(sqlite, "SELECT * FROM " + table + " ORDER BY 1");
      while (rows.executeStep()) {
        for (int column = 0; column < rows.getColumnCount(); ++column) {
          const bool null = rows.getColumn(column).isNull();
          text += (null ? "NULL" : "'" + rows.getColumn(column).getString() + "'") + ",";
        }
        text += "\n";
      }
    }
    return text;
  });
}

}  // namespace test
