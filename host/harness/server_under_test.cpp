#include "host/harness/server_under_test.hpp"

#include <future>
#include <stdexcept>
#include <utility>

#include "servers/common/options.hpp"

namespace harness {
namespace {

using Json = nlohmann::json;
using Clock = std::chrono::steady_clock;
using Reason = mcp::RequestFailed::Reason;

std::string explain(const transport::ChildProcess& process) {
  std::string words = process.last_words();
  while (words.ends_with('\n')) words.pop_back();
  const std::string last = words.substr(words.rfind('\n') + 1);
  return "It " + process.state() + (last.empty() ? "." : ". Its last words: " + last);
}

Answer::Kind kind_of(Reason reason) {
  switch (reason) {
    case Reason::TimedOut:
      return Answer::Kind::TimedOut;
    case Reason::Lost:
      return Answer::Kind::Lost;
    case Reason::Refused:
      return Answer::Kind::Refused;
    case Reason::Nonsense:
      break;
  }
  return Answer::Kind::Nonsense;
}

}  // namespace

bool Answer::is_tool_error() const {
  if (kind != Kind::Result) return false;
  const auto found = result.find("isError");
  return found != result.end() && *found == true;
}

bool Answer::is_success() const {
  return kind == Kind::Result && !is_tool_error();
}

std::string Answer::text() const {
  if (kind != Kind::Result) return problem;
  std::string text;
  const auto content = result.find("content");
  if (content == result.end() || !content->is_array()) return text;
  for (const Json& block : *content) {
    if (!block.is_object() || block.value("type", Json()) != "text") continue;
    const auto words = block.find("text");
    if (words == block.end() || !words->is_string()) continue;
    if (!text.empty()) text.push_back('\n');
    text.append(words->get_ref<const std::string&>());
  }
  return text;
}

Json Answer::structured() const {
  const auto found = result.find("structuredContent");
  return kind == Kind::Result && found != result.end() ? *found : Json();
}

ServerUnderTest::ServerUnderTest(transport::Spawner& spawner, host::ServerSpec spec)
    : spawner_(spawner), spec_(std::move(spec)) {}

ServerUnderTest::~ServerUnderTest() = default;

const mcp::PeerInfo& ServerUnderTest::start() {
  stop();
  if (const std::string why = host::cannot_start(spec_); !why.empty())
    throw std::runtime_error(why + ".");
  auto process = std::make_unique<transport::ChildProcess>(
      spawner_, transport::Command{.program = spec_.program.string(),
                                   .args = spec_.args,
                                   .environment = transport::child_environment(spec_.env),
                                   .folder = spec_.folder.string()});
  process_ = process.get();
  auto tap = std::make_unique<Wiretap>(std::move(process));
  tap_ = tap.get();
  client_ = std::make_unique<mcp::Client>(spec_.name, std::move(tap),
                                          [this] { return explain(*process_); });
  ++starts_;
  peer_ = client_->initialize(
      {.name = "adjutant", .title = "Adjutant", .version = std::string(common::version())},
      spec_.start_timeout);
  return peer_;
}

std::string ServerUnderTest::try_start() {
  try {
    start();
  } catch (const std::runtime_error& failed) {
    return failed.what();
  }
  return "";
}

std::string ServerUnderTest::try_list(std::vector<Json>& tools) {
  try {
    tools = list_tools();
  } catch (const std::runtime_error& failed) {
    return failed.what();
  }
  return "";
}

void ServerUnderTest::stop() {
  client_.reset();
  tap_ = nullptr;
  process_ = nullptr;
}

std::vector<Json> ServerUnderTest::list_tools() {
  if (!client_) throw std::runtime_error(spec_.name + " does not run.");
  return client_->list_tools(spec_.call_timeout);
}

Answer ServerUnderTest::call(std::string_view tool, const Json& arguments) {
  return call(tool, arguments, spec_.call_timeout);
}

Answer ServerUnderTest::call(std::string_view tool, const Json& arguments, Timeout timeout) {
  ++calls_;
  return request("tools/call", {{"name", tool}, {"arguments", arguments}}, timeout);
}

std::vector<Answer> ServerUnderTest::call_at_once(std::string_view tool,
                                                  const std::vector<Json>& arguments) {
  calls_ += arguments.size();
  std::vector<std::future<Answer>> coming;
  for (const Json& each : arguments) {
    coming.push_back(std::async(std::launch::async, [this, tool, &each] {
      return request("tools/call", {{"name", tool}, {"arguments", each}}, spec_.call_timeout);
    }));
  }
  std::vector<Answer> answers;
  for (std::future<Answer>& each : coming) answers.push_back(each.get());
  return answers;
}

Answer ServerUnderTest::request(std::string_view method, const Json& params, Timeout timeout) {
  if (!client_) return {.kind = Answer::Kind::Lost, .problem = spec_.name + " does not run."};
  const Clock::time_point start = Clock::now();
  Answer answer;
  try {
    answer.result = client_->request(method, params, timeout);
  } catch (const mcp::RequestFailed& failed) {
    answer.kind = kind_of(failed.reason);
    answer.code = failed.code;
    answer.problem = failed.what();
  }
  answer.took = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - start);
  return answer;
}

bool ServerUnderTest::alive() const {
  return client_ && client_->alive();
}

std::string ServerUnderTest::state() const {
  return process_ == nullptr ? "does not run" : process_->state();
}

std::string ServerUnderTest::stderr_tail() const {
  return process_ == nullptr ? std::string() : process_->last_words();
}

MemoryUse ServerUnderTest::memory() const {
  return process_ == nullptr ? MemoryUse{} : memory_of_tree(process_->pid());
}

std::vector<Stray> ServerUnderTest::take_strays() {
  return tap_ == nullptr ? std::vector<Stray>{} : tap_->take_strays();
}

}  // namespace harness
