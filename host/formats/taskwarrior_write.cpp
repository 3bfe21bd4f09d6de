#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "host/formats/taskwarrior.hpp"
#include "host/formats/taskwarrior_names.hpp"

namespace host {

namespace {

using Json = nlohmann::ordered_json;
using tasks::Priority;
using tasks::Status;

class Writer {
 public:
  explicit Writer(const TaskwarriorFrame& frame) : frame_(frame) {}

  Json write(const FileTask& task) {
    json_ = Json::object();
    const tasks::Task& row = task.row;
    json_["uuid"] = task.key;
    json_["description"] = row.title;
    if (task.created) json_["entry"] = stamp_of(*task.created);
    set_status(row);
    set_time("due", row.due);
    set_time("scheduled", row.scheduled);
    if (row.completed) set_time("end", row.completed);
    if (!row.project.empty()) json_["project"] = row.project;
    set_priority(row);
    set_tags(row.tags);
    if (!row.depends_on.empty()) json_["depends"] = row.depends_on;
    set_notes(row.notes);
    if (row.estimate_minutes) json_["adjutant_estimate"] = *row.estimate_minutes;
    if (!row.assignee.empty()) json_["adjutant_assignee"] = row.assignee;
    if (!row.id.empty()) json_["adjutant_id"] = row.id;
    return std::move(json_);
  }

  /// What was left to attributes of our own, with how many tasks have it.
  const std::map<std::string, int>& unsaid() const { return unsaid_; }

 private:
  std::string stamp_of(const common::Time& time) const {
    return taskwarrior::stamp(taskwarrior::begin_of(time, frame_.zone));
  }

  void set_status(const tasks::Task& row) {
    const std::optional<std::string> recur =
        row.repeat && row.due ? taskwarrior::recur_of(*row.repeat) : std::nullopt;
    const bool open = row.status != Status::Done && row.status != Status::Cancelled;
    if (row.status == Status::Done) {
      json_["status"] = "completed";
    } else if (row.status == Status::Cancelled) {
      json_["status"] = "deleted";
    } else {
      json_["status"] = recur ? "recurring" : "pending";
    }
    if (row.status == Status::InProgress) json_["start"] = taskwarrior::stamp(frame_.now);
    const bool said = !open || row.status == Status::Todo || row.status == Status::InProgress;
    if (!said) {
      json_["adjutant_status"] = taskwarrior::name_of(row.status);
      ++unsaid_["status " + taskwarrior::name_of(row.status)];
    }
    if (!row.repeat) return;
    if (recur && open) {
      json_["recur"] = *recur;
    } else {
      json_["adjutant_repeat"] = common::to_string(*row.repeat);
      ++unsaid_["repeat"];
    }
  }

  void set_time(const std::string& name, const std::optional<common::Time>& time) {
    if (!time) return;
    const auto begin = taskwarrior::begin_of(*time, frame_.zone);
    json_[name] = taskwarrior::stamp(begin);
    if (taskwarrior::time_at(begin, frame_.zone) != *time) {
      json_["adjutant_" + name] = common::to_string(*time);
    }
  }

  void set_priority(const tasks::Task& row) {
    if (row.priority == Priority::High) json_["priority"] = "H";
    if (row.priority == Priority::Medium) json_["priority"] = "M";
    if (row.priority == Priority::Low) json_["priority"] = "L";
    if (row.importance == usual_importance(row.priority)) return;
    json_["adjutant_importance"] = row.importance;
    ++unsaid_["importance"];
  }

  void set_tags(const std::vector<std::string>& tags) {
    if (tags.empty()) return;
    Json plain = Json::array();
    bool same = true;
    for (const std::string& tag : tags) {
      plain.push_back(taskwarrior::plain_tag(tag));
      same = same && plain.back() == tag;
    }
    json_["tags"] = plain;
    if (same) return;
    json_["adjutant_tags"] = tags;
    ++unsaid_["tags with blanks or commas"];
  }

  void set_notes(std::string_view notes) {
    if (notes.empty()) return;
    Json annotations = Json::array();
    auto at = frame_.now;  // Taskwarrior knows annotations by their time
    for (std::size_t begin = 0; begin <= notes.size(); ++at) {
      const std::size_t end = std::min(notes.find('\n', begin), notes.size());
      annotations.push_back({{"entry", taskwarrior::stamp(at)},
                             {"description", std::string(notes.substr(begin, end - begin))}});
      begin = end + 1;
    }
    json_["annotations"] = std::move(annotations);
  }

  const TaskwarriorFrame& frame_;
  Json json_;
  std::map<std::string, int> unsaid_;
};

}  // namespace

std::string write_taskwarrior(const std::vector<FileTask>& tasks, const TaskwarriorFrame& frame,
                              std::vector<std::string>& problems) {
  Writer writer(frame);
  std::string text = "[\n";
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    text += writer.write(tasks[i]).dump(-1, ' ', false, Json::error_handler_t::replace);
    text += i + 1 < tasks.size() ? ",\n" : "\n";
  }
  for (const auto& [what, count] : writer.unsaid()) {
    problems.push_back("Taskwarrior has no place for the " + what + " of " + std::to_string(count) +
                       (count == 1 ? " task" : " tasks") +
                       "; it goes along in an attribute of ours, adjutant_...");
  }
  return text + "]\n";
}

}  // namespace host
