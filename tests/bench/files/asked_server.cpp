#include "tests/bench/files/asked_server.hpp"

#include <chrono>
#include <stdexcept>
#include <utility>

namespace bench {
namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

std::vector<std::string> pinned(const std::string& cores, std::vector<std::string> command) {
  command.insert(command.begin(), {"-c", cores});
  return command;
}

std::string call_params(const std::string& tool, const std::string& arguments) {
  return R"({"name":")" + tool + R"(","arguments":)" + arguments + "}";
}

}  // namespace

AskedServer::AskedServer(const std::string& cores, std::vector<std::string> command,
                         const std::filesystem::path& errors)
    : process_("/usr/bin/taskset", pinned(cores, std::move(command)), errors) {
  ask("initialize", R"({"protocolVersion":"2025-11-25","capabilities":{},)"
                    R"("clientInfo":{"name":"bench","version":"1"}})");
  process_.send(R"({"jsonrpc":"2.0","method":"notifications/initialized"})"
                "\n");
}

double AskedServer::call(const std::string& tool, const std::string& arguments) {
  return ask("tools/call", call_params(tool, arguments));
}

double AskedServer::ping() {
  return ask("ping", "{}");
}

double AskedServer::burst(const std::string& tool, const std::string& arguments, int count) {
  std::string lines;
  for (int i = 0; i < count; ++i) lines += line("tools/call", call_params(tool, arguments));
  const auto start = Clock::now();
  process_.send(lines);
  for (int i = 0; i < count; ++i) {
    if (!process_.receive()) throw std::runtime_error("a server ended");
  }
  return milliseconds_since(start);
}

double AskedServer::ask(const std::string& method, const std::string& params) {
  const std::string asked = line(method, params);
  const std::string id = R"("id":)" + std::to_string(last_id_);
  const auto start = Clock::now();
  process_.send(asked);
  do {
    std::optional<std::string> answer = process_.receive();
    if (!answer) throw std::runtime_error("a server ended or kept silent: " + asked);
    answer_ = *std::move(answer);
  } while (answer_.find(id) == std::string::npos);  // what comes before are notifications
  const double took = milliseconds_since(start);
  if (answer_.find(R"("isError":true)") != std::string::npos ||
      answer_.find(R"("error":)") != std::string::npos) {
    throw std::runtime_error(asked + answer_.substr(0, 500));
  }
  return took;
}

std::string AskedServer::line(const std::string& method, const std::string& params) {
  return R"({"jsonrpc":"2.0","id":)" + std::to_string(++last_id_) + R"(,"method":")" + method +
         R"(","params":)" + params + "}\n";
}

}  // namespace bench
