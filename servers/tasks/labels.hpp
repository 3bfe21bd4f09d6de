#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "servers/tasks/record.hpp"

/// What a task can be found by: texts that begin with the kind, in `task_sets` each with the
/// numbers of its tasks. Those of a record (`labels` of `tasks`) are in `task_order` as well.
namespace tasks {

inline constexpr std::string_view kProjectLabel = "p:";
inline constexpr std::string_view kTagLabel = "t:";
inline constexpr std::string_view kAssigneeLabel = "a:";
inline constexpr std::string_view kPriorityLabel = "r:";
inline constexpr std::string_view kStatusLabel = "s:";

enum DueKind : std::uint8_t { kInstant, kDay, kNone };  // as `due_kind` has them

/// "todo", "in_progress".
std::string name_of(Status status);
/// "p:home" of "p:" and "Home".
std::string label_of(std::string_view kind, std::string_view text);
std::string priority_label(Priority priority);
/// "" (all tasks), project, assignee, tags and priority, as a JSON list.
std::string labels_json(const Record& task);

/// Labels from the first to before the second; with an empty second one the first alone.
struct LabelRange {
  std::string low{};
  std::string high{};
};

/// All of tasks with a word that begins like this one, which is a word of common::words_of.
std::vector<LabelRange> word_labels(const std::string& word);
/// All of tasks due on a day from the first to before the second, counted from 1970, in UTC.
std::vector<LabelRange> day_labels(DueKind kind, std::int64_t first, std::int64_t last);

/// What the triggers of the schema call:
/// `task_labels(labels, status, due, unixepoch(due), words)`, all labels but "", as a JSON list;
/// `set_with(ids, place)` and `set_without(ids, place)`, a block of a set (NULL: none yet) with one
/// place more or less; `set_of(place)`, the block of all places (an aggregate).
void add_functions(SQLite::Database& database);

}  // namespace tasks
