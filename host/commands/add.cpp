#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "host/commands/commands.hpp"
#include "host/commands/json_output.hpp"
#include "host/commands/quick_add.hpp"
#include "host/commands/session.hpp"
#include "host/commands/terminal.hpp"
#include "schemas/tasks/add_tasks_types.hpp"

namespace host {

namespace {

OutputJson understood_json(const QuickTask& quick) {
  OutputJson list = OutputJson::array();
  for (const QuickTask::Understood& each : quick.understood) {
    list.push_back({{"member", each.member}, {"value", each.value}, {"words", each.words}});
  }
  return list;
}

void print_understood(const QuickTask& quick) {
  for (const QuickTask::Understood& each : quick.understood) {
    std::cout << "  " << padded(each.member, 10) << plain(each.value);
    if (!each.words.empty()) std::cout << "  (\"" << plain(each.words) << "\")";
    std::cout << "\n";
  }
  if (!quick.doubt.empty()) std::cout << "  " << plain(quick.doubt) << "\n";
}

int add(const Options& options, const std::vector<std::string>& words, bool dry_run) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + word;
  Session session(options);
  const QuickTask quick = read_quick(line, session.times);
  Connection connection(session);
  connection.start({"tasks"});
  const tasks::AddTasksArgs args{.tasks = {quick.task}, .dry_run = dry_run};
  const CallRequest request{
      .server = "tasks",
      .tool = "add_tasks",
      .arguments = mcp::fields::encode(mcp::fields::type_of<tasks::AddTasksArgs>(), &args)};
  const Outcome outcome = connection.gate.typed(request, {});
  connection.learner.typed(request, outcome);
  if (!outcome.result) throw std::runtime_error(outcome.problem);
  if (outcome.result->failed) throw std::runtime_error(outcome.result->text);
  const OutputJson answer = OutputJson::parse(outcome.result->structured);
  const OutputJson& task = answer.at("tasks").at(0);
  if (options.json) {
    OutputJson json{{"task", task}, {"understood", understood_json(quick)}};
    if (!quick.doubt.empty()) json["doubt"] = quick.doubt;
    if (!outcome.result->change_id.empty()) json["change_id"] = outcome.result->change_id;
    if (dry_run) json["dry_run"] = true;
    print_json(json);
    return kDone;
  }
  std::cout << (dry_run ? "This would add" : "Added ");
  if (!dry_run) std::cout << task.at("id").get<std::string>();
  std::cout << ": " << plain(quick.task.title) << "\n";
  print_understood(quick);
  if (!dry_run) std::cout << "adjutant undo " << outcome.result->change_id << " takes it back.\n";
  return kDone;
}

}  // namespace

void add_add(CLI::App& app, Run& run) {
  CLI::App* command = add_subcommand(
      app, "add", "Add a task in a line of words: adjutant add \"Pay rent fri p1 #home ~30m\"");
  auto words = std::make_shared<std::vector<std::string>>();
  auto dry_run = std::make_shared<bool>();
  command
      ->add_option("words", *words,
                   "The task. Within it: a date (fri 3pm, by 20 march), a repeat (every friday), "
                   "p1 to p4 or !high !medium !low, #project (further # are tags), @assignee, "
                   "~30m or ~1h30m")
      ->required();
  command->add_flag("--dry-run", *dry_run, "Only say what is understood");
  command->callback([&run, words, dry_run] {
    run = [words, dry_run](const Options& options) { return add(options, *words, *dry_run); };
  });
}

}  // namespace host
