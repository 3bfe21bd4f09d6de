#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/tasks/task_world.hpp"

namespace {

using test::Client;
using test::Json;
using test::TaskWorld;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// t1 to t7, one of each kind that the filters tell apart.
class ListTasks : public testing::Test {
 protected:
  void SetUp() override {
    ann_.call("add_tasks",
              {{"tasks",
                {{{"title", "Zażółć gęślą jaźń"}, {"due", "2026-03-20"}, {"tags", {"Home", "x"}}},
                 {{"title", "Late"}, {"due", "2026-03-13"}, {"priority", "low"}},
                 {{"title", "Soon"},
                  {"notes", "about zolty ser"},
                  {"due", "2026-03-16T10:00:00+01:00"},
                  {"project", "Shelfmate"},
                  {"assignee", "Anna Nowak <anna@example.org>"}},
                 {{"title", "Some day"}, {"priority", "high"}, {"project", "shelfmate"}},
                 {{"title", "Passed"}, {"due", "2026-03-16T08:00:00+01:00"}, {"tags", {"x"}}},
                 {{"title", "Done"}, {"status", "done"}, {"due", "2026-03-13"}},
                 {{"title", "Waiting"}, {"status", "waiting"}, {"due", "2026-04-02"}}}}});
  }

  std::vector<std::string> ids(const Json& filter) {
    return Client::ids(ann_.call("list_tasks", filter));
  }

