#include "host/tools/toolbox.hpp"

#include <algorithm>
#include <future>
#include <mutex>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "protocol/mcp/client.hpp"
#include "protocol/transport/child_process.hpp"
#include "servers/common/options.hpp"

namespace host {

using Json = nlohmann::json;

namespace {

std::string seconds_text(std::chrono::milliseconds time) {
  return std::to_string(std::chrono::ceil<std::chrono::seconds>(time).count()) + " s";
}

std::string text_at(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool flag_at(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && *found == true;
}

ToolInfo read_tool(const Json& entry) {
  ToolInfo tool{.name = text_at(entry, "name"), .description = text_at(entry, "description")};
  if (entry.contains("inputSchema")) tool.input_schema = entry["inputSchema"].dump();
  if (entry.contains("annotations") && entry["annotations"].is_object()) {
    tool.read_only = flag_at(entry["annotations"], "readOnlyHint");
    tool.destructive = !tool.read_only && flag_at(entry["annotations"], "destructiveHint");
  }
  return tool;
}

CallResult read_result(const mcp::ToolAnswer& answer) {
  CallResult result{.failed = answer.is_error, .text = answer.text};
  if (!answer.structured.is_null()) result.structured = answer.structured.dump();
  if (answer.meta.is_object()) result.change_id = text_at(answer.meta, "adjutant/change_id");
  return result;
}

}  // namespace

std::string cannot_start(const ServerSpec& spec) {
  if (spec.url.empty()) return "";
  return spec.name + " is reached over HTTP (" + spec.url +
         "), which Adjutant does not speak yet; give the command that starts it instead";
}

/// One server: its process and what is known of it. A server that failed stays out.
class Toolbox::Server {
 public:
  explicit Server(ServerSpec server_spec) : spec(std::move(server_spec)) {}

  const ServerSpec spec;

  /// Starts the process. Returns at once.
  void launch(transport::Spawner& spawner) {
    launched_ = true;
    if (std::string why = cannot_start(spec); !why.empty()) return take_out(std::move(why));
    try {
      auto child = std::make_unique<transport::ChildProcess>(
          spawner, transport::Command{.program = spec.program.string(),
                                      .args = spec.args,
                                      .environment = transport::child_environment(spec.env),
                                      .folder = spec.folder.string()});
      const transport::ChildProcess* process = child.get();
      client_ = std::make_unique<mcp::Client>(spec.name, std::move(child),
                                              [process] { return explain(*process); });
    } catch (const std::exception& error) {
      take_out(error.what());
    }
  }

  /// Waits until the server has introduced itself.
  void greet() {
    if (!client_) return;
    try {
      client_->initialize(
          {.name = "adjutant", .title = "Adjutant", .version = std::string(common::version())},
          spec.start_timeout);
    } catch (const mcp::RequestFailed& error) {
      take_out(reason(error, spec.start_timeout));
    }
  }

  CallResult call(const std::string& tool, const Json& arguments) {
    if (const std::string out = problem(); !out.empty()) return {.failed = true, .text = out};
    try {
      return read_result(client_->call_tool(tool, arguments, spec.call_timeout));
    } catch (const mcp::RequestFailed& error) {
      return fail(error);
    }
  }

  std::vector<ToolInfo> tools() {
    const std::lock_guard lock(mutex_);
    if (!tools_.empty() || !problem_.empty() || !client_) return tools_;
    try {
      for (const Json& entry : client_->list_tools(spec.call_timeout))
        tools_.push_back(read_tool(entry));
    } catch (const mcp::RequestFailed& error) {
      problem_ = reason(error, spec.call_timeout);
      client_->close();
    }
    return tools_;
  }

  std::string problem() const {
    const std::lock_guard lock(mutex_);
    if (problem_.empty() && !client_) return spec.name + " was not started";
    return problem_;
  }

  bool started() const { return launched_; }

  void close() {
    if (client_) client_->close();
  }

 private:
  static std::string explain(const transport::ChildProcess& process) {
    std::string words = process.last_words();
    while (words.ends_with('\n')) words.pop_back();
    const std::string last = words.substr(words.rfind('\n') + 1);
    return "It " + process.state() + (last.empty() ? "." : ". Its last words: " + last);
  }

  std::string reason(const mcp::RequestFailed& error, std::chrono::milliseconds timeout) const {
    if (error.reason != mcp::RequestFailed::Reason::TimedOut) return error.what();
    return spec.name + " did not answer within " + seconds_text(timeout);
  }

  /// A server that does not answer, or is gone, is not asked again; a refused request is just that.
  CallResult fail(const mcp::RequestFailed& error) {
    using Reason = mcp::RequestFailed::Reason;
    const std::string why = reason(error, spec.call_timeout);
    if (error.reason == Reason::TimedOut || error.reason == Reason::Lost) take_out(why);
    return {.failed = true, .text = why};
  }

  void take_out(std::string why) {
    const std::lock_guard lock(mutex_);
    if (problem_.empty()) problem_ = std::move(why);
    if (client_) client_->close();
  }

  bool launched_{};                      // Of the thread that starts.
  std::unique_ptr<mcp::Client> client_;  // Set by launch(), before any other thread comes.
  mutable std::mutex mutex_;
  std::string problem_;          // Guarded by mutex_.
  std::vector<ToolInfo> tools_;  // Guarded by mutex_.
};

struct Toolbox::Processes {
  transport::Spawner spawner;
};

Toolbox::Toolbox(std::vector<ServerSpec> specs) : processes_(std::make_unique<Processes>()) {
  for (ServerSpec& spec : specs) servers_.push_back(std::make_unique<Server>(std::move(spec)));
}

Toolbox::~Toolbox() {
  // All are told first, so that they leave at the same time.
  for (const auto& server : servers_) server->close();
}

void Toolbox::start(const std::vector<std::string>& names) {
  std::vector<Server*> starting;
  for (const std::string& name : names) {
    Server* found = server(name);
    if (found == nullptr) throw std::runtime_error("no server " + name);
    if (!found->started()) starting.push_back(found);
  }
  for (Server* each : starting) each->launch(processes_->spawner);
  std::vector<std::future<void>> greetings;
  for (Server* each : starting)
    greetings.push_back(std::async(std::launch::async, [each] { each->greet(); }));
  for (std::future<void>& greeting : greetings) greeting.get();
}

std::vector<std::string> Toolbox::names() const {
  std::vector<std::string> names;
  for (const auto& each : servers_) names.push_back(each->spec.name);
  return names;
}

const ServerSpec* Toolbox::find(std::string_view name) const {
  const Server* found = server(name);
  return found == nullptr ? nullptr : &found->spec;
}

std::string Toolbox::problem(std::string_view name) const {
  return server(name)->problem();
}

std::vector<ToolInfo> Toolbox::tools(std::string_view name) {
  return server(name)->tools();
}

CallResult Toolbox::call(const std::string& name, const std::string& tool, const Json& arguments) {
  return server(name)->call(tool, arguments);
}

Toolbox::Server* Toolbox::server(std::string_view name) const {
  const auto found = std::find_if(servers_.begin(), servers_.end(),
                                  [&](const auto& each) { return each->spec.name == name; });
  return found == servers_.end() ? nullptr : found->get();
}

}  // namespace host
