#include "servers/tasks/labels.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <set>

#include "servers/common/columns.hpp"
#include "servers/common/words.hpp"
#include "servers/tasks/task_set.hpp"

namespace tasks {
namespace {

constexpr std::string_view kWordLabel = "w:";
constexpr std::string_view kBeginLabel = "b:";  ///< The first two letters of words.
constexpr std::string_view kAfterAll = "\U0010FFFF";

/// Due times lie in days, in 16 and in 256 days, so that a range is a few of each.
constexpr std::array<int, 3> kDayShifts{0, 4, 8};
constexpr std::int64_t kSecondsOfDay = 86'400;
constexpr std::int64_t kFirstDay = -1'000'000;  ///< Before every due time.
constexpr std::int64_t kLastDay = 8'999'999;
constexpr std::size_t kDayDigits = 7;

/// The first `count` characters of UTF-8 text, or all.
std::string_view beginning(std::string_view text, int count) {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const bool continues = (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
    if (!continues && count-- == 0) break;
  }
  return text.substr(0, at);
}

/// "d1:0:0062500": which shift, which kind, and which stretch of days.
std::string day_label(std::size_t level, DueKind kind, std::int64_t day) {
  const std::string digits = std::to_string((day - kFirstDay) >> kDayShifts.at(level));
  return "d" + std::to_string(level) + ":" + std::to_string(kind) + ":" +
         std::string(kDayDigits - std::min(kDayDigits, digits.size()), '0') + digits;
}

class JsonList final {
 public:
  void add(std::string_view item) {
    text_ += text_.empty() ? '[' : ',';
    mcp::fields::append_json_string(text_, item);
  }
  std::string text() const { return text_.empty() ? "[]" : text_ + "]"; }

