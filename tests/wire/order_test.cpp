#include <gtest/gtest.h>

#include <map>
#include <string>

#include "tests/temp_folder.hpp"
#include "tests/wire/session.hpp"

namespace wire {
namespace {

constexpr int kTimes = 500;

std::string call_line(int id, const std::string& tool, const Json& arguments) {
  const Json message = {{"jsonrpc", "2.0"},
                        {"id", id},
                        {"method", "tools/call"},
                        {"params", {{"name", tool}, {"arguments", arguments}}}};
  return message.dump() + "\n";
}

/// The next two answers, by id: on one connection the calls take effect in order, the answers may
/// not.
std::map<int, Json> two_answers(Session& session) {
  std::map<int, Json> answers;
  for (int i = 0; i < 2; ++i) {
    const std::optional<std::string> line = session.process().receive();
    if (!line) break;
    Json answer = Json::parse(*line);
    const int id = answer.at("id");
    answers[id] = std::move(answer);
  }
  return answers;
}

TEST(Order, AListSentRightAfterACreateHoldsTheCreatedEveryTime) {
  const test::TempFolder folder;
  Session session("tasks", folder.path());
  session.initialize();
  int held = 0;
  for (int i = 0; i < kTimes; ++i) {
    const std::string title = "kettle" + std::to_string(i);
    const int create = 1000 + 2 * i;
    const int list = create + 1;
    ASSERT_TRUE(
        session.process().send(call_line(create, "add_tasks", {{"tasks", {{{"title", title}}}}}) +
                               call_line(list, "list_tasks", {{"query", title}, {"limit", 500}})));
    const std::map<int, Json> answers = two_answers(session);
    ASSERT_EQ(answers.size(), 2U);
    const std::string listed = answers.at(list).dump();
    if (listed.find("\"" + title + "\"") != std::string::npos) ++held;
  }
  EXPECT_EQ(held, kTimes);
}

/// The control: the same list before the create does not hold it, so the count above can be missed.
TEST(Order, AListSentBeforeTheCreateDoesNotHoldIt) {
  const test::TempFolder folder;
  Session session("tasks", folder.path());
  session.initialize();
  ASSERT_TRUE(
      session.process().send(call_line(1001, "list_tasks", Json::object()) +
                             call_line(1002, "add_tasks", {{"tasks", {{{"title", "late"}}}}})));
  const std::map<int, Json> answers = two_answers(session);
  EXPECT_EQ(answers.at(1001).dump().find("late"), std::string::npos);
  EXPECT_NE(answers.at(1002).dump().find("late"), std::string::npos);
}

}  // namespace
}  // namespace wire