  TaskWorld world_{};
  Client ann_{world_};
};

TEST_F(ListTasks, ShowsTheUnfinishedByDueThenAge) {
  EXPECT_THAT(ids(Json::object()), ElementsAre("t2", "t5", "t3", "t1", "t7", "t4"));
}

TEST_F(ListTasks, SortsByPriorityAndByAge) {
  EXPECT_THAT(ids({{"sort", "priority"}}), ElementsAre("t4", "t2", "t5", "t3", "t1", "t7"));
  EXPECT_THAT(ids({{"sort", "created"}}), ElementsAre("t1", "t2", "t3", "t4", "t5", "t7"));
}

TEST_F(ListTasks, FiltersByEveryArgument) {
  EXPECT_THAT(ids({{"status", {"done", "waiting"}}}), ElementsAre("t6", "t7"));
  EXPECT_THAT(ids({{"project", "SHELFMATE"}}), ElementsAre("t3", "t4"));
  EXPECT_THAT(ids({{"assignee", "anna@example.org"}}), ElementsAre("t3"));
  EXPECT_THAT(ids({{"assignee", "nowak"}}), ElementsAre("t3"));
  EXPECT_THAT(ids({{"tags", {"x"}}}), ElementsAre("t5", "t1"));
  EXPECT_THAT(ids({{"tags", {"x", "home"}}}), ElementsAre("t1"));
  EXPECT_THAT(ids({{"overdue", true}}), ElementsAre("t2", "t5"));
  EXPECT_THAT(ids({{"project", "shelfmate"}, {"overdue", true}}), IsEmpty());
}

TEST_F(ListTasks, FindsWordsWithoutTheirMarks) {
  EXPECT_THAT(ids({{"query", "zazolc JAZN"}}), ElementsAre("t1"));
  EXPECT_THAT(ids({{"query", "żółty"}}), ElementsAre("t3"));
  EXPECT_THAT(ids({{"query", "zazolc ser"}}), IsEmpty());
}

TEST_F(ListTasks, ReadsADayOrPeriodAsARangeOfDueTimes) {
  EXPECT_THAT(ids({{"due_from", "today"}}), ElementsAre("t5", "t3"));
  EXPECT_THAT(ids({{"due_from", "this week"}}), ElementsAre("t5", "t3", "t1"));
  EXPECT_THAT(ids({{"due_before", "2026-03-20"}}), ElementsAre("t2", "t5", "t3"));
  EXPECT_THAT(ids({{"due_from", "2026-03-16"}, {"due_before", "2026-04-02"}}),
              ElementsAre("t5", "t3", "t1"));
  EXPECT_THAT(ann_.refusal("list_tasks", {{"due_before", "at 25:00"}}), HasSubstr("/due_before: "));
}

TEST_F(ListTasks, ADayIsOverdueOnceItIsOver) {
  world_.clock.at += std::chrono::hours(4 * 24 + 14);  // Fri 2026-03-20 23:00
  EXPECT_FALSE(ann_.get("t1").contains("overdue"));
  world_.clock.at += std::chrono::hours(1);
  EXPECT_EQ(ann_.get("t1")["overdue"], true);
}

TEST_F(ListTasks, ShowsTheMainFieldsUnlessOthersAreNamed) {
  const Json row = ann_.call("list_tasks", {{"query", "soon"}})["tasks"][0];
  EXPECT_EQ(row, (Json{{"id", "t3"},
                       {"title", "Soon"},
                       {"status", "todo"},
                       {"due", "2026-03-16T10:00:00+01:00"},
                       {"weekday", "Mon"},
                       {"priority", "none"},
                       {"project", "Shelfmate"},
                       {"assignee", "Anna Nowak <anna@example.org>"}}));
  const Json named =
      ann_.call("list_tasks", {{"query", "soon"}, {"fields", {"notes"}}})["tasks"][0];
  EXPECT_EQ(named, (Json{{"id", "t3"}, {"notes", "about zolty ser"}}));
}

TEST_F(ListTasks, PagesContinueThoughRowsComeAndGo) {
  const Json first = ann_.call("list_tasks", {{"limit", 2}});
  EXPECT_THAT(Client::ids(first), ElementsAre("t2", "t5"));
  EXPECT_EQ(first["total"], 6);
  ann_.call("delete_tasks", {{"ids", {"t5"}}});             // the last one shown
  ann_.add({{"title", "Earlier"}, {"due", "2026-03-01"}});  // before the page
  ann_.add({{"title", "Between"}, {"due", "2026-03-17"}});  // after it
  const Json second = ann_.call("list_tasks", {{"limit", 3}, {"cursor", first["next_cursor"]}});
  EXPECT_THAT(Client::ids(second), ElementsAre("t3", "t9", "t1"));
  const Json third = ann_.call("list_tasks", {{"limit", 9}, {"cursor", second["next_cursor"]}});
  EXPECT_THAT(Client::ids(third), ElementsAre("t7", "t4"));
  EXPECT_FALSE(third.contains("next_cursor"));
}

TEST_F(ListTasks, RefusesACursorThatItNeverGave) {
  for (int i = 0; i < 3; ++i) ann_.add({{"title", "One"}});
  const std::string given =
      ann_.call("list_tasks", {{"limit", 1}})["next_cursor"].get<std::string>();
  for (const std::string& cursor : {std::string("2"), given + "0", given.substr(1)}) {
    EXPECT_THAT(ann_.refusal("list_tasks", {{"cursor", cursor}}), HasSubstr("/cursor: expected"));
  }
}

TEST_F(ListTasks, StopsEarlyWhereRowsAreLong) {
  for (int i = 0; i < 4; ++i) ann_.add({{"title", "long"}, {"notes", std::string(10'000, 'n')}});
  const Json filter = {{"query", "long"}, {"fields", {"notes"}}};
  const Json page = ann_.call("list_tasks", filter);
  EXPECT_EQ(page["tasks"].size(), 3U);
  EXPECT_EQ(page["total"], 4);
  EXPECT_TRUE(page.contains("next_cursor"));
  EXPECT_EQ(ann_.call("list_tasks", {{"query", "long"}})["tasks"].size(), 4U);  // shorter rows
}

TEST_F(ListTasks, GetNamesWhatIsNotThereAndWhatDidNotFit) {
  Json ids = {"t1", "t99", "t1", "nonsense", "t0"};
  const Json answer = ann_.call("get_tasks", {{"ids", ids}});
  EXPECT_THAT(Client::ids(answer), ElementsAre("t1"));
  EXPECT_EQ(answer["missing"], (Json{"t99", "nonsense", "t0"}));

  ids = Json::array();
  for (int i = 0; i < 4; ++i) {
    ids.push_back(ann_.add({{"title", "long"}, {"notes", std::string(10'000, 'n')}}));
  }
  const Json some = ann_.call("get_tasks", {{"ids", ids}});
  EXPECT_EQ(some["tasks"].size(), 3U);
  EXPECT_EQ(some["not_shown"], Json{ids[3]});
}

}  // namespace
