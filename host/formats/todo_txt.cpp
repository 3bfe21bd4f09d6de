#include "host/formats/todo_txt.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "schemas/tasks/rows.hpp"

namespace host {

namespace {

using tasks::Priority;
using tasks::Status;

constexpr auto kKeys = std::to_array<std::string_view>(
    {"due", "t", "rec", "rrule", "est", "imp", "to", "dep", "id", "note", "status", "done", "pri"});
constexpr std::string_view kLetters = "CBA";  ///< Of low, medium, high.
constexpr std::string_view kHex = "0123456789ABCDEF";

std::string escaped(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return {'%', kHex[byte >> 4U], kHex[byte & 15U]};
}

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

bool is_escape(std::string_view text, std::size_t at) {
  return text[at] == '%' && at + 2 < text.size() && is_hex(text[at + 1]) && is_hex(text[at + 2]);
}

bool is_blank(char c) {
  return static_cast<unsigned char>(c) <= ' ' || c == 0x7f;
}

std::string encoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_blank(text[i]) || is_escape(text, i)) {
      out += escaped(text[i]);
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_escape(text, i)) {
      out += text[i];
      continue;
    }
    unsigned value = 0;
    std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16);
    out += static_cast<char>(value);
    i += 2;
  }
  return out;
}

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && !text.empty() ? std::optional(number) : std::nullopt;
}

std::optional<common::Time> date_in(std::string_view word) {
  const std::optional<common::Time> time = read_time(word);
  return time && time->date ? time : std::nullopt;
}

bool is_priority(std::string_view word) {
  return word.size() == 3 && word[0] == '(' && word[2] == ')' && word[1] >= 'A' && word[1] <= 'Z';
}

Priority priority_of(char letter) {
  const std::size_t at = kLetters.find(letter);
  return at == std::string_view::npos ? Priority::Low : static_cast<Priority>(at + 1);
}

/// The key of "key:value", if it is one of ours and the value is there.
std::string_view key_of(std::string_view word) {
  const std::size_t colon = word.find(':');
  if (colon == std::string_view::npos || colon + 1 == word.size()) return {};
  const std::string_view key = word.substr(0, colon);
  return std::ranges::find(kKeys, key) == kKeys.end() ? std::string_view() : key;
}

/// A word of the title so that it is read as one.
std::string title_word(std::string_view word, bool first) {
  const bool sigil = (word[0] == '+' || word[0] == '@') && word.size() > 1;
  const bool head = first && (word == "x" || is_priority(word) || date_in(word));
  if (sigil || head) return escaped(word[0]) + encoded(word.substr(1));
  const std::string_view key = key_of(word);
  if (key.empty()) return encoded(word);
  return std::string(key) + escaped(':') + encoded(word.substr(key.size() + 1));
}

/// Single spaces between words stay; all other white space is encoded.
std::string written_title(std::string_view title) {
  std::string out;
  std::string word;
  bool first = true;
  for (std::size_t i = 0; i < title.size(); ++i) {
    const bool parts =
        title[i] == ' ' && !word.empty() && i + 1 < title.size() && !is_blank(title[i + 1]);
    if (!parts) {
      word += title[i];
      continue;
    }
    out += title_word(word, first) + " ";
    first = false;
    word.clear();
  }
  return out + title_word(word, first);
}

std::string recurrence(const common::Repeat& repeat) {
  const std::optional<PlainRepeat> plain = plain_repeat(repeat);
  if (!plain) return " rrule:" + encoded(common::to_string(repeat));
  return " rec:" + std::string(repeat.after_completion ? "" : "+") +
         std::to_string(plain->interval) + plain->unit;
}

bool is_finished(const tasks::Task& row) {
  return row.status == Status::Done || row.status == Status::Cancelled;
}

std::string head_of(const FileTask& task) {
  const tasks::Task& row = task.row;
  std::string head;
  if (is_finished(row)) {
    head = "x ";
    if (row.completed) head += common::to_string(*row.completed).substr(0, 10) + " ";
  } else if (row.priority != Priority::None) {
    head = std::string("(") + kLetters[static_cast<std::size_t>(row.priority) - 1] + ") ";
  }
  // Behind an x, one date alone is that of completion.
  const bool placed = !is_finished(row) || row.completed;
  if (task.created && placed) head += common::to_string(*task.created).substr(0, 10) + " ";
  return head;
}

