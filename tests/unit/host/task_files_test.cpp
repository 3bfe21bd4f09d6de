#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "host/formats/task_json.hpp"
#include "host/formats/taskwarrior.hpp"
#include "host/formats/todo_txt.hpp"

/// Tasks at random, with strings that a careless reader takes for something else: what is written
/// is read again as it was, all of it.
namespace host {
namespace {

using tasks::Priority;
using tasks::Status;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr unsigned kTasks = 2000;

common::Zone warsaw() {
  return *common::Zone::find("Europe/Warsaw");
}

std::string shown(const FileTask& task) {
  return task.key + " " + (task.created ? common::to_string(*task.created) : "-") + " " +
         mcp::fields::encode(mcp::fields::type_of<tasks::Task>(), &task.row);
}

class RandomTasks final {
 public:
  explicit RandomTasks(unsigned seed) : random_(seed) {}

  FileTask make() {
    FileTask task{.row = {.title = title(), .status = static_cast<Status>(below(7))},
                  .key = "k" + std::to_string(++made_)};
    tasks::Task& row = task.row;
    row.priority = static_cast<Priority>(below(4));
    row.importance =
        chance(30) ? static_cast<std::int64_t>(below(6)) : usual_importance(row.priority);
    if (chance(40)) row.project = label();
    for (std::size_t i = below(4); i > 0; --i) row.tags.push_back(label());
    std::ranges::sort(row.tags);
    row.tags.erase(std::ranges::unique(row.tags).begin(), row.tags.end());
    if (chance(50)) row.due = time();
    if (chance(30)) row.scheduled = time();
    if (chance(30)) row.repeat = repeat();
    if (chance(30)) row.estimate_minutes = static_cast<std::int64_t>(1 + below(1000));
    if (chance(30)) row.assignee = label();
    if (chance(40)) row.notes = text();
    if (made_ > 1 && chance(20)) row.depends_on = {"k" + std::to_string(1 + below(made_ - 1))};
    const bool finished = row.status == Status::Done || row.status == Status::Cancelled;
    if (finished) row.completed = time();
    if (chance(40)) task.created = date();
    return task;
  }

 private:
  std::size_t below(std::size_t count) { return random_() % count; }
  bool chance(unsigned percent) { return below(100) < percent; }

