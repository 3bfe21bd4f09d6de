#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/tools/call.hpp"

namespace host {

constexpr auto kStartTimeout = std::chrono::seconds(10);
constexpr auto kCallTimeout = std::chrono::seconds(30);

/// How one server is started.
struct ServerSpec {
  std::string name{};
  std::filesystem::path program{};
  std::vector<std::string> args{};
  std::map<std::string, std::string> env{};  ///< Added to the host's own environment.
  std::filesystem::path folder{};            ///< Where it starts; empty for where we are.
  std::string url{};                         ///< Instead of a program; cannot_start() says more.
  bool own{};  ///< Started from the program's own folder. A name proves nothing.
  bool trust_annotations{};
  std::vector<std::string> allow{};
  std::chrono::milliseconds start_timeout{kStartTimeout};
  std::chrono::milliseconds call_timeout{kCallTimeout};
};

/// Why nobody can start it; empty if one can try. A server with a URL speaks HTTP, which our client
/// does not.
std::string cannot_start(const ServerSpec& spec);

/// One tool as its server describes it.
struct ToolInfo {
  std::string name{};
  std::string description{};
  std::string input_schema{};  ///< JSON.
  bool read_only{};
  bool destructive{};  ///< The server says so itself.
};

/// All connected servers. A server that hangs or dies is taken out with its problem, and every call
/// to it fails at once; the others go on. `start` is called once, before other threads come;
/// the rest from any thread. Tools are called by the gate and by nobody else.
class Toolbox {
 public:
  explicit Toolbox(std::vector<ServerSpec> specs);
  ~Toolbox();
  Toolbox(const Toolbox&) = delete;
  Toolbox& operator=(const Toolbox&) = delete;

  /// Starts the named servers side by side and waits until each is there or has failed.
  void start(const std::vector<std::string>& names);

  std::vector<std::string> names() const;
  const ServerSpec* find(std::string_view name) const;
  /// Why the server cannot be called; empty while it can.
  std::string problem(std::string_view name) const;
  /// Asked of the server once. Empty if it does not answer.
  std::vector<ToolInfo> tools(std::string_view name);

 private:
  friend class Gate;
  CallResult call(const std::string& server, const std::string& tool,
                  const nlohmann::json& arguments);

  class Server;
  Server* server(std::string_view name) const;

  struct Processes;
  std::unique_ptr<Processes> processes_;  // Outlives the servers.
  std::vector<std::unique_ptr<Server>> servers_;
};

}  // namespace host
