#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "host/commands/commands.hpp"
#include "host/commands/json_output.hpp"
#include "host/commands/session.hpp"
#include "host/commands/task_transfer.hpp"
#include "host/commands/terminal.hpp"
#include "host/formats/task_json.hpp"
#include "host/formats/taskwarrior.hpp"
#include "host/formats/todo_txt.hpp"

namespace host {

namespace {

constexpr std::uintmax_t kFileMax = 256UL * 1024 * 1024;

struct TransferOptions {
  std::string what{"tasks"};
  std::filesystem::path file{};  ///< Empty or "-": standard output.
  std::string format{};
  bool dry_run{};
};

std::string file_text(const std::filesystem::path& path) {
  std::error_code error;
  if (std::filesystem::file_size(path, error) > kFileMax && !error) {
    throw std::runtime_error(path.string() + " is larger than 256 MiB; import it in parts");
  }
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(path, error)) {
    throw std::runtime_error("cannot read " + path.string());
  }
  return {std::istreambuf_iterator<char>(in), {}};
}

/// By its name, else by how the file begins.
TaskFormat format_of(const TransferOptions& transfer, std::string_view text) {
  if (transfer.format == "todo.txt") return TaskFormat::TodoTxt;
  if (transfer.format == "taskwarrior") return TaskFormat::Taskwarrior;
  if (transfer.format == "json") return TaskFormat::AdjutantJson;
  const std::size_t begin = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  const bool json = begin != std::string_view::npos && (text[begin] == '[' || text[begin] == '{');
  if (!json) return TaskFormat::TodoTxt;
  const bool described = text.find("\"description\"") != std::string_view::npos;
  return described ? TaskFormat::Taskwarrior : TaskFormat::AdjutantJson;
}

TaskFile read_file(std::string_view text, TaskFormat format, const common::Zone& zone) {
  switch (format) {
    case TaskFormat::TodoTxt:
      return read_todo_txt(text);
    case TaskFormat::Taskwarrior:
      return read_taskwarrior(text, zone);
    case TaskFormat::AdjutantJson:
      return read_task_json(text);
  }
  return {};
}

std::string written(const std::vector<FileTask>& tasks, TaskFormat format, const Session& session,
                    std::vector<std::string>& problems) {
  if (format == TaskFormat::AdjutantJson) return write_task_json(tasks);
  if (format == TaskFormat::Taskwarrior) {
    std::map<std::string, std::string> keys;
    for (const FileTask& task : tasks) keys.emplace(task.row.id, task.key);
    std::vector<FileTask> linked = tasks;
    for (FileTask& task : linked) {
      for (std::string& id : task.row.depends_on) id = keys.at(id);
    }
    return write_taskwarrior(linked, {.zone = session.times.zone(), .now = session.times.now().at},
                             problems);
  }
  std::string text;
  for (const FileTask& task : tasks) text += todo_line(task) + "\n";
  return text;
}

/// A new file; one that is there stays as it is.
void write_new(const std::filesystem::path& path, const std::string& text) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) {
    throw std::runtime_error("cannot make " + path.string() +
                             ": it is there already, or its folder cannot be written to");
  }
  ::close(fd);
  std::ofstream out(path, std::ios::binary);
  out << text;
  if (!out.flush()) throw std::runtime_error("cannot write " + path.string());
}

int export_tasks(const Options& options, const TransferOptions& transfer) {
  Session session(options);
  Connection connection(session);
  connection.start({"tasks"});
  const TaskFormat format = format_of(transfer, "");
  const std::vector<FileTask> tasks = all_tasks(session, connection.gate, format);
  std::vector<std::string> problems;
  const auto foreign =
      std::ranges::count_if(tasks, [](const FileTask& task) { return task.row.untrusted; });
  if (format != TaskFormat::AdjutantJson && foreign > 0) {
    problems.push_back("not written: where " + std::to_string(foreign) +
                       (foreign == 1 ? " task comes from" : " tasks come from"));
  }
  const std::string text = written(tasks, format, session, problems);
  const bool to_file = !transfer.file.empty() && transfer.file != "-";
  if (to_file) write_new(transfer.file, text);
  if (options.json) {
    OutputJson json{{"count", tasks.size()}, {"problems", problems}};
    json[to_file ? "file" : "text"] = to_file ? transfer.file.string() : text;
    print_json(json);
    return kDone;
  }
  if (!to_file) std::cout << text;
  for (const std::string& problem : problems) std::cerr << plain(problem) << "\n";
  if (to_file) std::cout << tasks.size() << " tasks are in " << transfer.file.string() << "\n";
  return kDone;
}

void print_people(const Import& import, bool dry_run) {
  std::cout << (dry_run ? "Would add " : "Added ") << import.added
            << (import.added == 1 ? " task" : " tasks");
  if (import.known > 0) std::cout << "; " << import.known << " were imported before and stay";
  std::cout << ".\n";
  for (const std::string& problem : import.problems) {
    std::cout << wrapped_lines(problem, 2);
  }
  for (const std::string& id : import.change_ids) {
    std::cout << "adjutant undo " << id << " takes it back.\n";
  }
}

int import_file(const Options& options, const TransferOptions& transfer) {
  Session session(options);
  const std::string text = file_text(transfer.file);
  const TaskFormat format = format_of(transfer, text);
  TaskFile file = read_file(text, format, session.times.zone());
  Connection connection(session);
  connection.start({"tasks"});
  const Import import =
      import_tasks(session, connection, std::move(file), format, transfer.dry_run);
  if (options.json) {
    OutputJson json{{"added", import.added},
                    {"known", import.known},
                    {"problems", import.problems},
                    {"change_ids", import.change_ids}};
    if (!import.failure.empty()) json["failure"] = import.failure;
    print_json(json);
  } else {
    print_people(import, transfer.dry_run);
  }
  if (import.failure.empty()) return kDone;
  std::cerr << "adjutant: " << plain_lines(import.failure) << "\n";
  return kFailed;
}

CLI::Option* add_format(CLI::App* command, TransferOptions& transfer) {
  return command->add_option("--format", transfer.format, "todo.txt, taskwarrior or json")
      ->check(CLI::IsMember({"todo.txt", "taskwarrior", "json"}))
      ->type_name("NAME");
}

}  // namespace

void add_transfer(CLI::App& app, Run& run) {
  CLI::App* import = add_subcommand(
      app, "import", "Add the tasks of a todo.txt, Taskwarrior or JSON file; twice adds nothing");
  auto in = std::make_shared<TransferOptions>();
  import->add_option("file", in->file, "The file")->required();
  add_format(import, *in)->description("todo.txt, taskwarrior or json; default as the file looks");
  import->add_flag("--dry-run", in->dry_run, "Only say what would be added");
  import->callback([&run, in] {
    run = [in](const Options& options) { return import_file(options, *in);
};
}  // namespace host
);

CLI::App* exporting = add_subcommand(app, "export", "Write all tasks in another program's format");
auto out = std::make_shared<TransferOptions>();
exporting->add_option("what", out->what, "What to export: tasks")
    ->required()
    ->check(CLI::IsMember({"tasks"}))
    ->type_name("");
add_format(exporting, *out)->required();
exporting->add_option("--output", out->file, "A new file; default standard output")
    ->type_name("FILE");
exporting->callback([&run, out] {
  run = [out](const Options& options) { return export_tasks(options, *out); };
});
}

}  // namespace host