 private:
  std::string text_;
};

std::string_view text_in(sqlite3_value* value) {
  const unsigned char* text = sqlite3_value_text(value);
  if (text == nullptr) return {};
  return {reinterpret_cast<const char*>(text),
          static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

void give_text(sqlite3_context* call, const std::string& text) {
  sqlite3_result_text64(call, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

void give_block(sqlite3_context* call, const TaskSet::Block& block) {
  const std::string stored = block.stored();
  sqlite3_result_blob64(call, stored.data(), stored.size(), SQLITE_TRANSIENT);
}

TaskSet::Block block_in(sqlite3_value* value) {
  const void* bytes = sqlite3_value_blob(value);
  const auto size = static_cast<std::size_t>(sqlite3_value_bytes(value));
  return TaskSet::Block::of({static_cast<const std::byte*>(bytes), bytes == nullptr ? 0 : size});
}

std::size_t place_in(sqlite3_value* value) {
  return static_cast<std::size_t>(sqlite3_value_int64(value)) % TaskSet::kBlockSize;
}

/// Given `labels` without its leading "", and what status, due time and words add.
void task_labels(sqlite3_context* call, int, sqlite3_value** values) {
  constexpr std::string_view kAll = R"([""])";
  JsonList list;
  list.add(std::string(kStatusLabel) + std::string(text_in(values[1])));
  if (sqlite3_value_type(values[2]) != SQLITE_NULL) {
    const DueKind kind = sqlite3_value_bytes(values[2]) == 10 ? kDay : kInstant;
    const std::int64_t at = sqlite3_value_int64(values[3]);
    const std::int64_t day = at / kSecondsOfDay - (at % kSecondsOfDay < 0 ? 1 : 0);
    for (std::size_t level = 0; level < kDayShifts.size(); ++level) {
      list.add(day_label(level, kind, day));
    }
  }
  std::set<std::string> words;
  for (const std::string& word : common::words_of(text_in(values[4]))) {
    words.insert(std::string(kWordLabel) + word);
    if (beginning(word, 1).size() < word.size()) {
      words.insert(std::string(kBeginLabel) + std::string(beginning(word, 2)));
    }
  }
  for (const std::string& word : words) list.add(word);
  std::string text = list.text();
  const std::string_view given = text_in(values[0]);  // [""] or ["","p:home"]
  if (given.size() > kAll.size()) {
    text.pop_back();
    text += given.substr(kAll.size() - 1);
  }
  give_text(call, text);
}

void set_with(sqlite3_context* call, int, sqlite3_value** values) {
  TaskSet::Block block = block_in(values[0]);
  block.add(place_in(values[1]));
  give_block(call, block);
}

void set_without(sqlite3_context* call, int, sqlite3_value** values) {
  TaskSet::Block block = block_in(values[0]);
  block.remove(place_in(values[1]));
  give_block(call, block);
}

/// The memory that SQLite keeps between the steps of an aggregate, zeroed at first: an empty block.
TaskSet::Block* gathered(sqlite3_context* call) {
  return static_cast<TaskSet::Block*>(
      sqlite3_aggregate_context(call, static_cast<int>(sizeof(TaskSet::Block))));
}

void set_of_step(sqlite3_context* call, int, sqlite3_value** values) {
  TaskSet::Block* block = gathered(call);
  if (block == nullptr) return sqlite3_result_error_nomem(call);
  block->add(place_in(values[0]));
}

void set_of_end(sqlite3_context* call) {
  const TaskSet::Block* block = gathered(call);
  if (block == nullptr) return sqlite3_result_error_nomem(call);
  give_block(call, *block);
}

}  // namespace

std::string name_of(Status status) {
  return common::name_of(tables::kStatus, status);
}

std::string label_of(std::string_view kind, std::string_view text) {
  return std::string(kind) + common::folded(text);
}

std::string priority_label(Priority priority) {
  return std::string(kPriorityLabel) + common::name_of(tables::kPriority, priority);
}

std::string labels_json(const Record& task) {
  JsonList list;
  list.add("");
  if (!task.project.empty()) list.add(label_of(kProjectLabel, task.project));
  if (!task.assignee.empty()) list.add(label_of(kAssigneeLabel, task.assignee));
  std::set<std::string> tags;  // "Home" and "home" are one
  for (const std::string& tag : task.tags) tags.insert(label_of(kTagLabel, tag));
  for (const std::string& tag : tags) list.add(tag);
  list.add(priority_label(task.priority));
  return list.text();
}

std::vector<LabelRange> word_labels(const std::string& word) {
  const auto labels_from = [&](std::string_view kind) {
    const std::string low = std::string(kind) + word;
    return LabelRange{.low = low, .high = low + std::string(kAfterAll)};
  };
  if (beginning(word, 1).size() == word.size()) {
    return {{.low = std::string(kWordLabel) + word}, labels_from(kBeginLabel)};
  }
  if (beginning(word, 2).size() == word.size()) {
    return {{.low = std::string(kBeginLabel) + word}};
  }
  return {labels_from(kWordLabel)};
}

std::vector<LabelRange> day_labels(DueKind kind, std::int64_t first, std::int64_t last) {
  std::vector<LabelRange> ranges;
  std::int64_t low = std::clamp(first, kFirstDay, kLastDay) - kFirstDay;
  std::int64_t high = std::clamp(last, kFirstDay, kLastDay) - kFirstDay;
  const auto add = [&](std::size_t level, std::int64_t from, std::int64_t to) {
    if (from >= to) return;
    ranges.push_back({.low = day_label(level, kind, from + kFirstDay),
                      .high = day_label(level, kind, to + kFirstDay)});
  };
  for (std::size_t level = 0; level + 1 < kDayShifts.size() && low < high; ++level) {
    const int shift = kDayShifts.at(level + 1);
    const std::int64_t size = std::int64_t{1} << shift;
    const std::int64_t whole = std::min(high, ((low + size - 1) >> shift) << shift);
    add(level, low, whole);
    low = whole;
    const std::int64_t end = std::max(low, (high >> shift) << shift);
    add(level, end, high);
    high = end;
  }
  add(kDayShifts.size() - 1, low, high);
  return ranges;
}

void add_functions(SQLite::Database& database) {
  constexpr int kFlags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  using Function = void (*)(sqlite3_context*, int, sqlite3_value**);
  const auto add = [&](const char* name, int values, Function function, Function step = nullptr,
                       void (*end)(sqlite3_context*) = nullptr) {
    if (sqlite3_create_function_v2(database.getHandle(), name, values, kFlags, nullptr, function,
                                   step, end, nullptr) != SQLITE_OK) {
      throw SQLite::Exception(database.getHandle());
    }
  };
  add("task_labels", 5, &task_labels);
  add("set_with", 2, &set_with);
  add("set_without", 2, &set_without);
  add("set_of", 1, nullptr, &set_of_step, &set_of_end);
}

}  // namespace tasks
