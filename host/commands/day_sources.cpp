#include "host/commands/day_sources.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "host/config/edit.hpp"

namespace host {

namespace fs = std::filesystem;

namespace {

fs::path existing(const std::string& name, bool folder) {
  const fs::path path = fs::absolute(name).lexically_normal();
  std::error_code error;
  if (folder ? fs::is_directory(path, error) : fs::is_regular_file(path, error)) return path;
  throw std::runtime_error(path.string() + ": there is no such " + (folder ? "folder" : "file"));
}

/// The args of a server of ours, changed in the session and in the file.
std::string set_args(Session& session, const std::string& server, std::vector<std::string> args) {
  ServerConfig& config = session.config.server(server);
  if (config.args == args) return "";
  config.args = std::move(args);
  set_in_file(session.config_path, "servers." + server, "args", toml_list(config.args));
  return "Written to " + session.config_path.string() + ": [servers." + server +
         "] args = " + toml_list(config.args) + "\n";
}

/// The folders of the files server are its positional arguments; options stay.
std::vector<std::string> with_folder(const std::vector<std::string>& args, const fs::path& folder) {
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (!args[i].starts_with('-')) continue;
    kept.push_back(args[i]);
    if (i + 1 < args.size() && !args[i + 1].starts_with('-')) kept.push_back(args[++i]);
  }
  kept.push_back(folder.string());
  return kept;
}

}  // namespace

std::string remember_sources(Session& session, const DaySources& sources) {
  std::string said;
  if (!sources.mail.empty()) {
    const std::vector<std::string> args = session.config.server("email").args;
    said += set_args(session, "email",
                     with_option(args, "--mail", existing(sources.mail, true).string()));
  }
  if (!sources.files.empty()) {
    const std::vector<std::string> args = session.config.server("files").args;
    said += set_args(session, "files", with_folder(args, existing(sources.files, true)));
  }
  if (!sources.calendar.empty()) {
    const fs::path file = existing(sources.calendar, false);
    if (file != session.config.calendar) {
      session.config.calendar = file;
      set_in_file(session.config_path, "day", "calendar", toml_text(file.string()));
      said += "Written to " + session.config_path.string() +
              ": [day] calendar = " + toml_text(file.string()) + "\n";
    }
  }
  return said;
}

std::string import_calendar(Session& session, Connection& connection) {
  if (session.config.calendar.empty()) return "";
  const CallRequest request{
      .server = "calendar",
      .tool = "import_ics",
      .arguments = nlohmann::json{{"path", session.config.calendar.string()}}.dump()};
  const Outcome outcome = connection.gate.typed(request, {});
  connection.learner.typed(request, outcome);
  if (!outcome.result) return outcome.problem + "\n";
  const std::string name = session.config.calendar.filename().string();
  if (outcome.result->failed) return name + " was not imported: " + outcome.result->text + "\n";
  const auto answer = nlohmann::json::parse(outcome.result->structured, nullptr, false);
  if (!answer.is_object()) return "";
  std::string said = "Imported " + name + ": " + std::to_string(answer.value("added", 0)) +
                     " events added, " + std::to_string(answer.value("updated", 0)) + " updated, " +
                     std::to_string(answer.value("unchanged", 0)) + " as before.\n";
  for (const auto& failure : answer.value("failed", nlohmann::json::array()))
    said +=
        "  not imported: " + failure.value("id", "") + ", " + failure.value("problem", "") + "\n";
  return said;
}

}  // namespace host
