#include "tests/wire/bad_input.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "tests/temp_folder.hpp"
#include "tests/wire/session.hpp"

namespace wire {
namespace {

constexpr int kInternalError = -32603;

struct Kind {
  std::string name{};
  std::vector<BadInput> (*make)(const Target&){};
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> all = {
      {"BrokenJson", broken_json},     {"WrongTypes", wrong_types},
      {"UnknownNames", unknown_names}, {"OversizedLines", oversized_lines},
      {"DeepNesting", deep_nesting},   {"BadUtf8", bad_utf8},
      {"HugeNumbers", huge_numbers},   {"Batches", batches},
  };
  return all;
}

void expect_wanted(const BadInput& input, const Json& answer) {
  const Json id = input.id.empty() ? Json() : Json::parse(input.id);
  EXPECT_EQ(answer.value("id", Json()), id) << answer.dump();
  EXPECT_NE(answer.contains("error"), answer.contains("result")) << answer.dump();
  const Json error = answer.value("error", Json::object());
  EXPECT_NE(error.value("code", 0), kInternalError) << answer.dump();
  const bool failed = answer.value("result", Json::object()).value("isError", false);
  if (input.want == Want::Refusal) {
    EXPECT_TRUE(answer.contains("error")) << answer.dump();
    EXPECT_FALSE(error.value("message", "").empty());
  }
  if (input.want == Want::ToolError) {
    EXPECT_TRUE(failed) << answer.dump();
  }
}

class BadInputs : public testing::TestWithParam<std::tuple<std::string, Kind>> {};

TEST_P(BadInputs, AreEachAnsweredAndLeaveTheServerAliveAndRight) {
  const auto& [server, kind] = GetParam();
  const Target target = target_of(server);
  const Json good_arguments = Json::parse("{" + target.members + "}");
  const std::vector<BadInput> inputs = kind.make(target);
  EXPECT_GE(inputs.size(), 10U);

  const test::TempFolder folder;
  Session session(server, folder.path(), sample_options(server, folder.path()));
  session.initialize();
  if (!target.first_tool.empty()) {
    session.call(target.first_tool, Json::parse(target.first_arguments));
  }
  const Json right = session.call(target.tool, good_arguments);
  ASSERT_FALSE(right.value("isError", false)) << right.dump();

  std::set<std::string> lines;
  for (const BadInput& input : inputs) {
    SCOPED_TRACE(input.name);
    EXPECT_TRUE(lines.insert(input.line).second) << "the same line twice";
    const std::optional<Json> answer = session.exchange(input.line);
    ASSERT_TRUE(answer);
    expect_wanted(input, *answer);
    ASSERT_EQ(session.call(target.tool, good_arguments), right);
  }
  EXPECT_EQ(session.process().finish(), 0);
}

INSTANTIATE_TEST_SUITE_P(Wire, BadInputs,
                         testing::Combine(testing::ValuesIn(servers()), testing::ValuesIn(kinds())),
                         [](const auto& of) {
                           return std::get<0>(of.param) + "_" + std::get<1>(of.param).name;
                         });

}  // namespace
}  // namespace wire
