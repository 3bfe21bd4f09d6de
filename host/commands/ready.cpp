#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "host/agent/answers.hpp"
#include "host/agent/read_profile.hpp"
#include "host/commands/commands.hpp"
#include "host/commands/json_output.hpp"
#include "host/commands/session.hpp"
#include "host/commands/terminal.hpp"
#include "schemas/memory/get_profile_types.hpp"
#include "schemas/tasks/get_tasks_types.hpp"
#include "schemas/tasks/prioritize_tasks_types.hpp"

namespace host {

namespace {

constexpr std::int64_t kScoredMax = 200;  ///< As many as prioritize_tasks gives.

struct Ready {
  tasks::Scored scored{};
  tasks::Task task{};
};

/// A read whose failure ends the command.
template <class Result, class Args>
Result must_read(Gate& gate, const char* server, const char* tool, const Args& args) {
  std::vector<Unseen> unseen;
  std::optional<Result> result = read_as<Result>(gate, server, tool, args, unseen);
  if (!result) throw std::runtime_error(unseen.front().problem);
  return *std::move(result);
}

/// Nothing else has to be done first, and it is not planned for later.
bool can_be_done(const tasks::Task& task, const common::Times& times) {
  if (task.blocked || task.status == tasks::Status::Waiting) return false;
  return !task.scheduled || times.begin_of(*task.scheduled) <= times.now().at;
}

std::vector<Ready> ready_tasks(Gate& gate, const common::Times& times) {
  std::vector<Unseen> unseen;  // without a profile, no goal counts
  const auto profile = read_as<memory::GetProfileResult>(gate, "memory", "get_profile",
                                                         memory::GetProfileArgs{}, unseen);
  const auto scored = must_read<tasks::PrioritizeTasksResult>(
      gate, "tasks", "prioritize_tasks",
      tasks::PrioritizeTasksArgs{
          .goals = profile ? read_profile(profile->profile.text).goals : std::vector<std::string>(),
          .limit = kScoredMax});
  if (scored.tasks.empty()) return {};
  tasks::GetTasksArgs args;
  for (const tasks::Scored& each : scored.tasks) args.ids.push_back(each.id);
  std::vector<Ready> ready;
  while (!args.ids.empty()) {
    const auto rows = must_read<tasks::TaskRows>(gate, "tasks", "get_tasks", args);
    for (const tasks::Task& task : rows.tasks) {
      const auto row = std::ranges::find(scored.tasks, task.id, &tasks::Scored::id);
      if (row != scored.tasks.end() && can_be_done(task, times)) ready.push_back({*row, task});
    }
    args.ids = rows.not_shown;
  }
  return ready;
}

void print_people(const std::vector<Ready>& ready) {
  if (ready.empty()) std::cout << "Nothing can be done now.\n";
  const Terminal terminal = Terminal::of(STDOUT_FILENO);
  for (const Ready& each : ready) {
    std::string about = plain(each.task.title);
    if (each.task.untrusted) about = plain(mcp::fields::marked(each.task.title));
    if (each.task.estimate_minutes) {
      about += " (" + std::to_string(*each.task.estimate_minutes) + " min)";
    }
    if (!each.scored.why.empty()) about += ": " + plain(each.scored.why);
    const std::string score = std::to_string(each.scored.score);
    std::cout << terminal.entry(
        padded(each.task.id, 6) + std::string(4 - score.size(), ' ') + score + "  ", about, 12,
        Style::Bold);
  }
}

int ready(const Options& options, std::size_t limit) {
  Session session(options);
  Connection connection(session);
  connection.start({"tasks", "memory"});
  std::vector<Ready> list = ready_tasks(connection.gate, session.times);
  const std::size_t all = list.size();
  if (list.size() > limit) list.resize(limit);
  if (!options.json) {
    print_people(list);
    if (all > limit) std::cout << "and " << all - limit << " more (--limit)\n";
    return kDone;
  }
  OutputJson json = OutputJson::array();
  for (const Ready& each : list) {
    OutputJson row =
        OutputJson::parse(mcp::fields::encode(mcp::fields::type_of<tasks::Task>(), &each.task));
    row["score"] = each.scored.score;
    row["why"] = each.scored.why;
    json.push_back(std::move(row));
  }
  print_json(json);
  return kDone;
}

}  // namespace

void add_ready(CLI::App& app, Run& run) {
  CLI::App* command = add_subcommand(app, "ready",
                                     "Tasks that can be done now, the most urgent first: not "
                                     "blocked, not waiting, not planned for "
                                     "later");
  auto limit = std::make_shared<std::size_t>(10);
  command->add_option("--limit", *limit, "At most so many; default 10")
      ->check(CLI::Range(std::size_t{1}, static_cast<std::size_t>(kScoredMax)))
      ->type_name("N");
  command->callback(
      [&run, limit] { run = [limit](const Options& options) { return ready(options, *limit); }; });
}

}  // namespace host
