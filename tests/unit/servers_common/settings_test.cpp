#include "servers/common/settings.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/temp_folder.hpp"
#include "tests/unit/servers_common/write_file.hpp"

namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class SettingsTest : public testing::Test {
 protected:
  common::Settings settings(std::string_view text) {
    test::write_file(file_, text);
    return common::Settings(file_);
  }
  template <class Act>
  std::string refusal(Act act) {
    try {
      act();
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "nothing was refused";
  }

  test::TempFolder folder_{};
  std::filesystem::path file_{folder_ / "settings.toml"};
};

TEST_F(SettingsTest, AreReadByDottedKeys) {
  const common::Settings given = settings(
      "hours = \"09:00-17:00\"\n[hold]\nminutes = 5\nask = true\n[hold.people]\nnames = [\"a\", "
      "\"b\"]\none = \"c\"\n");
  EXPECT_EQ(given.text("hours"), "09:00-17:00");
  EXPECT_EQ(given.integer("hold.minutes"), 5);
  EXPECT_EQ(given.flag("hold.ask"), true);
  EXPECT_THAT(given.texts("hold.people.names"), ElementsAre("a", "b"));
  EXPECT_THAT(given.texts("hold.people.one"), ElementsAre("c"));
  EXPECT_EQ(given.text("people"), std::nullopt);
  EXPECT_THAT(given.texts("people"), IsEmpty());
}

TEST_F(SettingsTest, AMissingFileIsAnEmptyOne) {
  EXPECT_EQ(common::Settings(file_).integer("x"), std::nullopt);
}

TEST_F(SettingsTest, AWrongTypeNamesFileAndKey) {
  const common::Settings given = settings("hold = \"five\"");
  EXPECT_THAT(refusal([&] { given.integer("hold"); }),
              AllOf(HasSubstr("settings.toml"), HasSubstr("hold must be a whole number")));
  EXPECT_THAT(refusal([&] { given.flag("hold"); }), HasSubstr("true or false"));
}

TEST_F(SettingsTest, AMistakeNamesFileAndLine) {
  EXPECT_THAT(refusal([&] { settings("a = 1\nb = \n"); }),
              AllOf(HasSubstr("settings.toml"), HasSubstr("line 2")));
  EXPECT_THAT(refusal([&] { settings("a = 1\nb = [1, 2]\n"); }), HasSubstr("line 2"));
  EXPECT_THAT(refusal([&] { settings("a = 1.5\n"); }), HasSubstr("line 1"));
}

}  // namespace
