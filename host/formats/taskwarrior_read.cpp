#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "host/formats/taskwarrior.hpp"
#include "host/formats/taskwarrior_names.hpp"

namespace host {

namespace {

using Json = nlohmann::ordered_json;
using tasks::Priority;
using tasks::Status;

/// Attributes that are read, and those that say nothing about the task itself.
constexpr auto kKnown = std::to_array<std::string_view>({"uuid",
                                                         "description",
                                                         "entry",
                                                         "status",
                                                         "due",
                                                         "scheduled",
                                                         "end",
                                                         "project",
                                                         "priority",
                                                         "tags",
                                                         "depends",
                                                         "annotations",
                                                         "recur",
                                                         "start",
                                                         "wait",
                                                         "adjutant_status",
                                                         "adjutant_importance",
                                                         "adjutant_estimate",
                                                         "adjutant_assignee",
                                                         "adjutant_repeat",
                                                         "adjutant_tags",
                                                         "adjutant_due",
                                                         "adjutant_scheduled",
                                                         "adjutant_end",
                                                         "adjutant_id",
                                                         "id",
                                                         "urgency",
                                                         "modified",
                                                         "mask",
                                                         "imask",
                                                         "parent",
                                                         "rtype",
                                                         "last",
                                                         "template"});

std::string text_at(const Json& json, const char* name) {
  const auto member = json.find(name);
  return member != json.end() && member->is_string() ? member->get<std::string>() : "";
}

std::optional<std::int64_t> number_at(const Json& json, const char* name) {
  const auto member = json.find(name);
  if (member == json.end() || !member->is_number()) return std::nullopt;
  return static_cast<std::int64_t>(member->get<double>());
}

/// A list of strings, or as older versions write it, one with commas.
std::vector<std::string> texts_at(const Json& json, const char* name) {
  std::vector<std::string> texts;
  const auto member = json.find(name);
  if (member == json.end()) return texts;
  if (member->is_array()) {
    for (const Json& each : *member) {
      if (each.is_string()) texts.push_back(each.get<std::string>());
    }
  } else if (member->is_string()) {
    std::string_view rest = member->get_ref<const std::string&>();
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(','), rest.size());
      if (end > 0) texts.emplace_back(rest.substr(0, end));
      rest.remove_prefix(std::min(rest.size(), end + 1));
    }
  }
  return texts;
}

class Reader {
 public:
  explicit Reader(const common::Zone& zone) : zone_(zone) {}

  /// Instances come before their template.
  TaskFile read(const std::vector<Json>& list) {
    for (const Json& json : list) note_instance(json);
    for (const Json& json : list) {
      const std::string uuid = text_at(json, "uuid");
      if (text_at(json, "status") == "recurring" && instances_.contains(uuid)) continue;
      FileTask task = task_of(json);
      if (task.row.title.empty()) {
        ++left_["task without a description"];
      } else {
        file_.tasks.push_back(std::move(task));
      }
    }
    for (const auto& [what, count] : left_) {
      file_.problems.push_back("not kept: " + what + " (" + std::to_string(count) +
                               (count == 1 ? " task)" : " tasks)"));
    }
    return std::move(file_);
  }

 private:
  /// Which instance of a recurring task goes on: the one that is due first.
  void note_instance(const Json& json) {
    const std::string parent = text_at(json, "parent");
    const std::string status = text_at(json, "status");
    if (parent.empty() || (status != "pending" && status != "waiting")) return;
    const std::string due = text_at(json, "due");
    const auto [known, added] = instances_.emplace(parent, std::pair(due, text_at(json, "uuid")));
    if (!added && due < known->second.first) known->second = {due, text_at(json, "uuid")};
  }

  FileTask task_of(const Json& json) {
    FileTask task{
        .row = {.title = text_at(json, "description"), .project = text_at(json, "project")},
        .key = text_at(json, "uuid")};
    tasks::Task& row = task.row;
    if (const auto entry = taskwarrior::find_stamp(text_at(json, "entry"))) {
      task.created = taskwarrior::time_at(*entry, zone_);
    }
    row.due = time_at(json, "due");
    row.scheduled = time_at(json, "scheduled");
    row.completed = time_at(json, "end");
    read_status(json, row);
    read_priority(json, row);
    read_tags(json, row);
    row.depends_on = texts_at(json, "depends");
    read_notes(json, row);
    row.estimate_minutes = number_at(json, "adjutant_estimate");
    row.assignee = text_at(json, "adjutant_assignee");
    read_repeat(json, row);
    for (const auto& [name, value] : json.items()) {
      if (std::ranges::find(kKnown, name) == kKnown.end()) ++left_["attribute " + name];
    }
    return task;
  }

