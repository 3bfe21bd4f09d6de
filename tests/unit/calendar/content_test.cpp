#include "servers/common/icalendar/content.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "servers/common/icalendar/values.hpp"

namespace icalendar {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

constexpr std::string_view kEvent =
    "BEGIN:VCALENDAR\r\n"
    "X-WR-CALNAME:Team\r\n"
    "BEGIN:VEVENT\r\n"
    "UID:1\r\n"
    "X-APPLE-STRUCTURED-LOCATION;VALUE=URI;X-TITLE=\"a:b;c\":geo:1,2\r\n"
    "SUMMARY:Zażółć\\, gęślą\r\n"
    "BEGIN:VALARM\r\n"
    "TRIGGER:-PT15M\r\n"
    "END:VALARM\r\n"
    "END:VEVENT\r\n"
    "END:VCALENDAR\r\n";

TEST(Content, IsWrittenAsItWasRead) {
  const Content content = read_content(kEvent);
  ASSERT_THAT(content.roots, SizeIs(1));
  EXPECT_THAT(content.problems, SizeIs(0));
  EXPECT_EQ(write(content.roots[0]), kEvent);
}

TEST(Content, FoldsLongLinesBetweenCharactersAndReadsThemBack) {
  Component event{.name = "VEVENT"};
  std::string text = "SUMMARY:";
  for (int i = 0; i < 100; ++i) text += "ż";
  event.lines.push_back({.text = text});
  const std::string written = write(event);
  std::size_t begin = 0;
  for (std::size_t end = written.find("\r\n"); end != std::string::npos;
       begin = end + 2, end = written.find("\r\n", begin)) {
    EXPECT_LE(end - begin, 75U);
    EXPECT_NE(static_cast<unsigned char>(written[end - 1]), 0xc5U) << "half a character";
  }
  EXPECT_EQ(read_content(written).roots.at(0).lines.at(0).text, text);
}

TEST(Content, UnfoldsInTheMiddleOfACharacterAndOverEmptyLines) {
  const Content content = read_content("BEGIN:VEVENT\nSUMMARY:\xC5\n \xBC\n\n !\nEND:VEVENT\n");
  EXPECT_EQ(content.roots.at(0).lines.at(0).text, "SUMMARY:ż!");
}

TEST(Content, NamesLinesThatAreNoneAndKeepsTheRest) {
  using namespace std::string_literals;
  const Content content =
      read_content("BEGIN:VEVENT\nUID:1\nnonsense\nSUMMARY:a\0b\nLOCATION:here\nEND:VEVENT\n"s);
  ASSERT_THAT(content.problems, SizeIs(2));
  EXPECT_EQ(content.problems[0].line, 3U);
  EXPECT_THAT(content.problems[0].text, HasSubstr("nonsense"));
  EXPECT_EQ(content.problems[1].line, 4U);
  EXPECT_THAT(content.problems[1].text, HasSubstr("NUL"));
  EXPECT_THAT(content.roots.at(0).lines, SizeIs(2));
}

TEST(Content, GoesOnAfterAMissingOrMisspeltEnd) {
  const Content content = read_content(
      "BEGIN:VCALENDAR\nBEGIN:VTODO\nEND:VTOOD\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\nEND:VCALENDAR\n");
  ASSERT_THAT(content.roots, SizeIs(1));
  ASSERT_THAT(content.roots[0].parts, SizeIs(2));
  EXPECT_FALSE(content.roots[0].parts[0].ended);
  EXPECT_TRUE(content.roots[0].parts[1].ended);
  EXPECT_THAT(content.problems, SizeIs(2));
}

TEST(Content, CountsProblemsThatAreTooManyToList) {
  std::string text = "BEGIN:VEVENT\n";
  for (int i = 0; i < 500; ++i) text += "nonsense\n";
  const Content content = read_content(text + "END:VEVENT\n");
  ASSERT_THAT(content.problems, SizeIs(kProblemsMax + 1));
  EXPECT_EQ(content.problems.back().text, "400 more problems");
}

TEST(Content, SurvivesNestingWithoutEnd) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "BEGIN:X\n";
  EXPECT_FALSE(read_content(text).problems.empty());
}

TEST(Values, ChangeOneParameterAndNothingElse) {
  const Line line{
      .text = "ATTENDEE;CN=\"Nowak, Anna\";X-NUM-GUESTS=0;PARTSTAT=NEEDS-ACTION:mailto:a@b.c"};
  const Line changed = with_parameter(line, "PARTSTAT", "ACCEPTED");
  EXPECT_EQ(read_parameter(changed, "PARTSTAT"), "ACCEPTED");
  EXPECT_EQ(read_parameter(changed, "CN"), "Nowak, Anna");
  EXPECT_EQ(read_parameter(changed, "X-NUM-GUESTS"), "0");
  EXPECT_EQ(changed.value(), "mailto:a@b.c");
}

TEST(Values, UndoEscapesAndQuotedPrintable) {
  EXPECT_EQ(read_text({.text = "SUMMARY:a\\, b\\; c\\nd \\\\ e"}), "a, b; c\nd \\ e");
  EXPECT_EQ(read_text({.text = "SUMMARY;ENCODING=QUOTED-PRINTABLE:Caf=C3=A9"}), "Café");
  EXPECT_EQ(read_text({.text = "SUMMARY:" + escape("a, b; c\nd \\ e")}), "a, b; c\nd \\ e");
}

}  // namespace
}  // namespace icalendar