  std::string text() {
    static const std::vector<std::string> pieces = {"x",
                                                    "(A)",
                                                    "2026-03-16",
                                                    "+home",
                                                    "@desk",
                                                    "due:2026-01-01",
                                                    "t:",
                                                    "http://a/b%20c",
                                                    "100%25",
                                                    "%",
                                                    "  ",
                                                    "\n",
                                                    "\t",
                                                    "Zażółć",
                                                    "«»",
                                                    "\"",
                                                    "\\",
                                                    "pri:A",
                                                    "id:k1",
                                                    "日本",
                                                    "+",
                                                    "@",
                                                    ":",
                                                    "rec:+1w",
                                                    "call",
                                                    "status:waiting",
                                                    "note:",
                                                    "\r",
                                                    "x 2026-01-01",
                                                    "%0A",
                                                    ",",
                                                    "\x01"};
    std::string out;
    for (std::size_t i = 1 + below(6); i > 0; --i) {
      out += pieces[below(pieces.size())];
      if (chance(60)) out += " ";
    }
    return out;
  }
  std::string title() { return text(); }
  /// A word or a few; no comma, which parts ids.
  std::string label() {
    static const std::vector<std::string> names = {
        "home",   "Garden work", "+odd", "@odd",           "a:b",
        "100%41", "żółć",        "x",    "due:2026-01-01", "a,b"};
    return names[below(names.size())];
  }
  common::Time date() {
    return common::whole_day(std::chrono::year_month_day(
        std::chrono::sys_days(std::chrono::days(20'000 + below(1000)))));
  }
  common::Time time() {
    if (chance(50)) return date();
    // Now and then a midnight, and an offset that is not the zone's.
    const auto day = std::chrono::sys_days(std::chrono::days(20'000 + below(1000)));
    if (chance(20))
      return warsaw().at(warsaw().to_utc(std::chrono::local_days(day.time_since_epoch())));
    const auto at = day + std::chrono::seconds(below(86'400));
    return chance(20) ? common::instant(at, std::chrono::hours(-5)) : warsaw().at(at);
  }
  common::Repeat repeat() {
    static const std::vector<std::string> words = {"daily",
                                                   "every 3 weeks",
                                                   "every 2 weeks on tue",
                                                   "monthly on the 3rd",
                                                   "yearly",
                                                   "every 3 days after completion",
                                                   "weekly 5 times",
                                                   "every first monday after completion"};
    common::Repeat made;
    EXPECT_FALSE(common::parse(words[below(words.size())], made));
    return made;
  }

  std::mt19937 random_;
  std::size_t made_{};
};

TEST(TodoTxt, IsReadAsItWasWritten) {
  RandomTasks random(1);
  for (unsigned i = 0; i < kTasks; ++i) {
    const FileTask task = random.make();
    const std::string line = todo_line(task);
    const TaskFile read = read_todo_txt(line + "\n");
    ASSERT_THAT(read.problems, IsEmpty()) << line;
    ASSERT_EQ(read.tasks.size(), 1U) << line;
    ASSERT_EQ(shown(read.tasks[0]), shown(task)) << line;
  }
}

TEST(TodoTxt, WouldNotWithoutItsEscapes) {
  FileTask task{.row = {.title = "+1 for the plan", .status = Status::Todo}};
  std::string line = todo_line(task);
  EXPECT_EQ(line, "%2B1 for the plan");
  line.replace(0, 3, "+");
  EXPECT_NE(shown(read_todo_txt(line).tasks.at(0)), shown(task));
}

TEST(TodoTxt, ReadsLinesOfOtherPrograms) {
  const TaskFile file = read_todo_txt(
      "\xEF\xBB\xBF(A) 2026-03-01 Call @mom about +trip tomorrow\r\n"
      "\n"
      "x 2026-03-10 2026-03-01 Pay rent +home @desk pri:B due:2026-03-11\n"
      "Read http://example.org/a%20b rec:2w +one +two due:soon\n"
      "(D) Sweep rec:1b\n");
  ASSERT_EQ(file.tasks.size(), 4U);
  const tasks::Task& call = file.tasks[0].row;
  EXPECT_EQ(call.title, "Call mom about trip tomorrow");
  EXPECT_EQ(call.project, "trip");
  EXPECT_THAT(call.tags, ElementsAre("mom"));
  EXPECT_EQ(call.priority, Priority::High);
  EXPECT_EQ(common::to_string(*file.tasks[0].created), "2026-03-01");
  const tasks::Task& rent = file.tasks[1].row;
  EXPECT_EQ(rent.status, Status::Done);
  EXPECT_EQ(common::to_string(*rent.completed), "2026-03-10");
  EXPECT_EQ(rent.priority, Priority::Medium);
  const tasks::Task& read = file.tasks[2].row;
  EXPECT_EQ(read.title, "Read http://example.org/a%20b due:soon");
  EXPECT_EQ(common::to_string(*read.repeat), "FREQ=WEEKLY;INTERVAL=2 after completion");
  EXPECT_THAT(read.tags, ElementsAre("+two"));
  EXPECT_EQ(common::to_string(*file.tasks[3].row.repeat),
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR after completion");
  EXPECT_EQ(file.tasks[3].row.priority, Priority::Low);
  EXPECT_THAT(file.problems, UnorderedElementsAre(HasSubstr("line 4: a task has one project; +two"),
                                                  HasSubstr("line 4: due:soon is not a date")));
}

TEST(Taskwarrior, IsReadAsItWasWritten) {
  RandomTasks random(2);
  std::vector<FileTask> tasks;
  for (unsigned i = 0; i < kTasks; ++i) tasks.push_back(random.make());
  std::vector<std::string> unsaid;
  const std::string text = write_taskwarrior(
      tasks, {.zone = warsaw(), .now = std::chrono::sys_days(std::chrono::days(20'500))}, unsaid);
  const TaskFile read = read_taskwarrior(text, warsaw());
  ASSERT_EQ(read.tasks.size(), tasks.size());
  for (unsigned i = 0; i < kTasks; ++i) {
    // What our own export says of annotations and start is not lost; other notes of theirs are.
    ASSERT_EQ(shown(read.tasks[i]), shown(tasks[i])) << i;
  }
  EXPECT_THAT(unsaid, Contains(HasSubstr("importance of")));
}

TEST(Taskwarrior, WouldNotWithoutAttributesOfOurs) {
  const std::vector<FileTask> tasks = {
      {.row = {.title = "a", .status = Status::Waiting, .assignee = "Anna"}, .key = "k"}};
  std::vector<std::string> unsaid;
  std::string text = write_taskwarrior(tasks, {.zone = warsaw()}, unsaid);
  const std::size_t at = text.find("adjutant_assignee");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 8, "somebody");
  const TaskFile read = read_taskwarrior(text, warsaw());
  EXPECT_EQ(read.tasks.at(0).row.assignee, "");
  EXPECT_THAT(read.problems, ElementsAre("not kept: attribute somebody_assignee (1 task)"));
}

TEST(Taskwarrior, ReadsItsExport) {
  const TaskFile file = read_taskwarrior(
      R"([{"id":1,"uuid":"u1","description":"Water","status":"recurring","due":"20260316T230000Z",
          "recur":"weekly","entry":"20260301T100000Z","mask":"--"},
          {"id":2,"uuid":"u2","description":"Water","status":"pending","parent":"u1","imask":1,
          "due":"20260323T230000Z","recur":"weekly","wait":"20260320T230000Z"},
          {"id":0,"uuid":"u3","description":"Water","status":"completed","parent":"u1","imask":0,
          "due":"20260316T230000Z","recur":"weekly","end":"20260317T090000Z"},
          {"id":3,"uuid":"u4","description":"Paint","status":"pending","start":"20260316T080000Z",
          "priority":"H","tags":["home"],"depends":"u2,u3","estimate":"2h",
          "annotations":[{"entry":"20260301T100000Z","description":"white"},
                         {"entry":"20260302T100000Z","description":"or grey"}]},
          {"uuid":"u5","status":"deleted","description":"Old","end":"20260301T100000Z"}])",
      warsaw());
  ASSERT_EQ(file.tasks.size(), 4U);
  const tasks::Task& next = file.tasks[0].row;
  EXPECT_EQ(next.status, Status::Waiting);
  EXPECT_EQ(common::to_string(*next.due), "2026-03-24");
  EXPECT_EQ(common::to_string(*next.scheduled), "2026-03-21");
  EXPECT_EQ(next.repeat->rrule, "FREQ=WEEKLY");
  EXPECT_EQ(file.tasks[1].row.status, Status::Done);
  EXPECT_FALSE(file.tasks[1].row.repeat);
  const tasks::Task& paint = file.tasks[2].row;
  EXPECT_EQ(paint.status, Status::InProgress);
  EXPECT_EQ(paint.notes, "white\nor grey");
  EXPECT_THAT(paint.depends_on, ElementsAre("u2", "u3"));
  EXPECT_EQ(file.tasks[3].row.status, Status::Cancelled);
  EXPECT_THAT(file.problems, ElementsAre("not kept: attribute estimate (1 task)",
                                         "not kept: the times of annotations (1 task)"));
}

TEST(Taskwarrior, ReadsALineATaskAndRefusesWhatIsNone) {
  EXPECT_EQ(read_taskwarrior("{\"description\":\"a\"},\n{\"description\":\"b\"}\n", warsaw())
                .tasks.size(),
            2U);
  EXPECT_THROW(read_taskwarrior("buy milk\n", warsaw()), std::runtime_error);
}

TEST(TaskJson, IsReadAsItWasWritten) {
  RandomTasks random(3);
  std::vector<FileTask> tasks;
  for (unsigned i = 0; i < kTasks; ++i) {
    tasks.push_back(random.make());
    tasks.back().created.reset();
    tasks.back().row.id = tasks.back().key;
  }
  const TaskFile read = read_task_json(write_task_json(tasks));
  ASSERT_EQ(read.tasks.size(), tasks.size());
  for (unsigned i = 0; i < kTasks; ++i) {
    tasks[i].row.id.clear();
    ASSERT_EQ(shown(read.tasks[i]), shown(tasks[i]));
  }
  EXPECT_THROW(read_task_json("[{\"name\": 1}]"), std::runtime_error);
}

}  // namespace
}  // namespace host