  std::optional<common::Time> time_at(const Json& json, const std::string& name) {
    const std::string text = text_at(json, name.c_str());
    if (text.empty()) return std::nullopt;
    const auto at = taskwarrior::find_stamp(text);
    if (!at) {
      ++left_[name + " that is no time"];
      return std::nullopt;
    }
    const auto exact = read_time(text_at(json, ("adjutant_" + name).c_str()));
    if (exact && taskwarrior::begin_of(*exact, zone_) == *at) return exact;
    return taskwarrior::time_at(*at, zone_);
  }

  void read_status(const Json& json, tasks::Task& row) {
    const std::string status = text_at(json, "status");
    const std::optional<common::Time> wait = time_at(json, "wait");
    if (status == "completed") {
      row.status = Status::Done;
    } else if (status == "deleted") {
      row.status = Status::Cancelled;
    } else {
      row.status = json.contains("start") ? Status::InProgress : Status::Todo;
      if (status == "waiting" || wait) row.status = Status::Waiting;
      const auto own = taskwarrior::find_status(text_at(json, "adjutant_status"));
      if (own && *own != Status::Done && *own != Status::Cancelled) row.status = *own;
      row.completed.reset();
    }
    if (!wait) return;
    if (row.scheduled) {
      ++left_["wait beside scheduled"];
    } else {
      row.scheduled = wait;
    }
  }

  static void read_priority(const Json& json, tasks::Task& row) {
    const std::string letter = text_at(json, "priority");
    row.priority = letter == "H"   ? Priority::High
                   : letter == "M" ? Priority::Medium
                   : letter == "L" ? Priority::Low
                                   : Priority::None;
    const auto own = number_at(json, "adjutant_importance");
    row.importance = own && *own >= 0 && *own <= 5 ? *own : usual_importance(row.priority);
  }

  static void read_tags(const Json& json, tasks::Task& row) {
    row.tags = texts_at(json, "tags");
    const auto own = json.find("adjutant_tags");
    if (own == json.end() || !own->is_array()) return;
    const std::vector<std::string> exact = texts_at(json, "adjutant_tags");
    std::vector<std::string> plain;
    for (const std::string& tag : exact) plain.push_back(taskwarrior::plain_tag(tag));
    if (plain == row.tags) row.tags = exact;
  }

  void read_notes(const Json& json, tasks::Task& row) {
    const auto annotations = json.find("annotations");
    if (annotations == json.end() || !annotations->is_array()) return;
    bool first = true;
    for (const Json& each : *annotations) {
      if (!each.is_object()) continue;
      row.notes += (first ? "" : "\n") + text_at(each, "description");
      first = false;
    }
    if (!first && !json.contains("adjutant_id")) ++left_["the times of annotations"];
  }

  void read_repeat(const Json& json, tasks::Task& row) {
    common::Repeat own;
    if (!common::parse(text_at(json, "adjutant_repeat"), own)) {
      row.repeat = own;
      return;
    }
    const std::string recur = text_at(json, "recur");
    if (recur.empty() || row.status == Status::Done || row.status == Status::Cancelled) return;
    const auto instance = instances_.find(text_at(json, "parent"));
    if (instance != instances_.end() && instance->second.second != text_at(json, "uuid")) return;
    row.repeat = taskwarrior::find_recur(recur);
    if (!row.repeat) ++left_["recur " + recur];
  }

  const common::Zone& zone_;
  TaskFile file_;
  std::map<std::string, std::pair<std::string, std::string>> instances_;  ///< parent: due, uuid
  std::map<std::string, int> left_;
};

/// Objects of an array, or of lines that may end in a comma.
std::vector<Json> objects_in(std::string_view text) {
  std::vector<Json> objects;
  const auto take = [&](Json json) {
    if (!json.is_object())
      throw std::runtime_error("this is no JSON of Taskwarrior: a task is an object");
    objects.push_back(std::move(json));
  };
  Json whole = Json::parse(text, nullptr, false);
  if (whole.is_array()) {
    for (Json& each : whole) take(std::move(each));
    return objects;
  }
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    while (line.ends_with('\r') || line.ends_with(' ') || line.ends_with(','))
      line.remove_suffix(1);
    if (line.empty() || line == "[" || line == "]") continue;
    take(Json::parse(line, nullptr, false));
  }
  return objects;
}

}  // namespace

TaskFile read_taskwarrior(std::string_view text, const common::Zone& zone) {
  return Reader(zone).read(objects_in(text));
}

}  // namespace host
