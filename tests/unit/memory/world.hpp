#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "protocol/mcp/tool.hpp"
#include "schemas/memory/tools.hpp"
#include "servers/common/roots.hpp"
#include "servers/memory/context.hpp"
#include "tests/temp_folder.hpp"

namespace memory {

using Json = nlohmann::json;

/// A clock that the test sets.
class HandClock final : public common::Clock {
 public:
  std::chrono::sys_seconds now() const override { return at; }
  std::chrono::sys_seconds at{std::chrono::sys_days{std::chrono::year{2026} / 3 / 16} +
                              std::chrono::hours(8)};
};

/// The memory server without its wire: what every call goes through but the bytes.
class World final {
 public:
  Json call(std::string_view name, const Json& arguments, std::string_view actor = "me") {
    const auto tools = memory::tools();
    const auto tool = std::ranges::find(tools, name, &mcp::Tool::name);
    if (tool == tools.end()) throw std::invalid_argument(std::string(name));
    mcp::Call running{std::string(name), std::string(actor)};
    return Json::parse(tool->run(*tool, &context, arguments, running).structured);
  }

  /// The complaint of a call that is refused.
  std::string refusal(std::string_view name, const Json& arguments, std::string_view actor = "me") {
    try {
      return "accepted: " + call(name, arguments, actor).dump();
    } catch (const mcp::ToolError& error) {
      return error.what();
    }
  }

  Json set(std::string_view key, std::string_view value, std::string_view actor = "me") {
    return call("update_profile", {{"set", {{{"key", key}, {"value", value}}}}}, actor);
  }

  HandClock clock{};
  test::TempFolder folder{};
  common::Times times{clock, *common::Zone::find("Europe/Warsaw")};
  common::Options options{};
  common::Settings settings{};
  common::Roots roots{std::vector<std::filesystem::path>{}};
  std::filesystem::path data{folder.path() / "memory"};
  Context context{common::Surroundings{
      .options = options, .folder = data, .times = times, .roots = roots, .settings = settings}};
};

}  // namespace memory
