#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "protocol/mcp/server.hpp"
#include "protocol/transport/lines.hpp"
#include "schemas/tasks/tools.hpp"
#include "servers/common/clock.hpp"
#include "servers/common/roots.hpp"
#include "servers/common/run.hpp"
#include "servers/common/settings.hpp"
#include "servers/common/times.hpp"
#include "servers/tasks/context.hpp"
#include "tests/temp_folder.hpp"

/// libFuzzer's bytes as what a client types at the tasks server: lines, messages, decoded
/// arguments, handlers, answers. Beside what the sanitizers find, an answer that is not JSON-RPC is
/// a crash.
namespace {

class Typed final : public transport::Transport {
 public:
  explicit Typed(std::string_view bytes) {
    lines_.append(bytes);
    lines_.finish();
  }

  transport::Received read(transport::Deadline) override {
    return lines_.next().value_or(transport::Received{});
  }

  bool write(std::string_view message, transport::Deadline) override {
    const nlohmann::json answer = nlohmann::json::parse(message);
    const nlohmann::json& first = answer.is_array() ? answer.at(0) : answer;
    if (first.at("jsonrpc") != "2.0") std::abort();
    return true;
  }

  void close() override {}

 private:
  transport::LineBuffer lines_;
};

struct House {
  test::TempFolder folder{};
  common::Options options{.data = folder.path()};
  common::Zone zone{*common::Zone::find("Europe/Warsaw")};
  std::unique_ptr<common::Clock> clock{common::make_clock("2026-03-16T09:00:00+01:00", {}, zone)};
  common::Times times{*clock, zone};
  common::Roots roots{options.roots};
  common::Settings settings{folder / "settings.toml"};
  std::filesystem::path data{folder / "tasks"};
  common::Surroundings around{
      .options = options, .folder = data, .times = times, .roots = roots, .settings = settings};
  mcp::Server server{{.name = "fuzz"}, tasks::tools(), [this] {
                       return std::make_shared<tasks::Context>(around);
                     }};
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const House house;
  Typed typed({reinterpret_cast<const char*>(data), size});
  house.server.serve(typed);
  return 0;
}
