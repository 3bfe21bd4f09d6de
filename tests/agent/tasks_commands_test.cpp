#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/agent/installation.hpp"

/// What `adjutant` says about tasks on the command line, through the gate and the real server.
namespace agent_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> titles_of(const nlohmann::json& tasks) {
  std::vector<std::string> titles;
  for (const auto& task : tasks) titles.push_back(task.at("title"));
  return titles;
}

TEST(TasksOnTheCommandLine, AddSaysWhatItUnderstoodAndUndoTakesItBack) {
  const Installation here;
  const Output added = here.run({"add", "Pay rent fri p1 #home ~30m"});
  EXPECT_EQ(added.out,
            "Added t1: Pay rent\n"
            "  priority  high  (\"p1\")\n"
            "  project   home  (\"#home\")\n"
            "  estimate  30 minutes  (\"~30m\")\n"
            "  due       Fri 2026-03-20  (\"fri\")\n"
            "adjutant undo tasks-1 takes it back.\n");
  const nlohmann::json dry = here.run({"add", "--json", "Stretch", "daily", "--dry-run"}).json();
  EXPECT_EQ(dry["task"]["repeat"], "FREQ=DAILY");
  EXPECT_EQ(dry["understood"].size(), 2U);
  EXPECT_EQ(dry["dry_run"], true);
  EXPECT_EQ(here.run({"add", "p1"}).status, 1);
  EXPECT_EQ(here.run({"undo", "tasks-1"}).status, 0);
  EXPECT_THAT(here.run({"ready", "--json"}).json(), IsEmpty());
}

TEST(TasksOnTheCommandLine, ReadyLeavesOutWhatHasToWait) {
  const Installation here;
  const std::string tasks =
      R"({"tasks": [{"title": "soon", "due": "tomorrow", "depends_on": ["#5"]},
                    {"title": "later", "scheduled": "next monday", "priority": "high"},
                    {"title": "stuck", "status": "waiting", "priority": "high"},
                    {"title": "begun", "scheduled": "2026-03-10", "priority": "low"},
                    {"title": "first", "due": "today"}]})";
  ASSERT_EQ(here.run({"call", "tasks", "add_tasks", "--json", tasks}).status, 0);
  EXPECT_THAT(titles_of(here.run({"ready", "--json"}).json()), ElementsAre("first", "begun"));
  EXPECT_THAT(here.run({"ready", "--limit", "1"}).out,
              testing::AllOf(HasSubstr("first: it is due within a day"), HasSubstr("and 1 more")));
}

TEST(TasksOnTheCommandLine, ImportTwiceAddsNothingTwice) {
  const Installation here;
  here.count_calls();
  const std::filesystem::path file = here.data().parent_path() / "tasks.json";
  write(file, R"([{"uuid":"u1","description":"Paint","status":"pending","depends":["u2"]},
                  {"uuid":"u2","description":"Buy paint","status":"pending","estimate":"2h"},
                  {"uuid":"u3","description":"Old","status":"completed","end":"20260301T100000Z"}])");
  const nlohmann::json first = here.run({"import", file, "--json"}).json();
  EXPECT_EQ(first["added"], 3);
  EXPECT_THAT(first["problems"][0].get<std::string>(), HasSubstr("attribute estimate"));
  const nlohmann::json again = here.run({"import", file, "--json"}).json();
  EXPECT_EQ(again["added"], 0);
  EXPECT_EQ(again["known"], 3);
  EXPECT_THAT(titles_of(here.run({"ready", "--json"}).json()), ElementsAre("Buy paint"));

  const nlohmann::json out =
      here.run({"export", "tasks", "--format", "taskwarrior", "--json"}).json();
  const nlohmann::json tasks = nlohmann::json::parse(out["text"].get<std::string>());
  ASSERT_EQ(tasks.size(), 3U);
  for (const auto& task : tasks) {
    EXPECT_TRUE(task["uuid"] != "u1" || task["depends"] == nlohmann::json{"u2"}) << task;
    EXPECT_TRUE(task["uuid"] != "u3" || task["end"] == "20260301T100000Z") << task;
  }
  here.wait_for_servers();
  EXPECT_EQ(here.calls(), here.audited());  // each call went through the gate
}

TEST(TasksOnTheCommandLine, AnExportIsReadBackAsItWas) {
  const Installation here;
  const Installation there;
  here.run({"add", "Pay rent monthly #home ~30m !high"});
  const std::string tasks =
      R"({"tasks": [{"title": "+1 for\nthe plan", "notes": "a\n b", "tags": ["x y"], "due": "2026-03-20T10:00:00+01:00"},
                    {"title": "then", "depends_on": ["t1", "#1"], "status": "in_review", "importance": 2}]})";
  here.run({"call", "tasks", "add_tasks", "--json", tasks});
  for (const std::string format : {"todo.txt", "taskwarrior", "json"}) {
    const std::filesystem::path file = here.data().parent_path() / ("out." + format);
    ASSERT_EQ(here.run({"export", "tasks", "--format", format, "--output", file}).status, 0);
    EXPECT_EQ(here.run({"export", "tasks", "--format", format, "--output", file}).status, 1);
    const Output in = there.run({"import", file, "--format", format});
    EXPECT_THAT(in.out, HasSubstr("Added 3 tasks")) << format << in.err;
  }
  auto rows = there.run({"call", "tasks", "get_tasks", "ids=t1,t2,t3,t4,t5,t6,t7,t8,t9", "--json"})
                  .json()["tasks"];
  ASSERT_EQ(rows.size(), 9U);
  for (std::size_t i = 0; i < 9; ++i) {
    rows[i].erase("id");
    rows[i].erase("origin");
    rows[i].erase("depends_on");  // other ids
    EXPECT_EQ(rows[i], rows[i % 3]) << i;
  }
  EXPECT_EQ(rows[1]["title"], "+1 for\nthe plan");
  EXPECT_EQ(rows[2]["blocked"], true);
}

}  // namespace
}  // namespace agent_test
