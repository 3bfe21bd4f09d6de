#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "servers/common/words.hpp"
#include "servers/tasks/labels.hpp"
#include "servers/tasks/task_set.hpp"

/// The sets of tasks and the labels that they are stored under.
namespace {

using tasks::TaskSet;

std::span<const std::byte> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}

std::vector<std::int64_t> numbers_in(const TaskSet& set, std::int64_t first = 0) {
  std::vector<std::int64_t> numbers;
  set.for_each(first, [&](std::int64_t number) {
    numbers.push_back(number);
    return true;
  });
  return numbers;
}

TEST(TaskSets, AreUnitedAndIntersectedAsSetsAre) {
  std::mt19937 random(3);
  for (int round = 0; round < 20; ++round) {
    std::set<std::int64_t> left, right, both, either;
    TaskSet one, other;
    for (int i = 0; i < 3000; ++i) {
      const std::int64_t number = 1 + random() % 20'000 % (4096U << (round % 3));
      (i % 2 == 0 ? left : right).insert(number);
      (i % 2 == 0 ? one : other).add(number);
    }
    std::ranges::set_intersection(left, right, std::inserter(both, both.end()));
    std::ranges::set_union(left, right, std::inserter(either, either.end()));
    TaskSet united = one;
    united.unite(other);
    TaskSet common = one;
    common.intersect(other);
    EXPECT_THAT(numbers_in(united), testing::ElementsAreArray(either));
    EXPECT_THAT(numbers_in(common), testing::ElementsAreArray(both));
    EXPECT_EQ(common.size(), static_cast<std::int64_t>(both.size()));
    EXPECT_THAT(numbers_in(one, 5000),
                testing::ElementsAreArray(left.lower_bound(5000), left.end()));
    for (std::int64_t number = 1; number < 100; ++number) {
      EXPECT_EQ(one.contains(number), left.contains(number));
    }
  }
}

TEST(TaskSets, HaveOneFormWhateverWasDoneToThem) {
  for (const std::size_t count : {0U, 1U, 255U, 256U, 257U, 4096U}) {
    TaskSet::Block block;
    for (std::size_t place = 0; place < count; ++place) block.add(place);
    const std::string stored = block.stored();
    EXPECT_LE(stored.size(), 512U);
    EXPECT_EQ(TaskSet::Block::of(bytes_of(stored)).size(), count);
    EXPECT_EQ(TaskSet::Block::of(bytes_of(stored)).stored(), stored);
    block.add(4095);
    if (count < 4096) block.remove(4095);
    EXPECT_EQ(block.stored(), stored);
  }
}

/// What the triggers store a task under.
class Labels : public testing::Test {
 protected:
  Labels() { tasks::add_functions(database_); }

  std::vector<std::string> of(const std::string& due, const std::string& words) {
    SQLite::Statement row(database_,
                          R"(SELECT task_labels('["","r:none"]', 'todo', ?1, unixepoch(?1), ?2))");
    if (!due.empty()) row.bind(1, due);
    row.bind(2, words);
    row.executeStep();
    return nlohmann::json::parse(row.getColumn(0).getString());
  }
  /// How many of the labels are in the ranges.
  static int found(const std::vector<std::string>& labels,
                   const std::vector<tasks::LabelRange>& ranges) {
    int count = 0;
    for (const std::string& label : labels) {
      for (const auto& [low, high] : ranges) {
        count += (high.empty() ? label == low : label >= low && label < high) ? 1 : 0;
      }
    }
    return count;
  }

  SQLite::Database database_{":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
};

TEST_F(Labels, NameEverythingATaskIsFoundBy) {
  EXPECT_THAT(of("2026-03-16", "call zoe 7"),
              testing::ElementsAre("s:todo", "d0:1:1020528", "d1:1:0063783", "d2:1:0003986", "b:ca",
                                   "b:zo", "w:7", "w:call", "w:zoe", "r:none"));
  EXPECT_THAT(of("", ""), testing::ElementsAre("s:todo", "r:none"));
}

TEST_F(Labels, OfADayAreInARangeOnceIfTheDayIs) {
  std::mt19937 random(5);
  const auto day = [&] { return static_cast<std::int64_t>(random() % 1500) - 700; };
  for (int i = 0; i < 3000; ++i) {
    const std::int64_t first = i % 10 == 0 ? -90'000'000 : day();
    const std::int64_t last = i % 10 == 1 ? 90'000'000 : day();
    const std::int64_t due = day();
    const auto date = std::chrono::year_month_day(std::chrono::sys_days(std::chrono::days(due)));
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", int(date.year()), unsigned(date.month()),
                  unsigned(date.day()));
    const std::vector<std::string> labels = of(text, "");
    EXPECT_EQ(found(labels, tasks::day_labels(tasks::kDay, first, last)),
              first <= due && due < last ? 1 : 0)
        << text << " from " << first << " to " << last;
    EXPECT_EQ(found(labels, tasks::day_labels(tasks::kInstant, first, last)), 0);
  }
}

TEST_F(Labels, OfAWordAreFoundByHowItBegins) {
  const std::vector<std::string> words = {"a", "ab", "abc", "abcd", "b", "ż", "żó", "żółw", "42"};
  for (const std::string& word : words) {
    for (const std::string& begin : words) {
      const auto ranges = tasks::word_labels(common::folded(begin));
      EXPECT_EQ(found(of("", common::folded(word)), ranges) > 0,
                common::folded(word).starts_with(common::folded(begin)))
          << word << " by " << begin;
    }
  }
}

}  // namespace
