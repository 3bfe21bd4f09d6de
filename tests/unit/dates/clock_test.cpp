#include "servers/common/clock.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "tests/unit/dates/dates.hpp"

namespace common {
namespace {

class ClockFile : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) / "adjutant_clock_test";
    std::filesystem::create_directories(folder_);
    file_ = folder_ / "clock";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void replace(std::string_view line) {
    const std::filesystem::path fresh = folder_ / "fresh";
    std::ofstream(fresh) << line;
    std::filesystem::rename(fresh, file_);
  }

  std::filesystem::path folder_;
  std::filesystem::path file_;
};

TEST_F(ClockFile, IsReadAtEachCall) {
  const auto clock = make_clock("", file_, *Zone::find("Europe/Warsaw"));
  replace("2026-03-16T07:30:00+01:00\n");
  EXPECT_EQ(clock->now(), time_of("2026-03-16T06:30:00Z").at);
  replace("2026-03-16T08:00:00+01:00\n");
  EXPECT_EQ(clock->now(), time_of("2026-03-16T07:00:00Z").at);
}

TEST_F(ClockFile, ThatHoldsNoTimeIsAnErrorThatNamesIt) {
  replace("tomorrow\n");
  const FileClock clock(file_);
  try {
    clock.now();
    FAIL() << "no error";
  } catch (const std::runtime_error& error) {
    EXPECT_NE(std::string(error.what()).find(file_.string()), std::string::npos);
  }
  const FileClock missing(folder_ / "missing");
  EXPECT_THROW(missing.now(), std::runtime_error);
}

TEST(MakeClock, StartsAtAnInstantOrALocalTime) {
  const Zone warsaw = *Zone::find("Europe/Warsaw");
  const auto seconds_after = [](const Clock& clock, std::string_view start) {
    return (clock.now() - time_of(start).at).count();
  };
  const auto exact = make_clock("2026-03-16T07:30:00+01:00", {}, warsaw);
  EXPECT_GE(seconds_after(*exact, "2026-03-16T06:30:00Z"), 0);
  EXPECT_LT(seconds_after(*exact, "2026-03-16T06:30:00Z"), 60);
  const auto local = make_clock("2026-07-01 07:30", {}, warsaw);
  EXPECT_GE(seconds_after(*local, "2026-07-01T05:30:00Z"), 0);
  EXPECT_LT(seconds_after(*local, "2026-07-01T05:30:00Z"), 60);
  const auto day = make_clock("2026-03-16", {}, warsaw);
  EXPECT_LT(seconds_after(*day, "2026-03-15T23:00:00Z"), 60);
}

TEST(MakeClock, RefusesWhatIsNoTime) {
  EXPECT_THROW(make_clock("half past never", {}, Zone::utc()), std::runtime_error);
}

}  // namespace
}  // namespace common