/// One line of words on its way to a task.
class LineReader {
 public:
  LineReader(std::string_view line, bool decode) : decode_(decode) {
    while (!line.empty()) {
      const std::size_t begin = line.find_first_not_of(" \t");
      if (begin == std::string_view::npos) break;
      line.remove_prefix(begin);
      const std::size_t end = line.find_first_of(" \t");
      words_.push_back(line.substr(0, end));
      line.remove_prefix(std::min(line.size(), end));
    }
  }

  FileTask read() {
    read_head();
    std::size_t last = words_.size();
    while (last > at_ && is_label(words_[last - 1])) --last;
    for (std::size_t i = at_; i < words_.size(); ++i) read_word(words_[i], i < last);
    if (!importance_) importance_ = usual_importance(task_.row.priority);
    task_.row.importance = *importance_;
    std::ranges::sort(task_.row.tags);
    task_.row.tags.erase(std::ranges::unique(task_.row.tags).begin(), task_.row.tags.end());
    return std::move(task_);
  }

  const std::vector<std::string>& problems() const { return problems_; }

 private:
  std::string value(std::string_view text) const {
    return decode_ ? decoded(text) : std::string(text);
  }
  static bool is_label(std::string_view word) {
    return word.size() > 1 && (word[0] == '+' || word[0] == '@' || !key_of(word).empty());
  }

  void read_head() {
    const auto date = [&] {
      const std::optional<common::Time> read =
          at_ < words_.size() ? date_in(words_[at_]) : std::nullopt;
      if (read) ++at_;
      return read;
    };
    if (at_ + 1 < words_.size() && words_[at_] == "x") {
      ++at_;
      task_.row.status = Status::Done;
      task_.row.completed = date();
    }
    if (at_ < words_.size() && is_priority(words_[at_])) {
      task_.row.priority = priority_of(words_[at_++][1]);
    }
    task_.created = date();
  }

  void add_title(std::string_view word) {
    if (!task_.row.title.empty()) task_.row.title += ' ';
    task_.row.title += value(word);
  }

  void read_word(std::string_view word, bool within) {
    const bool sigil = word.size() > 1 && (word[0] == '+' || word[0] == '@');
    if (!sigil) {
      const std::string_view key = key_of(word);
      if (key.empty() || !read_key(key, value(word.substr(key.size() + 1)))) add_title(word);
      return;
    }
    const std::string name = value(word.substr(1));
    if (word[0] == '@') {
      task_.row.tags.push_back(name);
    } else if (task_.row.project.empty()) {
      task_.row.project = name;
    } else if (name != task_.row.project) {
      task_.row.tags.push_back("+" + name);
      problems_.push_back("a task has one project; +" + name + " became a tag");
    }
    if (within) add_title(word.substr(1));  // it is a word of the sentence, too
  }

  bool read_key(std::string_view key, const std::string& text) {
    tasks::Task& row = task_.row;
    if (key == "due" || key == "t" || key == "done") {
      const std::optional<common::Time> time = read_time(text);
      if (!time) return leave(key, text, "a date such as 2026-03-16");
      (key == "due" ? row.due : key == "t" ? row.scheduled : row.completed) = time;
      return true;
    }
    if (key == "rec" || key == "rrule") return read_repeat(key, text);
    if (key == "est" || key == "imp") {
      const std::optional<std::int64_t> number = number_in(text);
      const std::int64_t most = key == "est" ? 100'000 : 5;
      if (!number || *number < (key == "est" ? 1 : 0) || *number > most) {
        return leave(key, text, "a number up to " + std::to_string(most));
      }
      (key == "est" ? row.estimate_minutes : importance_) = number;
      return true;
    }
    if (key == "status") return read_status(text);
    if (key == "pri") {
      if (text.size() != 1 || text[0] < 'A' || text[0] > 'Z') return leave(key, text, "a letter");
      row.priority = priority_of(text[0]);
    } else if (key == "to") {
      row.assignee = text;
    } else if (key == "id") {
      task_.key = text;
    } else if (key == "note") {
      row.notes = text;
    } else {
      std::string_view rest = text;
      while (!rest.empty()) {
        const std::size_t end = rest.find(',');
        if (end > 0) row.depends_on.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(rest.size(), end == std::string_view::npos ? end : end + 1));
      }
    }
    return true;
  }

  bool read_status(const std::string& text) {
    const auto& names = tasks::tables::kStatus.names;
    const auto name = std::ranges::find(names, text);
    if (name == names.end()) return leave("status", text, "a status such as waiting");
    task_.row.status = static_cast<Status>(name - names.begin());
    return true;
  }

  bool read_repeat(std::string_view key, const std::string& text) {
    common::Repeat repeat;
    if (key == "rrule") {
      if (common::parse(text, repeat)) return leave(key, text, "an RRULE");
      task_.row.repeat = repeat;
      return true;
    }
    const bool strict = text.starts_with('+');
    const std::string_view rule = std::string_view(text).substr(strict ? 1 : 0);
    const char unit = rule.empty() ? ' ' : rule.back();
    const std::optional<std::int64_t> interval =
        rule.empty() ? std::nullopt : number_in(rule.substr(0, rule.size() - 1));
    const bool known = std::string_view("dwmyb").find(unit) != std::string_view::npos;
    if (!known || !interval || *interval < 1 || *interval > 1000 ||
        (unit == 'b' && *interval != 1)) {
      return leave(key, text, "a repetition such as 2w");
    }
    repeat = unit == 'b' ? common::Repeat{.rrule = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"}
                         : repeat_of({.interval = static_cast<int>(*interval), .unit = unit});
    repeat.after_completion = !strict;
    task_.row.repeat = repeat;
    return true;
  }

  bool leave(std::string_view key, const std::string& text, const std::string& expected) {
    problems_.push_back(std::string(key) + ":" + text + " is not " + expected +
                        "; it stays a word of the title");
    return false;
  }

  bool decode_;
  std::vector<std::string_view> words_;
  std::size_t at_{};
  FileTask task_{.row = {.status = Status::Todo}};
  std::optional<std::int64_t> importance_{};
  std::vector<std::string> problems_;
};

}  // namespace

std::string todo_line(const FileTask& task) {
  const tasks::Task& row = task.row;
  std::string line = head_of(task) + written_title(row.title);
  if (!row.project.empty()) line += " +" + encoded(row.project);
  for (const std::string& tag : row.tags) line += " @" + encoded(tag);
  const auto add = [&](std::string_view key, const std::string& value) {
    if (!value.empty()) line += " " + std::string(key) + ":" + encoded(value);
  };
  if (row.due) add("due", common::to_string(*row.due));
  if (row.scheduled) add("t", common::to_string(*row.scheduled));
  if (row.repeat) line += recurrence(*row.repeat);
  if (is_finished(row) && row.priority != Priority::None) {
    add("pri", {kLetters[static_cast<std::size_t>(row.priority) - 1]});
  }
  if (row.importance != usual_importance(row.priority)) add("imp", std::to_string(row.importance));
  if (row.estimate_minutes) add("est", std::to_string(*row.estimate_minutes));
  add("to", row.assignee);
  if (row.status != Status::Todo && row.status != Status::Done) {
    add("status", std::string(tasks::tables::kStatus.names[static_cast<std::size_t>(row.status)]));
  }
  if (row.completed && !row.completed->date) add("done", common::to_string(*row.completed));
  add("id", task.key);
  std::string needs;
  for (const std::string& key : row.depends_on) needs += (needs.empty() ? "" : ",") + key;
  add("dep", needs);
  add("note", row.notes);
  return line;
}

TaskFile read_todo_txt(std::string_view text) {
  TaskFile file;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
    FileTask task = LineReader(line, true).read();
    if (todo_line(task) != line) {
      LineReader reader(line, false);
      task = reader.read();
      for (const std::string& problem : reader.problems()) {
        file.problems.push_back("line " + std::to_string(number) + ": " + problem);
      }
    }
    if (task.row.title.empty()) {
      file.problems.push_back("line " + std::to_string(number) + " has no words; it is left out");
    } else {
      file.tasks.push_back(std::move(task));
    }
  }
  return file;
}

}  // namespace host
